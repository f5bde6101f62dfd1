"""CSL-JSON, as Zotero and other reference managers export it (https://citeproc-js.readthedocs.io/en/latest/csl-json/)."""

import json
import re
from collections.abc import Iterator
from typing import Any

from briefgen.capture.lists.entries import Entries, ListEntry, Unreadable, doi_address, join_names, make_entry
from briefgen.capture.lists.markup import without_tags

_GAP = re.compile(r"[\s,]*")
_EXPORT = "In Zotero: right-click a collection, Export Collection, and choose the format CSL JSON."


def read_csl(text: str) -> Entries:
    """Yield the items of a list in CSL-JSON."""
    start = _GAP.match(text)
    at = start.end() if start else 0
    if text[at : at + 1] == "{":
        yield Unreadable(1, "this JSON is no list of references", _EXPORT)
        return
    if text[at : at + 1] != "[":
        yield Unreadable(1, "this is no JSON", _EXPORT)
        return
    for line, item in _items(text, at + 1):
        if isinstance(item, Unreadable):
            yield item
        elif not isinstance(item, dict):
            yield Unreadable(line, "this item is no reference")
        else:
            yield _entry(line, item)


def _items(text: str, at: int) -> Iterator[tuple[int, Any]]:
    """Yield each item of the list that begins before `at`, with its line."""
    decoder = json.JSONDecoder()
    line, counted = 1, 0
    while True:
        gap = _GAP.match(text, at)
        at = gap.end() if gap else at
        line, counted = line + text.count("\n", counted, at), at
        if text[at : at + 1] == "]":
            return
        try:
            item, at = decoder.raw_decode(text, at)
        except (ValueError, RecursionError) as error:
            reason = "a value is too large or nested too deeply"
            if isinstance(error, json.JSONDecodeError):
                line += text.count("\n", counted, error.pos)
                reason = error.msg.lower()
            yield line, Unreadable(line, f"the JSON cannot be read from here on: {reason}", "Export the list again.")
            return
        yield line, item


def _entry(line: int, item: dict[str, Any]) -> ListEntry | Unreadable:
    published, remark = _date(item.get("issued"))
    retrieved, _ = _date(item.get("accessed"))
    return make_entry(
        line,
        _text(item, "URL") or doi_address(_text(item, "DOI")),
        title=without_tags(_text(item, "title")),
        author=join_names(map(_name, _list(item.get("author")))),
        published=published or remark,
        publisher=_text(item, "container-title") or _text(item, "publisher"),
        language=_text(item, "language"),
        retrieved=retrieved,
    )


def _text(item: dict[str, Any], key: str) -> str:
    value = item.get(key)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _name(name: Any) -> str:
    if not isinstance(name, dict):
        return str(name) if isinstance(name, str) else ""
    parts = ("given", "dropping-particle", "non-dropping-particle", "family", "suffix")
    return _text(name, "literal") or " ".join(filter(None, (_text(name, part) for part in parts)))


def _date(value: Any) -> tuple[str, str]:
    """Return a date as year, month and day, as far as it has them, and otherwise what it says instead."""
    if not isinstance(value, dict):
        return "", str(value) if isinstance(value, str) else ""
    parts = _list(value.get("date-parts"))
    said = _text(value, "raw") or _text(value, "literal")
    if len(parts) != 1 or not isinstance(parts[0], list):
        return "", said or (" to ".join("-".join(map(str, _list(part))) for part in parts))
    numbers = [str(part) for part in parts[0] if str(part).strip()]
    return "-".join(numbers) + ("~" if numbers and value.get("circa") else ""), said
