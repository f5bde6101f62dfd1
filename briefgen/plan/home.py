"""The home page, free pages (about, method …) and the page for addresses that lead nowhere."""

from collections.abc import Iterator
from functools import partial
from urllib.parse import urlsplit

from briefgen.kernel.messages import N_
from briefgen.model.content import FreePage
from briefgen.model.page import Page
from briefgen.model.site import Document
from briefgen.plan import urls
from briefgen.plan.claims import make_latest
from briefgen.plan.disputes import make_dispute_cards
from briefgen.plan.events import DESK, find_corrections, find_events, make_event
from briefgen.plan.frame import make_frame
from briefgen.plan.matrix import make_grid
from briefgen.plan.sources import find_trusted
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.cards import BriefCard
from briefgen.views.pages import Home, NotFound, PageView
from briefgen.views.parts import KeyPointView, Link

BRIEFS_SHOWN = 10
DISPUTES_SHOWN = 3
NEWS_SHOWN = 4
ANSWERS_SHOWN = 3
TRUSTED_SHOWN = 6
THEMES_IN_GRID = 6
THEMES_SHOWN = 9
ACTORS_SHOWN = 12


def plan_home(context: SiteContext) -> Iterator[Page]:
    """Yield the home page; `pages/index.md` introduces it."""
    introduction = context.site.pages.get("index")
    yield context.page(urls.HOME, "home", _home, origin=introduction.file if introduction else "")


def _home(views: ViewFactory) -> Home:
    site, index, config = views.site, views.index, views.config
    introduction = site.pages.get("index")
    latest = tuple(map(views.card, list(site.briefs)[:BRIEFS_SHOWN]))
    disputes = make_dispute_cards(views, index.all_disputes)
    speakers = [id for id in index.actors_by_claims if index.actor_briefs[id] and site.actors[id].data.kind != "author"]
    answered = index.answered_themes
    # Briefs are there already, and corrections have a page of their own, to which the latest leads.
    latest_correction = next(iter(find_corrections(views.context)), None)
    events = find_events(views.context)
    written = next((event for event in events if event.kind in DESK), None)
    answers = [event for event in events if event.kind == "position"]
    news = [
        event for event in events if event.kind not in ("brief", "correction", "position") or event == latest_correction
    ]
    return Home(
        frame=make_frame(
            views, config.title, "home", description=config.description or "", linked_data=views.linked_data.home()
        ),
        introduction=views.prose(introduction.body) if introduction else None,
        key_points=tuple(
            KeyPointView(
                views.text(point.says),
                point.kind or "",
                views.date(point.date) if point.date else None,
                views.pgettext("key point", point.kind) if point.kind else "",
            )
            for point in config.key_points
        ),
        statements=make_latest(views),
        grid=make_grid(views, answered[:THEMES_IN_GRID]) if answered else None,
        news=tuple(make_event(views, event) for event in news[:NEWS_SHOWN]),
        answers=tuple(make_event(views, event) for event in answers[:ANSWERS_SHOWN]),
        disputes=disputes[:DISPUTES_SHOWN],
        changed=views.date(written.date) if written else None,
        disputes_in_all=len(disputes),
        disputes_open=sum(card.state == "open" for card in disputes),
        trusted=tuple(find_trusted(views, TRUSTED_SHOWN)),
        all_disputes=_all(views, N_("All disputes ({number})"), len(disputes), urls.DISPUTES) if disputes else None,
        sources=tuple(sorted((card for card in latest if card.source), key=_letter)),
        briefs=latest,
        themes=tuple(map(views.theme_card, index.themes_in_order[:THEMES_SHOWN])),
        actors=tuple(map(views.actor_row, speakers[:ACTORS_SHOWN])),
        all_answers=Link(views.gettext("All answers"), views.to(urls.MATRIX)) if answered else None,
        all_news=Link(views.gettext("All that is new, by day"), views.to(urls.CHANGES)),
        all_briefs=_all(views, N_("All briefs ({number})"), len(site.briefs), urls.BRIEFS),
        all_themes=_all(views, N_("All themes ({number})"), len(site.themes), urls.THEMES),
        all_sources=_all(views, N_("All sources ({number})"), len(site.sources), urls.SOURCES),
    )


def _all(views: ViewFactory, text: str, number: int, url: str) -> Link:
    return Link(views.gettext(text).format(number=views.messages.number(number)), views.to(url))


def _letter(card: BriefCard) -> str:
    """Return the letter of the source; those without one come last."""
    return card.source.reliability.mark if card.source and card.source.reliability else "none"


def plan_free_pages(context: SiteContext) -> Iterator[Page]:
    """Yield a page for each file of `pages/` but `index`, and 404.html.

    A server shows 404.html at any depth, so its addresses begin at the base address's path, not at the page.
    """
    for id, document in context.site.pages.items():
        if id != "index":
            make = partial(_free_page, document=document)
            yield context.page(urls.free_page(id), "page", make, origin=document.file)
    yield context.page(urls.NOT_FOUND, "not_found", _not_found, base=urlsplit(context.base).path + "/")


def _free_page(views: ViewFactory, document: Document[FreePage]) -> PageView:
    page = document.data
    linked_data = views.linked_data.free_page(document.id, page.title)
    return PageView(
        frame=make_frame(views, page.title, "pages", description=page.description or "", linked_data=linked_data),
        body=views.prose(document.body),
    )


def _not_found(views: ViewFactory) -> NotFound:
    frame = make_frame(views, views.gettext("Page not found"), "pages")
    return NotFound(frame)
