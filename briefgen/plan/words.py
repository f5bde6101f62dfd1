"""Dates, grades and lists in words, in the language of the site where that is a matter of language."""

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from briefgen.model import dates
from briefgen.model.vocabulary import CREDIBILITY, RELIABILITY
from briefgen.views.pages import Grade, When

if TYPE_CHECKING:
    from babel.core import Locale
    from babel.dates import DateTimePattern

_SKELETONS = ("y", "yMMMM", "")


@lru_cache(maxsize=8192)
def _plain(year: int, month: int, day: int, language: str) -> str:
    pattern, locale = _pattern(_SKELETONS[bool(month) + bool(day)], language)
    return str(pattern.apply(date(year, month or 1, day or 1), locale))


@lru_cache
def _pattern(skeleton: str, language: str) -> "tuple[DateTimePattern, Locale]":
    """How the language writes a date of these parts, of year, month and day for an empty skeleton."""
    from babel.core import Locale, UnknownLocaleError
    from babel.dates import match_skeleton

    try:
        locale = Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        locale = Locale("en", "GB")
    if locale.language == "en" and locale.territory is None:
        locale = Locale("en", "GB")  # the day before the month, as most of the world writes it
    if not skeleton:
        return locale.date_formats["long"], locale
    patterns = locale.datetime_skeletons
    return patterns[skeleton if skeleton in patterns else match_skeleton(skeleton, patterns)], locale


@lru_cache(maxsize=8192)
def when(text: str, language: str, note: str = "") -> When:
    """A checked EDTF date in words: `December 2025, uncertain`."""
    parsed = dates.parsed(text)
    if not parsed.known:
        return When(words="date unknown", certain=False, note=note)
    words = _plain(parsed.year, parsed.month, parsed.day, language)
    marks = [mark for mark, given in (("approximate", parsed.approximate), ("uncertain", parsed.uncertain)) if given]
    if marks:
        words = f"{words}, {' and '.join(marks)}"
    return When(words=words, iso=parsed.iso, certain=not marks, note=note)


def period(start: str | None, end: str | None, language: str) -> str:
    """A role's time in words; empty when neither end is given."""
    if start and end:
        return f"{when(start, language).words} to {when(end, language).words}"
    if start:
        return f"since {when(start, language).words}"
    if end:
        return f"until {when(end, language).words}"
    return ""


def reliability(mark: str | None, reason: str | None = None) -> Grade | None:
    """The grade of a source on the Admiralty scale; F means "cannot be judged"."""
    if mark is None:
        return None
    return Grade(mark=mark, words=RELIABILITY[mark], judged=mark != "F", reason=reason or "")


@lru_cache
def credibility(mark: int | None) -> Grade | None:
    """The grade of a claim on the Admiralty scale; 6 means "cannot be judged"."""
    if mark is None:
        return None
    return Grade(mark=str(mark), words=CREDIBILITY[mark], judged=mark != 6)


RELIABILITY_SCALE = tuple(Grade(mark, text, judged=mark != "F") for mark, text in RELIABILITY.items())
CREDIBILITY_SCALE = tuple(Grade(str(mark), text, judged=mark != 6) for mark, text in CREDIBILITY.items())
