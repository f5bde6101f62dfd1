"""Bibliographies as RIS: two letters, two spaces, a hyphen, a space; `TY` first, `ER` last."""

from collections.abc import Iterator

from briefgen.render.bibliography import one_line, parts
from briefgen.views.formats import Bibliography, Reference

_TYPES = {"official": "RPRT", "brief": "ELEC"}


def render(bibliography: Bibliography) -> bytes:
    """One record after the other."""
    return "".join("\r\n".join(_record(each)) + "\r\n\r\n" for each in bibliography.references).encode(
        "utf-8", "replace"
    )


def _record(reference: Reference) -> Iterator[str]:
    yield f"TY  - {_TYPES.get(reference.kind, 'NEWS')}"
    found, _ = parts(reference.published)
    fields = (
        ("ID", reference.key),
        ("TI", reference.title),
        ("AU", reference.author),
        ("T2", reference.publisher),
        ("PY", str(found[0]) if found else ""),
        ("DA", _date(reference.published)),
        ("Y2", _date(reference.retrieved)),
        ("UR", reference.url),
        ("L2", reference.archive),
        ("LA", reference.language),
        ("N1", reference.note),
    )
    for name, value in fields:
        if value:
            yield f"{name}  - {one_line(value)}"
    yield "ER  - "


def _date(text: str) -> str:
    """`2025/12/03`, with what is not known left out and what is in doubt said at the end."""
    found, doubtful = parts(text)
    if not found:
        return ""
    year, month, day = (*(f"{number:02}" for number in found), "", "")[:3]
    return f"{year}/{month}/{day}/uncertain" if doubtful else "/".join(filter(None, (year, month, day)))
