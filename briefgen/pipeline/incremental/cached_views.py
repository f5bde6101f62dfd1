"""The views of pages that show a body, cached so that another body can be put in without reading the whole site."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec
from msgspec import Raw, Struct

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.model.page import Page
from briefgen.pipeline.incremental.output_records import RenderKey
from briefgen.views import pages

T = TypeVar("T")

MAX_VIEW_SIZE = 100_000
"""In bytes. A larger view, as of a long list, is made again faster than cached at every build."""


class CachedView(Struct, frozen=True, array_like=True):
    """A page with its encoded view and the name of its type, its key, and the digest of its bytes."""

    path: str
    kind: str
    digest: str
    key: RenderKey
    type: str
    view: Raw

    def page(self) -> Page:
        """Return the page with the cached view."""
        kind: type[Struct] = getattr(pages, self.type)
        return Page(
            path=self.path,
            kind=self.kind,
            template=self.key.template,
            view=lambda: msgspec.msgpack.decode(self.view, type=kind),
            format=self.key.format,
        )


class CachedViews:
    """The cached views of the pages in one output folder."""

    def __init__(self, cache: Cache, folder: str) -> None:
        self._cache = cache
        self._folder = digest(folder.encode()).encode()

    def put(self, view: CachedView) -> None:
        """Cache a view, in whichever process made it."""
        self._cache.put(self._key(view.path), msgspec.msgpack.encode(view) if len(view.view) <= MAX_VIEW_SIZE else b"")

    def flush(self) -> None:
        """Make the views that this process cached visible to others."""
        self._cache.flush()

    def put_index(self, bodies: Mapping[str, str]) -> None:
        """Cache which page shows which body: content files by the paths of all pages that show one."""
        pages: dict[str, str] = {}
        for path, file in bodies.items():
            # A body that two pages show cannot be patched through one of them.
            pages[file] = path if file not in pages else ""
            self._cache.mark_used(self._key(path))
        self._cache.put(self._index, msgspec.msgpack.encode(pages))

    def of(self, files: Iterable[str]) -> list[CachedView]:
        """Return the view of the page that shows the body of each of these files, as far as they are cached."""
        pages = self._decode(self._index, dict[str, str]) or {}
        found = (self._decode(self._key(path), CachedView) for file in files if (path := pages.get(file)))
        return [view for view in found if view is not None]

    def _decode(self, key: bytes, kind: type[T]) -> T | None:
        try:
            return msgspec.msgpack.decode(self._cache.get(key) or b"", type=kind)
        except msgspec.DecodeError:
            return None

    @property
    def _index(self) -> bytes:
        return b"views " + self._folder

    def _key(self, path: str) -> bytes:
        return b"view " + self._folder + path.encode()
