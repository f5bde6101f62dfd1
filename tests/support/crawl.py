"""A built site read as a browser would: every link and fragment followed, every id counted."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from posixpath import normpath
from urllib.parse import unquote, urlsplit

from lxml import html


def leads_on(page: bytes) -> bool:
    """Whether a page is a redirect, which nobody gets to see."""
    return b'http-equiv="refresh"' in page


def faults(files: Mapping[str, bytes], prefix: str = "/") -> list[str]:
    """Broken links, missing fragments and duplicate ids of a site's files by path, as sentences; empty if all is well.

    `prefix` is where 404.html takes the site to stand: its addresses begin there, since it is shown at any depth.
    """
    return [fault for path in files if path.endswith(".html") for fault in _page_faults(files, path, prefix)]


def links(content: bytes) -> Iterator[str]:
    """Every address that a page asks a browser to follow or to load."""
    tree = html.document_fromstring(content.decode())
    for attribute in ("href", "src"):
        yield from (str(value) for value in tree.xpath(f"//@{attribute}"))


def _page_faults(files: Mapping[str, bytes], path: str, prefix: str) -> Iterator[str]:
    for name, count in Counter(_ids(files[path])).items():
        if count > 1:
            yield f"{path}: id {name} stands {count} times"
    for address in links(files[path]):
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            if parts.scheme not in ("http", "https", "mailto"):
                yield f"{path}: {address} has a scheme that does not belong there"
            continue
        target = _target(path, parts.path, prefix)
        if target is None:
            yield f"{path}: {address} leaves the site"
        elif target not in files:
            yield f"{path}: {address} leads to nothing"
        elif parts.fragment and unquote(parts.fragment) not in _ids(files[target]):
            yield f"{path}: {address} leads to no element"


def _target(page: str, address: str, prefix: str) -> str | None:
    if not address:
        return page
    if address.startswith("/"):
        if page != "404.html" or not address.startswith(prefix):
            return None
        joined = "/" + address[len(prefix) :]
    else:
        joined = f"/{page.rpartition('/')[0]}/{unquote(address)}"
        if _depth(joined) < 0:
            return None
    folder = joined.endswith("/")
    found = normpath(joined).lstrip("/")
    return (f"{found}/index.html" if found else "index.html") if folder or not found or found == "." else found


def _depth(path: str) -> int:
    """How far above the root the path goes at worst: below zero if it leaves the site."""
    depth = lowest = 0
    for part in path.split("/"):
        depth += {"": 0, ".": 0, "..": -1}.get(part, 1)
        lowest = min(lowest, depth)
    return lowest


@cache
def _ids(content: bytes) -> tuple[str, ...]:
    return tuple(str(value) for value in html.document_fromstring(content.decode()).xpath("//@id"))
