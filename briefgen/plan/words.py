"""Dates, grades and lists in words, in the language of the site where that is a matter of language."""

import re
from functools import lru_cache

from briefgen.kernel.languages import date_in_words, direction
from briefgen.model import dates
from briefgen.model.vocabulary import CREDIBILITY, RELIABILITY
from briefgen.views.pages import Grade, When

# Letters that are written from right to left: Hebrew, Arabic and their relatives (Unicode 16.0, blocks).
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")


def direction_of(text: str, around: str, language: str | None = None) -> str:
    """Return the `dir` that keeps a text of a language from moving what stands beside it in the language `around`.

    Empty where both are written from left to right, as nearly always.
    """
    if direction(around) == "ltr" and not _RIGHT_TO_LEFT.search(text):
        return ""
    return direction(language)


def isolated(text: str, around: str) -> str:
    """Return a text for the middle of a plain text, with marks that do what `dir` does (UAX #9, §2.7)."""
    return f"\u2068{text}\u2069" if text and direction_of(text, around) else text


@lru_cache(maxsize=8192)
def when(text: str, language: str, note: str = "") -> When:
    """A checked EDTF date in words: `December 2025, uncertain`."""
    parsed = dates.parsed(text)
    if not parsed.known:
        return When(words="date unknown", certain=False, note=note)
    words = date_in_words(parsed.year, parsed.month, parsed.day, language)
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
