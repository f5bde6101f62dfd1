"""The timeline: what happened or was said, and what was published, by day; and what the desk wrote last."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import groupby, islice

from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.messages import N_
from briefgen.kernel.sentences import with_stop
from briefgen.model import dates
from briefgen.model.content import UNCLEAR
from briefgen.model.page import Page
from briefgen.model.texts import plain
from briefgen.plan import events, listing, urls
from briefgen.plan.claims import make_line
from briefgen.plan.positions import ClaimEntry
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.pages import TimelineView
from briefgen.views.parts import Link
from briefgen.views.timelines import (
    Chart,
    ChartMark,
    ChartTick,
    Overview,
    OverviewColumn,
    TimelineDay,
    TimelineVoice,
    TimelineYear,
)

MOMENTS_SHOWN = 40  # on a page
LINES_SHOWN = 3  # of a speaker at one date
DESK_SHOWN = 8
COLUMNS_SHOWN = 24
WIDTH = 1000  # of a chart, in units of its own
MARK_WIDTH = 18  # the least distance of two marks in a row
MONTHS_LINKED = 12  # on a page; where there are more, its years are
MAX_ROWS = 12  # of a lane; what has no place in them is in the list only
MAX_TICKS = 6
LAST_TICK = 920  # so that there is room for its words
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120, 600, 1200, 12_000, 120_000)  # months between ticks
_PERIODS = {
    1: ("month", N_("in a month")),
    3: ("3 months", N_("in 3 months")),
    12: ("year", N_("in a year")),
    60: ("5 years", N_("in 5 years")),
    120: ("10 years", N_("in 10 years")),
    1200: ("century", N_("in a century")),
    120_000: ("age", N_("in an age")),
}
_TITLE = (
    N_("Timeline"),
    N_("What was said and published when in {site}"),
    N_("What was said and published when in {site}, page {number}"),
)


class Moment(Struct, frozen=True):
    """Something with a date: a claim (`id` is its key), a source or an event of the desk."""

    day: str  # the earliest that `date` can mean
    lane: str  # said, published, desk
    id: str
    date: str  # EDTF
    event: events.Event | None = None

    @property
    def month(self) -> int:
        """The number of its first month since the year 0."""
        return int(self.day[:4]) * 12 + int(self.day[5:7]) - 1


def find_moments(context: SiteContext) -> list[Moment]:
    """Return all moments with a date, newest first and those of one date together."""
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
        key=lambda moment: (
            moment.day,
            moment.date,
            moment.lane,
            moment.event.rank if moment.event else (moment.day, 0, moment.id, 0),
        ),
        reverse=True,
    )


def _moment(lane: str, id: str, when: str) -> Moment:
    return Moment(dates.span(when)[0].isoformat(), lane, id, when)


def _find_statements(context: SiteContext) -> list[Moment]:
    """Return the moments of the timeline itself: what was said and published."""
    found: list[Moment] = context.cache.get(
        ("statements",), lambda: [moment for moment in find_moments(context) if not moment.event]
    )
    return found


def plan_timeline(context: SiteContext) -> Iterator[Page]:
    """Yield the pages of the timeline, the newest first; nothing where nothing has a date."""
    published = (record.data.published for record in context.site.sources.values())
    days = (*(entry.date for entry in context.index.claims.values()), *published)
    # Pages need the number of moments only; finding and sorting them can wait for a view.
    numbers = range(sum(day != dates.UNKNOWN for day in days))
    title, newest, older = map(context.gettext, _TITLE)
    for part in listing.paginate(urls.TIMELINE, numbers, MOMENTS_SHOWN) if numbers else ():
        about = with_stop((newest if part.is_newest else older).format(site=context.config.title, number=part.number))
        heading = listing.Heading(listing.add_number(context, title, part), "timeline", about)
        yield context.page(part.url, "timeline", partial(_timeline, part=part, heading=heading))


def _timeline(views: ViewFactory, part: listing.Slice[int], heading: listing.Heading) -> TimelineView:
    newest, moments = part.is_newest, _find_statements(views.context)
    days = [list(same) for _, same in groupby(map(moments.__getitem__, part.ids), lambda each: each.date)]
    months = _find_months([same[0].date for same in days])
    written = (moment.event for moment in find_moments(views.context) if moment.event)
    pager = listing.make_pager(part, views.messages)
    return TimelineView(
        listing.make_heading_frame(views, part, heading, ()),
        total=part.total,
        pager=listing.add_periods(views, pager, moments, MOMENTS_SHOWN, lambda moment: moment.date),
        data=views.data_files("timeline"),
        overview=make_overview(views, moments) if newest else None,
        years=tuple(
            TimelineYear(year, tuple(_day(views, same, months.get(same[0].date, "")) for same in some))
            for year, some in groupby(days, lambda same: str(same[0].month // 12))
        ),
        desk=tuple(events.make_event(views, event) for event in islice(written, DESK_SHOWN)) if newest else (),
        all_news=Link(views.gettext("All that is new, by day"), views.to(urls.CHANGES)),
        months=tuple(Link(views.date(month).words, f"#_{month}") for month in months.values()),
    )


def _find_months(days: Sequence[str]) -> dict[str, str]:
    """Return the months of these dates, newest first, each by its newest date; years where there are many months."""
    by_month: dict[str, str] = {}
    for length in (len("2025-12"), len("2025")):
        by_month = {dates.parsed(day).iso[:length]: day for day in reversed(days)}
        if len(by_month) <= MONTHS_LINKED:
            break
    return {day: month for month, day in reversed(by_month.items())}


def _day(views: ViewFactory, moments: list[Moment], month: str) -> TimelineDay:
    claims = [views.index.claims[each.id] for each in moments if each.lane == "said"]
    named = {entry.source_id for entry in claims}  # with what was said
    published = [views.source_link(each.id) for each in moments if each.lane == "published" and each.id not in named]
    voices: dict[tuple[str | None, str | None, str | None], list[ClaimEntry]] = {}
    for entry in claims:
        claim = entry.claim
        voices.setdefault((claim.actor, claim.publisher, claim.for_), []).append(entry)
    made = [(_is_minor(views, some[0]), _voice(views, some)) for some in voices.values()]
    return TimelineDay(
        date=views.date(moments[0].date),
        voices=tuple(sorted((voice for is_minor, voice in made if not is_minor), key=lambda voice: not voice.is_event)),
        minor=tuple([voice for is_minor, voice in made if is_minor]),
        published=tuple(sorted(published, key=lambda one: one.reliability.mark if one.reliability else "F")),
        anchor=month and f"_{month}",
    )


def _is_minor(views: ViewFactory, entry: ClaimEntry) -> bool:
    """Return whether it is the voice of an unsigned text, or of an outlet in a source graded neither A nor B."""
    actor = entry.claim.actor
    if actor is not None:
        return views.site.actors[actor].data.kind == "author"
    grade = views.index.grade(entry.source_id) if entry.source_id else None
    return grade is None or grade.facts not in ("A", "B")


def _voice(views: ViewFactory, entries: list[ClaimEntry]) -> TimelineVoice:
    """Return what a speaker said: what is contested first, then what answers the question of a theme."""
    lines = sorted(
        (make_line(views, entry, has_source=True) for entry in _leave_out_repeats(views, entries)),
        key=lambda line: (line.contested is None, line.answer.id == UNCLEAR),
    )
    count = len(lines)
    shown = LINES_SHOWN if count > LINES_SHOWN + 1 else count  # a single line is not folded
    is_event = all(entry.claim.actor is None and entry.claim.kind in (None, "fact") for entry in entries)
    on_behalf, more = lines[0].on_behalf, tuple(lines[shown:])
    return TimelineVoice(lines[0].speaker, on_behalf, tuple(lines[:shown]), more, count, is_event)


def _leave_out_repeats(views: ViewFactory, entries: Iterable[ClaimEntry]) -> list[ClaimEntry]:
    """Return a speaker's claims of one date; of those that report the same words, the one with most sources alone."""
    kept: list[ClaimEntry] = []
    for entry in sorted(entries, key=lambda one: -len(one.claim.confirmed_by)):
        if not any(_repeats(views, entry, other) for other in kept):
            kept.append(entry)
    return kept


def _repeats(views: ViewFactory, entry: ClaimEntry, other: ClaimEntry) -> bool:
    """Return whether a claim reports what another one does, by its relation or by source, theme and answer."""
    if other.key in views.index.relations.get(entry.key, {}).get("corroborates", ()):
        return True
    claim, known = entry.claim, other.claim
    same = claim.answer != UNCLEAR and (claim.theme, claim.answer) == (known.theme, known.answer)
    return same and entry.source_id in known.confirmed_by


def make_overview(views: ViewFactory, moments: Sequence[Moment]) -> Overview:
    """Return how many of these moments, newest first, begin in each month or longer period.

    The periods are the shortest for which nine tenths of the moments are in the last `COLUMNS_SHOWN` of them.
    """
    last, most = moments[0].month, moments[len(moments) * 9 // 10].month
    step = next(step for step in _PERIODS if last // step - most // step < COLUMNS_SHOWN)
    counts = Counter((moment.month // step, moment.lane) for moment in moments)
    first = max(min(number for number, _ in counts), last // step - COLUMNS_SHOWN + 1)
    numbers = range(first, last // step + 1)

    period, per = _PERIODS[step]

    def place(day: date) -> int:
        return round(((day.year * 12 + day.month - 1) / step - first) * WIDTH / len(numbers))

    return Overview(
        columns=tuple(
            OverviewColumn(_period(views, number * step, step), counts[number, "said"], counts[number, "published"])
            for number in numbers
        ),
        ticks=tuple(_ticks(views, max(numbers[0] * step, 12), len(numbers) * step, place)),
        period=period,
        per=views.gettext(per),
        earlier=sum(count for (number, _), count in counts.items() if number < first),
    )


def make_claim_chart(views: ViewFactory, entries: Iterable[ClaimEntry]) -> Chart | None:
    """Return when these claims were made, as a strip; None where fewer than three have a date."""
    claims = list(entries)
    moments = [_moment("said", entry.key, entry.date) for entry in claims if entry.date != dates.UNKNOWN]
    if len(moments) < 3:
        return None
    chart = make_chart(views, moments[:MOMENTS_SHOWN])
    left_out = chart.left_out + len(moments[MOMENTS_SHOWN:])
    return replace(chart, left_out=left_out, undated=len(claims) - len(moments))


def make_chart(views: ViewFactory, moments: Sequence[Moment]) -> Chart:
    """Return claims as marks in time; uncertain dates are as wide as the days that they may mean."""
    spans = [dates.span(moment.date) for moment in moments]
    start = min(first for first, _ in spans).replace(day=1)
    days = max((max(last for _, last in spans) - start).days, 1)

    def place(day: date) -> int:
        return round((day - start).days * WIDTH / days)

    rows: list[list[ChartMark]] = []
    left_out = 0
    for moment, (first, last) in sorted(zip(moments, spans, strict=True), key=lambda pair: pair[1]):
        x, width = place(first), place(last) - place(first)
        free = (row for row in rows if row[-1].x + max(row[-1].width, MARK_WIDTH) <= x)
        row = next(free, None)
        if row is None and len(rows) < MAX_ROWS:
            rows.append(row := [])
        if row is None:
            left_out += 1
            continue
        entry = views.index.claims[moment.id]
        words = f"{views.date(moment.date).words}: {views.isolate(views.speaker(entry.claim).text)}"
        row.append(ChartMark(x, width, words, views.to(entry.url), not dates.parsed(moment.date).exact))
    return Chart(
        ticks=tuple(_ticks(views, start.year * 12 + start.month - 1, days // 30 + 1, place)),
        rows=tuple(map(tuple, rows)),
        left_out=left_out,
    )


def _ticks(views: ViewFactory, start: int, months: int, place: Callable[[date], int]) -> Iterator[ChartTick]:
    """Yield the beginnings of years, or of months where there are few, at most `MAX_TICKS`, from a month on."""
    step = next(step for step in _STEPS if months / step <= MAX_TICKS)
    for number in range(start + -start % step, date.max.year * 12, step):
        if (x := place(date(number // 12, number % 12 + 1, 1))) > LAST_TICK:
            break
        yield ChartTick(x, _period(views, number, 1 if number % 12 else 12))


def _period(views: ViewFactory, month: int, months: int) -> str:
    """Return the month of a number since the year 0, or its year for periods of years."""
    return views.date(f"{max(month // 12, 1):04}" + (f"-{month % 12 + 1:02}" if months < 12 else "")).words


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
