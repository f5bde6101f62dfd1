"""Whether a quote is in a text, and where: the same words in the same order, but for the fold table."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Literal

from msgspec import Struct

from briefgen.quotes.haystacks import Haystack, haystacks
from briefgen.quotes.omissions import Omissions
from briefgen.quotes.parts import MarkedQuote, Part, split_quote
from briefgen.quotes.sequences import Search, Spans
from briefgen.quotes.words import WORD

HowFound = Literal["exact", "normalised", "bracketed"]


class Match(Struct, frozen=True):
    """What came of the search for a quote.

    `places` counts the places that have the words in their context, up to two. The result is `ambiguous` if there are
    two, or if there is none because the words are elsewhere. `spans` is the first place in the original text, one span
    for each part of the quote. It is `bracketed` if words in brackets are taken for an insertion. If words are
    absent because a mark hides a negation, or a bracket takes the place of words, these are `left_out`.
    """

    result: Literal["found", "ambiguous", "absent"]
    how: HowFound | None = None
    spans: Spans = ()
    places: int = 0
    left_out: str = ""


def find_quote(quote: str, text: str, *, before: str = "", after: str = "", is_far: bool = False) -> Match:
    """Find the place of a quote in a text.

    A place with the exact words comes before one with folded words, and the quote as it is written before a quote whose
    ellipses and brackets are the curator's.

    Args:
        quote: The quoted words.
        text: The text of the source, with one paragraph to a line.
        before: Words of the source in front of the quote, which decide between several places.
        after: The same, behind it.
        is_far: Whether parts around an ellipsis may be in different paragraphs.
    """
    quote = quote.strip()
    if not WORD.search(quote):
        return Match("absent")
    whole = MarkedQuote((Part((quote,)),))
    marked = split_quote(quote)
    omissions = Omissions(text)
    searched: list[Haystack] = []
    for level, haystack in enumerate(haystacks(text, quote)):
        searched.append(haystack)
        for wanted in (whole, marked):
            if wanted is None:
                continue
            search = Search(haystack, wanted, before, after, is_far=is_far, omissions=omissions)
            if match := _find(search):
                is_exact = level == 0 and not any(len(part.spellings) > 1 for part in wanted.parts)
                how: HowFound = "bracketed" if wanted.has_insertion else "exact" if is_exact else "normalised"
                return Match(match.result, how, search.original(match.spans), match.places)
    if marked is None:
        return Match("absent")
    searches = (Search(one, marked, before, after, is_far=is_far, omissions=None) for one in searched)
    return Match("absent", left_out=_find_left_out(searches, marked, omissions))


def _find_left_out(searches: Iterable[Search], quote: MarkedQuote, omissions: Omissions) -> str:
    """Return the words but for which the quote would be found; nothing if there are none."""
    for search in searches:
        if spans := next(search.places(), None):
            return next(filter(None, _left_out(quote.parts, search.original(spans), omissions)), "")
    return ""


def _left_out(parts: tuple[Part, ...], spans: Spans, omissions: Omissions) -> Iterator[str]:
    """Yield what the marks of a quote hide at a place, or nothing for each mark."""
    for index, (part, (start, end)) in enumerate(zip(parts, spans, strict=True)):
        is_after_ellipsis = part.is_after_ellipsis or index == 0
        if index:
            last = spans[index - 1][1]
            yield omissions.between(last, start) if is_after_ellipsis else omissions.text[last:start].strip()
        if is_after_ellipsis and part.is_after_bracket:
            yield omissions.replaced_before(start)
        elif is_after_ellipsis and part.is_raised:
            yield omissions.before(start)
        if part.is_before_bracket and (index + 1 == len(parts) or parts[index + 1].is_after_ellipsis):
            yield omissions.replaced_after(end)


def _find(search: Search) -> Match | None:
    places = list(islice(search.places(), 2))
    if len(places) == 1:
        return Match("found", None, places[0], 1)
    if places:
        return Match("ambiguous", None, places[0], 2)
    elsewhere = next(search.places(is_anywhere=True), None) if search.has_context else None
    return Match("ambiguous", None, elsewhere, 0) if elsewhere else None
