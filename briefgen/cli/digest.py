"""`briefgen digest`: what is new, ready to be sent."""

import sys
from datetime import date
from io import TextIOWrapper
from typing import TYPE_CHECKING

import click

from briefgen import pipeline
from briefgen.cli import options, output
from briefgen.cli.terminal import ProgressBar, write
from briefgen.model.problem import Problem

if TYPE_CHECKING:
    from briefgen.pipeline import DigestFormat


@options.command("briefgen digest --since 2025-06-01 --format html > digest.html")
@options.project
@click.option("--since", metavar="YYYY-MM-DD", type=options.parse_day, required=True, help="The first day.")
@click.option(
    "--format",
    "digest_format",
    type=options.Word(["text", "markdown", "html"]),
    default="text",
    help="Plain text, Markdown, or HTML for an e-mail.  [default: text]",
)
@options.base_url
@options.day()
@options.as_run
def digest(run: "pipeline.Options", *, since: date, digest_format: "DigestFormat") -> int:
    """Print what is new since a day: briefs, corrections, answers, disputes, sources.

    It has what the page on what is new has, by the dates in the content, with links
    to the published site. The HTML has its styles in itself and requests nothing,
    so that it can be sent as it is. With an error in the content there is none.
    """
    with ProgressBar(enabled=True) as bar:
        report = pipeline.check(run, bar)
    made: str | Problem | None = None
    if not output.has_failed(report.problems):
        made = pipeline.make_digest(run, since, digest_format)
    if not isinstance(made, str):
        problems = (made,) if made else report.problems
        output.print_problems(problems, run.root, "text", sys.stderr, spaced=False)
        return 1
    if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8")  # as the HTML says
    write(made.removesuffix("\n"))
    return 0
