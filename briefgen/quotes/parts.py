"""What a curator writes into a quote: ellipses for words left out, and brackets for words put in."""

import re

from msgspec import Struct

from briefgen.quotes.negations import has_negation
from briefgen.quotes.omissions import has_figure, is_beside_figure, is_few_words
from briefgen.quotes.words import WITHOUT_SPACES, WORD, is_without_spaces

_ELLIPSIS = r"(?:…|\.{3,}|\.\s\.\s\.)"
_MARKS = re.compile(rf"(?P<ellipsis>\[\s*{_ELLIPSIS}\s*\]|\(\s*{_ELLIPSIS}\s*\)|{_ELLIPSIS})|\[(?P<bracket>[^\[\]]*)\]")
_IN_WORD = re.compile(rf"[^\W_{WITHOUT_SPACES}]|['\u2019\u02bc\u2010\u2011-]")
# The pairs of Turkish, which are no pairs in other languages.
_TURKISH = {"i": "İ", "İ": "i", "ı": "I", "I": "ı"}

NEAR = 200
"""Characters in place of a bracket, at most."""
_FEWEST_WORDS = 2  # beside an ellipsis: single words can be put together to say anything


class Part(Struct, frozen=True):
    """Words that the source must have, and what the quote has between them and the part before."""

    spellings: tuple[str, ...]  # two if a bracket changes the case of the first letter
    is_after_ellipsis: bool
    inserted: str  # the words in brackets

    @property
    def longest(self) -> int:
        """Return the length of the longest spelling."""
        return max(map(len, self.spellings))

    def may_follow(self, left_out: str) -> bool:
        """Return whether ellipsis or bracket may be in place of these words of the source, but for their negations."""
        if self.inserted and left_out and is_beside_figure(left_out, left_out):
            return False
        return self.is_after_ellipsis or (is_short(left_out) and not has_figure(left_out))


class MarkedQuote(Struct, frozen=True):
    """The parts of a quote, and the words in brackets behind the last of them."""

    parts: tuple[Part, ...]
    inserted: str = ""

    @property
    def has_insertion(self) -> bool:
        return bool(self.inserted) or any(part.inserted for part in self.parts)


def is_short(left_out: str) -> bool:
    """Return whether these are so few words that a bracket may be in their place."""
    return len(left_out) <= NEAR and is_few_words(left_out)


def split_quote(quote: str) -> MarkedQuote | None:
    """Return the parts of a quote around its ellipses and brackets, or none if it has no such marks.

    There are none either if a mark can be no mark of the curator: a bracket that is part of a word, as in walk[ed], and
    not its first letter in the other case; one that has a negation or a figure or is beside a figure; an ellipsis
    beside a single word.
    """
    marks = list(_MARKS.finditer(quote))
    parts: list[Part] = []
    at, is_after_ellipsis, inserted, letter = 0, False, "", ""
    for mark in (*marks, None):
        words = quote[at : mark.start() if mark else len(quote)].strip()
        if letter or WORD.search(words):
            spellings = tuple(first + words for first in _both_cases(letter)) if letter else (words,)
            parts.append(Part(spellings, is_after_ellipsis, inserted))
            is_after_ellipsis, inserted, letter = False, "", ""
        if mark is None:
            break
        at = mark.end()
        if mark["ellipsis"]:
            is_after_ellipsis = True
        elif _is_first_letter(mark):
            letter = mark["bracket"]
        elif _changes_word(mark) or _changes_meaning(mark):
            return None
        else:
            inserted += f" {mark['bracket']}"
    if not marks or not parts or any(map(_has_single_word, parts, parts[1:])):
        return None
    return MarkedQuote(tuple(parts), inserted)


def _has_single_word(left: Part, right: Part) -> bool:
    return right.is_after_ellipsis and (_is_single_word(left) or _is_single_word(right))


def _is_single_word(part: Part) -> bool:
    words = part.spellings[0]
    return not is_without_spaces(words) and sum(map(bool, map(WORD.search, words.split()))) < _FEWEST_WORDS


def _changes_meaning(mark: re.Match[str]) -> bool:
    text = mark["bracket"]
    before, after = mark.string[: mark.start()], mark.string[mark.end() :]
    return has_negation(text) or has_figure(text) or is_beside_figure(before, after)


def _is_first_letter(mark: re.Match[str]) -> bool:
    before, after = _neighbours(mark)
    letter = mark["bracket"]
    return len(letter) == 1 and letter.isalpha() and bool(_IN_WORD.match(after)) and not _IN_WORD.match(before)


def _changes_word(mark: re.Match[str]) -> bool:
    before, after = _neighbours(mark)
    text = mark["bracket"]
    return bool(
        (_IN_WORD.match(before) and (not text or _IN_WORD.match(text)))
        or (_IN_WORD.match(after) and (not text or _IN_WORD.match(text[-1])))
    )


def _neighbours(mark: re.Match[str]) -> tuple[str, str]:
    return mark.string[mark.start() - 1 : mark.start()] if mark.start() else "", mark.string[
        mark.end() : mark.end() + 1
    ]


def _both_cases(letter: str) -> list[str]:
    cases = (letter, letter.lower(), letter.upper(), letter.title(), _TURKISH.get(letter, letter))
    return sorted({case for case in cases if len(case) == 1})
