"""What the marks of a curator may not leave out of a text: negations, by sentence, and figures beside a bracket."""

import re
from bisect import bisect_left, bisect_right
from functools import cached_property
from unicodedata import category

from briefgen.quotes.folding import LINE_BREAKS, fold
from briefgen.quotes.negations import find_negations
from briefgen.quotes.words import WITHOUT_SPACES

_MOST_WORDS = 3
_TOKENS = re.compile(rf"[{WITHOUT_SPACES}]{{1,2}}|[^\s{WITHOUT_SPACES}]*[^\W_{WITHOUT_SPACES}][^\s{WITHOUT_SPACES}]*")
_SENTENCE_END = re.compile(r"[.!?;…؟؛۔।]['\"\u2019\u201d»)\]]*(?:\s|\Z)|[。！？；]")
_ANY_END = re.compile(rf"{_SENTENCE_END.pattern}|[{LINE_BREAKS}]")
_MOST_BESIDE = 50  # characters, between a bracket and a figure beside it
_BESIDE = " \t\n\r\u00a0\u202f\"'“”‘’«»()[]<>~≈+-\u2010\u2011\u2012\u2013\u2014\u2212"


class Omissions:
    """The negations of a text and the ends of its sentences. Offsets are those of the original text."""

    def __init__(self, text: str) -> None:
        self._text = text

    def between(self, end: int, start: int) -> str:
        """Return the first negation left out between parts that end and start there, or nothing.

        Whole sentences may be left out with their negations, but not the rest of the sentence in which the left part
        ends, nor the beginning of that in which the right part starts.
        """
        head_end = min(start, self._sentence_end(end))
        return self._negation(end, head_end) or self._negation(max(end, self._sentence_start(start)), start)

    def before(self, at: int) -> str:
        """Return the first negation in front of a place in its sentence, or nothing."""
        return self._negation(self._sentence_start(at), at)

    def after(self, at: int) -> str:
        """Return the negation in the next three words of the sentence, or nothing."""
        end = self._sentence_end(at)
        for count, word in enumerate(_TOKENS.finditer(self._text, at, end), 1):
            if count == _MOST_WORDS:
                end = word.end()
                break
        return self._negation(at, end)

    @cached_property
    def _negations(self) -> tuple[list[int], list[int]]:
        folded = fold(self._text)
        spans = [folded.span(*span) for span in find_negations(folded.text)]
        return [start for start, _ in spans], [end for _, end in spans]

    @cached_property
    def _ends(self) -> list[int]:
        return [match.end() for match in _ANY_END.finditer(self._text)]

    def _negation(self, start: int, end: int) -> str:
        starts, ends = self._negations
        at = bisect_left(starts, start)
        return self._text[starts[at] : ends[at]] if at < len(starts) and starts[at] < end else ""

    def _sentence_end(self, at: int) -> int:
        index = bisect_left(self._ends, at)
        return self._ends[index] if index < len(self._ends) else len(self._text)

    def _sentence_start(self, at: int) -> int:
        index = bisect_right(self._ends, at)
        return self._ends[index - 1] if index else 0


def is_few_words(text: str) -> bool:
    """Return whether these are at most three words of one sentence."""
    return len(_TOKENS.findall(text)) <= _MOST_WORDS and not _SENTENCE_END.search(text)


def has_figure(text: str) -> bool:
    """Return whether a text has a digit, a currency sign or a sign of a share."""
    return any(map(_is_of_figure, text))


def is_beside_figure(before: str, after: str) -> bool:
    """Return whether a figure, or a sign of one, is directly beside a place between two texts."""
    left, right = before[-_MOST_BESIDE:].rstrip(_BESIDE), after[:_MOST_BESIDE].lstrip(_BESIDE)
    return has_figure(left[-1:]) or has_figure(right[:1])


def _is_of_figure(char: str) -> bool:
    return char in "%‰‱٪％" or category(char) in {"Nd", "Nl", "No", "Sc"}
