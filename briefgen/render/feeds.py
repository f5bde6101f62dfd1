"""Feeds as Atom (RFC 4287) and JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/), and what lists addresses.

That is: feeds as OPML 2.0 (https://opml.org/spec2.opml), pages as sitemaps (https://www.sitemaps.org/protocol.html),
sitemaps in robots.txt (RFC 9309).
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from briefgen.render.data import render_json, without_empty
from briefgen.views.formats import Feed, FeedEntry, Robots, Sitemap, SitemapIndex, Subscriptions

_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
# Characters to escape: marks of XML, line breaks and tabs, which parsers change in attributes unless they are
# references, and what XML 1.0 §2.2 does not allow in any form.
_SPECIAL = re.compile('[&<>"\\x00-\\x1f\\ud800-\\udfff\\ufffe\\uffff]')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"}


def render_atom(feed: Feed) -> bytes:
    """Return a feed as an Atom document."""
    return _xml(_atom_feed(feed), feed.stylesheet)


def _atom_feed(feed: Feed) -> Iterator[str]:
    yield f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_escape(feed.language)}">'
    yield f"  <id>{_escape(feed.id)}</id>"
    yield f"  <title>{_escape(feed.title)}</title>"
    if feed.description:
        yield f"  <subtitle>{_escape(feed.description)}</subtitle>"
    yield f"  <updated>{_escape(feed.updated)}</updated>"
    yield f"  <author><name>{_escape(feed.author)}</name></author>"
    yield f'  <link rel="self" type="application/atom+xml" href="{_escape(feed.url)}"/>'
    yield f'  <link rel="alternate" type="text/html" href="{_escape(feed.page)}"/>'
    for entry in feed.entries:
        yield from _atom_entry(entry)
    yield "</feed>"


def _atom_entry(entry: FeedEntry) -> Iterator[str]:
    yield "  <entry>"
    yield f"    <id>{_escape(entry.id)}</id>"
    yield f"    <title>{_escape(entry.title)}</title>"
    yield f"    <published>{_escape(entry.published)}</published>"
    yield f"    <updated>{_escape(entry.updated)}</updated>"
    yield f"    <author><name>{_escape(entry.author)}</name></author>"
    # RFC 4287 §4.1.2: without content there must be an alternate.
    yield f'    <link rel="alternate" type="text/html" href="{_escape(entry.url)}"/>'
    if entry.source:
        title = f' title="{_escape(entry.source_title)}"' if entry.source_title else ""
        # The language of what is linked to, and of the title (RFC 4287 §2 and §4.2.7.4).
        language = _escape(entry.source_language)
        languages = f' hreflang="{language}" xml:lang="{language}"' if language else ""
        yield f'    <link rel="via" href="{_escape(entry.source)}"{title}{languages}/>'
    for tag in entry.tags:
        yield f'    <category term="{_escape(tag)}"/>'
    if entry.summary:
        yield f"    <summary>{_escape(entry.summary)}</summary>"
    yield "  </entry>"


def render_json_feed(feed: Feed) -> bytes:
    """Return a feed as a JSON Feed."""
    optional = {
        "home_page_url": feed.page,
        "feed_url": feed.url,
        "description": feed.description,
        "authors": [{"name": feed.author}],
        "language": feed.language,
    }
    document = {"version": "https://jsonfeed.org/version/1.1", "title": feed.title, **without_empty(optional)}
    return render_json({**document, "items": [_json_item(entry) for entry in feed.entries]}, indent=2)


def _json_item(entry: FeedEntry) -> dict[str, Any]:
    fields = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.source,  # the article; `url` is our page about it
        "title": entry.title,
        "content_text": entry.summary or entry.title,  # an item must have content
        "summary": entry.summary,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": entry.author}],
        "tags": entry.tags,
    }
    return without_empty(fields)


def render_opml(subscriptions: Subscriptions) -> bytes:
    """Return a list of feeds that feed readers can import."""
    return _xml(_opml(subscriptions))


def _opml(subscriptions: Subscriptions) -> Iterator[str]:
    yield '<opml version="2.0">'
    yield f"<head><title>{_escape(subscriptions.title)}</title></head>"
    yield "<body>"
    for name, feeds in subscriptions.groups:
        yield f'<outline text="{_escape(name)}">'
        for each in feeds:
            text, feed, page = map(_escape, (each.title, each.feed, each.page))
            yield f'  <outline type="rss" text="{text}" title="{text}" xmlUrl="{feed}" htmlUrl="{page}"/>'
        yield "</outline>"
    yield "</body>"
    yield "</opml>"


def render_sitemap(view: Sitemap) -> bytes:
    """Return a sitemap."""
    base = _escape(view.base)
    # Addresses within the site are made of ids and fixed words, which need no escaping.
    lines = [
        f"<url><loc>{base}{url}</loc><lastmod>{day}</lastmod></url>" if day else f"<url><loc>{base}{url}</loc></url>"
        for url, day in view.pages
    ]
    return _xml((f'<urlset xmlns="{_SITEMAPS}">', *lines, "</urlset>"))


def render_sitemap_index(view: SitemapIndex) -> bytes:
    """Return a list of sitemaps."""
    lines = [f"<sitemap><loc>{_escape(url)}</loc></sitemap>" for url in view.sitemaps]
    return _xml((f'<sitemapindex xmlns="{_SITEMAPS}">', *lines, "</sitemapindex>"))


def render_robots(view: Robots) -> bytes:
    """Return a robots.txt that allows everything and names the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {view.sitemap}\n".encode()


def _xml(lines: Iterable[str], stylesheet: str = "") -> bytes:
    """Return an XML document, with a style sheet (https://www.w3.org/TR/xml-stylesheet/) if there is one."""
    head = ['<?xml version="1.0" encoding="utf-8"?>']
    if stylesheet:
        head.append(f'<?xml-stylesheet type="text/css" href="{_escape(stylesheet)}"?>')
    return "\n".join((*head, *lines, "")).encode()


def _escape(text: str) -> str:
    """Return a text for an element or a quoted attribute of XML, with U+FFFD in place of what XML cannot hold."""
    return _SPECIAL.sub(lambda found: _ESCAPES.get(found[0], "\ufffd"), text)
