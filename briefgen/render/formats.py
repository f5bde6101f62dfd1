"""The formats of pages besides HTML: their bytes depend on the view alone."""

from collections.abc import Callable
from typing import Any

from briefgen.render import bibliography, card, data, feeds, redirect
from briefgen.render.markdown import llms

FORMATS: dict[str, Callable[[Any], bytes]] = {
    "card": card.render,
    "redirect": redirect.render,
    "atom": feeds.render_atom,
    "json_feed": feeds.render_json_feed,
    "sitemap": feeds.render_sitemap,
    "sitemap_index": feeds.render_sitemap_index,
    "robots": feeds.render_robots,
    "data": data.render_json,
    "csv": data.render_csv,
    "csl": bibliography.render_csl,
    "bibtex": bibliography.render_bibtex,
    "ris": bibliography.render_ris,
    "opml": feeds.render_opml,
    "llms": llms.render_index,
}
"""By the `format` of a page, what makes bytes of its view."""
