"""EDTF dates of level 0 and 1, as far as curators need them: parsing, order and spans, without the clock.

Source: Extended Date/Time Format (EDTF) Specification, Library of Congress, levels 0 and 1: `2025`, `2025-12`,
`2025-12-03`, the qualifiers `?` (uncertain), `~` (approximate), `%` (both). `unknown` is ours.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

from msgspec import Struct

UNKNOWN = "unknown"
_FORM = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)", re.ASCII)


class Edtf(Struct, frozen=True):
    """A parsed date; `month` and `day` are 0 where the text leaves them open. All zero: unknown.

    `iso` is the date without qualifiers, for `<time datetime>`.
    """

    year: int = 0
    month: int = 0
    day: int = 0
    iso: str = ""
    uncertain: bool = False
    approximate: bool = False

    @property
    def known(self) -> bool:
        return self.year > 0

    @property
    def exact(self) -> bool:
        """Return whether the date names a day without a qualifier."""
        return self.day > 0 and not self.uncertain and not self.approximate


@lru_cache(maxsize=8192)
def parse(text: str) -> Edtf | None:
    """Return the date that `text` names, or None if it has another form or is no day of the calendar."""
    if text == UNKNOWN:
        return Edtf()
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    year, month, day, mark = match.groups()
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    uncertain, approximate = mark in ("?", "%"), mark in ("~", "%")
    return Edtf(int(year), int(month or 0), int(day or 0), text.removesuffix(mark), uncertain, approximate)


def parsed(text: str) -> Edtf:
    """Return the date of a text that loading has already checked."""
    found = parse(text)
    if found is None:
        raise ValueError(text)
    return found


@lru_cache(maxsize=8192)
def order(text: str) -> tuple[bool, str, str]:
    """Return a key that sorts checked dates from old to new, vague before exact ones, and unknown before all."""
    when = parsed(text)
    return when.known, when.iso, text


@lru_cache(maxsize=8192)
def span(text: str) -> tuple[date, date]:
    """Return the first and last day that a checked date may mean, without qualifiers; unknown spans all of time."""
    when = parsed(text)
    if not when.known:
        return date.min, date.max
    month = when.month or 12
    last = date(when.year, month, when.day or monthrange(when.year, month)[1])
    return date(when.year, when.month or 1, when.day or 1), last


def certainly_before(one: str, other: str) -> bool:
    """Return True where `one` ended before `other` began, and False where either is unknown or qualified."""
    return _is_plain(one) and _is_plain(other) and span(one)[1] < span(other)[0]


def certainly_by(one: str, other: str) -> bool:
    """Return True where `one` ended before `other` began or on the same day, as `certainly_before` does otherwise."""
    return _is_plain(one) and _is_plain(other) and span(one)[1] <= span(other)[0]


def _is_plain(text: str) -> bool:
    when = parsed(text)
    return when.known and not when.uncertain and not when.approximate
