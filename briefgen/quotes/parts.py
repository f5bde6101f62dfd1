"""What a curator writes into a quote: ellipses for words left out, and brackets for words put in."""

import re

from msgspec import Struct
from msgspec.structs import replace

from briefgen.quotes.word_classes import has_figure, has_negation
from briefgen.quotes.words import WITHOUT_SPACES, WORD, is_without_spaces

_ELLIPSIS = r"(?:…|\.{3,}|\.\s\.\s\.)"
_MARKS = re.compile(rf"(?P<ellipsis>\[\s*{_ELLIPSIS}\s*\]|\(\s*{_ELLIPSIS}\s*\)|{_ELLIPSIS})|\[(?P<bracket>[^\[\]]*)\]")
_IN_WORD = re.compile(rf"[^\W_{WITHOUT_SPACES}]|['\u2019\u02bc\u2010\u2011-]")
# The pairs of Turkish, which are no pairs in other languages.
_TURKISH = {"i": "İ", "İ": "i", "ı": "I", "I": "ı"}

_FEWEST_WORDS = 2  # beside an ellipsis: single words can be put together to say anything
_BESIDE_FIGURES = " \t\n\r\u00a0\u202f\"'“”‘’«»()[]<>~≈+-\u2010\u2011\u2012\u2013\u2014\u2212"
_ROOM = 50  # characters, for a figure beside a bracket
_FEW_LETTERS = 5  # of scripts without spaces, for the same
_AS_WRITTEN = frozenset(("sic", "sic!"))


class Part(Struct, frozen=True):
    """Words that the source must have, and which marks of the quote are beside them."""

    spellings: tuple[str, ...]  # two if a bracket changes the case of the first letter
    is_after_ellipsis: bool = False
    is_after_bracket: bool = False
    is_before_bracket: bool = False
    is_raised: bool = False  # whether a bracket makes the first letter a capital, as if a sentence began there


class MarkedQuote(Struct, frozen=True):
    """The parts of a quote, and whether it has words in brackets."""

    parts: tuple[Part, ...]
    has_insertion: bool = False


def split_quote(quote: str) -> MarkedQuote | None:
    """Return the parts of a quote around its ellipses and brackets, or none if it has no such marks.

    There are none either if a mark can be no mark of the curator: a bracket that is part of a word, as in walk[ed], and
    not its first letter in the other case; one that has a negation or a figure or is beside a figure; an ellipsis
    beside a single word.
    """
    marks = list(_MARKS.finditer(quote))
    parts: list[Part] = []
    at, is_after_ellipsis, is_after_bracket, has_insertion, letter = 0, False, False, False, ""
    for mark in (*marks, None):
        words = quote[at : mark.start() if mark else len(quote)].strip()
        if letter or WORD.search(words):
            spellings = tuple(first + words for first in _both_cases(letter)) if letter else (words,)
            parts.append(
                Part(spellings, is_after_ellipsis, is_after_bracket, is_raised=bool(letter) and not letter.islower())
            )
            is_after_ellipsis, is_after_bracket, letter = False, False, ""
        if mark is None:
            break
        at = mark.end()
        if mark["ellipsis"]:
            # A bracket is beside the words on its side of the ellipsis; one between two ellipses, beside those behind.
            is_after_bracket = is_after_bracket and (is_after_ellipsis or not parts)
            is_after_ellipsis = True
        elif _is_first_letter(mark):
            letter = mark["bracket"]
        elif _changes_word(mark) or _changes_meaning(mark):
            return None
        else:
            has_insertion = True
            if mark["bracket"].strip().casefold() in _AS_WRITTEN:
                continue
            is_after_bracket = True
            if parts and not is_after_ellipsis:
                parts[-1] = replace(parts[-1], is_before_bracket=True)
    if not marks or not parts or any(map(_has_single_word, parts, parts[1:])):
        return None
    if is_after_bracket:
        parts[-1] = replace(parts[-1], is_before_bracket=True)
    return MarkedQuote(tuple(parts), has_insertion)


def _has_single_word(left: Part, right: Part) -> bool:
    return right.is_after_ellipsis and (_is_single_word(left) or _is_single_word(right))


def _is_single_word(part: Part) -> bool:
    words = part.spellings[0]
    return not is_without_spaces(words) and sum(map(bool, map(WORD.search, words.split()))) < _FEWEST_WORDS


def _changes_meaning(mark: re.Match[str]) -> bool:
    text = mark["bracket"]
    before = mark.string[max(0, mark.start() - _ROOM) : mark.start()].rstrip(_BESIDE_FIGURES).split() or [""]
    after = mark.string[mark.end() : mark.end() + _ROOM].lstrip(_BESIDE_FIGURES).split() or [""]
    left, right = before[-1], after[0]
    if is_without_spaces(left + right):
        left, right = left[-_FEW_LETTERS:], right[:_FEW_LETTERS]
    return has_negation(text) or any(map(has_figure, (text, left, right)))


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
