"""`briefgen build`, `briefgen check` and `briefgen clean`."""

import sys
from collections.abc import Iterable
from pathlib import Path

import click
from msgspec.structs import asdict, replace

from briefgen import pipeline
from briefgen.cli import options, output
from briefgen.cli.drafts import drafts_to_json, format_drafts
from briefgen.cli.mentions import format_mentions, mentions_to_json, summarize_mentions
from briefgen.cli.project import absolute_path, find_root, short_path
from briefgen.cli.stubs import create_stubs, format_stubs, stubs_to_json
from briefgen.cli.terminal import ProgressBar, detect_style, write
from briefgen.cli.text import printable
from briefgen.kernel.disk import Disk
from briefgen.model.problem import Problem


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
@click.option(
    "--as-of", metavar="YYYY-MM-DD", type=options.parse_day, help="Build the site as it stood on that day, to compare."
)
@click.option(
    "-j",
    "--jobs",
    metavar="N",
    type=click.IntRange(min=1),
    help="The number of processes.  [default: by processors and pages]",
)
@click.option("--explain", metavar="PATH", help="Print why PATH would be rendered again, and build nothing.")
@options.problem_output
@options.as_run
def build(run: "pipeline.Options", *, pages_url: str | None, explain: str | None, format: str, quiet: bool) -> int:
    """Read content/, check it, and write the site.

    Only what has changed is written, and only what a build wrote is ever removed.
    With an error in the content nothing is written at all.

    Problems go to standard error, the last line to standard output.
    """
    made_for = ""
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


@options.command("briefgen check --strict")
@options.project
@options.unpublished
@options.day()
@options.base_url
@click.option("--deploy", is_flag=True, help="Build into a temporary folder and check the files for GitHub Pages.")
@click.option("--links", is_flag=True, help="Check every address that the site links to.")
@click.option("--offline", is_flag=True, help="With --links: send no requests, use stored results.")
@click.option("--record", is_flag=True, help="Record quotations and published claims, with --links also links.")
@click.option("--private", is_flag=True, help="With --links: send requests into private networks, too.")
@click.option("-v", "--verbose", is_flag=True, help="With --links: list every address that is not ok.")
@click.option("--suggest", is_flag=True, help="Propose relations and disputes, and links for known names in texts.")
@click.option("--fix", is_flag=True, help="With --suggest: write the links into the texts.")
@click.option("--create-missing", is_flag=True, help="Create files for unknown actors, themes, publishers and sources.")
@options.problem_output
@options.as_run
def check(
    run: "pipeline.Options",
    *,
    deploy: bool,
    links: bool,
    format: str,
    quiet: bool,
    verbose: bool,
    suggest: bool,
    fix: bool,
    create_missing: bool,
    record: bool,
    **link_flags: bool,
) -> int:
    """Read content/ and report everything that is wrong with it; write no site.

    The report goes to standard output. The exit code is 1 if there is an error,
    or, with --strict, a warning. Drafts are listed with what is still to do.

    With --links, addresses that are dead or have moved permanently are warnings.
    The results are kept in .briefgen/ and used again while they are recent.

    With --record, content/checks.yaml gets the results of quotations, and with
    --links content/links.yaml those of links. Pages show both.

    Suggestions of --suggest are never published and do not change the exit code.
    They are relations and disputes that are not declared, as YAML to paste, and
    actors and themes that a text names without a link. --fix writes these links,
    but none for a metonym or within a quotation.

    --create-missing creates a file to fill in for each name that leads to nothing,
    unless it looks like a misspelt one, and lists these files. It overwrites none.
    """
    if not links:
        _require("links", *link_flags, "verbose")
    if not suggest:
        _require("suggest", "fix")
    if suggest and format == "github":
        raise click.UsageError("--suggest prints text or JSON", click.get_current_context())
    stubs = create_stubs(run) if create_missing else None
    checked = None
    mentions = pipeline.find_mentions(run, fix=fix) if suggest else None
    with ProgressBar(enabled=format == "text" and not quiet) as bar:
        # The report is made after it, so that it is of the record as it is then.
        recorded = pipeline.record_quotations(run) if record else None
        url, origin, report = _check_deployable(run, bar) if deploy else (None, "", pipeline.check(run, bar))
        report = _add_problems(report, run.root, recorded.problems) if recorded else report
        if links:
            from briefgen.cli.links import check_links

            checked, report = check_links(run, report, bar, record=record, **link_flags)
    suggestions = pipeline.suggest(run) if suggest else ()
    failed = output.has_failed(report.problems, strict=run.strict)
    if format == "json":
        more: dict[str, object] = {"address": {"url": url, "origin": origin}} if deploy else {}
        more |= {"drafts": drafts_to_json(report.drafts, run.root)}
        more |= {"record": recorded.state} if recorded else {}
        more |= {"links": checked.to_json(), "quoted_words": checked.words_to_json()} if checked else {}
        more |= stubs_to_json(stubs) if stubs else {}
        if mentions:
            more |= {"suggestions": list(map(asdict, suggestions)), "mentions": mentions_to_json(mentions)}
        write(output.format_json(report, run.root, ok=not failed, **more))
        return int(failed)
    output.print_problems(report.problems, run.root, format, sys.stdout, spaced=not quiet or bool(checked and verbose))
    style = detect_style(sys.stdout)
    texts = (
        format_drafts(report.drafts, run.root) if format == "text" and not quiet else "",
        format_stubs(stubs) if stubs else "",
        output.format_suggestions(suggestions, run.root, style),
        format_mentions(mentions, run.root, style) if mentions else "",
    )
    for text in filter(None, texts):
        write(text + "\n")
    if checked and verbose and (text := checked.format_list()):
        write(text + ("" if quiet else "\n"))
    if not quiet:
        parts = [output.count_problems(report.problems), output.format_quotes(report.quotes)]
        parts += [_describe_record(recorded, report, links=links), output.format_address(url, origin)]
        parts += checked.summarize() if checked else []
        parts += [f"{output.pluralize(len(stubs.created), 'file')} created"] if stubs else []
        parts += [output.pluralize(len(suggestions), "suggestion"), *summarize_mentions(mentions)] if mentions else []
        output.print_summary(parts, report.problems)
    return int(failed)


def _add_problems(report: "pipeline.Report", root: Path, problems: Iterable[Problem]) -> "pipeline.Report":
    return replace(report, problems=pipeline.sort_problems(root, (*report.problems, *problems), Disk()))


def _describe_record(recorded: "pipeline.QuoteRecord | None", report: "pipeline.Report", *, links: bool) -> str:
    # The check of links has a part of its own about the record.
    if recorded is None or (links and (recorded.state == "refused" or not report.quotes)):
        return ""
    if recorded.state == "refused":
        return "no quotations recorded because of the errors"
    return f"content/checks.yaml {'is up to date' if recorded.state == 'up to date' else 'written'}"


def _require(option: str, *names: str) -> None:
    context = click.get_current_context()
    for name in names:
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name} goes with --{option}", context)


def _check_deployable(run: "pipeline.Options", bar: ProgressBar) -> "tuple[str | None, str, pipeline.Report]":
    """Return the address on GitHub Pages, where it is configured, and the report of a build for it."""
    from briefgen.publish.audit import audit
    from briefgen.publish.site import clean_build, site_address

    url, origin = site_address(run.root, run.base_url)
    with clean_build(replace(run, base_url=url), bar) as (report, files):
        found = audit(run.root, files, url) if report.ok else ()
        return url, origin, replace(report, problems=(*report.problems, *found))


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
