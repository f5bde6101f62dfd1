"""Feeds as Atom (RFC 4287)."""

import re
from collections.abc import Iterator

from briefgen.views.formats import Feed, FeedEntry

# What may not stand as it is: marks of XML, line breaks and tabs, which parsers change in attributes unless they are
# references, and what XML 1.0 §2.2 does not allow in any form.
_SPECIAL = re.compile('[&<>"\\x00-\\x1f\\ud800-\\udfff\\ufffe\\uffff]')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def render(feed: Feed) -> bytes:
    """The feed as an Atom document."""
    return ("\n".join(_feed(feed)) + "\n").encode()


def escaped(text: str) -> str:
    """`text` for an element or a quoted attribute of XML; U+FFFD in place of what XML cannot hold."""
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], "\ufffd"), text)


def _feed(feed: Feed) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escaped(feed.language)}">'
    yield f"  <id>{escaped(feed.id)}</id>"
    yield f"  <title>{escaped(feed.title)}</title>"
    if feed.description:
        yield f"  <subtitle>{escaped(feed.description)}</subtitle>"
    yield f"  <updated>{escaped(feed.updated)}</updated>"
    yield f"  <author><name>{escaped(feed.author)}</name></author>"
    yield f'  <link rel="self" type="application/atom+xml" href="{escaped(feed.url)}"/>'
    yield f'  <link rel="alternate" type="text/html" href="{escaped(feed.page)}"/>'
    for entry in feed.entries:
        yield from _entry(entry)
    yield "</feed>"


def _entry(entry: FeedEntry) -> Iterator[str]:
    yield "  <entry>"
    yield f"    <id>{escaped(entry.id)}</id>"
    yield f"    <title>{escaped(entry.title)}</title>"
    yield f"    <published>{escaped(entry.published)}</published>"
    yield f"    <updated>{escaped(entry.updated)}</updated>"
    yield f"    <author><name>{escaped(entry.author)}</name></author>"
    # RFC 4287 §4.1.2: without content there must be an alternate.
    yield f'    <link rel="alternate" type="text/html" href="{escaped(entry.url)}"/>'
    if entry.source:
        title = f' title="{escaped(entry.source_title)}"' if entry.source_title else ""
        # The language of what is linked to, and of the title (RFC 4287 §2 and §4.2.7.4).
        language = escaped(entry.source_language)
        languages = f' hreflang="{language}" xml:lang="{language}"' if language else ""
        yield f'    <link rel="via" href="{escaped(entry.source)}"{title}{languages}/>'
    for tag in entry.tags:
        yield f'    <category term="{escaped(tag)}"/>'
    if entry.summary:
        yield f"    <summary>{escaped(entry.summary)}</summary>"
    yield "  </entry>"
