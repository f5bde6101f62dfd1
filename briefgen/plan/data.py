"""`data/`: all that the site says, as files for programs, and the page that lists them. Drafts are in none of them."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

import msgspec
from msgspec import Struct

from briefgen.kernel.messages import N_
from briefgen.model.page import Page
from briefgen.plan import data_entries as entries
from briefgen.plan import data_tables, page_data, references
from briefgen.plan.feeds import make_subscriptions
from briefgen.plan.frame import make_list_frame
from briefgen.plan.urls import DATA
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views import data as data_views
from briefgen.views import page_data as page_views
from briefgen.views.formats import Bibliography, Reference
from briefgen.views.pages import Data, DataFile, DataGroup
from briefgen.views.parts import Link

_FORMAT_NAMES = {"json": "JSON", "csv": "CSV", "bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON", "opml": "OPML"}
_LISTS: tuple[tuple[str, Callable[[SiteContext], Iterable[Struct]], str], ...] = (
    ("briefs", entries.make_briefs, N_("Briefs without their texts: their sources, actors and themes.")),
    (
        "claims",
        entries.make_claims,
        N_("Claims: who says what, on which theme, in which words, according to which source."),
    ),
    (
        "positions",
        entries.make_positions,
        N_("Positions: what each actor answers to each theme’s question, and since when."),
    ),
    ("sources", entries.make_sources, N_("Sources: what is known about them, and their flaws.")),
    ("actors", entries.make_actors, N_("Actors with their names and offices.")),
    ("relations", entries.make_relations, N_("Relations between claims; each is listed from both sides.")),
    ("themes", entries.make_themes, N_("Themes with their questions and disputes.")),
    ("publishers", entries.make_publishers, N_("Publishers: who they are, and how far the desk trusts them.")),
    ("coverage", entries.make_coverage, N_("Coverage: what was not checked, out of how much.")),
    (
        "matrix",
        page_data.make_matrix,
        N_("The matrix: what each actor answers to each question, also where it is unclear."),
    ),
    ("disputes", entries.make_disputes, N_("Disputes: questions, their sides, and our readings.")),
    (
        "timeline",
        page_data.make_timeline,
        N_("The timeline: what was said, published and written about, by day."),
    ),
    ("changes", page_data.make_changes, N_("What is new, by day.")),
    ("corrections", page_data.make_corrections, N_("Corrections and retractions.")),
    ("searches", page_data.make_searches, N_("Searches: what we looked for, and what came of it.")),
)
_TABLES: tuple[tuple[str, tuple[str, ...], Callable[[SiteContext], Iterable[Struct]]], ...] = (
    ("claims", data_tables.CLAIM_COLUMNS, entries.make_claims),
    ("positions", data_tables.POSITION_COLUMNS, entries.make_positions),
    ("relations", data_views.RelationData.__struct_fields__, entries.make_relations),
    ("matrix", page_views.CellData.__struct_fields__, page_data.make_matrix),
    ("timeline", page_views.MomentData.__struct_fields__, page_data.make_timeline),
    ("changes", page_views.ChangeData.__struct_fields__, page_data.make_changes),
    ("corrections", page_views.CorrectedData.__struct_fields__, page_data.make_corrections),
    ("searches", page_views.SearchedData.__struct_fields__, page_data.make_searches),
)
_BIBLIOGRAPHY_FORMATS = (("csl", "csl.json"), ("bibtex", "bib"), ("ris", "ris"))
_BIBLIOGRAPHIES: tuple[tuple[str, Callable[[SiteContext], Iterable[Reference]], tuple[str, str, str]], ...] = (
    (
        "sources",
        references.cite_sources,
        (
            N_("The sources for Zotero, Pandoc and others."),
            N_("The sources for LaTeX."),
            N_("The sources for reference managers."),
        ),
    ),
    (
        "briefs",
        references.cite_briefs,
        (
            N_("The briefs of this site for Zotero, Pandoc and others."),
            N_("The briefs of this site for LaTeX."),
            N_("The briefs of this site for reference managers."),
        ),
    ),
)


class _File(Struct, frozen=True):
    """A file: its name in `data/`, the format that writes it, what it holds, and how its view is made.

    A table is shown beside the file that holds the same, so it needs no description.
    """

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
    tables = {_stem(file): _link(views, file) for _, files in groups for file in files if file.format == "csv"}

    def show(file: _File) -> DataFile:
        format = _FORMAT_NAMES[file.name.partition(".")[2]]
        return DataFile(_link(views, file), format, file.description, tables.get(_stem(file)))

    about = views.gettext("The contents of this site as machine-readable files.")
    return Data(
        frame=make_list_frame(views, views.gettext("Data"), "data", about, ()),
        groups=tuple(
            DataGroup(heading, tuple([show(file) for file in files if file.format != "csv"]))
            for heading, files in groups
        ),
    )


def _stem(file: _File) -> str:
    return file.name.removesuffix(".csv").removesuffix(".json")


def _link(views: ViewFactory, file: _File) -> Link:
    return Link(file.name, views.to(DATA + file.name))


def _groups(context: SiteContext) -> Iterator[tuple[str, list[_File]]]:
    gettext = context.gettext
    lists = [
        _File(f"{name}.json", "data", gettext(description), partial(_list, context, name, make))
        for name, make, description in _LISTS
    ]
    about = gettext("The structure of the files above, as a JSON Schema.")
    schema = _File("schema.json", "data", about, _schema)
    tables = [
        _File(f"{name}.csv", "csv", "", partial(data_tables.make_table, context, columns, make))
        for name, columns, make in _TABLES
    ]
    tables.append(_File("disputes.csv", "csv", "", partial(data_tables.make_dispute_table, context)))
    tables.append(_File("coverage.csv", "csv", "", partial(data_tables.make_coverage_table, context)))
    yield gettext("Everything"), [*lists, schema, *tables]
    bibliographies = [
        _File(f"{name}.{suffix}", format, gettext(what), partial(_bibliography, context, make))
        for name, make, descriptions in _BIBLIOGRAPHIES
        for (format, suffix), what in zip(_BIBLIOGRAPHY_FORMATS, descriptions, strict=True)
    ]
    yield gettext("For citing"), bibliographies
    if context.base:
        about = gettext("All feeds of the site, for feed readers.")
        yield gettext("Feeds"), [_File("feeds.opml", "opml", about, partial(make_subscriptions, context))]


def _list(context: SiteContext, name: str, make: Callable[[SiteContext], Iterable[Struct]]) -> Struct:
    listed: dict[str, Any] = {name: tuple(make(context))}
    return data_views.FILES[name](site=context.config.title, language=context.config.language, **listed)


def _schema() -> data_views.Schema:
    roots, definitions = msgspec.json.schema_components(data_views.FILES.values(), ref_template="#/$defs/{name}")
    title = "The data of a briefing site"
    return data_views.Schema("https://json-schema.org/draft/2020-12/schema", title, list(roots), definitions)


def _bibliography(context: SiteContext, make: Callable[[SiteContext], Iterable[Reference]]) -> Bibliography:
    return Bibliography(tuple(make(context)))
