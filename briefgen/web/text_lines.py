"""What single lines of a text are: its title, a by-line, a day, part of a menu, the credit of a picture."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from briefgen.kernel.languages import list_month_names, list_weekday_names

_MOST_LINES = 12
_LONGEST_TITLE = 200
_LONGEST_LABEL = 80  # characters of a line that has a name or a day alone
_MOST_WORDS_BESIDE = 2  # such as "Published on"
_LONGEST_FIRST_WORDS = 8
_MENU = re.compile(
    r"(?:skip|jump|go) to\b.*|(?:main )?menu|search|share|print|listen|subscribe|log ?in|sign in|advertisement|anzeige"
    r"|(?:image|photo|picture|video|foto|bild)|(?:home|start(?:seite)?|accueil|inicio|главная|головна)\s*[>›»/|].*"
    r"|[•·▪◦*–—-]\s.*|#+",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\(?(?:"
    r"(?:photo|picture|image|foto|fotos|bild|фото|zdjęcie|fotografía|illustration)(?:graph)?s?(?: credit| courtesy)?"
    r"\s*(?::|©|/|by\b|von\b|courtesy of\b)"
    r"|(?:credits?|bildnachweis|crédits?(?: photo)?)\s*:|©"
    r"|(?:ap|afp|epa|reuters|getty|dpa)\s*(?:photo\b|images\b|/)"
    r").{1,100}",
    re.IGNORECASE,
)
_MORE_THAN_A_CREDIT = re.compile(r"[“”„«»\"]|[^\W\d_]{3}[.!?]\s+\w")
_MOST_WORDS_OF_A_CREDIT = 10
_MARKS_OF_HEADING = re.compile(r"#{1,6}\s+(?=\S)")
_BY = re.compile(
    r"(?:(?i:(?:written )?by|text|author|autor(?:in|a|es)?|auteur|autore|автор\w*)(?:\s*:\s*|\s+)"
    # Titles may begin with these words and names as well, and a by-line is below the title.
    r"|(?P<preposition>(?i:von|par|por|di|door|av|af))\s+)(?P<names>\S.*)"
)
_LETTER = re.compile(r"[^\W\d_]")
_MOST_NAMES = 8  # words of all names together
_BETWEEN_NAMES = frozenset(
    (
        "and",
        "und",
        "et",
        "y",
        "e",
        "och",
        "og",
        "en",
        "i",
        "и",
        "та",
        "de",
        "da",
        "van",
        "von",
        "der",
        "del",
        "al",
        "bin",
    )
)
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NUMERIC = re.compile(
    rf"(?<!\d){_YEAR}(?:-(?P<month>\d\d?)-(?P<day>\d\d?)|年\s?(?P<cmonth>\d\d?)月\s?(?P<cday>\d\d?)日)(?!\d)"
)
_OTHER_NUMERIC = re.compile(r"(?<!\d)(?:\d\d?[./-]\d\d?[./-](?:19|20)\d\d|(?:19|20)\d\d[./]\d\d?[./]\d\d?)(?!\d)")
_IN_WORDS = re.compile(
    rf"(?<!\w)(?:(?P<day>\d\d?)(?:st|nd|rd|th|er|\.|º)?\s+(?:de\s+)?(?P<month>[^\W\d_]+)\.?,?\s+(?:de\s+)?{_YEAR}"
    rf"|(?P<month2>[^\W\d_]+)\.?\s+(?P<day2>\d\d?)(?:st|nd|rd|th)?,?\s+(?P<year2>(?:19|20)\d\d))(?!\d)"
)
_TIME = re.compile(r"\d\d?[:.h]\d\d(?::\d\d)?(?:\s?[ap]\.?m\.?)?|T\d\d:\d\d\S*", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]+")


class FirstLines(NamedTuple):
    """The title if there is one, and what a person should look at, as `seen` of `DocumentText`."""

    title: str
    seen: dict[str, str]


def read_first_lines(paragraphs: Sequence[str]) -> FirstLines:
    """Return what the first lines of a text are. None of it is certain but the words themselves."""
    title, seen = "", dict[str, str]()
    for line in paragraphs[:_MOST_LINES]:
        is_by_line, day = _is_by_line(line, is_below_title=bool(title)), _find_day(line)
        if is_by_line:
            seen.setdefault("author", f"the text has “{line}”")
        if day is not None:
            seen.setdefault("published", f"{day}the text has “{line}”")
        if is_by_line or day is not None or is_menu(line):
            continue
        if len(line) > _LONGEST_TITLE or line.endswith((".", ",", ";", ":")):
            break
        title = title or line
    return FirstLines(title if len(paragraphs) > 1 else "", seen)


def find_first_words(text: str) -> str:
    """Return the first words of a text that has no title, behind lines that are no part of it."""
    lines = [line for line in text.split("\n") if line.strip()]
    line = next((line for line in lines if not _is_beside_text(line)), lines[0] if lines else "")
    return " ".join(line.split()[:_LONGEST_FIRST_WORDS])


def is_menu(line: str) -> bool:
    """Return whether a line is one of a menu, or the place of a picture, rather than of the text."""
    return len(line) <= _LONGEST_TITLE and _MENU.fullmatch(line) is not None


def is_picture_credit(line: str) -> bool:
    """Return whether a line only says from whom a picture is, and has neither a sentence nor a quotation."""
    if _CREDIT.fullmatch(line) is None or len(line.split()) > _MOST_WORDS_OF_A_CREDIT:
        return False
    return _MORE_THAN_A_CREDIT.search(line) is None


def drop_heading_marks(lines: Iterable[str]) -> Iterable[str]:
    """Yield lines without the number signs of headings in Markdown, and none that have nothing else."""
    for line in lines:
        if line.strip("#") or not line:
            yield _MARKS_OF_HEADING.sub("", line, count=1) if line.startswith("#") else line


def _is_beside_text(line: str) -> bool:
    return is_menu(line) or _is_by_line(line, is_below_title=False) or _find_day(line) is not None


def _is_by_line(line: str, *, is_below_title: bool) -> bool:
    found = _BY.fullmatch(line) if len(line) <= _LONGEST_LABEL else None
    if found is None or line.endswith((".", "?", "!", ":")) or (found["preposition"] and not is_below_title):
        return False
    words = [word for word in found["names"].replace("|", " ").split() if _LETTER.match(word)]
    names = [word for word in words if word not in _BETWEEN_NAMES]
    return 0 < len(names) <= _MOST_NAMES and not any(word[0].islower() for word in names)


def _find_day(line: str) -> str | None:
    """Return the day that a line has and little else, as the beginning of a remark; empty if it can be two days."""
    if len(line) > _LONGEST_LABEL:
        return None
    for pattern in (_NUMERIC, _OTHER_NUMERIC, _IN_WORDS):
        for found in pattern.finditer(line):
            day = _read_day(found)
            if day is not None and (_count_words_beside(line, found) <= _MOST_WORDS_BESIDE or _BY.fullmatch(line)):
                return f"{day}? " if day else ""
    return None


def _count_words_beside(line: str, day: re.Match[str]) -> int:
    rest = _TIME.sub(" ", f"{line[: day.start()]} {line[day.end() :]}")
    return sum(word.casefold() not in list_weekday_names() for word in _WORD.findall(rest))


def _read_day(found: re.Match[str]) -> str | None:
    parts: Mapping[str, str | None] = found.groupdict()
    if not parts:
        return ""
    year, day = parts["year"] or parts.get("year2"), parts["day"] or parts.get("day2") or parts.get("cday")
    month = parts["month"] or parts.get("month2") or parts.get("cmonth") or ""
    number = int(month) if month.isdecimal() else list_month_names().get(month.casefold())
    try:
        return date(int(year or 0), number or 0, int(day or 0)).isoformat()
    except ValueError:
        return None
