"""Events: what was new on which day, from the dates in the content, so that the same content gives the same list."""

from collections.abc import Iterable, Iterator
from functools import partial
from operator import attrgetter
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.messages import N_
from briefgen.kernel.sentences import with_stop
from briefgen.model import dates
from briefgen.model.content import Dispute, EarlierReading
from briefgen.model.disputes import keep_whole_disputes
from briefgen.model.links import bare
from briefgen.model.quotations import edited_since, has_other_address
from briefgen.model.texts import AnyText
from briefgen.plan import urls
from briefgen.plan.formatting import mark_changes
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.parts import Link, Text
from briefgen.views.timelines import EventGroup, EventRow

EventKind = Literal["brief", "correction", "retraction", "position", "dispute", "reading", "settled", "dead", "edited"]
WORDS: dict[EventKind, str] = {
    "brief": N_("New brief"),
    "correction": N_("Corrected"),
    "retraction": N_("Retracted"),
    "position": N_("Changed its answer"),
    "dispute": N_("New dispute"),
    "reading": N_("New reading of a dispute"),
    "settled": N_("Dispute settled"),
    "dead": N_("Source no longer at its address"),
    "edited": N_("Source changed at its address"),
}
HEADINGS: dict[EventKind, str] = {
    "settled": N_("Disputes settled"),
    "position": N_("Answers changed"),
    "brief": N_("New briefs"),
    "dispute": N_("New disputes"),
    "reading": N_("New readings of disputes"),
    "retraction": N_("Retractions"),
    "correction": N_("Corrections"),
    "edited": N_("Sources changed at their addresses"),
    "dead": N_("Sources no longer at their addresses"),
}
"""The kinds of events, the one first that moves a briefing most, and their names above several of them."""
DESK: tuple[EventKind, ...] = ("brief", "correction", "retraction", "reading", "settled")
"""The kinds of events that are of the day on which the desk wrote something."""
_OF_DISPUTES = ("settled", "dispute", "reading")
_RANKS = {kind: -number for number, kind in enumerate(HEADINGS)}


class Event(Struct, frozen=True):
    """Something new. `id` names it within its kind.

    `number` counts the corrections of a brief from 1, and the readings of a dispute from 0, the latest.
    """

    day: str  # the earliest that `date` can mean
    kind: EventKind
    id: str
    date: str  # EDTF
    number: int = 0

    @property
    def rank(self) -> tuple[str, int, str, int]:
        """Sorts from old to new, and within a day from what matters least to what matters most."""
        return self.day, _RANKS[self.kind], self.id, self.number


def find_events(context: SiteContext) -> list[Event]:
    """Return all events with a date, newest first, and of one day those first that matter most."""

    def find() -> list[Event]:
        kinds = (_of_briefs, _of_corrections, _of_positions, _of_disputes, _of_links, _of_checks)
        return _newest_first(event for of_kind in kinds for event in of_kind(context))

    found: list[Event] = context.cache.get(("events",), find)
    return found


def find_corrections(context: SiteContext) -> list[Event]:
    """Return all corrections and retractions, newest first."""
    return _newest_first(_of_corrections(context))


def _newest_first(events: Iterable[Event]) -> list[Event]:
    return sorted(events, key=attrgetter("rank"), reverse=True)


def is_published(context: SiteContext, event: Event) -> bool:
    """Return whether an event has nothing of a brief that only a preview shows."""
    marks = context.site.marks
    if not marks or event.kind == "retraction":
        return True
    if event.kind in ("brief", "correction"):
        return event.id not in marks
    if event.kind in ("dead", "edited"):
        return context.site.sources[event.id].brief not in marks
    if event.kind == "position":
        theme, _, actor = event.id.partition("/")
        keys = [entry.key for entry in context.index.positions[theme][actor].claims]
    else:
        keys = [*context.index.dispute(event.id).every_claim]
    return not any(key.partition("#")[0] in marks for key in keys)


def _event(kind: EventKind, id: str, date: str, number: int = 0) -> Event:
    return Event(dates.span(date)[0].isoformat(), kind, id, date, number)


def _of_briefs(context: SiteContext) -> Iterator[Event]:
    for id, document in context.site.briefs.items():
        yield _event("brief", id, document.data.date)


def _of_corrections(context: SiteContext) -> Iterator[Event]:
    for id, document in context.site.briefs.items():
        for number, correction in enumerate(document.data.corrections, start=1):
            yield _event("correction", id, correction.date, number)
    for id, notice in context.site.retracted.items():
        if notice:
            yield _event("retraction", id, notice.date)


def _of_positions(context: SiteContext) -> Iterator[Event]:
    for theme, positions in context.index.compared.items():
        for actor, position in positions.items():
            if position.change and position.change.kind == "changed":
                yield _event("position", f"{theme}/{actor}", position.change.since)


def _of_disputes(context: SiteContext) -> Iterator[Event]:
    marks = context.site.marks
    first_brief = min((one.data.date for id, one in context.site.briefs.items() if id not in marks), default="")
    for _, dispute in context.index.all_disputes:
        readings = _find_readings(dispute)
        begins = _day_of_dispute(context, dispute) or (readings[-1].date if readings else "")
        if begins:
            # Statements may be much older than the site. News begin with its first brief.
            begins = max(begins, first_brief)
            yield _event("dispute", dispute.id, begins)
        for number, reading in enumerate(readings):
            if reading.state == "settled":
                yield _event("settled", dispute.id, reading.date, number)
            elif reading.date > begins:  # else it is part of the new dispute
                yield _event("reading", dispute.id, reading.date, number)


def _find_readings(dispute: Dispute) -> tuple[EarlierReading, ...]:
    """Return all readings of a dispute, newest first, each with the state that the dispute was in."""
    latest = dispute.reading
    return (EarlierReading(latest.says, latest.date, dispute.state), *dispute.earlier) if latest else ()


def _day_of_dispute(context: SiteContext, dispute: Dispute) -> str:
    """Return the first day on which the site has claims of two sides; empty if no date tells it."""
    days = {key: _day_of_claim(context, key) for key in dispute.every_claim}
    for day in sorted(set(days.values())):
        if keep_whole_disputes((dispute,), {key for key, first in days.items() if first <= day}):
            return day
    return ""


def _day_of_claim(context: SiteContext, key: str) -> str:
    """Return the first day on which `--as-of` has a claim; empty if it has it on any day."""
    entry = context.index.claims[key]
    published = context.site.sources[entry.source_id].data.published if entry.source_id and not entry.brief else None
    known = [date for date in (entry.claim.date, published) if date is not None and date != dates.UNKNOWN]
    days = [dates.span(date)[0].isoformat() for date in known]
    return max((entry.brief.data.date if entry.brief else "", *days))


def _of_links(context: SiteContext) -> Iterator[Event]:
    links = context.site.links
    for id, record in context.site.sources.items() if links else ():
        known = links.get(bare(record.data.url))
        if known and known.state == "dead" and known.since:
            yield _event("dead", id, known.since)


def _of_checks(context: SiteContext) -> Iterator[Event]:
    site = context.site
    for id, check in site.checks.items():
        if id in site.sources and not has_other_address(site, id) and (day := edited_since(check)):
            yield _event("edited", id, day)


def make_event(views: ViewFactory, event: Event) -> EventRow:
    """Return an event as a line of a list."""
    link, note = describe_event(views, event)
    about, state = find_date_of_subject(views.context, event), find_state(views.context, event)
    was, now, before = _find_change(views, event)
    return EventRow(
        kind=event.kind,
        words=views.gettext(WORDS[event.kind]),
        date=views.date(event.date),
        link=link,
        note=views.text(note),
        about=views.date(about) if about else None,
        state=state,
        state_words=views.pgettext("dispute", state) if state else "",
        was=was,
        now=now,
        state_before=views.pgettext("dispute", before.state) if before and before.state != state else "",
        why=views.text(before.why if before else None),
        replaced=views.date(day) if (day := _find_replacement(views.context, event)) else None,
    )


def _find_change(views: ViewFactory, event: Event) -> tuple[Text, Text, EarlierReading | None]:
    """Return what a correction or a new reading has replaced, with what, and the reading before.

    The texts are empty for other events.
    """
    if event.kind == "correction":
        correction = views.summaries.brief(event.id).corrections[event.number - 1]
        return *mark_changes(correction.was, views.text(correction.now)), None
    readings = _find_readings(views.index.dispute(event.id)) if event.kind in ("reading", "settled") else ()
    if len(readings) <= event.number + 1:
        return "", "", None
    now, was = readings[event.number], readings[event.number + 1]
    return *mark_changes(views.text(was.says), views.text(now.says)), was


def _find_replacement(context: SiteContext, event: Event) -> str:
    """Return the day on which the reading that an event shows was replaced; empty if it was not, or there is none."""
    if event.kind not in _OF_DISPUTES:
        return ""
    readings, shown = _find_readings(context.index.dispute(event.id)), event.number
    if event.kind == "dispute":
        shown = next((number for number, one in enumerate(readings) if one.date <= event.date), 0)
    return readings[shown - 1].date if shown else ""


def find_date_of_subject(context: SiteContext, event: Event) -> str:
    """Return the date of what the desk writes about: of a brief's source, or of the latest statement in a dispute.

    It is empty for other events, and where there is none.
    """
    if event.kind == "brief":
        source = context.site.briefs[event.id].data.source
        return source.published if source else ""
    if event.kind == "dispute":
        days = [context.index.claims[key].date for key in context.index.dispute(event.id).every_claim]
        return max((day for day in days if day != dates.UNKNOWN), key=dates.order, default="")
    return ""


def find_state(context: SiteContext, event: Event) -> str:
    """Return whether the dispute of an event is open, explained or settled on its day; empty for other events."""
    if event.kind not in _OF_DISPUTES:
        return ""
    dispute = context.index.dispute(event.id)
    readings = _find_readings(dispute)
    if event.kind == "dispute" and readings:
        return next((one.state for one in readings if one.date <= event.date), "")
    return readings[event.number].state if event.number else dispute.state


def make_groups(views: ViewFactory, events: Iterable[Event]) -> tuple[EventGroup, ...]:
    """Return events, newest first, by kind.

    A dispute that was new and then settled is one piece of news, that it is settled. One that was new and then read is
    news as a new one, with the reading. Open disputes come first.
    """
    latest: dict[tuple[str, str, int], Event] = {}
    for event in events:
        is_of_dispute = event.kind in _OF_DISPUTES
        subject = ("dispute", event.id, 0) if is_of_dispute else (event.kind, event.id, event.number)
        found = latest.setdefault(subject, event)
        if event.kind == "dispute" and found.kind == "reading":
            latest[subject] = replace(found, kind="dispute")
    ordered = sorted(latest.values(), key=partial(_order_of_state, views.context))
    by_kind = {kind: tuple([make_event(views, event) for event in ordered if event.kind == kind]) for kind in HEADINGS}
    return tuple([EventGroup(views.gettext(HEADINGS[kind]), found) for kind, found in by_kind.items() if found])


def _order_of_state(context: SiteContext, event: Event) -> tuple[bool, bool]:
    """Return a key that sorts disputes whose state has changed before others, and then open ones."""
    state = find_state(context, event)
    is_read = event.kind in ("reading", "settled")
    readings = _find_readings(context.index.dispute(event.id))[event.number + 1 :] if is_read else ()
    return not any(one.state != state for one in readings[:1]), state not in ("", "open")


def describe_event(views: ViewFactory, event: Event) -> tuple[Link, AnyText]:
    """Return what is new, as a link, and a sentence on it, which may be empty."""
    link, note = _DESCRIPTIONS[event.kind](views, event)
    return link, note or ""


def _brief(views: ViewFactory, event: Event) -> tuple[Link, AnyText | None]:
    return views.brief(event.id), views.summaries.brief(event.id).lede


def _correction(views: ViewFactory, event: Event) -> tuple[Link, AnyText | None]:
    correction = views.summaries.brief(event.id).corrections[event.number - 1]
    title = views.brief(event.id).text
    return views.link(title, views.to(f"{urls.brief(event.id)}#_corrections")), correction.why


def _retraction(views: ViewFactory, event: Event) -> tuple[Link, AnyText | None]:
    notice = views.site.retracted[event.id]
    # Its title is not published any more.
    return Link(views.gettext("A brief"), views.to(urls.brief(event.id))), notice.why if notice else None


def _position(views: ViewFactory, event: Event) -> tuple[Link, AnyText | None]:
    theme, _, actor = event.id.partition("/")
    position = views.index.positions[theme][actor]
    change = position.change
    before, until = (views.answer(theme, change.before).words, views.date(change.until).words) if change else ("", "")
    name, about = (views.isolate(link.text) for link in (views.actor(actor), views.theme(theme)))
    note = views.gettext("On {theme}: {answer}; before that, {date}: {before}").format(
        theme=about, answer=views.answer(theme, position.answer).words, before=before, date=until
    )
    return Link(name, views.to(position.best[0].url)), with_stop(note)


def _dispute(views: ViewFactory, event: Event) -> tuple[Link, AnyText | None]:
    dispute = views.index.dispute(event.id)
    readings = _find_readings(dispute)[event.number :]
    # A new dispute has the reading of its day; the event of a later one says what was written then.
    note = next((one.says for one in readings if event.kind != "dispute" or one.date <= event.date), None)
    return views.link(dispute.question, views.to(urls.dispute(event.id))), note


def _source(views: ViewFactory, event: Event) -> tuple[Link, AnyText | None]:
    source = views.source_link(event.id)
    return Link(source.title, source.url, direction=source.direction), None


_DESCRIPTIONS = {
    "brief": _brief,
    "correction": _correction,
    "retraction": _retraction,
    "position": _position,
    "dispute": _dispute,
    "reading": _dispute,
    "settled": _dispute,
    "dead": _source,
    "edited": _source,
}
