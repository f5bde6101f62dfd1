"""What a curator writes into a quote: ellipses for words left out, and brackets for words put in."""

import re
from collections import Counter

from msgspec import Struct

from briefgen.quotes.negations import count_negations
from briefgen.quotes.words import WITHOUT_SPACES, WORD

_ELLIPSIS = r"(?:…|\.{3,}|\.\s\.\s\.)"
_MARKS = re.compile(rf"(?P<ellipsis>\[\s*{_ELLIPSIS}\s*\]|\(\s*{_ELLIPSIS}\s*\)|{_ELLIPSIS})|\[(?P<bracket>[^\[\]]*)\]")
_IN_WORD = re.compile(rf"[^\W_{WITHOUT_SPACES}]|['\u2019\u02bc\u2010\u2011-]")
# The pairs of Turkish, which are no pairs in other languages.
_TURKISH = {"i": "İ", "İ": "i", "ı": "I", "I": "ı"}

NEAR = 200
"""Characters in place of a bracket, at most."""
_MOST_WORDS = 3
_TOKENS = re.compile(rf"[{WITHOUT_SPACES}]{{1,2}}|[^\s{WITHOUT_SPACES}]*[^\W_{WITHOUT_SPACES}][^\s{WITHOUT_SPACES}]*")
_SENTENCE_END = re.compile(r"[.!?…؟۔।]['\"\u2019\u201d»)\]]*(?:\s|\Z)|[。！？]")
_FIGURES = re.compile(r"\d+")


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
        """Return whether ellipsis or bracket may be in place of these words of the source."""
        if not is_short(left_out):
            return self.is_after_ellipsis
        if count_negations(left_out) != count_negations(self.inserted):
            return False
        figures, inserted = Counter(_FIGURES.findall(left_out)), Counter(_FIGURES.findall(self.inserted))
        return self.is_after_ellipsis or figures <= inserted


def is_short(left_out: str) -> bool:
    """Return whether these are so few words that a bracket may be in their place."""
    if len(left_out) > NEAR:
        return False
    return len(_TOKENS.findall(left_out)) <= _MOST_WORDS and not _SENTENCE_END.search(left_out)


def split_quote(quote: str) -> tuple[Part, ...]:
    """Return the parts of a quote around its ellipses and brackets, or none if it has no such marks.

    There are none either if a bracket is part of a word, as in walk[ed], and not its first letter in the other case.
    """
    marks = list(_MARKS.finditer(quote))
    if not marks:
        return ()
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
        elif _changes_word(mark):
            return ()
        else:
            inserted += f" {mark['bracket']}"
    return tuple(parts)


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
