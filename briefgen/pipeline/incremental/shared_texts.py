"""Texts that many content files have, such as ids and days, held in memory once.

A decoder makes a new string of each. With 100,000 briefs that takes 100 MiB.
"""

from sys import intern
from typing import Any

from msgspec import Struct
from msgspec.structs import force_setattr

from briefgen.load.content import Parsed
from briefgen.load.discover import ContentFile
from briefgen.model.content import Brief, Source, SourceFile

_OF_CLAIM = ("id", "actor", "publisher", "for_", "role", "theme", "answer", "date", "quote_language")
_OF_SOURCE = ("publisher", "kind_", "language", "author", "published", "retrieved", "reliability_reason")
_OF_BRIEF = ("date", "as_of", "status", "editor")


def share_texts(file: ContentFile, parsed: Parsed[Any]) -> None:
    """Replace texts of a file that was just decoded by equal ones. Nothing else of its values changes."""
    document = parsed.document
    if document is None:
        return
    force_setattr(document, "id", file.id)
    force_setattr(document, "file", file.file)
    data = document.data
    if isinstance(data, Brief):
        _share(data, _OF_BRIEF)
        for name in ("actors", "themes"):
            force_setattr(data, name, tuple(map(intern, getattr(data, name))))
    source = data.source if isinstance(data, Brief) else data
    if isinstance(source, Source):
        _share(source, _OF_SOURCE)
    for claim in data.claims if isinstance(data, Brief | SourceFile) else ():
        _share(claim, _OF_CLAIM)


def _share(data: Struct, names: tuple[str, ...]) -> None:
    for name in names:
        text = getattr(data, name)
        if text is not None:
            force_setattr(data, name, intern(text))
