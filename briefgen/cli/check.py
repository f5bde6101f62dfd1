"""`briefgen check`: what is wrong with the content, and what can be done about it."""

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
from msgspec.structs import asdict, replace

from briefgen import pipeline
from briefgen.cli import options, output
from briefgen.cli.drafts import drafts_to_json, format_drafts
from briefgen.cli.mentions import format_mentions, mentions_to_json, summarize_mentions
from briefgen.cli.stubs import create_stubs, format_stubs, stubs_to_json
from briefgen.cli.terminal import ProgressBar, detect_style, write
from briefgen.kernel.disk import Disk
from briefgen.model.problem import Problem

if TYPE_CHECKING:
    from briefgen.cli.links import CheckedLinks
    from briefgen.scaffold.stubs import Stubs


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
    mentions = pipeline.find_mentions(run, fix=fix) if suggest else None
    checked = None
    with ProgressBar(enabled=format == "text" and not quiet) as bar:
        # The report is made after it, so that it is of the record as it is then.
        recorded = pipeline.record_quotations(run) if record else None
        address, report = _check_deployable(run, bar) if deploy else (None, pipeline.check(run, bar))
        report = _add_problems(report, run.root, recorded.problems) if recorded else report
        if links:
            from briefgen.cli.links import check_links

            checked, report = check_links(run, report, bar, record=record, **link_flags)
    suggestions = pipeline.suggest(run) if suggest else ()
    results = _Results(run.root, report, address, recorded, checked, stubs, suggestions, mentions)
    failed = output.has_failed(report.problems, strict=run.strict)
    if format == "json":
        write(output.format_json(report, run.root, ok=not failed, **results.to_json()))
        return int(failed)
    output.print_problems(report.problems, run.root, format, sys.stdout, spaced=not quiet or bool(checked and verbose))
    for text in results.format_lists(has_drafts=format == "text" and not quiet):
        write(text + "\n")
    if checked and verbose and (text := checked.format_list()):
        write(text + ("" if quiet else "\n"))
    if not quiet:
        output.print_summary(results.summarize(), report.problems)
    return int(failed)


class _Results(NamedTuple):
    """What a check found; None for what it was not to do. `address` is that on GitHub Pages, and its origin."""

    root: Path
    report: "pipeline.Report"
    address: tuple[str | None, str] | None
    recorded: "pipeline.QuoteRecord | None"
    links: "CheckedLinks | None"
    stubs: "Stubs | None"
    suggestions: "tuple[pipeline.Suggestion, ...]"
    mentions: "pipeline.Mentions | None"

    def to_json(self) -> dict[str, object]:
        """Return what the report does not have, as JSON values."""
        more: dict[str, object] = {}
        if self.address:
            url, origin = self.address
            more["address"] = {"url": url, "origin": origin}
        more["drafts"] = drafts_to_json(self.report.drafts, self.root)
        if self.recorded:
            more["record"] = self.recorded.state
        if self.links:
            more |= {"links": self.links.to_json(), "quoted_words": self.links.words_to_json()}
        if self.stubs:
            more |= stubs_to_json(self.stubs)
        if self.mentions:
            more["suggestions"] = list(map(asdict, self.suggestions))
            more["mentions"] = mentions_to_json(self.mentions)
        return more

    def format_lists(self, *, has_drafts: bool) -> Iterator[str]:
        """Yield the lists to print between the problems and the last line; `has_drafts` is true with that of drafts."""
        style = detect_style(sys.stdout)
        texts = (
            format_drafts(self.report.drafts, self.root) if has_drafts else "",
            format_stubs(self.stubs) if self.stubs else "",
            output.format_suggestions(self.suggestions, self.root, style),
            format_mentions(self.mentions, self.root, style) if self.mentions else "",
        )
        return filter(None, texts)

    def summarize(self) -> list[str]:
        """Return the parts of the last line."""
        report = self.report
        parts = [output.count_problems(report.problems), output.format_quotes(report.quotes)]
        parts += [_describe_record(self.recorded, report, links=self.links is not None)]
        parts += [output.format_address(*(self.address or (None, "")))]
        parts += self.links.summarize() if self.links else []
        parts += [f"{output.pluralize(len(self.stubs.created), 'file')} created"] if self.stubs else []
        if self.mentions:
            parts += [output.pluralize(len(self.suggestions), "suggestion"), *summarize_mentions(self.mentions)]
        return parts


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


def _check_deployable(run: "pipeline.Options", bar: ProgressBar) -> "tuple[tuple[str | None, str], pipeline.Report]":
    """Return the address on GitHub Pages, where it is configured, and the report of a build for it."""
    from briefgen.publish.audit import audit
    from briefgen.publish.site import clean_build, site_address

    url, origin = site_address(run.root, run.base_url)
    with clean_build(replace(run, base_url=url), bar) as (report, files):
        found = audit(run.root, files, url) if report.ok else ()
        return (url, origin), replace(report, problems=(*report.problems, *found))
