"""Files for other programs beside the pages: card images, redirects, the sitemap and robots.txt."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import chain
from urllib.parse import urlsplit

from msgspec import Struct

from briefgen.model.dates import UNKNOWN
from briefgen.model.page import Page
from briefgen.model.structure import SiteStructure
from briefgen.plan import urls
from briefgen.plan.card_images import SITE_CARD, brief_card, is_drawable, only_drawable
from briefgen.plan.formatting import format_date
from briefgen.plan.urls import PageLocation
from briefgen.plan.view_factory import SiteContext
from briefgen.views.formats import Card, Redirect, Robots, Sitemap, SitemapIndex

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
MOST_PAGES = 50_000  # in one file: https://www.sitemaps.org/protocol.html

_UNLISTED = ("retracted", "not_found", "search")


def plan_cards(context: SiteContext) -> Iterator[Page]:
    """Yield the card images that are generated: of the site, and of each brief where they can be drawn."""
    images, config = context.card_images, context.config
    if images.draws_site:
        host, path = urlsplit(config.base_url or "")[1:3]
        card = Card(config.title, "", only_drawable(f"{host}{path}".rstrip("/")))
        yield _file(SITE_CARD, "card", lambda: card)
    elif images.generates_site:
        yield _file(SITE_CARD, "card", lambda: Card("", "", ""))
    if not images.draws_briefs:
        return
    above = only_drawable(config.title)
    for id in context.site.briefs:
        if is_drawable(context.summaries.brief(id).title):
            yield _file(brief_card(id), "card", partial(_brief_card, context, id, above))


def _brief_card(context: SiteContext, id: str, above: str) -> Card:
    brief = context.summaries.brief(id)
    return Card(brief.title, above, only_drawable(format_date(brief.date, context.messages).words))


def plan_redirects(context: SiteContext) -> Iterator[Page]:
    """Yield a page for each former id and each address of an alias of what is published."""
    site = context.site
    for old, new in chain(site.redirects.items(), site.alias_addresses.items()):
        address = urls.document(old)
        yield _file(urls.path(address), "redirect", partial(_redirect, context, address, new), _origin(site, new))


def _redirect(context: SiteContext, address: str, new: str) -> Redirect:
    site, target = context.site, urls.document(new)
    folder, _, id = new.partition("/")
    language = site.config.language
    match folder:
        case "briefs":
            title = context.gettext("Retracted brief") if id in site.retracted else context.summaries.brief(id).title
        case "sources":
            title = site.sources[id].data.title
            # The title is in the language of the source.
            language = (title != UNKNOWN and site.sources[id].data.language) or language
        case "pages":
            title = site.pages[id].data.title
        case "actors":
            title = site.actors[id].data.name
        case "themes":
            title = site.themes[id].data.name
        case _:
            title = site.publishers[id].data.name
    return Redirect(PageLocation(address).to(target), title, language, context.absolute(target))


def _origin(site: SiteStructure, key: str) -> str:
    folder, _, id = key.partition("/")
    if folder == "sources":
        return site.sources[id].file
    return f"content/{key}.{'yaml' if folder == 'publishers' else 'md'}"


def plan_sitemap(context: SiteContext, pages: Sequence[Page]) -> Iterator[Page]:
    """Yield the sitemap of the HTML pages, with an index if it takes several files; and robots.txt."""
    if not context.base:
        return
    base = f"{context.base}/"
    hidden = hidden_paths(context)
    listed = [
        page for page in pages if page.format == "html" and page.kind not in _UNLISTED and page.path not in hidden
    ]
    parts = [listed[start : start + MOST_PAGES] for start in range(0, len(listed), MOST_PAGES)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)] if len(parts) > 1 else [SITEMAP]
    for name, part in zip(names, parts, strict=True):
        yield _file(name, "sitemap", partial(_sitemap, context, part))
    if len(parts) > 1:
        index = SitemapIndex(tuple(base + name for name in names))
        yield _file(SITEMAP, "sitemap", lambda: index, format="sitemap_index")
    # The desk may provide its own robots.txt.
    if not any(static.path == ROBOTS for static in context.site.statics):
        yield _file(ROBOTS, "robots", lambda: Robots(base + SITEMAP))


def _sitemap(context: SiteContext, pages: Sequence[Page]) -> Sitemap:
    # Only a brief has a day of its own: no day is better than a wrong one.
    days = {urls.path(urls.brief(id)): day for id, day in context.index.updated.items()}
    entries = [
        (page.path.removesuffix("index.html"), days[page.path] if page.kind == "brief" else "") for page in pages
    ]
    return Sitemap(f"{context.base}/", tuple(entries))


def hidden_paths(context: SiteContext) -> frozenset[str]:
    """Return the paths of pages that only a preview shows: of briefs, and of the sources that they alone name."""
    marks = context.site.marks
    sources = (id for id, record in context.site.sources.items() if record.brief in marks) if marks else ()
    return frozenset(map(urls.path, (*map(urls.brief, marks), *map(urls.source, sources))))


def _file(path: str, kind: str, view: Callable[[], Struct], origin: str = "", format: str = "") -> Page:
    return Page(path=path, kind=kind, template="", view=view, origin=origin, format=format or kind)
