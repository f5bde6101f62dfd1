"""`data/`: all that the site says, as files for programs, and the page that lists them."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from msgspec import Struct

from briefgen.model.content import Source
from briefgen.model.dates import UNKNOWN
from briefgen.model.page import Page
from briefgen.plan import urls
from briefgen.plan.entries import Entries
from briefgen.plan.feeds import subscriptions
from briefgen.plan.index import updated
from briefgen.plan.parts import Parts
from briefgen.plan.urls import DATA, Here
from briefgen.views import data as data_views
from briefgen.views import formats
from briefgen.views.pages import Data, DataFile, DataGroup, Link

_SCHEMA = "schema.json"
_LISTS = "one entry for each"
_BY_FORMAT = {"json": "JSON", "csv": "CSV", "bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON", "opml": "OPML"}


class _File(Struct, frozen=True):
    """A file: its name in `data/`, the format that writes it, what it holds in words, and how to get that."""

    name: str
    format: str
    words: str
    view: Callable[[], Struct]


def pages(parts: Parts) -> Iterator[Page]:
    """The page, then the files."""
    groups = _groups(parts)
    yield Page(path=urls.path(DATA), kind="data", template="data.html", view=lambda: _page(parts, groups))
    for _, files in groups:
        for file in files:
            yield Page(path=DATA + file.name, kind="data", template="", view=file.view, format=file.format)


def _groups(parts: Parts) -> tuple[tuple[str, tuple[_File, ...]], ...]:
    entries = Entries(parts)
    config = parts.site.config

    def lists(kind: type[Any], name: str) -> Callable[[], Struct]:
        return lambda: kind(site=config.title, language=config.language, **{name: tuple(getattr(entries, name)())})

    everything = [
        _File(f"{name}.json", "data", words, lists(kind, name))
        for kind, name, words in (
            (
                data_views.Briefs,
                "briefs",
                "Briefs without their texts: their sources, actors and themes.",
            ),
            (data_views.Claims, "claims", "Claims: who says what, on which theme, in which words, according to which source."),
            (data_views.Positions, "positions", "Positions: each actor’s latest claim on each theme."),
            (data_views.Sources, "sources", "Sources: what is known about them, and their flaws."),
            (data_views.Actors, "actors", "Actors with their names and offices."),
            (data_views.Themes, "themes", "Themes with their questions and disputes."),
            (data_views.Publishers, "publishers", "Publishers: who they are, and how far the desk trusts them."),
        )
    ]
    schema = _File(_SCHEMA, "data", "The structure of the files above, as a JSON Schema.", _schema)
    tables = (
        _File("claims.csv", "csv", "Claims, one to a row.", lambda: _claims(entries)),
        _File("positions.csv", "csv", "Positions, one to a row.", lambda: _positions(entries)),
    )
    bibliographies = [
        _File(f"{name}.{suffix}", format, f"{words} for {programs}.", make)
        for name, words, make in (
            ("sources", "The sources", lambda: formats.Bibliography(tuple(_sources(parts, entries)))),
            ("briefs", "The briefs of this site", lambda: formats.Bibliography(tuple(_briefs(parts, entries)))),
        )
        for suffix, format, programs in (
            ("csl.json", "csl", "Zotero, Pandoc and others"),
            ("bib", "bibtex", "LaTeX"),
            ("ris", "ris", "reference managers"),
        )
    ]
    groups = (
        ("Everything", (*everything, schema)),
        ("For spreadsheets", tables),
        ("For citing", tuple(bibliographies)),
    )
    if not parts.frames.base:
        return groups
    feeds = _File("feeds.opml", "opml", "All feeds of the site, for feed readers.", lambda: subscriptions(parts))
    return (*groups, ("Feeds", (feeds,)))


def _page(parts: Parts, groups: tuple[tuple[str, tuple[_File, ...]], ...]) -> Data:
    here = Here(DATA)
    title = "Data"
    return Data(
        frame=parts.frame(
            here,
            title,
            "data",
            description="The contents of this site as machine-readable files.",
            linked_data=parts.linked_data.listing(here, title, ()),
        ),
        groups=tuple(
            DataGroup(
                heading,
                tuple(
                    DataFile(
                        Link(file.name, here.to(DATA + file.name)), _BY_FORMAT[file.name.partition(".")[2]], file.words
                    )
                    for file in files
                ),
            )
            for heading, files in groups
        ),
    )


def _schema() -> data_views.Schema:
    roots, definitions = msgspec.json.schema_components(data_views.FILES, ref_template="#/$defs/{name}")
    return data_views.Schema(
        "https://json-schema.org/draft/2020-12/schema", "The data of a briefing site", list(roots), definitions
    )


def _claims(entries: Entries) -> formats.Table:
    columns = (
        "id", "date", "actor", "for", "role", "theme", "stance", "says", "quote",
        "credibility", "source", "brief", "url", "said", "confirmed_by", "contradicts", "note",
    )  # fmt: skip
    rows = (
        (one.id, one.date, one.actor, one.for_, one.role, one.theme, one.stance, one.says, one.quote,
         str(one.credibility or ""), one.source, one.brief, one.url, one.said, " ".join(one.confirmed_by),
         " ".join(one.contradicts), one.note)
        for one in entries.claims()
    )  # fmt: skip
    return formats.Table(columns, tuple(rows))


def _positions(entries: Entries) -> formats.Table:
    columns = ("actor", "theme", "stance", "date", "claim", "url", "earlier")
    rows = (
        (one.actor, one.theme, one.stance, one.date, one.claim, one.url, " ".join(one.earlier))
        for one in entries.positions()
    )
    return formats.Table(columns, tuple(rows))


def _sources(parts: Parts, entries: Entries) -> Iterator[formats.Reference]:
    for record in entries.records():
        source = record.data
        known = {name: "" if value == UNKNOWN else value for name, value in (
            ("title", source.title),
            ("author", source.author),
            ("published", source.published),
            ("retrieved", source.retrieved or ""),
            ("url", source.url),
        )}  # fmt: skip
        yield formats.Reference(
            key=record.id,
            kind=source.kind,
            publisher=parts.site.publishers[record.publisher].data.name if record.publisher else "",
            archive=source.archive or "",
            language=source.language or "",
            note="; ".join(_remarks(source, parts.index.credit(record))),
            **known,
        )


def _remarks(source: Source, credit: str) -> Iterator[str]:
    """Yield how a title that is not printed was found, and whose text it is."""
    if source.titling:
        yield f"title: {source.titling}"
    if credit:
        yield f"text of {credit}"


def _briefs(parts: Parts, entries: Entries) -> Iterator[formats.Reference]:
    config = parts.site.config
    for id in parts.site.briefs:
        if id in parts.site.marks:
            continue
        brief = parts.summaries.brief(id)
        yield formats.Reference(
            key=id,
            kind="brief",
            title=brief.title,
            author=brief.editor or config.publisher or "",
            publisher=config.title,
            published=brief.date,
            retrieved="",
            url=entries.at(urls.brief(id)) if entries.base else "",
            archive="",
            language=config.language,
            note=f"corrected {updated(brief)}" if brief.corrections else "",
        )
