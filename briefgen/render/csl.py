"""Bibliographies as CSL-JSON (https://docs.citationstyles.org/, csl-data.json)."""

from typing import Any

import msgspec

from briefgen.render.bibliography import parts
from briefgen.views.formats import Bibliography, Reference

_TYPES = {"official": "report", "transcript": "speech", "brief": "webpage"}


def render(bibliography: Bibliography) -> bytes:
    """A list of items; what is not known is left out."""
    items = [_item(reference) for reference in bibliography.references]
    return msgspec.json.format(msgspec.json.encode(items), indent=1) + b"\n"


def _item(reference: Reference) -> dict[str, Any]:
    fields = {
        "id": reference.key,
        "type": _TYPES.get(reference.kind, "article-newspaper"),
        "title": reference.title,
        "author": [{"literal": reference.author}] if reference.author else None,
        "container-title": reference.publisher,
        "issued": _date(reference.published),
        "accessed": _date(reference.retrieved),
        "URL": reference.url,
        "archive_location": reference.archive,
        "language": reference.language,
        "note": reference.note,
    }
    return {name: value for name, value in fields.items() if value}


def _date(text: str) -> dict[str, Any] | None:
    found, doubtful = parts(text)
    if not found:
        return None
    return {"date-parts": [found], "circa": True} if doubtful else {"date-parts": [found]}
