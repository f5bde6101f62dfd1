"""`briefgen edition`: the whole briefing as one PDF."""

import os
import sys
from pathlib import Path

import click

from briefgen import pipeline
from briefgen.cli import options, output
from briefgen.cli.project import short_path
from briefgen.cli.terminal import write
from briefgen.cli.text import printable
from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure

_PDF = b"%PDF-"  # what such a file begins with


@options.command("briefgen edition -o briefing.pdf")
@options.project
@click.option("-o", "--output", "target", metavar="FILE", type=options.PATHS, required=True, help="Where the PDF goes.")
@click.option(
    "--font-path",
    "fonts",
    metavar="DIR",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    multiple=True,
    help="A folder of fonts, for letters that the built-in ones do not have.",
)
@options.base_url
@options.day()
@options.as_of
@options.strict
@options.as_run
def edition(run: "pipeline.Options", *, target: Path, fonts: tuple[Path, ...]) -> int:
    """Write the whole briefing as one PDF, to print or to keep.

    It has contents, what matters, themes with positions, disputes, briefs with their
    claims and grades, and a numbered list of sources. The same content gives the same
    bytes. Drafts are not in it, and with an error in the content none is written.

    It needs the extra `edition`: pip install 'briefgen[edition]'.
    """
    _refuse_target(target, run.root)
    made = pipeline.make_edition(run, fonts)
    output.print_problems(made.problems, run.root, "text", sys.stderr, spaced=True)
    if made.pdf is None:
        return 1
    Disk().write_atomically(target, made.pdf)
    write(f"{printable(short_path(target.absolute()))} written, {len(made.pdf) / 1e6:.1f} MB")
    return 0


def _refuse_target(target: Path, root: Path) -> None:
    """Refuse to write among the sources of the site, or over a file that is no PDF."""
    place = Path(os.path.realpath(target))
    for folder in ("content", "themes"):
        if place.is_relative_to(os.path.realpath(root / folder)):
            raise Failure(f"{short_path(target.absolute())} is in {folder}/", "Name a file outside of it with -o.")
    if place.is_file() and not Disk().read(place).startswith(_PDF):
        raise Failure(f"{short_path(target.absolute())} is there already and is no PDF", "Name another file with -o.")
