"""Redirects as HTML: they work on any static host, below any path and without JavaScript."""

from html import escape

from briefgen.views.formats import Redirect

_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'"


def render(view: Redirect) -> bytes:
    """Return a page that leads at once to another and says nothing but that page's title, in the view's language."""
    url, title = escape(view.url), escape(view.title)
    lines = [
        "<!doctype html>",
        f'<html lang="{escape(view.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
        '<meta name="referrer" content="no-referrer">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="color-scheme" content="light dark">',
        '<meta name="robots" content="noindex">',
        f'<meta http-equiv="refresh" content="0; url={url}">',
        *([f'<link rel="canonical" href="{escape(view.canonical)}">'] if view.canonical else []),
        f"<title>{title}</title>",
        "</head>",
        "<body>",
        f'<h1>→ <a href="{url}" dir="auto">{title}</a></h1>',
        "</body>",
        "</html>",
        "",
    ]
    return "\n".join(lines).encode("utf-8", "replace")
