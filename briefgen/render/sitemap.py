"""Sitemaps (https://www.sitemaps.org/protocol.html) and robots.txt (RFC 9309)."""

from briefgen.render.atom import escaped
from briefgen.views.formats import Robots, Sitemap, SitemapIndex

_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>'
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def render(view: Sitemap) -> bytes:
    """A sitemap."""
    base = escaped(view.base)
    # Addresses within the site are made of ids and fixed words, so nothing in them wants escaping.
    lines = [
        f"<url><loc>{base}{url}</loc><lastmod>{day}</lastmod></url>" if day else f"<url><loc>{base}{url}</loc></url>"
        for url, day in view.pages
    ]
    return _document("urlset", lines)


def render_index(view: SitemapIndex) -> bytes:
    """A list of sitemaps."""
    return _document("sitemapindex", [f"<sitemap><loc>{escaped(url)}</loc></sitemap>" for url in view.sitemaps])


def render_robots(view: Robots) -> bytes:
    """A robots.txt that allows all and names the sitemap."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {view.sitemap}\n".encode()


def _document(root: str, lines: list[str]) -> bytes:
    return "\n".join((_DECLARATION, f'<{root} xmlns="{_NAMESPACE}">', *lines, f"</{root}>", "")).encode()
