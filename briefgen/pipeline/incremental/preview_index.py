"""The search index as a preview shows it: brought up to date while the preview is idle, or when a file is requested."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.cache import Cache
from briefgen.model.page import Findable, IndexFile
from briefgen.pipeline.incremental.body_fast_path import BodyChanges
from briefgen.pipeline.incremental.cached_index import CachedIndex, IndexState, entry_key
from briefgen.search.files import IndexBuilder


class _Made(Struct, frozen=True):
    """An index that was made, with its files by path."""

    state: IndexState
    files: dict[str, bytes]


class PreviewIndex:
    """The index of one snapshot; it is made from that of an earlier snapshot, if there is one."""

    def __init__(
        self,
        files: Sequence[IndexFile],
        cache: Cache,
        html: Callable[[str], str],
        before: "PreviewIndex | None" = None,
        findables: Iterable[Findable] | None = None,
    ) -> None:
        found = findables if findables is not None else chain.from_iterable(file.find() for file in files[:1])
        self.paths = frozenset(file.path for file in files)
        self._files = files
        self._findables = tuple(found)
        self._cache = cache
        self._html = html
        self._made: _Made | None = None
        self._before: _Made | None = (before._made or before._before) if before else None  # noqa: SLF001 (of the same class)

    def with_bodies(self, changes: BodyChanges) -> "PreviewIndex":
        """Return the index of a snapshot with other bodies."""

        def change(one: Findable) -> Findable:
            new = changes.get(one.file, {}).get(one.body)
            return one if new is None else replace(one, body=new)

        return PreviewIndex(self._files, self._cache, self._html, self, map(change, self._findables))

    def refresh(self) -> Iterator[None]:
        """Bring the files up to date, an entry with each step."""
        if self._made is not None or not self.paths:
            return
        findables, before = self._findables, self._before
        makers = [one.make for one in findables]
        index = CachedIndex(tuple(map(entry_key, findables)), self._cache, self._html, makers)
        changed = index.update(before.state, before.files.__getitem__) if before else None
        if before and changed is not None:
            self._made = _Made(index.state(before.state, changed), before.files | changed)
            return
        builder = IndexBuilder()
        for _ in index.add_entries(builder):
            yield
        files = dict(builder.files())
        self._made = _Made(index.state(None, files), files)

    def file(self, path: str) -> bytes:
        """Return the bytes of one file."""
        for _ in self.refresh():
            pass
        if self._made is None:
            raise KeyError(path)
        return self._made.files[path]
