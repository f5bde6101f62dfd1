"""Whether a quote is in a text, and where: the same words in the same order, but for the fold table."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Literal, NamedTuple

from msgspec import Struct

from briefgen.quotes.folding import Folded, fold
from briefgen.quotes.words import WORD, is_word_edge

Span = tuple[int, int]
_ELLIPSIS = re.compile(r"\[\s*(?:…|\.{3,}|\. \. \.)\s*\]|\(\s*(?:…|\.{3,}|\. \. \.)\s*\)|…|\.{3,}|\. \. \.")


class Match(Struct, frozen=True):
    """What came of the search for a quote.

    `places` counts the places that have the words, up to two. The result is `ambiguous` if there are two that the
    context does not tell apart, or if the context is at none of them. `spans` is the first place in the original
    text: one span for each part of the quote.
    """

    result: Literal["found", "ambiguous", "absent"]
    how: Literal["exact", "normalised"] | None = None
    spans: tuple[Span, ...] = ()
    places: int = 0


class _Context(NamedTuple):
    before: str
    after: str


ABSENT = Match("absent")


def find_quote(quote: str, text: str, *, before: str = "", after: str = "", is_far: bool = False) -> Match:
    """Find the place of a quote in a text.

    Exact words come before normalised ones, and a quote as it is written before one whose ellipses and brackets are
    those of the curator. The parts around an ellipsis are in one line of the text, which is a paragraph, or anywhere
    in order if `is_far`.

    Args:
        quote: The quoted words.
        text: The text of the source, with one paragraph to a line.
        before: Words beside the quote that decide between several places.
        after: The same, behind it.
        is_far: Whether parts around an ellipsis may be in different paragraphs.
    """
    quote = quote.strip()
    if not WORD.search(quote):
        return ABSENT
    context = _Context(fold(before).text.strip(), fold(after).text.strip())
    found = _decide([((at, at + len(quote)),) for at in islice(_places(quote, text), 1000)], text, context)
    if found is not None:
        return Match(found[0], "exact", found[1], found[2])
    folded = fold(text)
    words = fold(quote).text.strip()
    found = _decide(
        [((at, at + len(words)),) for at in islice(_places(words, folded.text), 1000)], folded.text, context
    )
    if found is None:
        parts = [part for part in (part.strip() for part in _ELLIPSIS.split(words)) if WORD.search(part)]
        if len(parts) > 1 or (parts and parts[0] != words):
            found = _decide(list(islice(_in_order(parts, folded, text, is_far=is_far), 2)), folded.text, context)
    if found is None:
        return ABSENT
    return Match(found[0], "normalised", tuple(folded.span(*span) for span in found[1]), found[2])


def _decide(
    places: list[tuple[Span, ...]], text: str, context: _Context
) -> tuple[Literal["found", "ambiguous"], tuple[Span, ...], int] | None:
    if not places:
        return None
    chosen = [spans for spans in places if _has_context(spans, text, context)]
    if len(chosen) == 1:
        return "found", chosen[0], 1
    return "ambiguous", (chosen or places)[0], min(2, len(places))


def _has_context(spans: tuple[Span, ...], text: str, context: _Context) -> bool:
    start, end = spans[0][0], spans[-1][1]
    room = 100
    if context.before:
        words = fold(text[max(0, start - len(context.before) - room) : start]).text
        if not re.search(re.escape(context.before) + r"[\W_]*\Z", words):
            return False
    if context.after:
        words = fold(text[end : end + len(context.after) + room]).text
        return bool(re.match(r"[\W_]*" + re.escape(context.after), words))
    return True


def _places(words: str, text: str, start: int = 0, end: int | None = None) -> Iterator[int]:
    end = len(text) if end is None else end
    at = text.find(words, start, end)
    while at >= 0:
        if is_word_edge(text, at) and is_word_edge(text, at + len(words)):
            yield at
        at = text.find(words, at + 1, end)


def _in_order(parts: list[str], folded: Folded, text: str, *, is_far: bool) -> Iterator[tuple[Span, ...]]:
    at = 0
    while True:
        first = next(_places(parts[0], folded.text, at), None)
        if first is None:
            return
        limit = len(folded.text)
        if not is_far:
            newline = text.find("\n", folded.offset(first))
            while newline >= 0 and limit > first and folded.offset(limit - 1) > newline:
                limit = _index(folded, newline)
        spans = [(first, first + len(parts[0]))]
        for part in parts[1:]:
            found = next(_places(part, folded.text, spans[-1][1], limit), None)
            if found is None:
                break
            spans.append((found, found + len(part)))
        else:
            yield tuple(spans)
            limit = spans[-1][1]
        at = limit


def _index(folded: Folded, origin: int) -> int:
    low, high = 0, len(folded.text)
    while low < high:
        middle = (low + high) // 2
        if folded.offset(middle) < origin:
            low = middle + 1
        else:
            high = middle
    return low
