"""What a file of a site makes browsers follow or load: every address in HTML, SVG and CSS, with its place."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import NamedTuple

_MARKUP = (".html", ".htm", ".xhtml", ".svg")
SUFFIXES = (*_MARKUP, ".css")
"""Of the files that are understood."""

_ATTRIBUTES = frozenset(
    {"action", "background", "cite", "data", "formaction", "href", "ping", "poster", "src", "xlink:href"}
)
_LISTS = frozenset({"srcset", "imagesrcset"})
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:,|[^,]*)")  # of a list: an address, then perhaps its size
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*url\s*=\s*(['\"]?)(.*?)\1\s*", re.IGNORECASE | re.DOTALL)
_CSS_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)|@import\s+(['\"])(.*?)\3")


class Written(NamedTuple):
    """An address as it is written; line and column from 1."""

    address: str
    line: int
    column: int


def addresses(path: str, text: str) -> Iterator[Written]:
    """Those of a file that has one of the `SUFFIXES`."""
    if path.endswith(_MARKUP):
        reader = _Markup()
        reader.feed(text)
        reader.close()
        yield from reader.found
    else:
        yield from _in_css(text, 1, 0)


def _in_css(text: str, line: int, column: int) -> Iterator[Written]:
    """`line` and `column`, from 0, are where the text begins."""
    for found in _CSS_URL.finditer(text):
        start = found.start(2) if found[2] is not None else found.start(4)
        yield Written(found[2] or found[4] or "", *_place(text, start, line, column))


def _place(text: str, at: int, line: int, column: int) -> tuple[int, int]:
    """Where in a file the character `at` of a text is that begins in this line and column."""
    breaks = text.count("\n", 0, at)
    return line + breaks, at - text.rfind("\n", 0, at) if breaks else column + at + 1


class _Markup(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Written] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        raw = self.get_starttag_text() or ""
        refreshes = ("http-equiv", "refresh") in [(name, (value or "").lower()) for name, value in attrs]
        for name, value in attrs:
            for address in _in_attribute(name, value or "", refreshes=refreshes):
                at = max(raw.find(address), 0)  # not found where it is written with entities
                self.found.append(Written(address, *_place(raw, at, *self.getpos())))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self._in_style = False

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (as in HTMLParser)
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.found.extend(_in_css(data, *self.getpos()))


def _in_attribute(name: str, value: str, *, refreshes: bool) -> Iterator[str]:
    if name in _ATTRIBUTES:
        yield value
    elif name in _LISTS:
        yield from (found[1] for found in _CANDIDATE.finditer(value))
    elif name == "style":
        yield from (found.address for found in _in_css(value, 1, 0))
    elif name == "content" and refreshes and (found := _REFRESH.fullmatch(value)):
        yield found[2]
