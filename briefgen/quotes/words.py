"""Where words begin and end, so that no part of a longer word or figure passes for a quote (after Unicode UAX #29)."""

import re
from unicodedata import category

_APOSTROPHES = frozenset("'\u2019\u02bc\u2018\u00b7\u05f4\u05f3\u2032")
_HYPHENS = frozenset("-\u2010\u2011\u00ad\u200b")
_DASHES = _HYPHENS | frozenset("\u2012\u2013\u2014\u2015\u2212")
_IN_FIGURES = _DASHES | frozenset(".,:/'\u2019\u066b\u066c\u02d9")
_SPACES = " \u00a0\u2009\u202f\u2007"
# 24 500 is one figure; "in 2024 500 people" has two.
_GROUPS = re.compile(rf"(?<!\d)\d{{1,3}}(?:[{_SPACES}]\d{{3}})+(?!\d)")
# Scripts written without spaces: Thai, Lao, Myanmar, Khmer, Hiragana, Han.
_WITHOUT_SPACES = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u309f\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
_BROKEN_LINE = re.compile(r"[^\W_][-\u2010\u00ad][ \t\u00a0]*(?:\r\n|[\n\v\f\r\x85\u2028\u2029])[ \t\u00a0]*\Z")
WORD = re.compile(r"[^\W_]")


def is_without_spaces(text: str) -> bool:
    """Return whether a text has a letter of a script that is written without spaces between words."""
    return _WITHOUT_SPACES.search(text) is not None


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
    if before.isalnum():
        if after.isalnum():
            return bool(_WITHOUT_SPACES.match(before) or _WITHOUT_SPACES.match(after))
        if after in _SPACES:
            return not _is_in_grouped_figure(text, right)
        beyond = _skip(text, right + 1)
        return beyond >= len(text) or not _joins(before, after, text[beyond])
    if after.isalnum():
        return _is_start(text, left, before, after, at)
    return True


def _is_start(text: str, left: int, before: str, after: str, at: int) -> bool:
    if before in _SPACES:
        if _is_in_grouped_figure(text, left):
            return False
    elif not before.isspace():
        beyond = _skip_back(text, left - 1)
        if (
            before in _DASHES
            and before != "\u2014"
            and after.isdecimal()
            and not (beyond >= 0 and text[beyond].isalnum())
        ):
            return False  # a minus sign
        return beyond < 0 or not _joins(text[beyond], before, after)
    return not _BROKEN_LINE.search(text, max(0, at - 20), at)


def _joins(before: str, joint: str, after: str) -> bool:
    if not before.isalnum() or not after.isalnum():
        return False
    if joint in _HYPHENS or joint in _APOSTROPHES or joint == "_":
        return True
    return joint in _IN_FIGURES and before.isdecimal() and after.isdecimal()


def _is_in_grouped_figure(text: str, space: int) -> bool:
    found = _GROUPS.finditer(text, max(0, space - 20), space + 20)
    return any(match.start() < space < match.end() for match in found)


def _is_invisible(char: str) -> bool:
    return not char.isascii() and char not in _HYPHENS and (category(char)[0] == "M" or category(char) == "Cf")


def _skip(text: str, at: int) -> int:
    while at < len(text) and _is_invisible(text[at]):
        at += 1
    return at


def _skip_back(text: str, at: int) -> int:
    while at >= 0 and _is_invisible(text[at]):
        at -= 1
    return at
