"""Languages by their BCP 47 tags: which are known, which way they are written, and how they write dates and numbers."""

import re
from contextlib import suppress
from datetime import date
from functools import cache, lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from babel.core import Locale
    from babel.dates import DateTimePattern

Direction = Literal["ltr", "rtl", "auto"]

_SKELETONS = ("y", "yMMMM", "")
# Scripts in use today; babel has the direction of a language only with all else about it.
_RTL_SCRIPTS = frozenset(("Adlm", "Arab", "Aran", "Hebr", "Mand", "Mend", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa"))
# Letters that are written from right to left: Hebrew, Arabic and their relatives (Unicode 16.0, blocks).
_RTL_LETTERS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]")
_SPECIAL = re.compile(r"mis|mul|und|zxx|q[a-t][a-z]")  # several, none, unknown, private use
_WITH_MONTHS = "ar bg cs da de el en es fi fr he hu id it nb nl pl pt ro ru sr sv tr uk"


@cache
def _parsed(tag: str) -> tuple[str, str, str]:
    """Return language, script and region of a tag; the last two are empty if it has none.

    What follows a part of one character is an extension (RFC 5646, section 2.2.6).
    """
    language, *more = tag.split("-")
    more = list(takewhile(lambda part: len(part) > 1, more))
    script = next((part.title() for part in more if len(part) == 4 and part.isalpha()), "")
    region = next((part.upper() for part in more if len(part) == (3 if part.isdigit() else 2)), "")
    return language.lower(), script, region


@cache
def is_known(tag: str) -> bool:
    """Return whether language, script and region of a tag exist."""
    from babel.core import Locale, get_global

    language, script, region = _parsed(tag)
    # English has names for what is rare as well, but takes longer to load.
    exists = language in get_global("likely_subtags") or _SPECIAL.fullmatch(language)
    if not exists and language not in Locale("en").languages:
        return False
    return (not script or script in Locale("en").scripts) and (not region or region in Locale("en").territories)


@cache
def suggestion(tag: str) -> str:
    """Return the tag that was probably meant by one that is not known; empty where none is near.

    `deu` is `de`, `en-UK` is `en-GB`, and a country's code means its language: `ua` is `uk`.
    """
    from babel.core import get_global

    language, script, region = _parsed(tag)
    if not is_known(language):
        country = get_global("likely_subtags").get(f"und_{language.upper()}", "")
        language = get_global("language_aliases").get(language) or country.partition("_")[0]
    if region and not is_known(f"en-{region}"):
        region = next(iter(get_global("territory_aliases").get(region, ())), "")
    found = "-".join(filter(None, (language.replace("_", "-"), script, region)))
    return found if language and is_known(found) else ""


@cache
def likely_script(tag: str) -> str:
    """Return the script that a tag names, or in which its language is usually written; empty where none is known."""
    from babel.core import get_global

    language, script, region = _parsed(tag)
    likely = get_global("likely_subtags")
    if not script and language != "und":
        _, _, more = (likely.get(f"{language}_{region}") or likely.get(language, "")).partition("_")
        script = more.partition("_")[0]
    return script


@cache
def direction(tag: str | None) -> Direction:
    """Return which way a language is written; `auto`, which leaves it to each text, where that is not known."""
    script = likely_script(tag or "und")
    if not script:
        return "auto"
    return "rtl" if script in _RTL_SCRIPTS else "ltr"


def direction_of(text: str, around: str, language: str | None = None) -> str:
    """Return the `dir` attribute that a text needs inside a page in the language `around`.

    Empty where both are written from left to right, as nearly always.
    """
    if direction(around) == "ltr" and not _RTL_LETTERS.search(text):
        return ""
    return direction(language)


def isolate(text: str, around: str) -> str:
    """Return a text for the middle of a plain text, with marks that have the effect of `dir` (UAX #9, §2.7)."""
    return f"\u2068{text}\u2069" if text and direction_of(text, around) else text


@cache
def find_locale(tag: str) -> "Locale | None":
    """Return the locale that comes nearest to a tag: `de-US` has none, so it is that of `de`; None if there is none."""
    from babel.core import Locale, UnknownLocaleError

    language, script, region = _parsed(tag)
    for parts in ((language, script, region), (language, script), (language, region), (language,)):
        with suppress(UnknownLocaleError, ValueError):
            return Locale.parse("-".join(filter(None, parts)), sep="-")
    return None


@lru_cache(maxsize=8192)
def date_in_words(year: int, month: int, day: int, tag: str) -> str:
    """Return a date as a language writes it; month and day are 0 where they are not known."""
    pattern, locale = _pattern(_SKELETONS[bool(month) + bool(day)], tag)
    return str(pattern.apply(date(year, month or 1, day or 1), locale))


@lru_cache
def _pattern(skeleton: str, tag: str) -> "tuple[DateTimePattern, Locale]":
    """Return how the language writes a date of these parts, of year, month and day for an empty skeleton."""
    from babel.core import Locale
    from babel.dates import match_skeleton

    locale = find_locale(tag) or Locale("en", "GB")
    if locale.language == "en" and locale.territory is None:
        locale = Locale("en", "GB")  # the day before the month, as most of the world writes it
    if not skeleton:
        return locale.date_formats["long"], locale
    patterns = locale.datetime_skeletons
    return patterns[skeleton if skeleton in patterns else match_skeleton(skeleton, patterns)], locale


@lru_cache(maxsize=8192)
def number_in_digits(number: int, tag: str) -> str:
    """Return a whole number as a language groups its digits: 12,345 in English, 12.345 in German."""
    from babel.numbers import format_decimal

    return format_decimal(number, locale=find_locale(tag) or "en")


@cache
def list_month_names() -> dict[str, int]:
    """Return the months by their names in common languages, in small letters; no name that means two months."""
    from babel.core import Locale

    found: dict[str, set[int]] = {}
    for tag in _WITH_MONTHS.split():
        months = Locale(tag).months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    found.setdefault(name.casefold().strip("."), set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1}


@cache
def list_weekday_names() -> frozenset[str]:
    """Return the days of the week in the same languages, in small letters."""
    from babel.core import Locale

    days = [Locale(tag).days["format"] for tag in _WITH_MONTHS.split()]
    names = {
        name.casefold().strip(".") for each in days for name in (*each["wide"].values(), *each["abbreviated"].values())
    }
    return frozenset(name for name in names if len(name) > 2)
