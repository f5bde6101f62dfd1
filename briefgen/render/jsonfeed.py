"""Feeds as JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import msgspec
from msgspec import Struct

from briefgen.views.formats import Feed, FeedEntry


class _Author(Struct):
    name: str


class _Item(Struct, omit_defaults=True, kw_only=True):
    id: str
    url: str
    external_url: str = ""  # the article; `url` is our page about it
    title: str = ""
    content_text: str = ""
    summary: str = ""
    date_published: str = ""
    date_modified: str = ""
    authors: tuple[_Author, ...] = ()
    tags: tuple[str, ...] = ()


class _Feed(Struct, omit_defaults=True, kw_only=True):
    version: str
    title: str
    home_page_url: str = ""
    feed_url: str = ""
    description: str = ""
    authors: tuple[_Author, ...] = ()
    language: str = ""
    items: tuple[_Item, ...]


def render(feed: Feed) -> bytes:
    """The feed as a JSON Feed."""
    document = _Feed(
        version="https://jsonfeed.org/version/1.1",
        title=feed.title,
        home_page_url=feed.page,
        feed_url=feed.url,
        description=feed.description,
        authors=(_Author(feed.author),),
        language=feed.language,
        items=tuple(map(_item, feed.entries)),
    )
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"


def _item(entry: FeedEntry) -> _Item:
    return _Item(
        id=entry.id,
        url=entry.url,
        external_url=entry.source,
        title=entry.title,
        content_text=entry.summary or entry.title,  # an item must have content
        summary=entry.summary,
        date_published=entry.published,
        date_modified=entry.updated,
        authors=(_Author(entry.author),),
        tags=tuple(entry.tags),
    )
