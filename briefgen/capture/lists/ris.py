"""RIS, as reference managers and libraries export it."""

import re
from typing import Any

from briefgen.capture.lists.entries import Entries, Unreadable, doi_address, in_order, join_names, make_entry

_BEGIN = re.compile(r"^TY\s{0,2}-", re.MULTILINE)
_DATE = re.compile(r"(\d{4})/(\d{1,2})?(?:/(\d{1,2})?)?(?:/.*)?")
_TITLES = ("title", "primary_title", "translated_title", "short_title")
_OUTLETS = ("secondary_title", "journal_name", "alternate_title3", "alternate_title1", "publisher")


def read_ris(text: str) -> Entries:
    """Yield the records of a list in RIS."""
    import rispy  # type: ignore[import-untyped] # it has no types

    begins = [match.start() for match in _BEGIN.finditer(text)]
    if not begins:
        yield Unreadable(1, "this is no RIS: no line begins with `TY  -`", "Export the list as RIS.")
        return
    for begin, end in zip(begins, [*begins[1:], len(text)], strict=True):
        line = text.count("\n", 0, begin) + 1
        # One record at a time, so that a broken one costs no other.
        record = re.sub(r"^([A-Z][A-Z0-9]) {0,2}- ?", r"\1  - ", text[begin:end], flags=re.MULTILINE)
        try:
            found = rispy.loads(record if "\nER  -" in record else f"{record.rstrip()}\nER  - \n")
        except (OSError, ValueError, KeyError, IndexError) as error:
            yield Unreadable(line, f"the record cannot be read: {error}")
            continue
        for each in found[:1]:
            yield make_entry(
                line,
                _first(each, "urls", "url", "file_attachments2", "link") or doi_address(_first(each, "doi")),
                title=_first(each, *_TITLES),
                author=join_names(map(in_order, (*each.get("authors", ()), *each.get("first_authors", ())))),
                published=_date(_first(each, "date", "year", "publication_year")),
                publisher=_first(each, *_OUTLETS),
                language=_first(each, "language"),
                retrieved=_date(_first(each, "access_date")),
            )


def _first(record: dict[str, Any], *keys: str) -> str:
    """Return the first value that there is under one of these keys."""
    for key in keys:
        value = record.get(key)
        for text in value if isinstance(value, list) else [value]:
            if isinstance(text, str) and text.strip():
                return text
    return ""


def _date(text: str) -> str:
    """Return a date as year, month and day, as far as it has them; the rest of one in RIS is free text."""
    found = _DATE.fullmatch(text.strip())
    return "-".join(filter(None, found.groups())) if found else text
