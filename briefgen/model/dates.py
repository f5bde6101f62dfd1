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
    """A parsed date; `month` and `day` are 0 where the text leaves them open. All zero: unknown."""

    year: int = 0
    month: int = 0
    day: int = 0
    uncertain: bool = False
    approximate: bool = False

    @property
    def known(self) -> bool:
        return self.year > 0

    @property
    def exact(self) -> bool:
        """Return whether the date names a day without a qualifier."""
        return self.day > 0 and not self.uncertain and not self.approximate

    @property
    def iso(self) -> str:
        """Return the date without qualifiers, for `<time datetime>`; empty if unknown."""
        if not self.known:
            return ""
        parts = [f"{self.year:04}"]
        if self.month:
            parts.append(f"{self.month:02}")
        if self.day:
            parts.append(f"{self.day:02}")
        return "-".join(parts)


@lru_cache(maxsize=8192)
def parse(text: str) -> Edtf | None:
    """Return the date that `text` names, or None if it has another form or is no day of the calendar."""
    if text == UNKNOWN:
        return Edtf()
    match = _FORM.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part or 0) for part in match.group(1, 2, 3))
    mark = match[4]
    if year == 0 or (match[2] and not 1 <= month <= 12):
        return None
    if match[3] and not 1 <= day <= monthrange(year, month)[1]:
        return None
    return Edtf(year, month, day, uncertain=mark in ("?", "%"), approximate=mark in ("~", "%"))


def parsed(text: str) -> Edtf:
    """Return the date of a text that loading has already checked."""
    found = parse(text)
    if found is None:
        raise ValueError(text)
    return found


@lru_cache(maxsize=8192)
def span(text: str) -> tuple[date, date]:
    """Return the first and last day that a checked date may mean, without qualifiers; unknown spans all of time."""
    when = parsed(text)
    if not when.known:
        return date.min, date.max
    first = date(when.year, when.month or 1, when.day or 1)
    month = when.month or 12
    return first, date(when.year, month, when.day or monthrange(when.year, month)[1])


@lru_cache(maxsize=8192)
def order(text: str) -> tuple[bool, str, str]:
    """Return a key that sorts checked dates from old to new, vague before exact ones, and unknown before all."""
    when = parsed(text)
    return when.known, when.iso, text


def certainly_before(one: str, other: str) -> bool:
    """Return True where `one` ended before `other` began, and False where either is unknown or qualified."""
    return _is_plain(one) and _is_plain(other) and span(one)[1] < span(other)[0]


def certainly_by(one: str, other: str) -> bool:
    """Return True where `one` ended before `other` began or on the same day, as `certainly_before` does otherwise."""
    return _is_plain(one) and _is_plain(other) and span(one)[1] <= span(other)[0]


def _is_plain(text: str) -> bool:
    when = parsed(text)
    return when.known and not when.uncertain and not when.approximate
