"""Bodies: what stands in the place of each reference, as markup for the page that shows it."""

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache, partial
from html import escape
from itertools import chain
from typing import Any
from urllib.parse import quote

from briefgen.model.problem import Place, Problem
from briefgen.model.site import Body, Document, Reference
from briefgen.model.structure import BriefDocument, SiteStructure
from briefgen.plan import urls
from briefgen.plan.urls import Here
from briefgen.plan.words import direction_of
from briefgen.views.pages import Prose

# What may stand in a path or a fragment as it is (RFC 3986 §3.3), and "%" of what is encoded already.
_ADDRESS_MARKS = "/#?%!$&'()*+,;=:@~"


def prose(site: SiteStructure, here: Here, body: Body) -> Prose | None:
    """The body as the page at `here` shows it; None if there is no text."""
    if not body.digest:
        return None
    return Prose(body.digest, tuple(_fill(site, here, reference) for reference in body.references))


def _fill(site: SiteStructure, here: Here, reference: Reference) -> str:
    if reference.kind in ("link", "image"):
        address = target(reference)
        return escape(quote(here.to(address), safe=_ADDRESS_MARKS)) if address is not None else ""
    folder, _, id = reference.target.partition("/")
    if reference.kind == "entity":
        documents: Mapping[str, object] = site.actors if folder == "actors" else site.themes
        if id not in documents:
            return escape(reference.label or reference.target)
        name = site.actors[id].data.name if folder == "actors" else site.themes[id].data.name
        url = urls.actor(id) if folder == "actors" else urls.theme(id)
        kind = folder.removesuffix("s")
        label = reference.label or name
        return f'<a class="{kind}" href="{escape(here.to(url))}"{_dir(site, label)}>{escape(label)}</a>'
    return _cite(site, here, reference, id)


def _cite(site: SiteStructure, here: Here, reference: Reference, id: str) -> str:
    """Return the quoted words, if any, then the source's publisher in brackets, leading to its record."""
    record = site.sources.get(id)
    language = record.data.language if record else None
    foreign = f' lang="{language}"' if language and language != site.config.language else ""
    quote = (
        f"<q{foreign}{_dir(site, reference.quote, language)}>{escape(reference.quote)}</q> " if reference.quote else ""
    )
    if record is None:
        return f'{quote}<span class="cite">[not published]</span>'
    name = site.publishers[record.publisher].data.name if record.publisher else "unknown publisher"
    return f'{quote}<a class="cite" href="{escape(here.to(urls.source(id)))}"{_dir(site, name)}>[{escape(name)}]</a>'


def _dir(site: SiteStructure, text: str, language: str | None = None) -> str:
    direction = direction_of(text, site.config.language, language)
    return f' dir="{direction}"' if direction else ""


def target(reference: Reference) -> str | None:
    """The address, from the site's root, that a link or image of a text leads to; None if it leads nowhere."""
    path, mark, fragment = reference.target.partition("#")
    if path.startswith("/"):
        return path[1:] + mark + fragment
    folder, _, name = path.partition("/")
    if folder == "static":
        return name + mark + fragment
    stem, _, suffix = name.rpartition(".")
    if folder not in urls.SECTIONS or suffix not in ("md", "yaml"):
        return None
    url = urls.free_page(stem) if folder == "pages" else f"{urls.SECTIONS[folder]}{stem}/"
    return url + mark + fragment


def unread(files: Iterable[str]) -> set[str]:
    """Paths of the pages that these content files would make if they could be read; no more is known of them."""
    below = (file.removeprefix("content/") for file in files if file.startswith("content/"))
    addresses = (target(Reference("link", file)) for file in below)
    return {urls.path(address) for address in addresses if address is not None}


def broken(site: SiteStructure, outputs: Container[str]) -> Iterator[Problem]:
    """`broken-link` for every link or image in a text that leads to none of the `outputs`, which are paths."""
    anchors = cache(partial(_anchors, site))
    folders: tuple[Iterable[BriefDocument | Document[Any]], ...] = (
        site.briefs.values(),
        site.actors.values(),
        site.themes.values(),
        site.pages.values(),
    )
    for document in chain.from_iterable(folders):
        for reference in document.body.references:
            if reference.kind not in ("link", "image") or not reference.target:
                continue
            address = target(reference)
            what = "image" if reference.kind == "image" else "link"
            place = Place(document.file, reference.line, reference.column, reference.length)
            path, mark, fragment = (address or "").partition("#")
            file = urls.path(path)
            if address is not None and (new := _renamed(site, path)):
                yield Problem(
                    code="former-id",
                    message=f'link to "{reference.target}", which has another id now',
                    at=place,
                    hint=f'write "{_as_before(reference, new)}{mark}{fragment}"',
                )
                continue
            if address is None or file not in outputs:
                yield Problem(
                    code="broken-link",
                    message=f'{what} to "{reference.target}", which is not in this site',
                    at=place,
                    hint=_where(reference, outputs),
                )
                continue
            ids = anchors(file) if fragment else None
            if ids is not None and fragment not in ids:
                yield Problem(
                    code="broken-link",
                    message=f'link to "#{fragment}", which is not on that page',
                    at=place,
                    hint="headings have ids made of their words; claims have their own id",
                )


def _anchors(site: SiteStructure, path: str) -> frozenset[str] | None:
    """The element ids of an output that texts may link to; None for files whose ids are not known.

    Ids that templates make are not known to planning, so a page without a text of its own has None.
    """
    above, _, name = path.rpartition("/")
    folder, _, id = above.rpartition("/")
    if name != "index.html":
        return None
    if folder == "briefs" and id in site.briefs:
        brief = site.briefs[id]
        return frozenset((*brief.body.anchors, *(claim.id for claim in brief.data.claims)))
    if folder == "themes" and id in site.themes:
        theme = site.themes[id]
        return frozenset((*theme.body.anchors, *(urls.dispute_anchor(dispute.id) for dispute in theme.data.disputes)))
    if folder == "actors" and id in site.actors:
        return frozenset(site.actors[id].body.anchors)
    # The page `index` stands at the root: in a folder of that name lies a static file, of which nothing is known.
    page = site.pages.get(id or "index") if not folder and id != "index" else None
    return frozenset(page.body.anchors) if page else None


def _renamed(site: SiteStructure, path: str) -> str:
    """What had this address before, as `briefs/new`; empty where nothing had."""
    folder, _, id = path.removesuffix("index.html").rstrip("/").rpartition("/")
    return site.redirects.get(f"{folder or 'pages'}/{id}", "")


def _as_before(reference: Reference, new: str) -> str:
    """The address of `new`, or its file where the reference named a file."""
    suffix = reference.target.partition("#")[0].rpartition(".")[2]
    return f"/{urls.document(new)}" if reference.target.startswith("/") else f"../{new}.{suffix}"


def _where(reference: Reference, outputs: Container[str]) -> str:
    path, mark, fragment = reference.target.partition("#")
    if path.startswith("/") and f"{path[1:]}/index.html" in outputs:
        return f"the address of a page ends with a slash: {path}/{mark}{fragment}"
    if reference.kind == "image":
        return "images lie in content/static/: write ../static/map.png or /map.png"
    return "link a content file (../actors/x.md) or an address from the site's root (/about/)"
