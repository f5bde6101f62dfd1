"""`briefgen build`."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli import options
from briefgen.cli.report import document, failed, made_for, print_problems
from briefgen.cli.terminal import look, write

if TYPE_CHECKING:
    from briefgen.pipeline import Explanation, Report
    from briefgen.publish import Address


_NO_ADDRESS = "no feeds and no sitemap, as content/site.yaml has no base_url"


@click.command(
    context_settings=options.CONTEXT,
    short_help="Build the site.",
    epilog="Example: briefgen build --drafts -o /tmp/preview",
)
@options.project
@options.output_dir("Where the site goes.  [default: output_dir of site.yaml, else site]")
@options.base_url
@click.option(
    "--pages-url",
    metavar="URL",
    type=options.as_base_url,
    help="The address that GitHub Pages gives, for a site.yaml without base_url.",
)
@options.unpublished
@options.day("The build day.")
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="How many processes to use.  [default: as many as pay]",
)
@click.option("--explain", metavar="PATH", help="Say why PATH would be made again, and build nothing.")
@options.findings
def build(
    *,
    project: Path | None,
    output_dir: Path | None,
    base_url: str | None,
    pages_url: str | None,
    drafts: bool,
    future: bool,
    expired: bool,
    date: date | None,
    jobs: int | None,
    explain: str | None,
    strict: bool,
    format: str,
    quiet: bool,
) -> int:
    """Read content/, check it, and write the site.

    Only what has changed is written, and only what a build wrote is ever removed.
    With an error in the content nothing is written at all.

    Problems go to standard error, the last line to standard output.
    """
    from briefgen import pipeline
    from briefgen.cli.progress import Bar
    from briefgen.cli.project import find_root, whole_path
    from briefgen.kernel.clock import build_day

    root = find_root(project)
    given = _given(root, pages_url) if pages_url and base_url is None else None
    asked = pipeline.Options(
        root=root,
        output_dir=None if output_dir is None else whole_path(output_dir),
        base_url=given.url if given else base_url,
        drafts=drafts,
        future=future,
        expired=expired,
        strict=strict,
        day=build_day(date, os.environ),
        jobs=jobs,
    )
    if explain is not None:
        write(_explained(pipeline.explain(asked, explain)))
        return 0
    with Bar(wanted=format == "text" and not quiet) as bar:
        report = pipeline.build(asked, bar)
    bad = failed(report.problems, strict=strict)
    if format == "json":
        write(document(report, root, ok=not bad))
    else:
        print_problems(report.problems, root, format, sys.stderr, more=not quiet)
        if not quiet:
            from briefgen.cli.problems import next_step

            parts = [_summary(report, root, strict=strict)]
            if report.ok:
                parts.append((given and made_for(given)) or ("" if report.base_url else _NO_ADDRESS))
            parts.append(next_step(report.problems, look(sys.stdout)))
            write("; ".join(filter(None, parts)))
    return int(bad)


def _given(root: Path, pages_url: str) -> "Address":
    from briefgen.publish import workflow_address

    return workflow_address(root, pages_url)


def _explained(found: "Explanation") -> str:
    """A page's key, a field a line, and which of them differ from the last build."""
    width = max(len(field.name) for field in found.fields)
    lines = [found.path + (f"  (from {found.origin})" if found.origin else "")]
    for field in found.fields:
        note = "not made before" if not field.last else f"was {field.last}" if field.last != field.now else "unchanged"
        lines.append(f"  {field.name:{width}}  {field.now}  {note}")
    return "\n".join(lines)


def _summary(report: "Report", root: Path, *, strict: bool) -> str:
    """`site/: 84 files written, 3 unchanged, 0 removed, no problems, 0.4 s`."""
    from briefgen.cli.problems import count_line, counted
    from briefgen.cli.project import seen_from_here
    from briefgen.cli.text import shown

    found = count_line(report.problems)
    if report.ok:
        files = counted(len(report.written), "file")
        done = f"{files} written, {report.unchanged} unchanged, {len(report.removed)} removed, {found}"
    elif strict and "error" not in found:
        counts_as = "an error" if len(report.problems) == 1 else "errors"
        done = f"nothing written: {found}, which --strict counts as {counts_as}"
    else:
        done = f"nothing written: {found}"
    output = seen_from_here(root / report.output)
    return f"{shown(output)}/: {done}, {_seconds(report.seconds)}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 0.1 else f"{seconds:.2f} s"
