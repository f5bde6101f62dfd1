"""Where words and figures begin and end, so that no part of a longer one passes for a quote.

Close to Unicode UAX #29, and stricter: a hyphen joins two words into one (non-negotiable), and so do the separators and
the sign of a figure (1,000; 24 500; −5).
"""

import re
from unicodedata import category

from briefgen.quotes.folding import HYPHENS, LINE_BREAKS

WORD = re.compile(r"[^\W_]")
# Scripts that are written without spaces: Thai and Lao, Myanmar, Khmer; Hiragana and Han.
BY_DICTIONARY = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
CHINESE_AND_JAPANESE = r"\u3005-\u3007\u3040-\u309f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
WITHOUT_SPACES = BY_DICTIONARY + CHINESE_AND_JAPANESE
_APOSTROPHES = "'\u2018\u2019\u02bc\u00b7\u05f3\u05f4"
_JOINING = frozenset("-\u2010\u2011" + _APOSTROPHES)
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212")
_SIGNS = _DASHES - frozenset("\u2014\u2015")
_IN_FIGURES = _DASHES | frozenset(".,:/\u066b\u066c")
_SPACES = " \u00a0\u2007\u2009\u202f"
_FURTHEST = 64  # marks on one letter; what has more is no word, and the search must end
_WITHOUT = re.compile(f"[{WITHOUT_SPACES}]")
# 24 500 is one figure, but "in 2024 500 people" has two.
_GROUPS = re.compile(rf"(?<!\d)\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)")
_BROKEN_WORD = re.compile(rf"[^\W_][{HYPHENS}][{_SPACES}\t]*(?:\r\n|[{LINE_BREAKS}])[{_SPACES}\t]*\Z")
_run = re.compile(rf"(?:[^\W_{WITHOUT_SPACES}]|[-\u2010\u2011{_APOSTROPHES}](?=[^\W_]))*").match


def is_without_spaces(text: str) -> bool:
    """Return whether a text has a letter of a script that is written without spaces between words."""
    return _WITHOUT.search(text) is not None


def is_word_edge(text: str, at: int) -> bool:
    """Return whether no word or figure extends over the place before `text[at]`."""
    if at <= 0 or at >= len(text):
        return True
    if category(text[at])[0] == "M":  # it belongs to the letter before it
        return False
    left, right = _skip_back(text, at - 1), _skip(text, at)
    if left < 0 or right >= len(text):
        return True
    before, after = text[left], text[right]
    if before.isalnum() and after.isalnum():
        return bool(_WITHOUT.match(before) or _WITHOUT.match(after))
    if before.isalnum():
        return _is_end(text, before, after, right)
    return not after.isalnum() or _is_start(text, at, left, before, after)


def next_possible_start(text: str, at: int) -> int:
    """Return the first offset after `at` where a word may begin, if `at` is within a word: a long one is skipped."""
    match = _run(text, at)
    return max(at + 1, match.end() if match else 0)


def _is_end(text: str, before: str, after: str, right: int) -> bool:
    if after in _SPACES:
        return not _is_in_grouped_figure(text, right)
    beyond = _skip(text, right + 1)
    if beyond < len(text):
        return not _joins(before, after, text[beyond])
    return True


def _is_start(text: str, at: int, left: int, before: str, after: str) -> bool:
    if before.isspace():
        if before in _SPACES and _is_in_grouped_figure(text, left):
            return False
        return not _BROKEN_WORD.search(text, max(0, at - 20), at)
    beyond = _skip_back(text, left - 1)
    character = text[beyond] if beyond >= 0 else ""
    if before in _SIGNS and after.isdecimal() and not character.isalnum():
        return False
    return not _joins(character, before, after)


def _joins(before: str, joint: str, after: str) -> bool:
    if not before.isalnum() or not after.isalnum():
        return False
    return joint in _JOINING or (joint in _IN_FIGURES and before.isdecimal() and after.isdecimal())


def _is_in_grouped_figure(text: str, space: int) -> bool:
    found = _GROUPS.finditer(text, max(0, space - 20), space + 20)
    return any(match.start() < space < match.end() for match in found)


def _is_mark(char: str) -> bool:
    return not char.isascii() and (category(char)[0] == "M" or category(char) == "Cf")


def _skip(text: str, at: int) -> int:
    limit = min(len(text), at + _FURTHEST)
    while at < limit and _is_mark(text[at]):
        at += 1
    return at


def _skip_back(text: str, at: int) -> int:
    limit = max(-1, at - _FURTHEST)
    while at > limit and _is_mark(text[at]):
        at -= 1
    return at
