"""Lists of feeds as OPML 2.0 (https://opml.org/spec2.opml)."""

from collections.abc import Iterator

from briefgen.render.atom import escaped
from briefgen.views.formats import Subscriptions


def render(subscriptions: Subscriptions) -> bytes:
    """The list as feed readers take it in."""
    return ("\n".join(_lines(subscriptions)) + "\n").encode()


def _lines(subscriptions: Subscriptions) -> Iterator[str]:
    yield '<?xml version="1.0" encoding="utf-8"?>'
    yield '<opml version="2.0">'
    yield f"<head><title>{escaped(subscriptions.title)}</title></head>"
    yield "<body>"
    for name, feeds in subscriptions.groups:
        yield f'<outline text="{escaped(name)}">'
        for each in feeds:
            text, feed, page = (escaped(value) for value in (each.title, each.feed, each.page))
            yield f'  <outline type="rss" text="{text}" title="{text}" xmlUrl="{feed}" htmlUrl="{page}"/>'
        yield "</outline>"
    yield "</body>"
    yield "</opml>"
