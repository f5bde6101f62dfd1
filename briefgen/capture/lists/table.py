"""CSV with a line of column names, or a plain list of addresses."""

import csv
from collections.abc import Mapping
from io import StringIO

from briefgen.capture.lists.entries import (
    Entries,
    ListEntry,
    Unreadable,
    in_order,
    join_names,
    make_entry,
)
from briefgen.load.forms import is_address

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "address": ("url", "address", "link", "uri", "href"),
    "title": ("title", "headline", "name"),
    "author": ("author", "authors", "byline", "creator"),
    "published": ("published", "date", "publication date", "date published", "publication year", "year"),
    "publisher": ("publisher", "outlet", "publication title", "publication", "source", "site", "website"),
    "language": ("language", "lang"),
    "retrieved": ("retrieved", "accessed", "access date", "date accessed"),
}
_LARGEST_CELL = 1_000_000  # characters


def read_table(text: str) -> Entries:
    """Yield the rows of a table; its first row names the columns, in any order and case."""
    csv.field_size_limit(_LARGEST_CELL)
    head = text[:4096].partition("\n")[0]
    delimiter = max(",;\t|", key=head.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    columns: dict[str, list[int]] | None = None
    line = 1
    try:
        for row in reader:
            cells = [cell.strip() for cell in row]
            if columns is None and any(cells):
                columns = _columns(cells)
                if not columns:
                    yield Unreadable(line, "no column is called url or title", f"Columns may be {_names()}.")
                    return
                if reason := _complain(cells):
                    yield Unreadable(line, reason, "Begin the table with one row that names each column once.")
                    return
                if is_address(cells[columns["address"][0]] if "address" in columns else ""):
                    yield make_entry(line, cells[columns["address"][0]])
            elif columns is not None and any(cells):
                yield _entry(line, cells, columns)
            line = reader.line_num + 1
    except csv.Error as error:
        yield Unreadable(
            line, f"the table cannot be read from here on: {error}", "Look for a quote mark that is missing."
        )


def _columns(cells: list[str]) -> dict[str, list[int]]:
    """Return the columns by what they hold; of a plain list of addresses, the one with the first address."""
    places = {cell.lower().replace("_", " "): number for number, cell in reversed(list(enumerate(cells)))}
    found = {key: [places[name] for name in names if name in places] for key, names in COLUMNS.items()}
    found = {key: numbers for key, numbers in found.items() if numbers}
    if "address" in found or "title" in found:
        return found
    addresses = [number for number, cell in enumerate(cells) if is_address(cell)]
    return {"address": addresses[:1]} if addresses else {}


def _complain(cells: list[str]) -> str:
    """Return what is wrong with the first row of a table; empty if nothing is."""
    names = [cell.lower() for cell in cells]
    if repeated := next((name for name in COLUMNS["address"] if names.count(name) > 1), ""):
        return f'two columns are called "{repeated}"'
    is_address_list = any(map(is_address, cells))
    return "the first row does not name the columns" if is_address_list and len([*filter(None, cells)]) > 1 else ""


def _entry(line: int, cells: list[str], columns: Mapping[str, list[int]]) -> ListEntry | Unreadable:
    found = {key: [cells[number] for number in numbers if number < len(cells)] for key, numbers in columns.items()}
    addresses = found.pop("address", [])
    texts = {key: next(filter(None, values), "") for key, values in found.items()}
    author = texts.pop("author", "")
    return make_entry(line, *addresses, author=join_names(map(in_order, author.split(";"))), **texts)


def _names() -> str:
    names = [names[0] for names in COLUMNS.values()]
    return f"{', '.join(names[:-1])} and {names[-1]}"
