"""Entries of the files of `data/`, from the content: briefs, claims, positions, sources and so on.

Nothing of a brief that only a preview shows is in them. Entries that a page has, too, are in `page_data`.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model.content import Claim, Dispute
from briefgen.model.grades import by_use
from briefgen.model.quotations import valid_record
from briefgen.model.site import SourceRecord
from briefgen.model.texts import MarkedText, plain
from briefgen.plan import urls
from briefgen.plan.contests import find_keys_not_counted
from briefgen.plan.coverage import find_measures
from briefgen.plan.disputes import find_sides
from briefgen.plan.formatting import known, list_answers
from briefgen.plan.index import last_change
from briefgen.plan.positions import ClaimEntry
from briefgen.plan.quotations import claim_status
from briefgen.plan.view_factory import SiteContext
from briefgen.views import data as data_views

T = TypeVar("T", bound=Struct)


def published_briefs(context: SiteContext) -> Iterator[str]:
    """Yield the briefs that are not only in a preview."""
    return (id for id in context.site.briefs if id not in context.site.marks)


def published_sources(context: SiteContext) -> Iterator[SourceRecord]:
    """Yield the sources that are not only in a preview."""
    return (record for record in context.site.sources.values() if record.brief not in context.site.marks)


def _published_entries(context: SiteContext, entries: Iterable[ClaimEntry]) -> Iterator[ClaimEntry]:
    return (entry for entry in entries if not entry.brief or entry.brief.id not in context.site.marks)


def _published_claims(context: SiteContext, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key.partition("#")[0] not in context.site.marks)


def make_briefs(context: SiteContext) -> Iterator[data_views.BriefData]:
    """Yield the briefs in the order of lists."""
    for id in published_briefs(context):
        brief = context.summaries.brief(id)
        yield _entry(
            data_views.BriefData,
            brief,
            id=id,
            url=context.public_url(urls.brief(id)),
            updated=last_change(brief),
            source=(brief.source.id or id) if brief.source else "",
            actors=context.index.brief_actors[id],
            themes=context.index.brief_themes[id],
            claims=tuple([f"{id}#{claim.id}" for claim in brief.claims]),
            assessments=_entries(data_views.AssessmentData, brief.assessments),
            corrections=_entries(data_views.CorrectionData, brief.corrections),
            searches=_entries(data_views.SearchData, brief.searches),
        )


def make_claims(context: SiteContext) -> Iterator[data_views.ClaimData]:
    """Yield the claims with what was found of their quotes and content."""
    index = context.index
    for entry in _published_entries(context, index.claims.values()):
        claim = context.summaries.claim(entry.key)
        graded = index.grade(entry.source_id) if entry.source_id else None
        yield _entry(
            data_views.ClaimData,
            claim,
            id=entry.key,
            url=context.public_url(entry.url),
            brief=entry.brief.id if entry.brief else "",
            role=entry.role,
            date=known(entry.date),
            said=known(claim.date),
            source=entry.source_id or "",
            quote_language=(index.quote_language(entry) or "") if claim.quote else "",
            quote_check=_quote_check(context, entry, claim) if claim.quote else None,
            **{name: _published_claims(context, keys) for name, keys in index.relations.get(entry.key, {}).items()},
            report_credibility=claim.credibility or 0,
            source_reliability=graded.of_kind(claim.kind) if graded else "",
            content_kind=claim.kind or "",
            content_finding=_entry(data_views.FindingData, claim.finding) if claim.finding else None,
        )


def _quote_check(context: SiteContext, entry: ClaimEntry, claim: Claim) -> data_views.QuoteCheckData:
    status = claim_status(context.site, entry.source_id, claim)
    archive, page = status.archive, status.page
    return _entry(
        data_views.QuoteCheckData,
        status,
        in_archive=archive.result if archive else "",
        in_archive_checked=archive.date if archive else "",
        on_page=page.result if page else "",
        on_page_checked=page.date if page else "",
    )


def make_coverage(context: SiteContext) -> Iterator[data_views.CoverageData]:
    """Yield what was not checked, out of how much."""
    for one in find_measures(context):
        yield data_views.CoverageData(one.id, one.subject, one.count, one.of, one.words)


def make_relations(context: SiteContext) -> Iterator[data_views.RelationData]:
    """Yield the relations between claims, each from both sides."""
    index = context.index
    for entry in _published_entries(context, (index.claims[key] for key in index.relations)):
        for relation, others in index.relations[entry.key].items():
            for other in _published_claims(context, others):
                yield data_views.RelationData(
                    claim=entry.key,
                    relation=relation,
                    other=other,
                    url=context.public_url(entry.url),
                    other_url=context.public_url(index.claims[other].url),
                )


def make_positions(context: SiteContext) -> Iterator[data_views.PositionData]:
    """Yield the positions theme by theme; those of one theme with the newest claim first."""
    index = context.index
    for theme, entries in index.by_theme.items():
        # A preview has claims that no file may have, and other claims than these may be the best.
        published = tuple(_published_entries(context, entries))
        is_whole = len(published) == len(entries)
        found = index.positions[theme] if is_whole else index.find_positions(published)
        for actor, position in found.items():
            best, change = position.best, position.change
            yield data_views.PositionData(
                actor=actor,
                theme=theme,
                answers=tuple([entry.claim.answer for entry in best]),
                claims=_keys(best),
                url=context.public_url(best[0].url),
                date=known(best[0].date),
                change=change.kind if change else "",
                since=change.since if change else "",
                before=change.before if change else "",
                same_time=_keys(position.same_time),
                earlier=_keys(position.earlier),
                undated=_keys(position.undated),
                set_aside=_keys(position.set_aside),
                not_counted=find_keys_not_counted(index, position),
            )


def _keys(entries: Iterable[ClaimEntry]) -> tuple[str, ...]:
    return tuple([entry.key for entry in entries])


def make_sources(context: SiteContext) -> Iterator[data_views.SourceData]:
    """Yield the sources with their flaws and grades."""
    for record in published_sources(context):
        source, graded = record.data, context.index.grade(record.id)
        yield _entry(
            data_views.SourceData,
            source,
            id=record.id,
            url=context.public_url(urls.source(record.id)),
            title=known(source.title),
            link=known(source.url),
            publisher=record.publisher or "",
            credit=context.index.credit(record),
            author=known(source.author),
            published=known(source.published),
            retrieved=known(source.retrieved),
            kind=record.data.kind,
            interest=context.index.interest(record),
            reliability_for_facts=graded.facts if graded else "",
            reliability_for_opinion=graded.opinion if graded else "",
            reliability_reason=graded.reason if graded else "",
            reliability_rated=graded.rated if graded else "",
            brief=record.brief or "",
            claims=tuple([f"{record.id}#{claim.id}" for claim in record.claims]),
            copy=_copy(context, record.id),
            flags=_entries(data_views.FlagData, source.flags),
        )


def _copy(context: SiteContext, source: str) -> data_views.CopyData | None:
    check = valid_record(context.site, source)
    if check is None:
        return None
    return _entry(data_views.CopyData, check, text_sha256=check.text, sha256=check.captured or "")


def make_actors(context: SiteContext) -> Iterator[data_views.ActorData]:
    """Yield the actors with their offices."""
    for id, document in context.site.actors.items():
        roles = _entries(data_views.RoleData, document.data.roles)
        yield _entry(data_views.ActorData, document.data, id=id, url=context.public_url(urls.actor(id)), roles=roles)


def _dispute(context: SiteContext, theme: str, dispute: Dispute) -> data_views.DisputeData:
    return _entry(
        data_views.DisputeData,
        dispute,
        url=context.public_url(urls.dispute(dispute.id)),
        searches=_entries(data_views.SearchData, dispute.searches),
        reading=_entry(data_views.ReadingData, dispute.reading) if dispute.reading else None,
        earlier=_entries(data_views.ReadingData, dispute.earlier),
        sides=tuple(
            data_views.SideData(label, _published_claims(context, [entry.key for entry in entries]))
            for label, entries in find_sides(context, theme, dispute)
        ),
    )


def make_disputes(context: SiteContext) -> Iterator[data_views.DisputeData]:
    """Yield the disputes in the order of the themes."""
    for theme, dispute in context.index.all_disputes:
        yield replace(_dispute(context, theme, dispute), theme=theme)


def make_themes(context: SiteContext) -> Iterator[data_views.ThemeData]:
    """Yield the themes with their disputes."""
    for id, document in context.site.themes.items():
        disputes = tuple([_dispute(context, id, dispute) for dispute in document.data.disputes])
        yield _entry(
            data_views.ThemeData,
            document.data,
            id=id,
            url=context.public_url(urls.theme(id)),
            answers=_entries(data_views.AnswerData, list_answers(document.data, context.messages)),
            disputes=disputes,
            searches=_entries(data_views.SearchData, document.data.searches),
        )


def make_publishers(context: SiteContext) -> Iterator[data_views.PublisherData]:
    """Yield the publishers with their ratings, the newest first."""
    for id, document in context.site.publishers.items():
        publisher = document.data
        ratings = sorted(publisher.reliability, key=lambda rating: rating.date, reverse=True)
        yield _entry(
            data_views.PublisherData,
            publisher,
            id=id,
            url=context.public_url(urls.publisher(id)),
            owner=known(publisher.owner),
            country=known(publisher.country),
            link=publisher.url or "",
            reliability=tuple(
                data_views.RatingData(
                    date=one.date, for_facts=rated.facts, for_opinion=rated.opinion, reason=one.reason
                )
                for one in ratings
                for rated in (by_use(one.grade),)
            ),
        )


def _entry(kind: type[T], data: Struct, /, **fields: Any) -> T:
    """Return an entry with these fields, and with those of `data` that have the same names and a value."""
    for name in _common_fields(kind, type(data)):
        if name not in fields and (value := getattr(data, name)):
            fields[name] = value if type(value) is str else _plain(value)
    return kind(**fields)


@cache
def _common_fields(kind: type[Struct], other: type[Struct]) -> tuple[str, ...]:
    return tuple([name for name in kind.__struct_fields__ if name in other.__struct_fields__])


def _plain(value: Any) -> Any:
    """Return sentences without marks, anything else as it is."""
    if isinstance(value, tuple):
        return tuple([_plain(one) for one in value])
    return plain(value) if isinstance(value, MarkedText) else value


def _entries(kind: type[T], data: Iterable[Struct]) -> tuple[T, ...]:
    return tuple([_entry(kind, each) for each in data])
