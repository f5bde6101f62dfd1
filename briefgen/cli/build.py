"""`briefgen build` and `briefgen clean`."""

import sys
from pathlib import Path

import click
from msgspec.structs import replace

from briefgen import pipeline
from briefgen.cli import options, output
from briefgen.cli.project import absolute_path, find_root, short_path
from briefgen.cli.terminal import ProgressBar, write
from briefgen.cli.text import printable


@options.command("briefgen build --drafts -o /tmp/preview")
@options.project
@options.output_dir("Where the site goes.  [default: output_dir of site.yaml, else site]")
@options.base_url
@click.option(
    "--pages-url",
    metavar="URL",
    type=options.parse_base_url,
    help="The address that GitHub Pages gives, for a site.yaml without base_url.",
)
@options.unpublished
@options.day()
@options.as_of
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="The number of processes.  [default: by processors and pages]",
)
@click.option("--no-search", is_flag=True, help="Leave out the search page and its index.")
@click.option("--explain", metavar="PATH", help="Print why PATH would be rendered again, and build nothing.")
@options.problem_output
@options.as_run
def build(
    run: "pipeline.Options", *, pages_url: str | None, no_search: bool, explain: str | None, format: str, quiet: bool
) -> int:
    """Read content/, check it, and write the site.

    Only what has changed is written, and only what a build wrote is ever removed.
    With an error in the content nothing is written at all.

    Problems go to standard error, the last line to standard output.
    """
    made_for = ""
    if no_search:
        run = replace(run, search=False)
    if pages_url and run.base_url is None:
        config = pipeline.read_config(run.root)
        if config is None or not config.base_url:
            made_for = output.format_address(pages_url, "the workflow")
            run = replace(run, base_url=pages_url)
    if explain is not None:
        write(_format_explanation(pipeline.explain_page(run, explain)))
        return 0
    with ProgressBar(enabled=format == "text" and not quiet) as bar:
        report = pipeline.build(run, bar)
    failed = output.has_failed(report.problems, strict=run.strict)
    if format == "json":
        write(output.format_json(report, run.root, ok=not failed))
        return int(failed)
    output.print_problems(report.problems, run.root, format, sys.stderr, spaced=not quiet)
    if not quiet:
        unplaced = "" if report.base_url else "no feeds and no sitemap, as content/site.yaml has no base_url"
        placed = (made_for or unplaced) if report.ok else ""
        output.print_summary((_summarize(report, run), output.format_quotes(report.quotes), placed), report.problems)
    return int(failed)


def _format_explanation(found: "pipeline.PageExplanation") -> str:
    """Return a page's fingerprint, a field a line, and which fields differ from the last build."""
    names = found.now.__struct_fields__
    width = max(map(len, names))
    lines = [found.path + (f"  (from {found.origin})" if found.origin else "")]
    for name in names:
        now, last = getattr(found.now, name), getattr(found.last, name, "")
        note = "not made before" if not last else f"was {last}" if last != now else "unchanged"
        lines.append(f"  {name:{width}}  {now}  {note}")
    return "\n".join(lines)


def _summarize(report: "pipeline.Report", run: "pipeline.Options") -> str:
    """`site/: 84 files written, 3 unchanged, 0 removed, no problems, 0.4 s`."""
    counts = output.count_problems(report.problems)
    if report.ok:
        files = output.pluralize(len(report.written), "file")
        result = f"{files} written, {report.unchanged} unchanged, {len(report.removed)} removed, {counts}"
    elif run.strict and "error" not in counts:
        counts_as = "an error" if len(report.problems) == 1 else "errors"
        result = f"nothing written: {counts}, which --strict counts as {counts_as}"
    else:
        result = f"nothing written: {counts}"
    seconds = f"{report.seconds:.1f} s" if report.seconds >= 0.1 else f"{report.seconds:.2f} s"
    return f"{printable(short_path(run.root / report.output))}/: {result}, {seconds}"


@options.command("briefgen clean")
@options.project
@options.output_dir("The site to remove.  [default: output_dir of site.yaml, else site]")
@click.option("-q", "--quiet", is_flag=True, help="Print nothing.")
def clean(*, project: Path | None, output_dir: Path | None, quiet: bool) -> int:
    """Remove the files that builds wrote, and the cache in .briefgen/.

    Files that briefgen did not write stay where they are, and so do the schemas
    in .briefgen/schema/, which editors read.
    """
    root, folder = find_root(project), absolute_path(output_dir) if output_dir else None
    removed = pipeline.clean(root, folder)
    if not quiet:
        write(f"{output.pluralize(len(removed), 'file')} removed")
    return 0
