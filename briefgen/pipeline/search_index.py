"""The files of the search index, made from what a plan says can be found. Nothing is cached here."""

from collections.abc import Callable, Iterator, Sequence

from briefgen.model.page import IndexFile
from briefgen.search.files import IndexBuilder
from briefgen.search.terms import index_body, index_entry, places_of


def make_index(files: Sequence[IndexFile], html: Callable[[str], str]) -> Iterator[tuple[str, bytes]]:
    """Yield all files of the index with their paths. `html(digest)` returns a body."""
    if not files:
        return
    builder = IndexBuilder()
    for one in files[0].find():
        entry = index_entry(one.make())
        builder.add(entry.record, places_of(entry, index_body(html(one.body)) if one.body else ()))
    yield from builder.files()
