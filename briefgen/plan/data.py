"""`data/`: all that the site says, as files for programs, and the page that lists them. Drafts are in none of them."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, TypeVar

import msgspec
from msgspec import Struct

from briefgen.model.dates import UNKNOWN
from briefgen.model.page import Page
from briefgen.model.site import SourceRecord
from briefgen.plan import urls
from briefgen.plan.feeds import make_subscriptions
from briefgen.plan.frame import make_frame
from briefgen.plan.index import ClaimEntry, last_change
from briefgen.plan.urls import DATA
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views import data as views_of_data
from briefgen.views.formats import Bibliography, Reference, Table
from briefgen.views.pages import Data, DataFile, DataGroup, Link

T = TypeVar("T", bound=Struct)

_FORMAT_NAMES = {"json": "JSON", "csv": "CSV", "bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON", "opml": "OPML"}
_ENTRIES = {
    "briefs": "Briefs without their texts: what they rest on, whom and what they are about.",
    "claims": "Claims: who says what on which theme, in which words, by which source.",
    "positions": "Positions: each actor's latest claim on each theme.",
    "sources": "Sources: what is known of them, and their flags.",
    "actors": "Actors with their names and offices.",
    "themes": "Themes with their questions and disputes.",
    "publishers": "Publishers: who they are, and how far the desk trusts them.",
}
_BIBLIOGRAPHIES = (
    ("csl", "csl.json", "Zotero, Pandoc and others"),
    ("bibtex", "bib", "LaTeX"),
    ("ris", "ris", "reference managers"),
)
_CLAIM_COLUMNS = (
    "id", "date", "actor", "for_", "role", "theme", "stance", "says", "quote",
    "credibility", "source", "brief", "url", "said", "confirmed_by", "contradicts", "note",
)  # fmt: skip
_POSITION_COLUMNS = ("actor", "theme", "stance", "date", "claim", "url", "earlier")


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


def _groups(context: SiteContext) -> Iterator[tuple[str, list[_File]]]:
    entries = _Entries(context)
    lists = [
        _File(f"{name}.json", "data", description, partial(_list, entries, name))
        for name, description in _ENTRIES.items()
    ]
    schema = _File("schema.json", "data", "The form of the files above, as a JSON Schema.", _schema)
    yield "Everything", [*lists, schema]
    yield (
        "For spreadsheets",
        [
            _File("claims.csv", "csv", "Claims, one in a row.", lambda: _table(_CLAIM_COLUMNS, entries.claims())),
            _File(
                "positions.csv",
                "csv",
                "Positions, one in a row.",
                lambda: _table(_POSITION_COLUMNS, entries.positions()),
            ),
        ],
    )
    yield (
        "For citing",
        [
            _File(f"{name}.{suffix}", format, f"{what} for {programs}.", partial(_bibliography, make, context))
            for name, what, make in (
                ("sources", "The sources", _source_references),
                ("briefs", "The briefs of this site", _brief_references),
            )
            for format, suffix, programs in _BIBLIOGRAPHIES
        ],
    )
    if context.base:
        text = "All feeds of the site, for feed readers."
        yield "Feeds", [_File("feeds.opml", "opml", text, partial(make_subscriptions, context))]


def _page(views: ViewFactory, groups: Iterable[tuple[str, list[_File]]]) -> Data:
    def show(file: _File) -> DataFile:
        format = _FORMAT_NAMES[file.name.partition(".")[2]]
        return DataFile(Link(file.name, views.to(DATA + file.name)), format, file.description)

    about, linked_data = (
        "What this site says, as files for programs.",
        views.context.linked_data.listing(DATA, "Data", ()),
    )
    return Data(
        frame=make_frame(views, "Data", "data", description=about, linked_data=linked_data),
        groups=tuple(DataGroup(heading, tuple(map(show, files))) for heading, files in groups),
    )


def _list(entries: "_Entries", name: str) -> Struct:
    config, make = entries.context.config, views_of_data.FILES[name]
    return make(site=config.title, language=config.language, **{name: tuple(getattr(entries, name)())})


def _schema() -> views_of_data.Schema:
    kinds = views_of_data.FILES.values()
    roots, definitions = msgspec.json.schema_components(kinds, ref_template="#/$defs/{name}")
    return views_of_data.Schema(
        "https://json-schema.org/draft/2020-12/schema", "The data of a briefing site", list(roots), definitions
    )


def _table(columns: tuple[str, ...], entries: Iterable[Struct]) -> Table:
    rows = (tuple([_cell(getattr(entry, column)) for column in columns]) for entry in entries)
    return Table(tuple(column.rstrip("_") for column in columns), tuple(rows))


def _cell(value: str | int | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return " ".join(value)
    return str(value or "")


class _Entries:
    """Makes the entries of one site, without what only a preview shows."""

    def __init__(self, context: SiteContext) -> None:
        self.context = context
        self.site = context.site
        self.index = context.index
        self.summaries = context.summaries
        self.base = f"{context.base}/" if context.base else ""

    def briefs(self) -> Iterator[views_of_data.BriefData]:
        for id in _published_briefs(self.context):
            brief = self.summaries.brief(id)
            yield _entry(
                views_of_data.BriefData,
                brief,
                id=id,
                url=self.base + urls.brief(id),
                updated=last_change(brief),
                source=(brief.source.id or id) if brief.source else "",
                actors=self.index.brief_actors[id],
                themes=self.index.brief_themes[id],
                claims=tuple([f"{id}#{claim.id}" for claim in brief.claims]),
                assessments=_entries(views_of_data.AssessmentData, brief.assessments),
                corrections=_entries(views_of_data.CorrectionData, brief.corrections),
            )

    def claims(self) -> Iterator[views_of_data.ClaimData]:
        for entry in self._published(self.index.claims.values()):
            claim = self.summaries.claim(entry.brief.id, entry.claim.id)
            yield _entry(
                views_of_data.ClaimData,
                claim,
                id=entry.key,
                url=self.base + urls.claim(entry.key),
                brief=entry.brief.id,
                role=entry.role,
                date=_known(entry.date),
                said=_known(claim.date),
                source=entry.source_id or "",
                contradicts=self._published_claims(self.index.contradictions.get(entry.key, ())),
                outcome=_entry(views_of_data.OutcomeData, claim.outcome) if claim.outcome else None,
            )

    def positions(self) -> Iterator[views_of_data.PositionData]:
        """Yield the positions actor by actor; those of one actor with the newest claim first."""
        for actor in self.site.actors:
            by_theme: dict[str, list[ClaimEntry]] = {}
            for entry in self._published(self.index.by_actor.get(actor, ())):
                if entry.claim.theme:
                    by_theme.setdefault(entry.claim.theme, []).append(entry)
            for theme, (latest, *earlier) in by_theme.items():
                yield views_of_data.PositionData(
                    actor=actor,
                    theme=theme,
                    stance=latest.claim.stance,
                    claim=latest.key,
                    url=self.base + urls.claim(latest.key),
                    date=_known(latest.date),
                    earlier=tuple(entry.key for entry in earlier),
                )

    def sources(self) -> Iterator[views_of_data.SourceData]:
        for record in _published_sources(self.context):
            source = record.data
            yield _entry(
                views_of_data.SourceData,
                source,
                id=record.id,
                url=self.base + urls.source(record.id),
                title=_known(source.title),
                link=_known(source.url),
                publisher=record.publisher or "",
                credit=self.index.credit(record),
                author=_known(source.author),
                published=_known(source.published),
                retrieved=_known(source.retrieved),
                brief=record.brief or "",
                flags=_entries(views_of_data.FlagData, source.flags),
            )

    def actors(self) -> Iterator[views_of_data.ActorData]:
        for id, document in self.site.actors.items():
            roles = _entries(views_of_data.RoleData, document.data.roles)
            yield _entry(views_of_data.ActorData, document.data, id=id, url=self.base + urls.actor(id), roles=roles)

    def themes(self) -> Iterator[views_of_data.ThemeData]:
        for id, document in self.site.themes.items():
            disputes = tuple(
                _entry(
                    views_of_data.DisputeData,
                    dispute,
                    url=self.base + urls.dispute(id, dispute.id),
                    claims=self._published_claims(dispute.claims),
                )
                for dispute in document.data.disputes
            )
            url = self.base + urls.theme(id)
            yield _entry(views_of_data.ThemeData, document.data, id=id, url=url, disputes=disputes)

    def publishers(self) -> Iterator[views_of_data.PublisherData]:
        for id, document in self.site.publishers.items():
            publisher = document.data
            newest_first = sorted(publisher.reliability, key=lambda rating: rating.date, reverse=True)
            yield _entry(
                views_of_data.PublisherData,
                publisher,
                id=id,
                url=self.base + urls.publisher(id),
                owner=_known(publisher.owner),
                country=_known(publisher.country),
                link=publisher.url or "",
                reliability=_entries(views_of_data.RatingData, newest_first),
            )

    def _published(self, entries: Iterable[ClaimEntry]) -> Iterator[ClaimEntry]:
        return (entry for entry in entries if entry.brief.id not in self.site.marks)

    def _published_claims(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(key for key in keys if key.partition("#")[0] not in self.site.marks)


def _entry(kind: type[T], data: Struct, **fields: Any) -> T:
    """Return an entry with these fields, and with those of `data` that have the same names and a value."""
    for name in kind.__struct_fields__:
        if name not in fields and (value := getattr(data, name)) is not None:
            fields[name] = value
    return kind(**fields)


def _entries(kind: type[T], data: Iterable[Struct]) -> tuple[T, ...]:
    return tuple([_entry(kind, each) for each in data])


def _known(text: str | None) -> str:
    return "" if text is None or text == UNKNOWN else text


def _published_briefs(context: SiteContext) -> Iterator[str]:
    return (id for id in context.site.briefs if id not in context.site.marks)


def _published_sources(context: SiteContext) -> Iterator[SourceRecord]:
    return (record for record in context.site.sources.values() if record.brief not in context.site.marks)


def _bibliography(make: Callable[[SiteContext], Iterator[Reference]], context: SiteContext) -> Bibliography:
    return Bibliography(tuple(make(context)))


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
            url=f"{context.base}/{urls.brief(id)}" if context.base else "",
            language=config.language,
            note=f"corrected {last_change(brief)}" if brief.corrections else "",
        )
