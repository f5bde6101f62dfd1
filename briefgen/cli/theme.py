"""`briefgen theme`: site themes of a project."""

import sys
from pathlib import Path

import click

from briefgen import pipeline
from briefgen.cli import options
from briefgen.cli.project import find_root, short_path
from briefgen.cli.terminal import write
from briefgen.cli.text import printable


@options.command("briefgen theme init mine templates/theme.html assets/style.css")
@click.argument("action", metavar="init", type=options.Word(["init"]))
@click.argument("name", metavar="NAME")
@click.argument("files", metavar="[FILE]...", nargs=-1)
@options.project
@click.option(
    "--extends",
    metavar="NAME",
    help="The site theme to change.  [default: the one of briefgen with this name, else briefing]",
)
def theme(action: str, name: str, files: tuple[str, ...], project: Path | None, extends: str | None) -> int:  # noqa: ARG001
    """Begin a site theme in themes/NAME that changes some files of another.

    Each FILE, such as templates/theme.html, is copied from the other site theme to
    be changed; all else still comes from there. Without FILE, the command makes the
    site theme without any, and lists the files that there are. Run it again to copy
    more. Nothing is ever overwritten.
    """
    from briefgen.scaffold.site_themes import init_site_theme

    root = find_root(project)
    made, known = init_site_theme(root, name, extends, files)
    config = pipeline.read_config(root)
    for path in made:
        write(printable(short_path(root / path)))
    if not files:
        write(f"To change a file, run `briefgen theme init {name} FILE`:\n  " + "\n  ".join(known), sys.stderr)
    if config is None or config.site_theme != name:
        write(f"Write `site_theme: {name}` into content/site.yaml to use it.", sys.stderr)
    return 0
