"""The timeline: what happened or was said, when it was published, and when the desk wrote about it, in three lanes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial

from msgspec import Struct

from briefgen.kernel.sentences import with_stop
from briefgen.model import dates
from briefgen.model.page import Page
from briefgen.model.texts import plain
from briefgen.plan import events, listing, urls
from briefgen.plan.positions import ClaimEntry
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import TimelineView
from briefgen.views.parts import Chart, ChartLane, ChartMark, ChartTick, Link, TimelineRow

MOMENTS_SHOWN = 40  # on a page
WIDTH = 1000  # of a chart, in units of its own
MARK_WIDTH = 9  # the least distance of two marks in a row
MAX_ROWS = 12  # of a lane; what has no place in them is in the table only
LANES = {"said": "Happened or said", "published": "Published", "desk": "Our work"}
MAX_TICKS = 12
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 12_000)  # months between ticks


class Moment(Struct, frozen=True):
    """Something with a date: a claim (`id` is its key), a source or an event of the desk."""

    day: str  # the earliest that `date` can mean
    lane: str
    id: str
    date: str  # EDTF
    event: events.Event | None = None


def find_moments(context: SiteContext) -> list[Moment]:
    """Return all moments with a date, newest first."""
    found: list[Moment] = context.cache.get(("moments",), lambda: _find_moments(context))
    return found


def _find_moments(context: SiteContext) -> list[Moment]:
    index, sources = context.index, context.site.sources
    found = [
        *(_moment("said", entry.key, entry.date) for entry in index.claims.values()),
        *(_moment("published", id, record.data.published) for id, record in sources.items()),
        *(
            Moment(event.day, "desk", event.id, event.date, event)
            for event in events.find_events(context)
            if event.kind not in ("position", "dead", "edited")
        ),
    ]
    return sorted(
        (moment for moment in found if moment.date != dates.UNKNOWN),
        key=lambda moment: (moment.day, moment.lane, moment.id, moment.event.number if moment.event else 0),
        reverse=True,
    )


def _moment(lane: str, id: str, when: str) -> Moment:
    return Moment(dates.span(when)[0].isoformat(), lane, id, when)


def plan_timeline(context: SiteContext) -> Iterator[Page]:
    """Yield the pages of the timeline, the newest first; nothing where nothing has a date."""
    if not context.index.has_dates:
        return
    moments = find_moments(context)
    for part in listing.paginate(urls.TIMELINE, range(len(moments)), MOMENTS_SHOWN):
        number = "" if part.is_newest else f", page {part.number}"
        about = with_stop(f"What happened, was published and was written about in {context.config.title}{number}")
        heading = listing.Heading(f"Timeline{number}", "timeline", about)
        shown = [moments[place] for place in part.ids]
        yield context.page(part.url, "timeline", partial(_timeline, part=part, heading=heading, moments=shown))


def _timeline(
    views: ViewFactory, part: listing.Slice[int], heading: listing.Heading, moments: list[Moment]
) -> TimelineView:
    return TimelineView(
        listing.make_heading_frame(views, part, heading, ()),
        total=part.total,
        pager=listing.make_pager(part),
        data=views.data_files("timeline"),
        chart=make_chart(views, moments),
        rows=tuple(
            [TimelineRow(views.date(each.date), LANES[each.lane], *describe_moment(views, each)) for each in moments]
        ),
    )


def make_claim_chart(views: ViewFactory, entries: Iterable[ClaimEntry]) -> Chart | None:
    """Return when these claims were made, as a strip; None where fewer than three have a date."""
    moments = [_moment("said", entry.key, entry.date) for entry in entries if entry.date != dates.UNKNOWN]
    return make_chart(views, moments[:MOMENTS_SHOWN]) if len(moments) > 2 else None


def make_chart(views: ViewFactory, moments: Sequence[Moment]) -> Chart:
    """Return moments as marks on lanes of time; uncertain dates are as wide as the days that they may mean."""
    spans = [dates.span(moment.date) for moment in moments]
    start = min(first for first, _ in spans).replace(day=1)
    days = max((max(last for _, last in spans) - start).days, 1)

    def place(day: date) -> int:
        return round((day - start).days * WIDTH / days)

    lanes: dict[str, list[list[ChartMark]]] = {}
    left_out = 0
    for moment, (first, last) in sorted(zip(moments, spans, strict=True), key=lambda pair: pair[1]):
        rows = lanes.setdefault(moment.lane, [])
        x, width = place(first), place(last) - place(first)
        free = (row for row in rows if row[-1].x + max(row[-1].width, MARK_WIDTH) <= x)
        row = next(free, None)
        if row is None and len(rows) < MAX_ROWS:
            rows.append(row := [])
        if row is None:
            left_out += 1
            continue
        link, _ = describe_moment(views, moment)
        is_vague = not dates.parsed(moment.date).exact
        row.append(
            ChartMark(x, width, f"{views.date(moment.date).words}: {views.isolate(link.text)}", link.url, is_vague)
        )
    names = {lane: tuple(map(tuple, lanes[lane])) for lane in LANES if lane in lanes}
    return Chart(
        ticks=tuple(_ticks(views, start, days, place)),
        lanes=tuple(ChartLane(lane, LANES[lane], rows) for lane, rows in names.items()),
        left_out=left_out,
    )


def _ticks(views: ViewFactory, start: date, days: int, place: Callable[[date], int]) -> Iterator[ChartTick]:
    """Yield the beginnings of years, or of months where there are few, at most `MAX_TICKS`."""
    months = days // 30 + 1
    step = next(step for step in _STEPS if months / step <= MAX_TICKS)
    number = start.year * 12 + start.month - 1
    number += -number % step
    while number < date.max.year * 12 and (x := place(date(number // 12, number % 12 + 1, 1))) <= WIDTH:
        text = f"{number // 12:04}" + (f"-{number % 12 + 1:02}" if number % 12 else "")
        yield ChartTick(x, views.date(text).words)
        number += step


def describe_moment(views: ViewFactory, moment: Moment) -> tuple[Link, str]:
    """Return what a moment is, as a link, and a note in plain text."""
    if moment.event:
        row = events.make_event(views, moment.event)
        return row.link, row.words
    if moment.lane == "published":
        source = views.source_link(moment.id)
        return Link(source.title, source.url, direction=source.direction), views.isolate(source.publisher.text)
    entry = views.index.claims[moment.id]
    speaker = views.speaker(entry.claim)
    link = Link(speaker.text, views.to(entry.url), direction=speaker.direction)
    return link, plain(views.summaries.claim(entry.key).says)
