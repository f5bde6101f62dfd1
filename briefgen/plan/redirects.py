"""Redirects: a small page at each address that something had before it was renamed, or that an alias of it makes."""

from collections.abc import Iterator
from itertools import chain

from briefgen.model.dates import UNKNOWN
from briefgen.model.page import Page
from briefgen.model.structure import SiteStructure
from briefgen.plan import urls
from briefgen.plan.parts import Parts
from briefgen.plan.urls import Here
from briefgen.views.formats import Redirect


def pages(parts: Parts) -> Iterator[Page]:
    """A page for each former id and each address of an alias of what is published."""
    for old, new in chain(parts.site.redirects.items(), parts.site.alias_addresses.items()):
        yield _page(parts, urls.document(old), new)


def _page(parts: Parts, address: str, new: str) -> Page:
    return Page(
        path=urls.path(address),
        kind="redirect",
        template="",
        origin=_file(parts.site, new),
        view=lambda: _view(parts, address, new),
        format="redirect",
    )


def _view(parts: Parts, address: str, new: str) -> Redirect:
    base = parts.frames.base
    there = urls.document(new)
    return Redirect(
        url=Here(address).to(there),
        title=_title(parts, new),
        language=_language(parts.site, new),
        canonical=f"{base}/{there}" if base else "",
    )


def former(site: SiteStructure) -> dict[str, list[str]]:
    """`briefs/new` → `briefs/old`, all of them, oldest first."""
    found: dict[str, list[str]] = {}
    for old, new in site.redirects.items():
        found.setdefault(new, []).append(old)
    return found


def _file(site: SiteStructure, key: str) -> str:
    folder, _, id = key.partition("/")
    if folder == "sources":
        return site.sources[id].file
    return f"content/{key}.{'yaml' if folder == 'publishers' else 'md'}"


def _language(site: SiteStructure, key: str) -> str:
    """Return the language of the title: that of a source where it has one, else the site's."""
    folder, _, id = key.partition("/")
    source = site.sources[id].data if folder == "sources" else None
    return (source and source.title != UNKNOWN and source.language) or site.config.language


def _title(parts: Parts, key: str) -> str:
    folder, _, id = key.partition("/")
    site = parts.site
    match folder:
        case "briefs":
            return "Retracted brief" if id in site.retracted else parts.summaries.brief(id).title
        case "sources":
            return site.sources[id].data.title
        case "pages":
            return site.pages[id].data.title
        case "actors":
            return site.actors[id].data.name
        case "themes":
            return site.themes[id].data.name
        case _:
            return site.publishers[id].data.name
