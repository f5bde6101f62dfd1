"""`briefgen list`: what a project has, with the ids to refer to, and which briefs a build leaves out."""

import json
import sys
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import click
import msgspec

from briefgen import pipeline
from briefgen.cli import options
from briefgen.cli.completion import complete_ids
from briefgen.cli.output import pluralize
from briefgen.cli.terminal import Style, detect_style, write
from briefgen.cli.text import cut_excerpt, measure_width, printable

if TYPE_CHECKING:
    from briefgen.pipeline import Listed, Which

_UNPUBLISHED = ("drafts", "scheduled", "expired")
_ENTRIES = ("claims", "sources", "actors", "themes", "publishers")
_NARROWEST = 24  # columns of a terminal for the last column of a table
_GAP = 2
# What a line of text shows of each entry; the last column is the longest.
_COLUMNS = {
    "drafts": ("date", "file", "title"),
    "scheduled": ("date", "file", "title"),
    "expired": ("expires", "file", "title"),
    "claims": ("id", "state", "actor", "publisher", "theme", "answer", "date", "says"),
    "sources": ("id", "state", "published", "publisher", "title"),
    "actors": ("id", "kind", "count", "name"),
    "themes": ("id", "count", "name", "answers", "question"),
    "publishers": ("id", "count", "name"),
}


@options.command("briefgen list claims --actor ada-miller", name="list")
@click.argument(
    "which",
    metavar="WHAT",
    type=options.Word((*_ENTRIES, *_UNPUBLISHED)),
)
@options.project
@options.day()
@click.option(
    "--actor", metavar="NAME", shell_complete=complete_ids("actor"), help="Only what this actor says, or others for it."
)
@click.option("--theme", metavar="NAME", shell_complete=complete_ids("theme"), help="Only what is said on this theme.")
@click.option(
    "--source",
    metavar="ID",
    shell_complete=complete_ids("source", "brief"),
    help="Only what is in this source or brief.",
)
@click.option(
    "--format", "list_format", type=options.Word(["text", "json", "csv"]), default="text", help="How to print the list."
)
@options.as_run
def list_entries(
    run: "pipeline.Options",
    *,
    which: "Which",
    actor: str | None,
    theme: str | None,
    source: str | None,
    list_format: Literal["text", "json", "csv"],
) -> int:
    """List what a project has, with the ids that other files refer to.

    WHAT is claims (as `brief#claim`), sources, actors, themes or publishers. What
    belongs to a brief that is not published is marked: draft, scheduled, expired
    or retracted. `count` is the number of claims, and for publishers of sources.
    Themes have their question and the ids of its answers.

    With --actor, --theme and --source, a list holds only what has to do with claims
    within these limits, or with briefs that list the actor or theme.

    WHAT can also be drafts, scheduled or expired: the briefs that a plain build
    leaves out. Drafts have the status `draft`; scheduled ones are dated after the
    build day; expired ones have reached their date in `expires`.
    """
    found = pipeline.list_entries(run, which, pipeline.Wanted(actor, theme, source))
    if list_format == "json":
        write(json.dumps(msgspec.to_builtins(found), indent=2))
    elif list_format == "csv":
        write(_format_csv(which, found))
    elif found:
        write(_format_table([_cells(which, each) for each in found], detect_style(sys.stdout)))
    else:
        write(f"no {which} briefs" if which in ("scheduled", "expired") else f"no {which}", sys.stderr)
    return 0


def _cells(which: str, entry: "Listed") -> list[str]:
    counted = "source" if which == "publishers" else "claim"
    values = [(name, getattr(entry, name)) for name in _COLUMNS[which]]
    return [pluralize(value, counted) if name == "count" else printable(_format_value(value)) for name, value in values]


def _format_value(value: object) -> str:
    """Return a value of an entry as text; several, such as the answers of a theme, are separated by commas."""
    return "" if value is None else ", ".join(value) if isinstance(value, list | tuple) else str(value)


def _format_csv(which: str, found: "Sequence[Listed]") -> str:
    from briefgen.pipeline.lists import ENTRY
    from briefgen.render.data import format_csv
    from briefgen.views.formats import Table

    names = msgspec.structs.fields(ENTRY[which])  # also of an empty list
    rows: list[dict[str, Any]] = msgspec.to_builtins(found)
    cells = tuple(tuple(_format_value(row[each.encode_name]) for each in names) for row in rows)
    return format_csv(Table(tuple(each.encode_name for each in names), cells), "\n").removesuffix("\n")


def _format_table(rows: list[list[str]], style: Style) -> str:
    """Return rows in columns; on a terminal that is too narrow for these, with the cells below the first one."""
    kept = [column for column in range(len(rows[0])) if any(row[column] for row in rows)]
    rows = [[row[column] for column in kept] for row in rows]
    widths = [max(measure_width(row[column]) for row in rows) for column in range(len(kept))]
    start = sum(widths[:-1]) + _GAP * (len(widths) - 1)
    if style.wrap and start + min(widths[-1], _NARROWEST) > style.width:
        return "\n".join(_format_stack(row, style.width) for row in rows)
    lines = []
    for row in rows:
        cells = [cell + " " * (width - measure_width(cell) + _GAP) for cell, width in zip(row, widths, strict=True)]
        last = cut_excerpt(row[-1], 0, 0, style.width - start)[0] if style.wrap else row[-1]
        lines.append("".join((*cells[:-1], last)).rstrip())
    return "\n".join(lines)


def _format_stack(row: Sequence[str], width: int) -> str:
    facts = "; ".join(cell for cell in row[1:-1] if cell)
    below = [line for text in (facts, row[-1]) for line in textwrap.wrap(text, width - _GAP)]
    return "\n".join((row[0], *(" " * _GAP + line for line in below)))
