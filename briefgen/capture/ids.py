"""Ids of new briefs and sources: from the title, else from the address."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from briefgen.load.slugs import slug
from briefgen.model.content import Id
from briefgen.model.site import Site

_LONGEST = 60  # of 100 characters: an id is typed


def choose_id(title: str | None, address: str | None, taken: set[str]) -> Id:
    """Return an id that is not taken; `taken` has it afterwards."""
    stem = _short(slug((title or "")[:500])) or _short(slug(_last_part(address or ""))) or "source"
    id, number = stem, 2
    while id in taken:
        id, number = f"{stem}-{number}", number + 1
    taken.add(id)
    return id


def taken_ids(root: Path, site: Site) -> set[str]:
    """Return the ids that a new brief or source cannot have, of files that cannot be read as well."""
    former = (path.partition("/")[2] for path in site.redirects)
    names = {Path(name).stem for folder in ("briefs", "sources") for name in _names(root / "content" / folder)}
    return {*site.briefs, *site.sources, *former, *names}


def _names(folder: Path) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208
    except OSError:
        return []


def _short(id: str) -> str:
    """Return an id of whole words, as many as fit."""
    return id if len(id) <= _LONGEST else id[: _LONGEST + 1].rpartition("-")[0] or id[:_LONGEST]


def _last_part(address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    last = parts.path.rstrip("/").rpartition("/")[2]
    return unquote(last.removesuffix(".html").removesuffix(".htm")) or (parts.hostname or "")
