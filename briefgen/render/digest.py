"""A digest as plain text and as Markdown. Its HTML comes from the template `digest.html` of a site theme."""

import html
import re
import textwrap
from collections.abc import Iterator

from briefgen.views.pages import Digest
from briefgen.views.parts import Text
from briefgen.views.timelines import EventRow

_WIDTH = 72  # columns, so that a reply that quotes a line is not wrapped (RFC 3676 §4.2)
_TAGS = re.compile(r"<[^>]*>")  # of our own Markdown, which writes no ">" into attributes
# What begins an inline or, at the start of a line, a block (CommonMark 0.31 §2.4). A backslash takes its meaning away.
_SPECIAL = re.compile(r"([\\`*_\[\]<>&|~])|^([#+-]|\d+(?=[.)]))", re.MULTILINE)


def render_text(view: Digest) -> str:
    """Return a digest as plain text, ending with a line break."""
    return "\n".join([*_text_lines(view), ""])


def _text_lines(view: Digest) -> Iterator[str]:
    yield from (*_wrap(view.site_title), *_wrap(view.heading))
    for group in view.groups:
        yield from ("", group.words, "-" * len(group.words))
        for event in group.events:
            yield from _wrap(f"* {event.link.text} ({event.date.words})", "  ")
            yield from _wrap(_plain(event.note), "  ", "  ")
            yield f"  {event.link.url}"
    yield from ("", *_wrap(view.signature), view.url)


def render_markdown(view: Digest) -> str:
    """Return a digest as Markdown (CommonMark), ending with a line break."""
    return "\n".join([*_markdown_lines(view), ""])


def _markdown_lines(view: Digest) -> Iterator[str]:
    yield from (f"# {_escape(view.site_title)}", "", _escape(view.heading))
    for group in view.groups:
        yield from ("", f"## {_escape(group.words)}", "")
        yield from (f"- {_markdown_event(event)}" for event in group.events)
    yield from ("", f"{_escape(view.signature)} <{view.url}>")


def _markdown_event(event: EventRow) -> str:
    note = _plain(event.note)
    return f"[{_escape(event.link.text)}](<{event.link.url}>), {event.date.words}" + (
        f": {_escape(note)}" if note else ""
    )


def _plain(text: Text) -> str:
    plain = text if isinstance(text, str) else html.unescape(_TAGS.sub("", text.markup))
    return " ".join(plain.split())


def _wrap(text: str, indent: str = "", first: str = "") -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=first, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))
