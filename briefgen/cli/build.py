"""`briefgen build` and `briefgen check`."""

import os
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from briefgen.cli import options
from briefgen.cli.terminal import look, write

if TYPE_CHECKING:
    from briefgen.pipeline import Explanation, Options, Progress, Report

FORMAT_VERSION = 1


@click.command(
    context_settings=options.CONTEXT,
    short_help="Build the site.",
    epilog="Example: briefgen build --drafts -o /tmp/preview",
)
@options.project
@options.output_dir("Where the site goes.  [default: output_dir of site.yaml, else site]")
@options.base_url
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
    from briefgen.cli.project import find_root
    from briefgen.kernel.clock import build_day

    root = find_root(project)
    asked = pipeline.Options(
        root=root,
        output_dir=None if output_dir is None else Path(os.path.abspath(output_dir)),  # noqa: PTH100
        base_url=base_url,
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
    failed = _failed(report, strict=strict)
    if format == "json":
        write(_document(report, root, ok=not failed))
    else:
        _print_problems(report, root, format, sys.stderr, more=not quiet)
        if not quiet:
            write(_summary(report, root, strict=strict))
    return int(failed)


@click.command(
    context_settings=options.CONTEXT,
    short_help="Check the content without writing a site.",
    epilog="Example: briefgen check --strict",
)
@options.project
@options.unpublished
@options.day("The build day.")
@options.base_url
@click.option("--deploy", is_flag=True, help="Build aside and look for what GitHub Pages would stumble over.")
@options.findings
def check(
    *,
    project: Path | None,
    drafts: bool,
    future: bool,
    expired: bool,
    date: date | None,
    base_url: str | None,
    deploy: bool,
    strict: bool,
    format: str,
    quiet: bool,
) -> int:
    """Read content/ and report everything that is wrong with it; write nothing.

    The report goes to standard output. The exit code is 1 if there is an error,
    or, with --strict, a warning.
    """
    from briefgen import pipeline
    from briefgen.cli.problems import count_line
    from briefgen.cli.progress import Bar
    from briefgen.cli.project import find_root
    from briefgen.kernel.clock import build_day

    root = find_root(project)
    asked = pipeline.Options(
        root=root,
        base_url=base_url,
        drafts=drafts,
        future=future,
        expired=expired,
        strict=strict,
        day=build_day(date, os.environ),
    )
    with Bar(wanted=format == "text" and not quiet) as bar:
        report = _deployable(asked, bar) if deploy else pipeline.check(asked, bar)
    failed = _failed(report, strict=strict)
    if format == "json":
        write(_document(report, root, ok=not failed))
    else:
        _print_problems(report, root, format, sys.stdout, more=not quiet)
        if not quiet:
            write(count_line(report.problems))
    return int(failed)


def _deployable(asked: "Options", bar: "Progress") -> "Report":
    """The report of a build for GitHub Pages."""
    from msgspec.structs import replace

    from briefgen.publish import audit, clean_build, site_address

    address = site_address(asked.root, asked.base_url).url
    with clean_build(replace(asked, base_url=address), bar) as built:
        found = audit(asked.root, built.files, address) if built.report.ok else ()
        return replace(built.report, problems=(*built.report.problems, *found))


def _explained(found: "Explanation") -> str:
    """A page's key, a field a line, and which of them differ from the last build."""
    width = max(len(field.name) for field in found.fields)
    lines = [found.path + (f"  (from {found.origin})" if found.origin else "")]
    for field in found.fields:
        note = "not made before" if not field.last else f"was {field.last}" if field.last != field.now else "unchanged"
        lines.append(f"  {field.name:{width}}  {field.now}  {note}")
    return "\n".join(lines)


def _failed(report: "Report", *, strict: bool) -> bool:
    from briefgen.model.problem import Severity

    return any(strict or problem.severity is Severity.ERROR for problem in report.problems)


def _print_problems(report: "Report", root: Path, format: str, stream: TextIO, *, more: bool) -> None:
    """All problems; in text with an empty line after them if there is `more` to follow."""
    from briefgen.cli.problems import as_github, as_text

    if not report.problems:
        return
    if format == "github":
        write(as_github(report.problems, root, os.environ), stream)
    else:
        write(as_text(report.problems, root, look(stream)) + ("\n" if more else ""), stream)


def _summary(report: "Report", root: Path, *, strict: bool) -> str:
    """`site/: 84 pages written, 3 unchanged, 0 removed, no problems, 0.4 s`."""
    from briefgen.cli.problems import count_line, counted
    from briefgen.cli.project import seen_from_here
    from briefgen.cli.text import shown

    found = count_line(report.problems)
    if report.ok:
        pages = counted(len(report.written), "page")
        done = f"{pages} written, {report.unchanged} unchanged, {len(report.removed)} removed, {found}"
    elif strict and "error" not in found:
        counts_as = "an error" if len(report.problems) == 1 else "errors"
        done = f"nothing written: {found}, which --strict counts as {counts_as}"
    else:
        done = f"nothing written: {found}"
    output = seen_from_here(root / report.output)
    return f"{shown(output)}/: {done}, {_seconds(report.seconds)}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 0.1 else f"{seconds:.2f} s"


def _document(report: "Report", root: Path, *, ok: bool) -> str:
    """One JSON document, in ASCII: whatever the content holds, a terminal shows it and obeys nothing."""
    import json

    from briefgen.cli.problems import as_data
    from briefgen.model.problem import Severity

    severities = [problem.severity for problem in report.problems]
    document = {
        "version": FORMAT_VERSION,
        "ok": ok,
        "project": str(root),
        "output": report.output,
        "written": list(report.written),
        "unchanged": report.unchanged,
        "removed": list(report.removed),
        "seconds": round(report.seconds, 3),
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "problems": as_data(report.problems),
    }
    return json.dumps(document, indent=2)
