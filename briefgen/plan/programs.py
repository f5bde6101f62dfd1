"""`llms.txt`, which names the pages that a program should read first, and `llms-full.txt`, which holds most of them.

The form of the first is that of https://llmstxt.org.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from briefgen.model.content import Dispute
from briefgen.model.page import MARKDOWN, Bundle, Page
from briefgen.model.texts import plain
from briefgen.model.vocabulary import CREDIBILITY, DISPUTE_KINDS, RELIABILITY
from briefgen.plan import urls
from briefgen.plan.site_files import hidden_paths
from briefgen.plan.urls import PageLocation
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.formats import ForPrograms, ListedPage

LLMS = "llms.txt"
LLMS_FULL = "llms-full.txt"
MOST_LISTED = 200  # of a kind: more would be a list, which the site has
Describe = Callable[[], tuple[str, str]]
"""Returns the title of a page, and what is on it in a line."""


def _always(*words: str) -> Describe:
    title, about = words
    return lambda: (title, about)


_LISTS = (
    (urls.HOME, _always("Home page", "what is known, what is contested, and the latest statements")),
    (urls.BRIEFS, _always("Briefs", "all summaries of articles, the newest first")),
    (urls.DISPUTES, _always("Disputes", "statements that cannot all be right")),
    (urls.MATRIX, _always("Answers", "what each actor answers to the question of each theme")),
    (urls.THEMES, _always("Themes", "the questions of this site")),
    (urls.ACTORS, _always("Actors", "all who are quoted or spoken of")),
    (urls.TIMELINE, _always("Timeline", "what was said and published, by day")),
    (urls.CHANGES, _always("New", "what has changed here, by day")),
)
_OPTIONAL = (
    (urls.CORRECTIONS, _always("Corrections", "what this site had wrong")),
    (urls.COVERAGE, _always("Not checked", "what was not checked, out of how much")),
    (urls.QUOTATIONS, _always("Quotations", "how words in quotation marks are checked")),
    (urls.SOURCES, _always("Sources", "all sources with their grades and flaws")),
    (urls.PUBLISHERS, _always("Publishers", "who publishes the sources, and how far the desk trusts them")),
    (urls.DATA, _always("Data", "the same as JSON, CSV and bibliographies")),
)
_KINDS = ("theme", "dispute", "brief", "actor")  # in `llms-full.txt`, in this order


def plan_files(context: SiteContext, pages: Sequence[Page]) -> Iterator[Page | Bundle]:
    """Yield both files for a site with these pages, if they are there as Markdown. The desk may provide its own."""
    if not context.config.markdown:
        return
    own = {static.path for static in context.site.statics}
    hidden = hidden_paths(context)
    listed = [page for page in pages if page.has_markdown and page.path not in hidden]
    if LLMS not in own:
        yield Page(path=LLMS, kind="llms", template="", view=partial(_index, context, listed), format="llms")
    if LLMS_FULL not in own:
        parts = [page.markdown for kind in _KINDS for page in listed if page.kind == kind]
        yield Bundle(LLMS_FULL, (LLMS, *parts))


def _index(context: SiteContext, pages: Sequence[Page]) -> ForPrograms:
    config = context.config
    return ForPrograms(
        title=config.title,
        about=config.description or "",
        publisher=config.publisher or "",
        as_of=context.as_of.iso if context.as_of else "",
        url=context.public_url(urls.HOME),
        reliability=tuple(RELIABILITY.items()),
        credibility=tuple((str(mark), words) for mark, words in CREDIBILITY.items()),
        groups=tuple([group for group in _groups(context, pages) if group[1]]),
    )


def _groups(context: SiteContext, pages: Sequence[Page]) -> Iterator[tuple[str, tuple[ListedPage, ...]]]:
    """Yield the pages by heading. Those under "Optional" may be left out by a program with little room."""
    site, index, paths = context.site, context.index, {page.path for page in pages}
    views = ViewFactory(context, PageLocation(LLMS))

    def listed(entries: Iterable[tuple[str, Describe]], every: str = "") -> tuple[ListedPage, ...]:
        found = [entry for entry in entries if urls.path(entry[0]) in paths]
        shown = [ListedPage(context.public_url(url + MARKDOWN), *describe()) for url, describe in found[:MOST_LISTED]]
        if len(found) > MOST_LISTED:
            shown.append(ListedPage(context.public_url(every + MARKDOWN), f"All {len(found)}"))
        return tuple(shown)

    def theme(id: str) -> tuple[str, str]:
        return site.themes[id].data.name, site.themes[id].data.question or ""

    def dispute(one: Dispute) -> tuple[str, str]:
        return one.question, f"{one.state}, {DISPUTE_KINDS[one.kind]}"

    def brief(id: str) -> tuple[str, str]:
        data = context.summaries.brief(id)
        return data.title, plain(data.lede or "")

    def actor(id: str) -> tuple[str, str]:
        row = views.actor_row(id)
        count = row.claims or row.on_behalf
        claims = "1 claim" if count == 1 else f"{count} claims" if count else ""
        behalf = " on its behalf" if count and not row.claims else ""
        return row.link.text, ", ".join(filter(None, (row.role, claims + behalf)))

    def free_page(id: str) -> tuple[str, str]:
        return site.pages[id].data.title, site.pages[id].data.description or ""

    yield "Overview", listed(_LISTS)
    yield "About this site", listed((urls.free_page(id), partial(free_page, id)) for id in site.pages if id != "index")
    yield "Themes", listed(((urls.theme(id), partial(theme, id)) for id in index.themes_in_order), urls.THEMES)
    disputes = ((urls.dispute(one.id), partial(dispute, one)) for _, one in index.all_disputes)
    yield "Disputes", listed(disputes, urls.DISPUTES)
    yield "Briefs", listed(((urls.brief(id), partial(brief, id)) for id in site.briefs), urls.BRIEFS)
    yield "Actors", listed(((urls.actor(id), partial(actor, id)) for id in index.actors_by_claims), urls.ACTORS)
    yield "Optional", listed(_OPTIONAL)
