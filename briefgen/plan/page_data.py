"""Entries of the files that have the same as a page: matrix, timeline, what is new, corrections, searches.

Nothing of a brief that only a preview shows is in them.
"""

from collections.abc import Iterator

from briefgen.model.content import UNCLEAR
from briefgen.model.texts import plain
from briefgen.plan import urls
from briefgen.plan.contests import find_keys_not_counted, find_revision, make_contest_mark
from briefgen.plan.coverage import find_searches
from briefgen.plan.events import (
    describe_event,
    find_corrections,
    find_date_of_subject,
    find_events,
    find_state,
    is_published,
)
from briefgen.plan.formatting import known
from briefgen.plan.matrix import find_open_disputes, find_unclear
from briefgen.plan.positions import Position
from briefgen.plan.timeline import describe_moment, find_moments
from briefgen.plan.urls import PageLocation
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views.page_data import CellData, ChangeData, CorrectedData, MomentData, SearchedData


def _views(context: SiteContext) -> ViewFactory:
    return ViewFactory(context, PageLocation(urls.HOME, f"{context.base}/" if context.base else ""))


def _from_root(url: str) -> str:
    """Return an address of the home page's as the files have it: from the site's root, if it is not absolute."""
    return url.removeprefix("./")


def make_matrix(context: SiteContext) -> Iterator[CellData]:
    """Yield the cells theme by theme, the actors with most claims first. In a preview, those of drafts are left out."""
    views, index, marks = _views(context), context.index, context.site.marks
    for theme in index.answered_themes:
        positions, unclear = index.compared[theme], find_unclear(index, theme)
        for actor in index.actors_by_claims:
            position, silent = positions.get(actor), unclear.get(actor)
            entries = position.claims if position else (silent,) if silent else ()
            if not entries or any(entry.brief and entry.brief.id in marks for entry in entries):
                continue
            answers = tuple([entry.claim.answer for entry in position.best]) if position else ()
            best, date = position.best if position else entries, entries[0].date
            speakers = dict.fromkeys(entry.claim.actor for entry in best if entry.claim.actor not in (None, actor))
            yield CellData(
                actor=actor,
                theme=theme,
                by=tuple(filter(None, speakers)),
                answers=answers,
                words=views.gettext(", ").join(views.answer(theme, answer).words for answer in answers) or UNCLEAR,
                date=known(date),
                origins=min(map(index.count_origins, position.best)) if position else 0,
                changed=bool(position and position.change and position.change.kind == "changed"),
                disputes=tuple([one.id for one in find_open_disputes(index, theme, position)]) if position else (),
                revised=_find_revised(context, position) if position else "",
                not_counted=find_keys_not_counted(index, position) if position else (),
                url=context.public_url(entries[0].url),
            )


def _find_revised(context: SiteContext, position: Position) -> str:
    """Return the claim that revised a position, if readers may see it."""
    revision = find_revision(context.index, position)
    return revision.key if revision and not (revision.brief and revision.brief.id in context.site.marks) else ""


def make_timeline(context: SiteContext) -> Iterator[MomentData]:
    """Yield all moments, newest first."""
    views, marks, sources = _views(context), context.site.marks, context.site.sources
    kind: str
    for moment in find_moments(context):
        if moment.event:
            kind, is_shown = moment.event.kind, is_published(context, moment.event)
        elif moment.lane == "published":
            kind, is_shown = "source", sources[moment.id].brief not in marks
        else:
            kind, is_shown = "claim", moment.id.partition("#")[0] not in marks
        if is_shown:
            link, note = describe_moment(views, moment)
            contested = make_contest_mark(views, context.index.claims[moment.id]) if kind == "claim" else None
            yield MomentData(
                date=moment.date,
                lane=moment.lane,
                kind=kind,
                id=moment.id,
                title=link.text,
                note=note,
                url=_from_root(link.url),
                contested=_from_root(contested.url) if contested else "",
            )


def make_changes(context: SiteContext) -> Iterator[ChangeData]:
    """Yield all events, newest first."""
    views = _views(context)
    for event in find_events(context):
        if is_published(context, event):
            link, note = describe_event(views, event)
            url = _from_root(link.url)
            yield ChangeData(
                date=event.date,
                kind=event.kind,
                id=event.id,
                title=link.text,
                note=plain(note),
                url=url,
                about=known(find_date_of_subject(context, event)),
                state=find_state(context, event),
            )


def make_corrections(context: SiteContext) -> Iterator[CorrectedData]:
    """Yield corrections and retractions, newest first."""
    retracted = context.site.retracted
    for event in find_corrections(context):
        url = context.public_url(urls.brief(event.id))
        if event.kind == "retraction" and (notice := retracted[event.id]):
            yield CorrectedData(date=event.date, kind=event.kind, brief=event.id, why=plain(notice.why), url=url)
        elif event.kind == "correction" and is_published(context, event):
            one = context.summaries.brief(event.id).corrections[event.number - 1]
            now, why = plain(one.now), plain(one.why)
            yield CorrectedData(
                date=event.date,
                kind=event.kind,
                brief=event.id,
                was=one.was,
                now=now,
                why=why,
                claims=one.claims,
                url=url,
            )


def make_searches(context: SiteContext) -> Iterator[SearchedData]:
    """Yield what the desk looked for, the newest first."""
    for search, url in find_searches(context):
        yield SearchedData(
            for_=search.for_,
            where=search.where,
            date=search.date,
            result=plain(search.result),
            url=f"{context.public_url(url)}#_searches",
        )
