"""BibTeX and BibLaTeX."""

import logging
import re
from collections.abc import Mapping

from briefgen.capture.lists.entries import (
    MONTHS,
    Entries,
    ListEntry,
    Unreadable,
    doi_address,
    in_order,
    join_names,
    make_entry,
)

_OUTLETS = ("journaltitle", "journal", "newspaper", "organization", "institution", "publisher")
_ESCAPED = re.compile(r"\\([%&_#~$])")
_LANGUAGES = {
    "english": "en", "british": "en-GB", "american": "en-US", "german": "de", "ngerman": "de", "french": "fr",
    "russian": "ru", "ukrainian": "uk", "spanish": "es", "italian": "it", "turkish": "tr", "polish": "pl",
}  # fmt: skip


def read_bibtex(text: str) -> Entries:
    """Yield the entries of a bibliography in BibTeX."""
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.model import Block, Entry

    for name in ("bibtexparser", "pylatexenc"):
        logging.getLogger(name).setLevel(logging.CRITICAL)  # what they would log is yielded below
    library = parse_string(text)
    found: list[tuple[int, Block | None]] = [(entry.start_line or 0, entry) for entry in library.entries]
    # Of an entry whose key or field is repeated, the entry itself can still be used.
    found += [(block.start_line or 0, block.ignore_error_block) for block in library.failed_blocks]
    if not found:
        yield Unreadable(1, "this is no BibTeX: no entry begins with @", "Export the list as BibTeX.")
    for line, block in sorted(found, key=lambda pair: pair[0]):
        if isinstance(block, Entry):
            fields = {field.key.lower(): _bare(str(field.value)) for field in reversed(block.fields)}
            yield _entry(line + 1, fields)
        elif block is None:
            yield Unreadable(line + 1, "the entry cannot be read", "Look for a brace or a comma that is missing.")


def _entry(line: int, fields: Mapping[str, str]) -> ListEntry | Unreadable:
    names = re.split(r"\s+and\s+", fields.get("author", "")) if "author" in fields else []
    language = fields.get("langid") or fields.get("language") or ""
    outlet = next((fields[name] for name in _OUTLETS if fields.get(name)), "")
    return make_entry(
        line,
        _address(fields),
        title=_plain(fields.get("title", "")),
        author=join_names(_plain(in_order(name)) for name in names),
        published=fields.get("date") or _date(fields),
        publisher=_plain(outlet),
        language=_LANGUAGES.get(language.lower(), language),
        retrieved=fields.get("urldate", ""),
    )


def _bare(value: str) -> str:
    """Return a value without the braces or quote marks around it, which only entries without an error lack."""
    return value[1:-1] if value[:1] + value[-1:] in ("{}", '""') and len(value) > 1 else value


def _address(fields: Mapping[str, str]) -> str:
    url = _ESCAPED.sub(r"\1", fields.get("url", ""))
    if not url and (found := re.search(r"\\url\s*\{([^{}]+)\}|(https?://\S+)", fields.get("howpublished", ""))):
        url = _ESCAPED.sub(r"\1", found[1] or found[2])
    return re.sub(r"^\\url\s*\{(.*)\}$", r"\1", url) or doi_address(fields.get("doi", ""))


def _date(fields: Mapping[str, str]) -> str:
    year, month, day = (fields.get(name, "").strip() for name in ("year", "month", "day"))
    starts = [name[:3] for name in MONTHS]
    number = starts.index(month[:3].lower()) + 1 if month[:3].lower() in starts else month
    return "-".join(str(part) for part in (year, number, day if number else "") if part)


def _plain(text: str) -> str:
    """Return a text in LaTeX without its commands."""
    if not re.search(r"[\\{}~$]|--", text):
        return text
    from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped] # it has no types

    try:
        return str(LatexNodes2Text().latex_to_text(text.replace("%", r"\%") if r"\%" not in text else text))
    except RecursionError:
        return re.sub(r"\\[A-Za-z]+|[{}]", "", text)
