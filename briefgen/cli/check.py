"""`briefgen check`."""

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
    from briefgen.pipeline import Options, Progress, Report
    from briefgen.publish import Address


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
@click.option("--links", is_flag=True, help="Ask every address that the site links to whether it still answers.")
@click.option("--offline", is_flag=True, help="With --links: ask nobody, use what is known.")
@click.option("--record", is_flag=True, help="With --links: write what is known into content/links.yaml, for readers.")
@click.option("--private", is_flag=True, help="With --links: ask hosts in private networks, too.")
@click.option("-v", "--verbose", is_flag=True, help="With --links: list every address that is not fine.")
@options.findings
@click.pass_context
def check(
    context: click.Context,
    *,
    project: Path | None,
    drafts: bool,
    future: bool,
    expired: bool,
    date: date | None,
    base_url: str | None,
    deploy: bool,
    links: bool,
    offline: bool,
    record: bool,
    private: bool,
    verbose: bool,
    strict: bool,
    format: str,
    quiet: bool,
) -> int:
    """Read content/ and report everything that is wrong with it; write no site.

    The report goes to standard output. The exit code is 1 if there is an error,
    or, with --strict, a warning.

    With --links, addresses that are dead or have moved for good are warnings. What
    each answered is kept in .briefgen/, so that it need not be asked every time.
    """
    from briefgen import pipeline
    from briefgen.cli.problems import count_line, next_step
    from briefgen.cli.progress import Bar
    from briefgen.cli.project import find_root
    from briefgen.kernel.clock import build_day

    if not links:
        _require_links(context)
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
    found, said = None, ""
    with Bar(wanted=format == "text" and not quiet) as bar:
        address = _address(asked) if deploy else None
        report = _deployable(asked, address, bar) if address else pipeline.check(asked, bar)
        if links:
            from briefgen.cli.links import links_of, recorded, with_links

            found = links_of(asked, bar, offline=offline, private=private)
            said = recorded(found, report, root) if record else ""
            report = with_links(report, found, root)
    bad = failed(report.problems, strict=strict)
    if format == "json":
        more: dict[str, object] = {"address": {"url": address.url, "origin": address.origin}} if address else {}
        if found:
            from briefgen.cli.links import as_data

            more["links"] = as_data(found)
        write(document(report, root, ok=not bad, **more))
        return int(bad)
    listed = bool(found and verbose)
    print_problems(report.problems, root, format, sys.stdout, more=not quiet or listed)
    line = "; ".join(filter(None, (count_line(report.problems), made_for(address) if address else "")))
    if found:
        from briefgen.cli.links import listing, summary

        if verbose and (text := listing(found)):
            write(text + ("" if quiet else "\n"))
        line = "; ".join(filter(None, (line, summary(found), said)))
    if not quiet:
        write("; ".join(filter(None, (line, next_step(report.problems, look(sys.stdout))))))
    return int(bad)


def _require_links(context: click.Context) -> None:
    for name in ("offline", "record", "private", "verbose"):
        if context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE:
            raise click.UsageError(f"--{name} goes with --links", context)


def _address(asked: "Options") -> "Address":
    from briefgen.publish import site_address

    return site_address(asked.root, asked.base_url)


def _deployable(asked: "Options", address: "Address", bar: "Progress") -> "Report":
    """The report of a build for GitHub Pages."""
    from msgspec.structs import replace

    from briefgen.publish import audit, clean_build

    with clean_build(replace(asked, base_url=address.url), bar) as built:
        found = audit(asked.root, built.files, address.url) if built.report.ok else ()
        return replace(built.report, problems=(*built.report.problems, *found))
