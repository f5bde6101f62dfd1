"""Tables of the entries of `data/`, for spreadsheets."""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any

from msgspec import Struct

from briefgen.model.vocabulary import RELATION_WORDS
from briefgen.plan.data_entries import make_coverage, make_disputes
from briefgen.plan.view_factory import SiteContext
from briefgen.views.data import CoverageData
from briefgen.views.formats import Table

CLAIM_COLUMNS = (
    "id", "date", "actor", "publisher", "for_", "role", "theme", "answer", "says", "quote",
    "quote_language", "translation", "translated_by", "via",
    "report_credibility", "source", "source_reliability", "brief", "url", "said", "confirmed_by", *RELATION_WORDS,
    "note", "content_kind", "form",
    "quote_check.result", "quote_check.how", "quote_check.checked", "quote_check.reason",
    "quote_check.in_archive", "quote_check.in_archive_checked", "quote_check.on_page", "quote_check.on_page_checked",
    "content_finding.verdict", "content_finding.date", "content_finding.note", "content_finding.evidence",
)  # fmt: skip
POSITION_COLUMNS = (
    "actor", "theme", "answers", "date", "claims", "url", "change", "since", "before",
    "same_time", "earlier", "undated", "set_aside", "not_counted",
)  # fmt: skip


def make_table(
    context: SiteContext, columns: tuple[str, ...], make: Callable[[SiteContext], Iterable[Struct]]
) -> Table:
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


def make_dispute_table(context: SiteContext) -> Table:
    """Return the disputes, one side to a row."""
    columns = ("id", "question", "theme", "kind", "state", "settled_by", "evidence", "note", "url")
    rows = []
    for one in make_disputes(context):
        read = (one.reading.says, one.reading.date) if one.reading else ("", "")
        about = [_cell(getattr(one, column)) for column in columns]
        rows += [(*about, *read, side.label, _cell(side.claims)) for side in one.sides]
    return Table((*columns, "reading", "reading_date", "side", "claims"), tuple(rows))


def make_coverage_table(context: SiteContext) -> Table:
    """Return what was not checked, one share to a row."""
    rows = ((one.id, one.subject, str(one.count), str(one.of), one.words) for one in make_coverage(context))
    return Table(CoverageData.__struct_fields__, tuple(rows))
