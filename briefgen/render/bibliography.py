"""Bibliographies as BibTeX, RIS and CSL-JSON; what is not known is left out.

BibTeX has the entry types and dates of biblatex (its manual, §2.1 and §2.3.8). A line of RIS is two letters, two
spaces, a hyphen, a space and a value; `TY` is first, `ER` last. CSL-JSON is csl-data.json of
https://docs.citationstyles.org/.
"""

import re
from collections.abc import Iterator
from typing import Any

from briefgen.render.data import render_json, without_empty
from briefgen.views.formats import Bibliography, Reference

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([?~%]?)")
_RIS_TYPES = {"official": "RPRT", "brief": "ELEC"}
_CSL_TYPES = {
    "official": "report",
    "transcript": "speech",
    "encyclopaedia": "entry-encyclopedia",
    "brief": "webpage",
}
_TEX_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # Not `\{`: BibTeX counts braces, escaped or not.
        "{": r"\textbraceleft{}",
        "}": r"\textbraceright{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **{char: f"\\{char}" for char in "&%$#_"},
    }
)


def render_bibtex(bibliography: Bibliography) -> bytes:
    """Return a bibliography as BibTeX, with the keys of the site."""
    return "\n".join("\n".join(_bibtex(each)) + "\n" for each in bibliography.references).encode("utf-8", "replace")


def _bibtex(reference: Reference) -> Iterator[str]:
    archived = f"Archived at {reference.archive}" if reference.archive else ""
    fields = {
        "title": _in_braces(reference.title) or "{}",  # a title is required
        "author": _in_braces(reference.author),
        "organization": _in_braces(reference.publisher),
        "date": _verbatim(reference.published),
        "urldate": _verbatim(reference.retrieved),
        "url": _verbatim(reference.url),
        "note": _tex("; ".join(filter(None, (archived, reference.note)))),
        "langid": _tex(reference.language),
    }
    yield f"@online{{{reference.key},"
    yield from (f"  {name} = {{{value}}}," for name, value in without_empty(fields).items())
    yield "}"


def _in_braces(text: str) -> str:
    """Return a text in braces, so that BibTeX neither takes a name apart nor changes the case of a letter."""
    return f"{{{_tex(text)}}}" if text else ""


def _verbatim(value: str) -> str:
    """Return an address or a date, which TeX takes as it is, without the braces that would end it."""
    return value.replace("{", "%7B").replace("}", "%7D")


def _tex(text: str) -> str:
    return _one_line(text).translate(_TEX_ESCAPES)


def render_ris(bibliography: Bibliography) -> bytes:
    """Return a bibliography as RIS."""
    records = ("\r\n".join(_ris(each)) + "\r\n\r\n" for each in bibliography.references)
    return "".join(records).encode("utf-8", "replace")


def _ris(reference: Reference) -> Iterator[str]:
    parts, _ = _date_parts(reference.published)
    fields = {
        "TY": _RIS_TYPES.get(reference.kind, "NEWS"),
        "ID": reference.key,
        "TI": reference.title,
        "AU": reference.author,
        "T2": reference.publisher,
        "PY": str(parts[0]) if parts else "",
        "DA": _ris_date(reference.published),
        "Y2": _ris_date(reference.retrieved),
        "UR": reference.url,
        "L2": reference.archive,
        "LA": reference.language,
        "N1": reference.note,
    }
    yield from (f"{name}  - {_one_line(value)}" for name, value in without_empty(fields).items())
    yield "ER  - "


def _ris_date(date: str) -> str:
    """Return `2025/12/03`: an empty text for what is not known, and a remark at the end if the date is in doubt."""
    parts, is_doubtful = _date_parts(date)
    if not parts:
        return ""
    year, month, day = (*(f"{number:02}" for number in parts), "", "")[:3]
    return f"{year}/{month}/{day}/uncertain" if is_doubtful else "/".join(filter(None, (year, month, day)))


def render_csl(bibliography: Bibliography) -> bytes:
    """Return a bibliography as a list of CSL-JSON items."""
    return render_json([_csl(reference) for reference in bibliography.references])


def _csl(reference: Reference) -> dict[str, Any]:
    fields = {
        "id": reference.key,
        "type": _CSL_TYPES.get(reference.kind, "article-newspaper"),
        "title": reference.title,
        "author": [{"literal": reference.author}] if reference.author else None,
        "container-title": reference.publisher,
        "issued": _csl_date(reference.published),
        "accessed": _csl_date(reference.retrieved),
        "URL": reference.url,
        "archive_location": reference.archive,
        "language": reference.language,
        "note": reference.note,
    }
    return without_empty(fields)


def _csl_date(date: str) -> dict[str, Any] | None:
    parts, is_doubtful = _date_parts(date)
    return without_empty({"date-parts": [parts], "circa": is_doubtful}) if parts else None


def _date_parts(date: str) -> tuple[list[int], bool]:
    """Return year, month and day of an EDTF date as far as it names them, and whether it is in doubt."""
    found = _DATE.fullmatch(date)
    return ([int(part) for part in found.group(1, 2, 3) if part], bool(found[4])) if found else ([], False)


def _one_line(text: str) -> str:
    return " ".join(text.split())
