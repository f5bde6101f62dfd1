"""RSS, Atom and what else feeds are written in."""

import re
from contextlib import suppress
from datetime import datetime
from email.utils import parsedate_to_datetime
from io import BytesIO
from typing import Any
from xml.parsers import expat

from briefgen.capture.lists.entries import Entries, ListEntry, Unreadable, make_entry
from briefgen.capture.lists.markup import without_tags
from briefgen.web.documents import tidy

_ENTRY = re.compile(rb"<(?:[\w.-]+:)?(?:item|entry)(?=[\s>])")
_DEEPEST = 500
_APART = re.compile(rb"<!\[CDATA\[.*?\]\]>|<!--.*?-->", re.DOTALL)


def read_feed(data: bytes) -> Entries:
    """Yield the entries of a feed. Their language and, as a remark, their outlet are those of the feed."""
    import feedparser  # type: ignore[import-untyped] # it has no types

    if _is_too_deep(data):
        yield Unreadable(1, "the feed is nested too deeply", "Save the feed itself, which begins with <rss or <feed.")
        return
    # From bytes alone: a text could be taken for an address or a path.
    found = feedparser.parse(BytesIO(data))
    if not found.get("version") and not found.entries:
        yield Unreadable(1, "this is no feed", "Save the feed itself, which begins with <rss or <feed.")
        return
    if found.get("bozo") and not found.entries:
        line = getattr(found.get("bozo_exception"), "getLineNumber", lambda: 1)() or 1
        yield Unreadable(line, "the feed cannot be read from here on", "Save it again.")
    lines = _lines(data, len(found.entries))
    for line, entry in zip(lines, found.entries, strict=True):
        yield _entry(line, entry, found.feed)


def _is_too_deep(data: bytes) -> bool:
    """Return whether elements are nested as in no feed. The time of feedparser grows with the square of the depth."""
    parser = expat.ParserCreate()
    depth = 0

    def begin(_name: str, _attributes: object) -> None:
        nonlocal depth
        depth += 1
        if depth > _DEEPEST:
            raise RecursionError

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    try:
        parser.Parse(data, True)
    except RecursionError:
        return True
    except (expat.ExpatError, LookupError, ValueError):  # feedparser reads it all the same
        return False
    return False


def _lines(data: bytes, count: int) -> list[int]:
    """Return where the entries begin; 0 for all if that cannot be found."""
    blank = _APART.sub(lambda match: re.sub(rb"[^\n]", b" ", match[0]), data)
    begins = [match.start() for match in _ENTRY.finditer(blank)]
    if len(begins) != count:
        return [0] * count
    lines, line, last = [], 1, 0
    for begin in begins:
        line += blank.count(b"\n", last, begin)
        last = begin
        lines.append(line)
    return lines


def _entry(line: int, entry: Any, feed: Any) -> ListEntry | Unreadable:
    names = [str(one.get("name") or "") for one in entry.get("authors", ()) if "@" not in str(one.get("name"))]
    # feedparser answers `published` with `updated` for some feeds unless it is looked for as a key.
    published, updated = (_day(str(dict(entry).get(key) or "")) for key in ("published", "updated"))
    return make_entry(
        line,
        str(entry.get("feedburner_origlink") or entry.get("link") or ""),
        title=without_tags(str(entry.get("title", ""))),
        author=", ".join(dict.fromkeys(tidy(without_tags(name)) for name in names if name)),
        published=published or (f"updated {updated}" if updated else ""),
        language=str(entry.get("language") or feed.get("language") or ""),
    )


def _day(text: str) -> str:
    """Return the day of a date as the outlet counts it, or the text if it is none."""
    with suppress(ValueError):
        return datetime.fromisoformat(text).date().isoformat()
    with suppress(ValueError, TypeError):
        return parsedate_to_datetime(text).date().isoformat()
    return text
