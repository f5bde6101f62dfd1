"""`briefgen check`."""

import sys
from typing import TYPE_CHECKING

import click
from msgspec.structs import asdict

from briefgen import pipeline
from briefgen.cli import options, output
from briefgen.cli.terminal import ProgressBar, detect_style, write

if TYPE_CHECKING:
    from briefgen.publish.site import Address


@options.command("briefgen check --strict")
@options.project
@options.unpublished
@options.day()
@options.base_url
@click.option("--deploy", is_flag=True, help="Build into a temporary folder and check the files for GitHub Pages.")
@click.option("--links", is_flag=True, help="Check every address that the site links to.")
@click.option("--offline", is_flag=True, help="With --links: send no requests, use stored results.")
@click.option("--record", is_flag=True, help="With --links: write the results into content/links.yaml, for readers.")
@click.option("--private", is_flag=True, help="With --links: send requests into private networks, too.")
@click.option("-v", "--verbose", is_flag=True, help="With --links: list every address that is not ok.")
@click.option("--suggest", is_flag=True, help="Propose relations and disputes that nobody declared, as YAML to paste.")
@options.problem_output
@options.as_run
def check(
    run: "pipeline.Options",
    *,
    deploy: bool,
    links: bool,
    offline: bool,
    record: bool,
    private: bool,
    verbose: bool,
    suggest: bool,
    format: str,
    quiet: bool,
) -> int:
    """Read content/ and report everything that is wrong with it; write no site.

    The report goes to standard output. The exit code is 1 if there is an error,
    or, with --strict, a warning.

    With --links, addresses that are dead or have moved permanently are warnings.
    The results are kept in .briefgen/ and used again while they are recent.

    Suggestions of --suggest are never published and do not change the exit code.
    """
    if not links:
        _require_links()
    if suggest and format == "github":
        raise click.UsageError("--suggest prints text or JSON", click.get_current_context())
    checked = None
    with ProgressBar(enabled=format == "text" and not quiet) as bar:
        address, report = _check_deployable(run, bar) if deploy else (None, pipeline.check(run, bar))
        if links:
            from briefgen.cli.links import check_links

            checked, report = check_links(run, report, bar, offline=offline, private=private, record=record)
    suggestions = pipeline.suggest(run) if suggest else ()
    failed = output.has_failed(report.problems, strict=run.strict)
    if format == "json":
        more: dict[str, object] = {"address": {"url": address.url, "origin": address.origin}} if address else {}
        more |= {"links": checked.to_json()} if checked else {}
        more |= {"suggestions": list(map(asdict, suggestions))} if suggest else {}
        write(output.format_json(report, run.root, ok=not failed, **more))
        return int(failed)
    output.print_problems(report.problems, run.root, format, sys.stdout, spaced=not quiet or bool(checked and verbose))
    if suggestions:
        write(output.format_suggestions(suggestions, run.root, detect_style(sys.stdout)) + "\n")
    if checked and verbose and (text := checked.format_list()):
        write(text + ("" if quiet else "\n"))
    if not quiet:
        parts = [output.count_problems(report.problems), output.format_address(address)]
        parts += checked.summarize() if checked else []
        parts += [output.pluralize(len(suggestions), "suggestion")] if suggest else []
        output.print_summary(parts, report.problems)
    return int(failed)


def _require_links() -> None:
    context = click.get_current_context()
    for name in ("offline", "record", "private", "verbose"):
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name} goes with --links", context)


def _check_deployable(run: "pipeline.Options", bar: ProgressBar) -> "tuple[Address, pipeline.Report]":
    """Return the address on GitHub Pages, and the report of a build for it."""
    from msgspec.structs import replace

    from briefgen.publish.audit import audit
    from briefgen.publish.site import clean_build, site_address

    address = site_address(run.root, run.base_url)
    with clean_build(replace(run, base_url=address.url), bar) as (report, files):
        found = audit(run.root, files, address.url) if report.ok else ()
        return address, replace(report, problems=(*report.problems, *found))
