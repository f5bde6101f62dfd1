"""What can be found → its terms, each with the places where it is: in a name, a title, other words, in which claims."""

from collections.abc import Iterable

import msgspec
from msgspec import Struct

from briefgen.search.words import sound_of, split_words, text_of
from briefgen.views.search import SearchEntry

_encode = msgspec.json.Encoder().encode

Places = tuple[int, tuple[int, ...]]
"""How well a page has a term (see below), and the numbers of its claims that have it."""

NAME, TITLE, WORD, NOWHERE = 3, 2, 1, 0
_NAMED = ("actor", "theme", "publisher")  # kinds of entries whose title is a name


class EntryTerms(Struct, frozen=True, array_like=True):
    """An entry without its body: what results show of it, as JSON, and its terms."""

    record: bytes
    title: frozenset[str]
    is_name: bool  # of the title
    words: frozenset[str]
    claims: tuple[frozenset[str], ...]


def index_entry(entry: SearchEntry) -> EntryTerms:
    """Return the terms of an entry; those of its body are added by `places_of`."""
    claims = [[claim.anchor, claim.says, claim.speaker] for claim in entry.claims]
    title = split_words(entry.names)
    # A search for a spelling that is nowhere finds the actor by it, and so what the actor says.
    sounds = filter(None, map(sound_of, title)) if entry.kind == "actor" else ()
    record = [entry.url, entry.kind, entry.title, entry.details, entry.about, claims]
    return EntryTerms(
        _encode(record),
        frozenset((*title, *sounds)),
        entry.kind in _NAMED,
        frozenset((*split_words(f"{entry.about} {entry.words}"), *entry.filters)),
        tuple([frozenset((*split_words(f"{one.says} {one.words}"), *one.filters)) for one in entry.claims]),
    )


def index_body(html: str) -> frozenset[str]:
    """Return the terms of a body."""
    return frozenset(split_words(text_of(html)))


def places_of(entry: EntryTerms, body: Iterable[str]) -> dict[str, Places]:
    """Return all terms of an entry with their places."""
    found: dict[str, Places] = dict.fromkeys(entry.words, (WORD, ()))
    found.update(dict.fromkeys(body, (WORD, ())))
    found.update(dict.fromkeys(entry.title, (NAME if entry.is_name else TITLE, ())))
    for number, terms in enumerate(entry.claims):
        for term in terms:
            in_page, numbers = found.get(term, (NOWHERE, ()))
            found[term] = (in_page, (*numbers, number))
    return found
