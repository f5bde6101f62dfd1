"""Addresses: where each page is in the site, and how one page links to another. Nothing else makes an address."""

import re
from collections.abc import Callable
from urllib.parse import quote

from briefgen.kernel.host_names import ascii_host

HOME = ""
BRIEFS = "briefs/"
ACTORS = "actors/"
THEMES = "themes/"
MATRIX = "matrix/"
CHANGES = "changes/"
CORRECTIONS = "corrections/"
COVERAGE = "coverage/"
TIMELINE = "timeline/"
DISPUTES = "disputes/"
SOURCES = "sources/"
PUBLISHERS = "publishers/"
ASSETS = "assets/"
DATA = "data/"
QUOTATIONS = "quotations/"
SEARCH = "search/"
NOT_FOUND = "404.html"

# Folder of content → folder of the site that the pages of its documents are in.
SECTIONS = {
    "briefs": BRIEFS,
    "actors": ACTORS,
    "themes": THEMES,
    "sources": SOURCES,
    "publishers": PUBLISHERS,
    "pages": HOME,
}

_SAFE = "%:@!$&'()*+,;=~"


def _pages_in(section: str) -> Callable[[str], str]:
    """Return the function from ids to the addresses of the pages of a section."""
    return lambda id: f"{section}{id}/"


brief = _pages_in(BRIEFS)
actor = _pages_in(ACTORS)
theme = _pages_in(THEMES)
dispute = _pages_in(DISPUTES)
source = _pages_in(SOURCES)
publisher = _pages_in(PUBLISHERS)


def free_page(id: str) -> str:
    """Return the address of a free page; `index` is the home page."""
    return HOME if id == "index" else f"{id}/"


def document(key: str) -> str:
    """Return the address of the page of a document with this folder of `content/` and this id: `briefs/dam`."""
    folder, _, id = key.partition("/")
    return free_page(id) if folder == "pages" else f"{SECTIONS[folder]}{id}/"


def claim(reference: str, section: str = BRIEFS) -> str:
    """Return the address of `brief-or-source#claim`: an element of the page of its brief, or of its source."""
    owner, _, claim_id = reference.partition("#")
    return f"{section}{owner}/#{claim_id}"


def list_page(base: str, number: int) -> str:
    """Return the address of an older page of a long list."""
    return f"{base}page/{number}/"


def path(url: str) -> str:
    """Return the output file of a page's address."""
    return f"{url}index.html" if not url or url.endswith("/") else url


def has_markdown(url: str) -> bool:
    """Return whether the page at an address is there as Markdown as well: every page of content."""
    return url not in (SEARCH, NOT_FOUND)


def to_ascii(url: str) -> str:
    """Return an absolute address as RFC 3986 has it: the host as RFC 5891 writes it, the rest percent-encoded."""
    scheme, colon, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    name, mark, port = host.partition(":")
    return f"{scheme}{colon}{ascii_host(name) or _quote(name)}{mark}{port}{slash}{_quote(path, '/')}"


def _quote(text: str, also_safe: str = "") -> str:
    return quote(re.sub(r"%(?![0-9A-Fa-f]{2})", "%25", text), safe=_SAFE + also_safe)


class PageLocation:
    """The place of a page in the site; `to` makes every address in its view.

    `base` replaces the relative way to the root where a page is shown at unknown depths (404.html).
    """

    __slots__ = ("is_relative", "root", "url")

    def __init__(self, url: str, base: str = "") -> None:
        self.url = url
        self.is_relative = not base
        self.root = base or "../" * url.count("/") or "./"

    def to(self, url: str) -> str:
        """Return the address of `url` (from the site's root) as this page must write it."""
        page, mark, fragment = url.partition("#")
        if mark and page == self.url and self.is_relative:
            return f"#{fragment}"
        return self.root + url
