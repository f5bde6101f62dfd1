"""Pages that show a text, kept so that its words can be exchanged without reading the whole site again."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct

from briefgen.kernel.digest import digest
from briefgen.kernel.memo import Memo
from briefgen.model.page import Page
from briefgen.pipeline.rendering import RenderKey
from briefgen.plan import views

T = TypeVar("T")

LARGEST = 100_000
"""Bytes of a view that is kept; those of long lists are quicker made again than kept at every build."""


class KeptPage(Struct, frozen=True, array_like=True):
    """A page as it was made: its bytes' digest, its key, and its view, encoded, with the name of its type."""

    path: str
    kind: str
    digest: str
    key: RenderKey
    type: str
    view: Raw

    def page(self) -> Page:
        """The page with its view as it was."""
        kind: type[Struct] = getattr(views, self.type)
        return Page(
            path=self.path,
            kind=self.kind,
            template=self.key.template,
            view=lambda: msgspec.msgpack.decode(self.view, type=kind),
            format=self.key.format,
        )


class KeptPages:
    """What is kept of the pages in one output folder."""

    def __init__(self, memo: Memo, output: str) -> None:
        self._memo = memo
        self._folder = digest(output.encode()).encode()

    def keep(self, page: KeptPage) -> None:
        """Keep a page that shows a text, in whichever process made it."""
        self._memo.put(self._key(page.path), msgspec.msgpack.encode(page) if len(page.view) <= LARGEST else b"")

    def settle(self) -> None:
        """Let other processes see what this one kept."""
        self._memo.keep()

    def remember(self, shown: Mapping[str, str]) -> None:
        """Keep which pages show a text, of all that there are: content files by the paths of pages."""
        pages: dict[str, str] = {}
        for path, file in shown.items():
            # A second page with the same text: neither is the whole of what shows it.
            pages[file] = path if file not in pages else ""
            self._memo.touch(self._key(path))
        self._memo.put(self._pages, msgspec.msgpack.encode(pages))

    def of(self, files: Iterable[str]) -> list[KeptPage]:
        """The one page that shows the text of each of these files, as far as they were kept."""
        pages = self._decoded(self._pages, dict[str, str]) or {}
        found = (self._decoded(self._key(path), KeptPage) for file in files if (path := pages.get(file)))
        return [page for page in found if page is not None]

    def _decoded(self, key: bytes, kind: type[T]) -> T | None:
        try:
            return msgspec.msgpack.decode(self._memo.get(key) or b"", type=kind)
        except msgspec.DecodeError:
            return None

    @property
    def _pages(self) -> bytes:
        return b"pages " + self._folder

    def _key(self, path: str) -> bytes:
        return b"page " + self._folder + path.encode()
