"""In which entries a term is, as text: four lists joined by full stops, of names, titles, other words and claims.

Each list has the gaps between the numbers of entries; in the last one, the number of a claim follows each gap. Numbers
are in base 32, lowest digit first, each digit as one of 64 characters: the later 32 say that more digits follow.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial

from briefgen.search.terms import NAME, NOWHERE, TITLE, WORD, Places

GONE: Places = (NOWHERE, ())
_LISTS = (NAME, TITLE, WORD)
_DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_numbers = partial(array, "I")
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}


class PostingsBuilder:
    """Collects the places of terms, entry by entry in the order of their numbers."""

    def __init__(self) -> None:
        # Arrays take half of the memory of lists.
        self._lists: dict[int, dict[str, array[int]]] = {place: defaultdict(_numbers) for place in _LISTS}
        self._claims: dict[str, array[int]] = defaultdict(_numbers)

    def add(self, number: int, places: Mapping[str, Places]) -> None:
        """Add an entry."""
        lists, claims = self._lists, self._claims
        for term, (in_page, in_claims) in places.items():
            if in_page:
                lists[in_page][term].append(number)
            for claim in in_claims:
                claims[term].extend((number, claim))

    def terms(self) -> set[str]:
        """Return all terms."""
        return set(self._claims).union(*self._lists.values())

    def text(self, term: str) -> str:
        """Return the places of a term as text."""
        return _join([self._lists[place].get(term, ()) for place in _LISTS], self._claims.get(term, ()))


def replace_entry(postings: str, number: int, places: Places) -> str:
    """Return the text of a term's places where those of one entry are replaced; empty if none remain."""
    *lists, claims = (_read_numbers(part) for part in f"{postings}...".split(".")[: len(_LISTS) + 1])
    in_page, in_claims = places
    pairs = [pair for pair in zip(_sums(claims[::2]), claims[1::2], strict=True) if pair[0] != number]
    pairs = sorted((*pairs, *((number, claim) for claim in in_claims)))
    replaced = [_with(_sums(gaps), number, present=in_page == place) for place, gaps in zip(_LISTS, lists, strict=True)]
    return _join(replaced, [each for pair in pairs for each in pair])


def _with(numbers: Iterable[int], number: int, *, present: bool) -> list[int]:
    rest = [each for each in numbers if each != number]
    return sorted((*rest, number)) if present else rest


def _join(lists: Sequence[Sequence[int]], claims: Sequence[int]) -> str:
    pairs = [each for pair in zip(_gaps(claims[::2]), claims[1::2], strict=True) for each in pair]
    return ".".join(["".join(map(_write_number, each)) for each in (*map(_gaps, lists), pairs)]).rstrip(".")


def _gaps(numbers: Sequence[int]) -> Iterator[int]:
    last = 0
    for number in numbers:
        yield number - last
        last = number


def _sums(gaps: Iterable[int]) -> Iterator[int]:
    number = 0
    for gap in gaps:
        number += gap
        yield number


@lru_cache(8192)
def _write_number(number: int) -> str:
    digits = ""
    while number > 31:
        digits += _DIGITS[32 + number % 32]
        number //= 32
    return digits + _DIGITS[number]


def _read_numbers(text: str) -> list[int]:
    numbers, number, weight = [], 0, 1
    for digit in text:
        value = _VALUES[digit]
        number += value % 32 * weight
        weight *= 32
        if value < 32:
            numbers.append(number)
            number, weight = 0, 1
    return numbers
