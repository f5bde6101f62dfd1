"""The pages of what is new, by day and kind, and of corrections."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import groupby, islice
from operator import attrgetter

from msgspec import Struct

from briefgen.kernel.messages import N_
from briefgen.kernel.sentences import with_stop
from briefgen.model.page import Page
from briefgen.plan import listing, urls
from briefgen.plan.briefs import make_correction
from briefgen.plan.claims import make_latest
from briefgen.plan.events import Event, describe_event, find_corrections, find_events, make_event, make_groups
from briefgen.plan.frame import CHANGES_TITLE, CORRECTIONS_TITLE
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.cards import CorrectionRow, CorrectionView
from briefgen.views.pages import Changes, Corrections
from briefgen.views.timelines import EventDay

EVENTS_SHOWN = 100  # on a page
ANSWERS_SHOWN = 3  # that changed, above the days
# Their title, and what the newest page and the others have.
_CHANGES = (CHANGES_TITLE, N_("What is new in {site}"), N_("What is new in {site}, page {number}"))
_CORRECTIONS = (CORRECTIONS_TITLE, N_("Corrections in {site}"), N_("Corrections in {site}, page {number}"))


def plan_changes(context: SiteContext) -> Iterator[Page]:
    """Yield the pages of what is new and of corrections, the newest of each first."""
    yield from _plan_list(context, urls.CHANGES, _CHANGES, find_events(context), _changes)
    yield from _plan_list(context, urls.CORRECTIONS, _CORRECTIONS, find_corrections(context), _corrections)


def _plan_list(
    context: SiteContext, base: str, texts: tuple[str, str, str], events: list[Event], make: Callable[..., Struct]
) -> Iterator[Page]:
    kind = base.rstrip("/")
    title, newest, older = map(context.gettext, texts)
    for part in listing.paginate(base, events, EVENTS_SHOWN):
        about = with_stop((newest if part.is_newest else older).format(site=context.config.title, number=part.number))
        heading = listing.Heading(listing.add_number(context, title, part), kind, about)
        yield context.page(part.url, kind, partial(make, part=part, heading=heading))


def _changes(views: ViewFactory, part: listing.Slice[Event], heading: listing.Heading) -> Changes:
    positions = (event for event in find_events(views.context) if event.kind == "position")
    answers = list(islice(positions, ANSWERS_SHOWN)) if part.is_newest else []
    others = [event for event in part.ids if event not in answers]
    return Changes(
        listing.make_heading_frame(views, part, heading, ()),
        total=part.total,
        pager=listing.make_pager(part, views.messages),
        data=views.data_files("changes"),
        days=tuple(EventDay(views.date(date), make_groups(views, some)) for date, some in _by_date(others)),
        answers=tuple([make_event(views, event) for event in answers]),
        statements=make_latest(views) if part.is_newest else (),
    )


def _corrections(views: ViewFactory, part: listing.Slice[Event], heading: listing.Heading) -> Corrections:
    return Corrections(
        listing.make_heading_frame(views, part, heading, ()),
        total=part.total,
        pager=listing.make_pager(part, views.messages),
        data=views.data_files("corrections"),
        rows=tuple(_correction_rows(views, part.ids)),
    )


def _correction_rows(views: ViewFactory, events: Iterable[Event]) -> Iterator[CorrectionRow]:
    """Yield corrections by date and brief."""
    for _, some in groupby(events, key=attrgetter("date", "id")):
        of_one = list(some)
        link, _ = describe_event(views, of_one[0])
        yield CorrectionRow(link, tuple([_make_correction(views, event) for event in of_one]))


def _make_correction(views: ViewFactory, event: Event) -> CorrectionView:
    if event.kind == "correction":
        return make_correction(views, views.summaries.brief(event.id).corrections[event.number - 1])
    notice = views.site.retracted[event.id]
    return CorrectionView(views.date(event.date), "", "", views.text(notice.why if notice else None))


def _by_date(events: Iterable[Event]) -> Iterator[tuple[str, Iterator[Event]]]:
    """Yield events by date, newest first; a month comes after its first day."""
    return groupby(sorted(events, key=attrgetter("day", "date"), reverse=True), key=attrgetter("date"))
