"""What the formats of bibliographies have in common."""

import re
from collections.abc import Sequence
from typing import Protocol

_DATE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?([?~%]?)")


class ReferenceLike(Protocol):
    """Something to cite; empty: not known. Dates are EDTF."""

    @property
    def key(self) -> str: ...
    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def author(self) -> str: ...
    @property
    def publisher(self) -> str: ...
    @property
    def published(self) -> str: ...
    @property
    def retrieved(self) -> str: ...
    @property
    def url(self) -> str: ...
    @property
    def archive(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def note(self) -> str: ...


class BibliographyLike(Protocol):
    """References in their order."""

    @property
    def references(self) -> Sequence[ReferenceLike]: ...


def parts(date: str) -> tuple[list[int], bool]:
    """Year, month and day of an EDTF date as far as it names them, and whether it is in doubt."""
    found = _DATE.fullmatch(date)
    if found is None:
        return [], False
    return [int(part) for part in found.group(1, 2, 3) if part], bool(found[4])


def one_line(text: str) -> str:
    """The text without line breaks."""
    return " ".join(text.split())
