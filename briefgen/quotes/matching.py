"""Whether a quote is in a text, and where: the same words in the same order, but for the fold table."""

from itertools import islice
from typing import Literal

from msgspec import Struct

from briefgen.quotes.haystacks import haystacks
from briefgen.quotes.parts import Part, split_quote
from briefgen.quotes.sequences import Search, Spans
from briefgen.quotes.words import WORD


class Match(Struct, frozen=True):
    """What came of the search for a quote.

    `places` counts the places that have the words in their context, up to two. The result is `ambiguous` if there are
    two, or if there is none because the words are elsewhere. `spans` is the first place in the original text, one span
    for each part of the quote.
    """

    result: Literal["found", "ambiguous", "absent"]
    how: Literal["exact", "normalised"] | None = None
    spans: Spans = ()
    places: int = 0


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
    whole = (Part((quote,), is_after_ellipsis=False, inserted=""),)
    parts = split_quote(quote)
    for level, haystack in enumerate(haystacks(text, quote)):
        for wanted in (whole, parts):
            if wanted and (match := _find(Search(haystack, wanted, before, after, is_far=is_far))):
                is_exact = level == 0 and not any(part.inserted or len(part.spellings) > 1 for part in wanted)
                spans = tuple(haystack.original(span) for span in match.spans)
                return Match(match.result, "exact" if is_exact else "normalised", spans, match.places)
    return Match("absent")


def _find(search: Search) -> Match | None:
    places = list(islice(search.places(), 2))
    if len(places) == 1:
        return Match("found", None, places[0], 1)
    if places:
        return Match("ambiguous", None, places[0], 2)
    elsewhere = next(search.places(is_anywhere=True), None) if search.has_context else None
    return Match("ambiguous", None, elsewhere, 0) if elsewhere else None
