"""Sitemaps (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309)."""

from collections.abc import Sequence
from typing import Protocol

from briefgen.render.atom import escaped

_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class SitemapLike(Protocol):
    """Pages: each an address from `base` and the day of its last change, empty where it is not known."""

    @property
    def base(self) -> str: ...
    @property
    def pages(self) -> Sequence[tuple[str, str]]: ...


class IndexLike(Protocol):
    """Addresses of sitemaps."""

    @property
    def sitemaps(self) -> Sequence[str]: ...


class RobotsLike(Protocol):
    """The address of a sitemap."""

    @property
    def sitemap(self) -> str: ...


def render(view: SitemapLike) -> bytes:
    """A sitemap."""
    base = escaped(view.base)
    # Addresses within the site are made of ids and fixed words, so nothing in them wants escaping.
    lines = [
        f"<url><loc>{base}{url}</loc><lastmod>{day}</lastmod></url>" if day else f"<url><loc>{base}{url}</loc></url>"
        for url, day in view.pages
    ]
    return _document("urlset", lines)


def render_index(view: IndexLike) -> bytes:
    """A list of sitemaps."""
    return _document("sitemapindex", [f"<sitemap><loc>{escaped(url)}</loc></sitemap>" for url in view.sitemaps])


def render_robots(view: RobotsLike) -> bytes:
    """A robots.txt that allows all and names the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {view.sitemap}\n".encode()


def _document(root: str, lines: list[str]) -> bytes:
    return "\n".join((_DECLARATION, f'<{root} xmlns="{_NAMESPACE}">', *lines, f"</{root}>", "")).encode()
