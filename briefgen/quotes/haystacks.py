"""Texts to search in, from the exact one to the most folded, and where their words are in the original."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Protocol
from unicodedata import category

from briefgen.quotes.folding import (
    BROKEN,
    HYPHENS,
    JOINT,
    LINE_BREAKS,
    Folded,
    Replacement,
    fold,
    fold_characters,
    replace,
)
from briefgen.quotes.words import is_word_edge, next_possible_start

Span = tuple[int, int]
_HYPHENATED = re.compile(rf"(?<=\S)[-{JOINT}{BROKEN}] ?(?=[^\W_])")
# What a hyphen at the end of a line may be in a quote.
_READINGS = {JOINT: frozenset(("", "-", "- ", JOINT)), BROKEN: frozenset(("-", "- ", BROKEN))}
# A line that ends in a hyphen goes on in the next one.
_LINE_BREAK = re.compile(rf"(?<![{HYPHENS}])(?<![{HYPHENS}]\r)[{LINE_BREAKS}]")


class Haystack(Protocol):
    """A text to search in. Spans count in `text`."""

    text: str

    def fold_words(self, words: str) -> str:
        """Return words as they are in such a text."""

    def places(self, words: str, start: int, end: int) -> Iterator[Span]:
        """Yield the places of folded words, from word edge to word edge."""

    def paragraph_end(self, at: int) -> int:
        """Return where the paragraph ends: paragraphs are lines."""

    def original(self, span: Span) -> Span: ...


class Exact:
    """The text itself, or with single characters replaced so that all offsets are the same."""

    def __init__(self, text: str, *, is_folded: bool = False) -> None:
        self.text = fold_characters(text) if is_folded else text
        self._original = text
        self._is_folded = is_folded

    def fold_words(self, words: str) -> str:
        return fold(words).text if self._is_folded else words

    def places(self, words: str, start: int, end: int) -> Iterator[Span]:
        return _places(self.text, words, start, end, self._original)

    def paragraph_end(self, at: int) -> int:
        return _paragraph_end(self._original, at)

    def original(self, span: Span) -> Span:
        return span


class Normalised:
    """The text with everything folded, but for hyphens at the ends of lines."""

    def __init__(self, text: str) -> None:
        self.folded = fold(text)
        self.text = self.folded.text
        self._original = text

    def fold_words(self, words: str) -> str:
        return fold(words).text

    def places(self, words: str, start: int, end: int) -> Iterator[Span]:
        return _places(self.text, words, start, end, self.text)

    def paragraph_end(self, at: int) -> int:
        if at >= len(self.text):
            return at
        return self.folded.index(_paragraph_end(self._original, self.folded.span(at, at + 1)[0]))

    def original(self, span: Span) -> Span:
        return self.folded.span(*span)


class Hyphenated:
    """A normalised text without the hyphens in its words, for quotes that have words broken at the ends of lines.

    What is left out is compared apart: a hyphen at the end of a line with each of its readings, any other as it is.
    """

    def __init__(self, text: Normalised) -> None:
        self._whole = text
        self._folded = _without_hyphens(text.text)
        self.text = self._folded.text

    def fold_words(self, words: str) -> str:
        return fold(words).text

    def places(self, words: str, start: int, end: int) -> Iterator[Span]:
        wanted = _without_hyphens(words)
        at = self.text.find(wanted.text, start, end)
        while at >= 0:
            span = at, at + len(wanted.text)
            whole = self._folded.span(*span)
            if (
                is_word_edge(self._whole.text, whole[0])
                and is_word_edge(self._whole.text, whole[1])
                and self._has_hyphens(wanted, words, at)
            ):
                yield span
            at = self.text.find(wanted.text, at + 1, end)

    def paragraph_end(self, at: int) -> int:
        if at >= len(self.text):
            return at
        return self._folded.index(self._whole.paragraph_end(self._folded.span(at, at + 1)[0]))

    def original(self, span: Span) -> Span:
        return self._whole.original(self._folded.span(*span))

    def _has_hyphens(self, wanted: Folded, words: str, at: int) -> bool:
        """Compare what was left out of the quote and of a place that is the same without."""
        in_quote = {
            at + start: words[origin:origin_end]
            for start, origin, origin_end in zip(wanted.starts, wanted.origins, wanted.origin_ends, strict=True)
        }
        starts = self._folded.starts
        first, last = bisect_right(starts, at), bisect_left(starts, at + len(wanted.text))
        in_text = {starts[index]: self._left_out(index) for index in range(first, last)}
        return all(
            _is_reading(in_text.get(place, ""), in_quote.get(place, "")) for place in in_text.keys() | in_quote.keys()
        )

    def _left_out(self, index: int) -> str:
        return self._whole.text[self._folded.origins[index] : self._folded.origin_ends[index]]


def haystacks(text: str, quote: str) -> Iterator[Haystack]:
    """Yield what to search a quote in; each is made only when the one before does not have it."""
    yield Exact(text)
    yield Exact(text, is_folded=True)
    normalised = Normalised(text)
    yield normalised
    words = fold(quote).text
    if any(mark in normalised.text or mark in words for mark in _READINGS):
        yield Hyphenated(normalised)


def _places(text: str, words: str, start: int, end: int, edges: str) -> Iterator[Span]:
    at = text.find(words, start, end)
    while at >= 0:
        if not is_word_edge(edges, at):
            at = text.find(words, next_possible_start(edges, at), end)
            continue
        if is_word_edge(edges, at + len(words)):
            yield at, at + len(words)
        at = text.find(words, at + 1, end)


def _paragraph_end(text: str, at: int) -> int:
    match = _LINE_BREAK.search(text, at)
    return match.start() if match else len(text)


def _without_hyphens(text: str) -> Folded:
    return replace(text, _hyphens(text))


def _hyphens(text: str) -> Iterator[Replacement]:
    for match in _HYPHENATED.finditer(text):
        before = text[match.start() - 1]
        if before.isalnum() or category(before)[0] == "M":
            yield match.start(), match.end(), ""


def _is_reading(left: str, right: str) -> bool:
    return left == right or right in _READINGS.get(left, ()) or left in _READINGS.get(right, ())
