"""Pages that show a text, kept so that its words can be exchanged without reading the whole site again."""

import msgspec
from msgspec import Raw, Struct

from briefgen.kernel.digest import digest
from briefgen.kernel.memo import Memo
from briefgen.model.page import Page
from briefgen.pipeline.rendering import RenderKey
from briefgen.plan import views

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
    """What is kept of the pages in one output folder, by the content file whose text they show."""

    def __init__(self, memo: Memo, output: str) -> None:
        self._memo = memo
        self._folder = digest(output.encode()).encode()
        self._shown: dict[str, str] = {}

    def keep(self, file: str, page: KeptPage) -> None:
        """Keep a page that shows the text of this file."""
        # A second page with the same text: neither is the whole of what shows it.
        only = self._shown.setdefault(file, page.path) == page.path and len(page.view) <= LARGEST
        self._memo.put(self._key(file), msgspec.msgpack.encode(page) if only else b"")

    def stands(self, file: str, path: str) -> None:
        """Note that a page that was kept before is as it was."""
        if self._shown.setdefault(file, path) != path:
            self._memo.put(self._key(file), b"")
        self._memo.touch(self._key(file))

    def of(self, file: str) -> KeptPage | None:
        """The one page that shows the text of this file, if it was kept."""
        try:
            return msgspec.msgpack.decode(self._memo.get(self._key(file)) or b"", type=KeptPage)
        except msgspec.DecodeError:
            return None

    def _key(self, file: str) -> bytes:
        return b"page " + self._folder + file.encode()
