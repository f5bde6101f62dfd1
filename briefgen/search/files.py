"""The files of an index: made of all entries, or changed where entries have changed. Both ways give the same bytes."""

from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from briefgen.search.postings import GONE, PostingsBuilder, replace_entry
from briefgen.search.terms import Places
from briefgen.search.words import bucket_of
from briefgen.views.search import ENTRIES_PER_BLOCK, block_path, bucket_count, bucket_path

_encode = msgspec.json.Encoder(order="sorted").encode
_decode = msgspec.json.Decoder(dict[str, str]).decode


class IndexBuilder:
    """Makes the files of an index from its entries, which are added in order."""

    def __init__(self) -> None:
        self._postings = PostingsBuilder()
        self._records: list[bytes] = []

    def add(self, record: bytes, places: Mapping[str, Places]) -> None:
        """Add the next entry: what results show of it, as JSON, and its terms."""
        self._postings.add(len(self._records), places)
        self._records.append(record)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Yield all files with their paths."""
        count = bucket_count(len(self._records))
        buckets: list[list[str]] = [[] for _ in range(count)]
        for term in self._postings.terms():
            buckets[bucket_of(term, count)].append(term)
        for number, bucket in enumerate(buckets):
            yield bucket_path(number), _encode({term: self._postings.text(term) for term in bucket})
        for number, start in enumerate(range(0, len(self._records), ENTRIES_PER_BLOCK)):
            yield block_path(number), join_records(self._records[start : start + ENTRIES_PER_BLOCK])


def join_records(records: Iterable[bytes]) -> bytes:
    """Return the file of a block of entries."""
    return b"[" + b",\n".join(records) + b"]"


Change = tuple[int, Mapping[str, Places], Mapping[str, Places]]
"""The number of an entry, its terms before (none if it is new) and now."""


def change_buckets(entries: int, changes: Iterable[Change], read: Callable[[str], bytes]) -> dict[str, bytes]:
    """Return the files of terms that differ after changes of some of the `entries`. `read` returns a file as it was."""
    count = bucket_count(entries)
    wanted: dict[int, list[tuple[str, int, Places]]] = {}
    for number, before, now in changes:
        for term in {**before, **now}:
            places = now.get(term, GONE)
            if places != before.get(term, GONE):
                wanted.setdefault(bucket_of(term, count), []).append((term, number, places))
    files = {}
    for bucket, edits in wanted.items():
        path = bucket_path(bucket)
        terms = _decode(read(path))
        for term, number, places in edits:
            terms[term] = replace_entry(terms.get(term, ""), number, places)
        files[path] = _encode({term: postings for term, postings in terms.items() if postings})
    return files
