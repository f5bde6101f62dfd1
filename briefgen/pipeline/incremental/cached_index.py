"""The files of the search index: those of the last build, changed where what they index has changed.

The terms of entries and bodies are cached. If few entries are new or differ, only the files with their terms are
written again; if entries were removed or moved, the files are made of all entries, most of which are cached.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache as once
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.model.page import Findable, IndexFile
from briefgen.pipeline.incremental.code_fingerprint import code_fingerprint
from briefgen.search.files import IndexBuilder, change_buckets, join_records
from briefgen.search.terms import EntryTerms, Places, index_body, index_entry, places_of
from briefgen.views.search import ENTRIES_PER_BLOCK, block_path, bucket_count

_BATCH_SIZE = 250  # of entries that are fetched from the cache at once
MAX_CHANGED_ENTRIES = 200  # from about this number on, making all files takes no longer

Read = Callable[[str], bytes]
"""Returns a file of the earlier state by its path."""

Put = Callable[[str, bytes], None]
"""Takes the path and the bytes of a file of the new state."""

_encode = msgspec.msgpack.Encoder().encode
_decode_entry = msgspec.msgpack.Decoder(EntryTerms).decode
_decode_body = msgspec.msgpack.Decoder(frozenset[str]).decode


class EntryKey(Struct, frozen=True, array_like=True, gc=False):
    """An entry of the index: a digest of all that it depends on but its body, the digest of that, and its file."""

    entry: str
    body: str = ""
    file: str = ""


class IndexState(Struct, frozen=True, array_like=True):
    """An index that was made: its entries in order, and the digests of its files by path."""

    entries: tuple[EntryKey, ...]
    files: Mapping[str, str]

    def with_bodies(self, changes: Mapping[str, Mapping[str, str]]) -> tuple[EntryKey, ...]:
        """Return the entries with other bodies: by content file, the new digest by the old one."""

        def change(one: EntryKey) -> EntryKey:
            new = changes.get(one.file, {}).get(one.body)
            return one if new is None else replace(one, body=new)

        return tuple(map(change, self.entries))


def entry_key(findable: Findable) -> EntryKey:
    """Return the key of what can be found."""
    code = code_fingerprint("kernel", "locale", "model", "plan", "search", "views")
    return EntryKey(digest(_encode((code, findable.depends_on))), findable.body, findable.file)


def load_state(cache: Cache, folder: str, present: Mapping[str, str]) -> IndexState | None:
    """Return the state of the index in an output folder, if its files are `present`, by digest, as they were made."""
    state = cache.load(_state_key(folder), IndexState)
    return state if state and all(present.get(path) == name for path, name in state.files.items()) else None


def save_state(cache: Cache, folder: str, state: IndexState) -> None:
    """Replace the state of the index in an output folder."""
    cache.store(_state_key(folder), state)


def _state_key(folder: str) -> bytes:
    return b"search index " + folder.encode()


def make_index(
    files: Sequence[IndexFile],
    cache: Cache,
    html: Callable[[str], str],
    before: IndexState | None,
    *,
    read: Read,
    put: Put,
) -> IndexState:
    """Return the state of the index of a plan. Call `put` with those of its `files` that differ from an earlier state.

    No more of a page is kept than makes its entry.
    """
    if not files:  # the site has no search
        return IndexState((), {})
    keys: list[EntryKey] = []
    makers: list[Callable[[], Any]] = []
    for findable in files[0].find():
        keys.append(entry_key(findable))
        makers.append(findable.make)
    index = CachedIndex(tuple(keys), cache, html, makers)
    index.mark_used()
    return index.make(before, read, put)


def change_bodies(
    changes: Mapping[str, Mapping[str, str]], cache: Cache, html: Callable[[str], str], before: IndexState, read: Read
) -> tuple[IndexState, dict[str, bytes]] | None:
    """Return the state of an index after changes of bodies alone, and the files that differ.

    `changes` has the new digests by the old ones, by content file. Return None if more than the cache has is needed.
    """
    index = CachedIndex(before.with_bodies(changes), cache, html)
    changed = index.update(before, read) if before.entries else {}
    return None if changed is None else (index.state(before, changed), changed)


class CachedIndex:
    """Makes the files of an index.

    `html(digest)` returns a body, each of the `makers` an entry; without them, only what is cached can be used.
    """

    def __init__(
        self,
        keys: tuple[EntryKey, ...],
        cache: Cache,
        html: Callable[[str], str],
        makers: Sequence[Callable[[], Any]] = (),
    ) -> None:
        self._keys = keys
        self._cache = cache
        self._html = html
        self._makers = makers
        self._fetched: dict[bytes, bytes | None] = {}  # from the cache, for the entries that are needed next

    def make(self, before: IndexState | None, read: Read, put: Put) -> IndexState:
        """Return the state of this index. Call `put` with those of its files that differ from an earlier state."""
        changed = self.update(before, read)
        if before and changed is not None:
            for path, data in changed.items():
                put(path, data)
            return self.state(before, changed)
        builder = IndexBuilder()
        for _ in self.add_entries(builder):
            pass
        known, files = before.files if before else {}, {}
        for path, data in builder.files():
            files[path] = digest(data)
            if files[path] != known.get(path):
                put(path, data)
        return IndexState(self._keys, files)

    def state(self, before: IndexState | None, changed: Mapping[str, bytes]) -> IndexState:
        """Return the state of this index, of which these files differ from an earlier state."""
        new = {path: digest(data) for path, data in changed.items()}
        return IndexState(self._keys, {**before.files, **new} if before else new)

    def update(self, before: IndexState | None, read: Read) -> dict[str, bytes] | None:
        """Return the files that differ from those of an earlier state, or None if all have to be made."""
        old, new = before.entries if before else (), self._keys
        if not old or len(new) < len(old) or bucket_count(len(old)) != bucket_count(len(new)):
            return None
        numbers = [number for number, key in enumerate(new) if number >= len(old) or key != old[number]]
        if len(numbers) > MAX_CHANGED_ENTRIES:
            return None
        try:
            changes = [
                (number, self._places(old[number]) if number < len(old) else {}, self._places(new[number], number))
                for number in numbers
            ]
            files = change_buckets(len(new), changes, read)
            for block in {number // ENTRIES_PER_BLOCK for number in numbers}:
                start = block * ENTRIES_PER_BLOCK
                entries = range(start, min(start + ENTRIES_PER_BLOCK, len(new)))
                files[block_path(block)] = join_records(self._entry(new[each], each).record for each in entries)
        except LookupError:
            return None
        return files

    def add_entries(self, builder: IndexBuilder) -> Iterator[None]:
        """Add all entries to a new index, one with each step.

        Raises:
            LookupError: an entry is not cached, and there is nothing to make it from.
        """
        for start in range(0, len(self._keys), _BATCH_SIZE):
            batch = self._keys[start : start + _BATCH_SIZE]
            names = [name for key in batch for name in _cache_keys(key)]
            self._fetched = {**dict.fromkeys(names), **self._cache.get_many(names)}
            for number, key in enumerate(batch, start):
                entry = self._entry(key, number)
                builder.add(entry.record, places_of(entry, self._body(key)))
                yield
        self._fetched = {}

    def mark_used(self) -> None:
        """Keep the terms of all entries in the cache."""
        for key in self._keys:
            for name in _cache_keys(key):
                self._cache.mark_used(name)

    def _places(self, key: EntryKey, number: int | None = None) -> Mapping[str, Places]:
        return places_of(self._entry(key, number), self._body(key, may_read=number is not None))

    def _entry(self, key: EntryKey, number: int | None) -> EntryTerms:
        """Return an entry of this index by its number, or a cached one of an earlier state."""
        name = _cache_keys(key)[0]
        value = self._get(name)
        if value is not None:
            return _decode_entry(value)
        if number is None or not self._makers:
            raise LookupError(key.entry)
        entry = index_entry(self._makers[number]())
        self._cache.put(name, _encode(entry))
        return entry

    def _body(self, key: EntryKey, *, may_read: bool = True) -> frozenset[str]:
        if not key.body:
            return frozenset()
        name = _cache_keys(key)[1]
        value = self._get(name)
        if value is not None:
            return _decode_body(value)
        if not may_read:
            raise LookupError(key.body)
        terms = index_body(self._html(key.body))
        self._cache.put(name, _encode(terms))
        return terms

    def _get(self, name: bytes) -> bytes | None:
        return self._fetched[name] if name in self._fetched else self._cache.get(name)


def _cache_keys(key: EntryKey) -> tuple[bytes, ...]:
    """Return the cache keys of an entry's terms and of its body's, if it has one."""
    of_entry = b"search entry " + key.entry.encode()
    return (of_entry, b"search body " + _code() + key.body.encode()) if key.body else (of_entry,)


@once
def _code() -> bytes:
    return code_fingerprint("kernel", "search").encode()
