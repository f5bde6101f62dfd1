"""`briefgen list`."""

import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Literal, get_args

import click

from briefgen.cli import options
from briefgen.cli.terminal import write

Which = Literal["drafts", "scheduled", "expired"]


@click.command(
    "list",
    context_settings=options.CONTEXT,
    short_help="List drafts, scheduled or expired briefs.",
    epilog="Example: briefgen list scheduled --date 2030-01-01",
)
@click.argument("which", metavar="drafts|scheduled|expired", type=options.Word(get_args(Which)))
@options.project
@options.day("The build day.")
@click.option(
    "--format", "list_format", type=options.Word(["text", "json"]), default="text", help="How to print the list."
)
def list_briefs(which: Which, project: Path | None, date: date | None, list_format: str) -> int:
    """List the briefs that a plain build leaves out.

    drafts have the status `draft`; scheduled ones are dated after the build day;
    expired ones have reached their date in `expires`.
    """
    from briefgen import pipeline
    from briefgen.cli.project import find_root
    from briefgen.kernel.clock import build_day

    found = pipeline.list_briefs(pipeline.Options(root=find_root(project), day=build_day(date, os.environ)), which)
    if list_format == "json":
        import json

        write(
            json.dumps(
                [
                    {"id": one.id, "file": one.file, "title": one.title, "date": str(one.date), "expires": one.expires}
                    for one in found
                ],
                indent=2,
            )
        )
    elif found:
        write(_table((one.expires or "" if which == "expired" else one.date, one.file, one.title) for one in found))
    else:
        write(f"no {which}" if which == "drafts" else f"no {which} briefs", sys.stderr)
    return 0


def _table(rows: Iterable[tuple[str, str, str]]) -> str:
    """A line per row, its columns one below the other; the last may hold anything."""
    from briefgen.cli.text import shown

    table = [tuple(shown(cell) for cell in row) for row in rows]
    width = max(len(file) for _, file, _ in table)
    return "\n".join(f"{day:10}  {file:{width}}  {title}" for day, file, title in table)
