"""`data/`: all that the site says, as files for programs, and the page that lists them. Drafts are in none of them."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from operator import attrgetter
from typing import Any, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.model.content import Claim, Dispute, answers_of
from briefgen.model.dates import UNKNOWN
from briefgen.model.grades import by_use
from briefgen.model.page import Page
from briefgen.model.quotations import valid_record
from briefgen.model.site import SourceRecord
from briefgen.model.texts import MarkedText, plain
from briefgen.model.vocabulary import RELATION_WORDS
from briefgen.plan import page_data, urls
from briefgen.plan.coverage import find_measures
from briefgen.plan.disputes import find_sides
from briefgen.plan.feeds import make_subscriptions
from briefgen.plan.frame import make_list_frame
from briefgen.plan.index import last_change
from briefgen.plan.positions import ClaimEntry
from briefgen.plan.quotations import claim_status
from briefgen.plan.urls import DATA
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views import data as data_views
from briefgen.views import page_data as page_views
from briefgen.views.formats import Bibliography, Reference, Table
from briefgen.views.pages import Data, DataFile, DataGroup
from briefgen.views.parts import Link

T = TypeVar("T", bound=Struct)

_FORMAT_NAMES = {"json": "JSON", "csv": "CSV", "bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON", "opml": "OPML"}
_BIBLIOGRAPHIES = (
    ("csl", "csl.json", "Zotero, Pandoc and others"),
    ("bibtex", "bib", "LaTeX"),
    ("ris", "ris", "reference managers"),
)
_CLAIM_COLUMNS = (
    "id", "date", "actor", "publisher", "for_", "role", "theme", "answer", "says", "quote",
    "quote_language", "translation", "translated_by", "via",
    "report_credibility", "source", "source_reliability", "brief", "url", "said", "confirmed_by", *RELATION_WORDS,
    "note", "content_kind", "form",
    "quote_check.result", "quote_check.how", "quote_check.checked", "quote_check.reason",
    "quote_check.in_archive", "quote_check.in_archive_checked", "quote_check.on_page", "quote_check.on_page_checked",
    "content_finding.verdict", "content_finding.date", "content_finding.note", "content_finding.evidence",
)  # fmt: skip
_POSITION_COLUMNS = (
    "actor", "theme", "answers", "date", "claims", "url", "change", "since", "before",
    "same_time", "earlier", "undated", "set_aside",
)  # fmt: skip


class _File(Struct, frozen=True):
    """A file: its name in `data/`, the format that writes it, what it holds, and how its view is made."""

    name: str
    format: str
    description: str
    view: Callable[[], Struct]


def plan_pages(context: SiteContext) -> Iterator[Page]:
    """Yield the page, then the files."""
    groups = tuple(_groups(context))
    yield context.page(DATA, "data", partial(_page, groups=groups))
    for _, files in groups:
        for file in files:
            yield Page(path=DATA + file.name, kind="data", template="", view=file.view, format=file.format)


def _page(views: ViewFactory, groups: Iterable[tuple[str, list[_File]]]) -> Data:
    def show(file: _File) -> DataFile:
        format = _FORMAT_NAMES[file.name.partition(".")[2]]
        return DataFile(Link(file.name, views.to(DATA + file.name)), format, file.description)

    return Data(
        frame=make_list_frame(views, "Data", "data", "The contents of this site as machine-readable files.", ()),
        groups=tuple(DataGroup(heading, tuple(map(show, files))) for heading, files in groups),
    )


def _groups(context: SiteContext) -> Iterator[tuple[str, list[_File]]]:
    lists = [
        _File(f"{name}.json", "data", description, partial(_list, context, name, make))
        for name, make, description in (
            ("briefs", _briefs, "Briefs without their texts: their sources, actors and themes."),
            ("claims", _claims, "Claims: who says what, on which theme, in which words, according to which source."),
            ("positions", _positions, "Positions: what each actor answers to each theme’s question, and since when."),
            ("sources", _sources, "Sources: what is known about them, and their flaws."),
            ("actors", _actors, "Actors with their names and offices."),
            ("relations", _relations, "Relations between claims; each is listed from both sides."),
            ("themes", _themes, "Themes with their questions and disputes."),
            ("publishers", _publishers, "Publishers: who they are, and how far the desk trusts them."),
            ("coverage", _coverage, "Coverage: what was not checked, out of how much."),
            (
                "matrix",
                page_data.matrix,
                "The matrix: what each actor answers to each question, also where it is unclear.",
            ),
            ("disputes", _disputes, "Disputes: questions, their sides, and our readings."),
            ("timeline", page_data.timeline, "The timeline: what was said, published and written about, by day."),
            ("changes", page_data.changes, "What is new, by day."),
            ("corrections", page_data.corrections, "Corrections and retractions."),
            ("searches", page_data.searches, "Searches: what we looked for, and what came of it."),
        )
    ]
    schema = _File("schema.json", "data", "The structure of the files above, as a JSON Schema.", _schema)
    yield "Everything", [*lists, schema]
    tables = [
        _File(f"{name}.csv", "csv", f"{name.title()}, one to a row.", partial(_table, context, columns, make))
        for name, columns, make in (
            ("claims", _CLAIM_COLUMNS, _claims),
            ("positions", _POSITION_COLUMNS, _positions),
            ("relations", data_views.RelationData.__struct_fields__, _relations),
            ("matrix", page_views.CellData.__struct_fields__, page_data.matrix),
            ("timeline", page_views.MomentData.__struct_fields__, page_data.timeline),
            ("changes", page_views.ChangeData.__struct_fields__, page_data.changes),
            ("corrections", page_views.CorrectedData.__struct_fields__, page_data.corrections),
            ("searches", page_views.SearchedData.__struct_fields__, page_data.searches),
        )
    ]
    about = "Disputes, one side to a row."
    tables.append(_File("disputes.csv", "csv", about, partial(_dispute_table, context)))
    about = "Coverage: what was not checked, one share to a row."
    tables.append(_File("coverage.csv", "csv", about, partial(_coverage_table, context)))
    yield "For spreadsheets", tables
    bibliographies = [
        _File(f"{name}.{suffix}", format, f"{what} for {programs}.", partial(_bibliography, context, make))
        for name, what, make in (
            ("sources", "The sources", _source_references),
            ("briefs", "The briefs of this site", _brief_references),
        )
        for format, suffix, programs in _BIBLIOGRAPHIES
    ]
    yield "For citing", bibliographies
    if context.base:
        about = "All feeds of the site, for feed readers."
        yield "Feeds", [_File("feeds.opml", "opml", about, partial(make_subscriptions, context))]


def _list(context: SiteContext, name: str, make: Callable[[SiteContext], Iterable[Struct]]) -> Struct:
    entries: dict[str, Any] = {name: tuple(make(context))}
    return data_views.FILES[name](site=context.config.title, language=context.config.language, **entries)


def _schema() -> data_views.Schema:
    roots, definitions = msgspec.json.schema_components(data_views.FILES.values(), ref_template="#/$defs/{name}")
    title = "The data of a briefing site"
    return data_views.Schema("https://json-schema.org/draft/2020-12/schema", title, list(roots), definitions)


def _table(context: SiteContext, columns: tuple[str, ...], make: Callable[[SiteContext], Iterable[Struct]]) -> Table:
    """Return a table of these fields of the entries; the fields of inner structs come last."""
    inner = [column.split(".") for column in columns if "." in column]
    read = attrgetter(*columns[: len(columns) - len(inner)])
    rows = tuple(
        [
            (
                *map(_cell, read(entry)),
                *[_cell((part := getattr(entry, name)) and getattr(part, field)) for name, field in inner],
            )
            for entry in make(context)
        ]
    )
    return Table(tuple(column.rstrip("_") for column in columns), rows)


def _cell(value: Any) -> str:
    if type(value) is str:
        return value
    if value is True:
        return "yes"
    return " ".join(value) if isinstance(value, tuple) else str(value or "")


def _bibliography(context: SiteContext, make: Callable[[SiteContext], Iterable[Reference]]) -> Bibliography:
    return Bibliography(tuple(make(context)))


def _published_briefs(context: SiteContext) -> Iterator[str]:
    return (id for id in context.site.briefs if id not in context.site.marks)


def _published_sources(context: SiteContext) -> Iterator[SourceRecord]:
    return (record for record in context.site.sources.values() if record.brief not in context.site.marks)


def _published_entries(context: SiteContext, entries: Iterable[ClaimEntry]) -> Iterator[ClaimEntry]:
    return (entry for entry in entries if not entry.brief or entry.brief.id not in context.site.marks)


def _published_claims(context: SiteContext, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(key for key in keys if key.partition("#")[0] not in context.site.marks)


def _briefs(context: SiteContext) -> Iterator[data_views.BriefData]:
    for id in _published_briefs(context):
        brief = context.summaries.brief(id)
        yield _entry(
            data_views.BriefData,
            brief,
            id=id,
            url=_url(context, urls.brief(id)),
            updated=last_change(brief),
            source=(brief.source.id or id) if brief.source else "",
            actors=context.index.brief_actors[id],
            themes=context.index.brief_themes[id],
            claims=tuple([f"{id}#{claim.id}" for claim in brief.claims]),
            assessments=_entries(data_views.AssessmentData, brief.assessments),
            corrections=_entries(data_views.CorrectionData, brief.corrections),
            searches=_entries(data_views.SearchData, brief.searches),
        )


def _claims(context: SiteContext) -> Iterator[data_views.ClaimData]:
    index = context.index
    for entry in _published_entries(context, index.claims.values()):
        claim = context.summaries.claim(entry.key)
        graded = index.grade(entry.source_id) if entry.source_id else None
        yield _entry(
            data_views.ClaimData,
            claim,
            id=entry.key,
            url=_url(context, entry.url),
            brief=entry.brief.id if entry.brief else "",
            role=entry.role,
            date=_known(entry.date),
            said=_known(claim.date),
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


def _coverage(context: SiteContext) -> Iterator[data_views.CoverageData]:
    for one in find_measures(context):
        yield data_views.CoverageData(one.id, one.subject, one.count, one.of, one.words)


def _coverage_table(context: SiteContext) -> Table:
    rows = ((one.id, one.subject, str(one.count), str(one.of), one.words) for one in _coverage(context))
    return Table(data_views.CoverageData.__struct_fields__, tuple(rows))


def _relations(context: SiteContext) -> Iterator[data_views.RelationData]:
    index = context.index
    for entry in _published_entries(context, (index.claims[key] for key in index.relations)):
        for relation, others in index.relations[entry.key].items():
            for other in _published_claims(context, others):
                yield data_views.RelationData(
                    claim=entry.key,
                    relation=relation,
                    other=other,
                    url=_url(context, entry.url),
                    other_url=_url(context, index.claims[other].url),
                )


def _positions(context: SiteContext) -> Iterator[data_views.PositionData]:
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
                url=_url(context, best[0].url),
                date=_known(best[0].date),
                change=change.kind if change else "",
                since=change.since if change else "",
                before=change.before if change else "",
                same_time=_keys(position.same_time),
                earlier=_keys(position.earlier),
                undated=_keys(position.undated),
                set_aside=_keys(position.set_aside),
            )


def _keys(entries: Iterable[ClaimEntry]) -> tuple[str, ...]:
    return tuple([entry.key for entry in entries])


def _sources(context: SiteContext) -> Iterator[data_views.SourceData]:
    for record in _published_sources(context):
        source, graded = record.data, context.index.grade(record.id)
        yield _entry(
            data_views.SourceData,
            source,
            id=record.id,
            url=_url(context, urls.source(record.id)),
            title=_known(source.title),
            link=_known(source.url),
            publisher=record.publisher or "",
            credit=context.index.credit(record),
            author=_known(source.author),
            published=_known(source.published),
            retrieved=_known(source.retrieved),
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


def _actors(context: SiteContext) -> Iterator[data_views.ActorData]:
    for id, document in context.site.actors.items():
        roles = _entries(data_views.RoleData, document.data.roles)
        yield _entry(data_views.ActorData, document.data, id=id, url=_url(context, urls.actor(id)), roles=roles)


def _dispute(context: SiteContext, theme: str, dispute: Dispute) -> data_views.DisputeData:
    return _entry(
        data_views.DisputeData,
        dispute,
        url=_url(context, urls.dispute(dispute.id)),
        searches=_entries(data_views.SearchData, dispute.searches),
        reading=_entry(data_views.ReadingData, dispute.reading) if dispute.reading else None,
        sides=tuple(
            data_views.SideData(label, _published_claims(context, [entry.key for entry in entries]))
            for label, entries in find_sides(context.index, theme, dispute)
        ),
    )


def _disputes(context: SiteContext) -> Iterator[data_views.DisputeData]:
    for theme, dispute in context.index.all_disputes:
        yield replace(_dispute(context, theme, dispute), theme=theme)


def _dispute_table(context: SiteContext) -> Table:
    columns = ("id", "question", "theme", "kind", "state", "settled_by", "evidence", "note", "url")
    rows = []
    for one in _disputes(context):
        read = (one.reading.says, one.reading.date) if one.reading else ("", "")
        about = [_cell(getattr(one, column)) for column in columns]
        rows += [(*about, *read, side.label, _cell(side.claims)) for side in one.sides]
    return Table((*columns, "reading", "reading_date", "side", "claims"), tuple(rows))


def _themes(context: SiteContext) -> Iterator[data_views.ThemeData]:
    for id, document in context.site.themes.items():
        disputes = tuple([_dispute(context, id, dispute) for dispute in document.data.disputes])
        yield _entry(
            data_views.ThemeData,
            document.data,
            id=id,
            url=_url(context, urls.theme(id)),
            answers=_entries(data_views.AnswerData, answers_of(document.data)),
            disputes=disputes,
            searches=_entries(data_views.SearchData, document.data.searches),
        )


def _publishers(context: SiteContext) -> Iterator[data_views.PublisherData]:
    for id, document in context.site.publishers.items():
        publisher = document.data
        ratings = sorted(publisher.reliability, key=lambda rating: rating.date, reverse=True)
        yield _entry(
            data_views.PublisherData,
            publisher,
            id=id,
            url=_url(context, urls.publisher(id)),
            owner=_known(publisher.owner),
            country=_known(publisher.country),
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


def _url(context: SiteContext, url: str) -> str:
    return context.absolute(url) or url


def _known(text: str | None) -> str:
    return "" if text is None or text == UNKNOWN else text


def _source_references(context: SiteContext) -> Iterator[Reference]:
    for record in _published_sources(context):
        source, credit = record.data, context.index.credit(record)
        notes = (f"title: {source.titling}" if source.titling else "", f"text of {credit}" if credit else "")
        yield Reference(
            key=record.id,
            kind=source.kind,
            title=_known(source.title),
            author=_known(source.author),
            publisher=context.site.publishers[record.publisher].data.name if record.publisher else "",
            published=_known(source.published),
            retrieved=_known(source.retrieved),
            url=_known(source.url),
            archive=source.archive or "",
            language=source.language or "",
            note="; ".join(filter(None, notes)),
        )


def _brief_references(context: SiteContext) -> Iterator[Reference]:
    config = context.config
    for id in _published_briefs(context):
        brief = context.summaries.brief(id)
        yield Reference(
            key=id,
            kind="brief",
            title=brief.title,
            author=brief.editor or config.publisher or "",
            publisher=config.title,
            published=brief.date,
            url=context.absolute(urls.brief(id)),
            language=config.language,
            note=f"corrected {last_change(brief)}" if brief.corrections else "",
        )
