"""`briefgen add --from`: drafts of all documents in a list."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from briefgen.cli.add import read_given
from briefgen.cli.output import pluralize
from briefgen.cli.project import short_path
from briefgen.cli.terminal import write
from briefgen.cli.text import printable
from briefgen.model.failure import Failure

if TYPE_CHECKING:
    from briefgen.capture.draft import Kind
    from briefgen.capture.importing import ImportPlan

_LARGEST = 50 * 1024 * 1024  # bytes
_STDIN = "-"


def import_list(root: Path, name: str, kind: "Kind", day: date, *, dry_run: bool) -> int:
    """Create drafts of what a list has and the project has not; return 1 if an entry could not be read.

    Raises:
        Failure: the list or the project cannot be read, or the disk refused a file.
    """
    from briefgen.capture.importing import plan_import, write_drafts
    from briefgen.capture.lists import read_list
    from briefgen.pipeline.incremental.cached_content import read_site

    data = read_given(name, _LARGEST, "Divide the list.")
    site = read_site(root)
    if site is None:
        raise Failure("content/site.yaml cannot be read", "Run `briefgen check` to see what is wrong.")
    file = "" if name == _STDIN else PurePath(name).name
    try:
        plan = plan_import(root, site, read_list(data, file), kind, day.isoformat())
    except ModuleNotFoundError as error:
        raise Failure(
            f"lists of this kind need the extra `capture` ({(error.name or '').partition('.')[0]} is missing)",
            "Install it with `pip install 'briefgen[capture]'`; a table (.csv) and CSL-JSON need nothing.",
        ) from None
    for path in plan.drafts if dry_run else write_drafts(root, plan):
        write(printable(short_path(root / path)))
    for line in _left_out(plan, name):
        write(line, sys.stderr)
    write(_summary(plan, kind, dry_run=dry_run), sys.stderr)
    return 1 if plan.unreadable else 0


def _left_out(plan: "ImportPlan", name: str) -> Iterator[str]:
    """Yield a line for each entry that makes no draft, in the order of the list."""
    shown = "standard input" if name == _STDIN else name
    lines = [(one.line, f"“{one.title}” is known: {one.where}") for one in plan.known]
    lines += [(one.line, " ".join(filter(None, (f"{one.reason}.", one.next_step)))) for one in plan.unreadable]
    for line, text in sorted(lines, key=lambda pair: pair[0]):
        yield printable(f"{shown}:{line}: {text}" if line else f"{shown}: {text}")


def _summary(plan: "ImportPlan", kind: str, *, dry_run: bool) -> str:
    drafts = pluralize(len(plan.drafts), "draft" if kind == "brief" else "source")
    parts = [f"{drafts} would be written" if dry_run else f"{drafts} written"]
    if plan.known:
        parts.append(f"{len(plan.known)} known already")
    if plan.unreadable:
        parts.append(f"{len(plan.unreadable)} could not be read")
    return "; ".join(parts)
