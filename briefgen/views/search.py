"""What can be found on a site: the input of the search index."""

from msgspec import Struct


class FoundClaim(Struct, frozen=True, array_like=True):
    """A claim as a search shows it, and by what it is found beside its words."""

    anchor: str  # its fragment on the page
    says: str
    speaker: str
    words: str  # quote, translation, names of the speaker in every spelling
    filters: tuple[str, ...]


class SearchEntry(Struct, frozen=True, array_like=True):
    """A page that can be found. Filters are written `=actor:putin`, as in `plan.search`."""

    url: str  # from the site's root
    kind: str
    title: str
    details: str  # beside the kind: the publisher of a source with its grade, and a date in words
    about: str  # one sentence that results show
    names: str  # titles and names in every spelling: what counts most
    words: str  # other words than those of the body
    filters: tuple[str, ...]
    claims: tuple[FoundClaim, ...] = ()


class SearchFilter(Struct, frozen=True, array_like=True):
    """One filter of the search page: its name in addresses, its label, and its values with their names."""

    name: str
    label: str
    values: tuple[tuple[str, str], ...]


# The files of an index: how many there are depends on the number of entries alone, so that they can be planned.
ENTRIES_PER_BLOCK = 16  # results come from several blocks; smaller ones are more files
_ENTRIES_PER_BUCKET = 32
_MIN_BUCKETS, _MAX_BUCKETS = 8, 512


def bucket_count(entries: int) -> int:
    """Return over how many files the terms of this many entries are spread: a power of two."""
    count = _MIN_BUCKETS
    while count < min(entries / _ENTRIES_PER_BUCKET, _MAX_BUCKETS):
        count *= 2
    return count


def bucket_path(number: int) -> str:
    """Return the path of a file of terms from the site's root."""
    return f"search/terms/{number}.json"


def block_path(number: int) -> str:
    """Return the path of a file of what results show."""
    return f"search/entries/{number}.json"


def index_paths(entries: int) -> tuple[str, ...]:
    """Return the paths of all files of an index."""
    blocks = range(-(-entries // ENTRIES_PER_BLOCK))
    return (*map(bucket_path, range(bucket_count(entries))), *map(block_path, blocks))
