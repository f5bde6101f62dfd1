"""The page kinds of the demo by name, with the shape of their addresses. Tests look at the heaviest page of each."""

import re
from collections.abc import Mapping
from pathlib import Path

from support.crawl import leads_on

NOWHERE = "nowhere/to/be/found"
KINDS = {
    "home": "",
    "briefs": "briefs/",
    "brief": "briefs/*/",
    "actors": "actors/",
    "actor": "actors/*/",
    "themes": "themes/",
    "theme": "themes/*/",
    "matrix": "matrix/",
    "timeline": "timeline/",
    "timeline-page": "timeline/page/*/",
    "coverage": "coverage/",
    "changes": "changes/",
    "corrections": "corrections/",
    "disputes": "disputes/",
    "dispute": "disputes/*/",
    "sources": "sources/",
    "sources-page": "sources/page/*/",
    "source": "sources/*/",
    "publishers": "publishers/",
    "publisher": "publishers/*/",
    "quotations": "quotations/",
    "about": "about/",
    "background": "background/",
    "method": "method/",
    "data": "data/",
    "search": "search/",
    "not-found": "404.html",
}


def read_files(site: Path) -> dict[str, bytes]:
    """Return the pages and redirects of a built site by path."""
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*.html"))}


def pages_of(built: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the pages that readers see, by address below the root of the site."""
    pages = {path: content for path, content in built.items() if path.endswith(".html")}
    return {path.removesuffix("index.html"): content for path, content in pages.items() if not leads_on(content)}


def shape(address: str) -> str:
    """Return the address with a star for the id of an entry and for the number of a page."""
    return re.sub(r"(?<=/)(?!page/)[^/]+/$", "*/", address)


def heaviest(kind: str, pages: Mapping[str, bytes]) -> str:
    """Return the address of the heaviest page of a kind."""
    return max((each for each in pages if shape(each) == KINDS[kind]), key=lambda each: len(pages[each]))


def address_of(kind: str, pages: Mapping[str, bytes]) -> str:
    """Return the address of the heaviest page of a kind; that for lost visitors is requested where nothing is."""
    return NOWHERE if kind == "not-found" else heaviest(kind, pages)
