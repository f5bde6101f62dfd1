"""`briefgen new`: a project, or one content file."""

import os
import re
import shlex
import sys
from datetime import date
from pathlib import Path

import click

from briefgen.cli import options
from briefgen.cli.terminal import write

KINDS = ("brief", "actor", "theme", "publisher", "source", "page")

# A scheme (of one letter it would be a drive), `//host`, `www.`, the remote of a repository, or a domain with a path.
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]+:|//|www\.|[^/\s@]+@[^/\s:]+:|(?P<domain>[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,})(?::\d+)?/.",
    re.IGNORECASE,
)


@click.command(
    context_settings=options.CONTEXT,
    short_help="Start a project, or a content file.",
    epilog="""\b
Examples:
  briefgen new reservoir
  briefgen new brief council-vote
  briefgen new actor ada-miller""",
    no_args_is_help=True,
)
@click.argument("words", metavar="DIR | KIND ID", nargs=-1)
@options.project
@options.day("The date in a new brief.")
def new(words: tuple[str, ...], project: Path | None, date: date | None) -> int:
    """Start a project in DIR, or a content file of a kind.

    A project is a small working site with one example of each kind of content.

    KIND is brief, actor, theme, publisher, source or page; ID names the file and
    is made of lower-case words joined by hyphens. The file says what belongs in
    it and builds at once. Nothing that exists is ever overwritten.
    """
    match words:
        case (kind,) if kind in KINDS:
            raise click.UsageError(
                f"an id is missing; write `briefgen new {kind} ID`, "
                f"or `briefgen new ./{kind}` for a project in a folder of that name"
            )
        case (folder,) if _is_address(folder):
            raise click.UsageError(
                f'"{folder}" is an address; write the name of a folder, as in `briefgen new reservoir`, '
                "and the address as base_url in its content/site.yaml"
            )
        case (folder,) if folder:
            return _new_project(folder)
        case (_,):
            raise click.UsageError("DIR is empty; write `briefgen new .` for a project in this folder")
        case (kind, id) if kind in KINDS and _is_address(id):
            raise click.UsageError(f'"{id}" is an address; write an id, as in `briefgen new {kind} water-survey`')
        case (kind, id) if kind in KINDS:
            return _new_file(kind, id, project, date)
        case (kind, _):
            raise click.UsageError(_unknown_kind(kind))
        case _:
            raise click.UsageError("too many words; write `briefgen new DIR` or `briefgen new KIND ID`")


def _is_address(word: str) -> bool:
    """Return whether a word is an address of the web or of a repository, and not a folder that exists."""
    found = _ADDRESS.match(word)
    return found is not None and not (found["domain"] and Path(found["domain"]).is_dir())


def _new_project(folder: str) -> int:
    from briefgen.cli.project import here, whole_path
    from briefgen.cli.text import shown
    from briefgen.load.discover import find_root
    from briefgen.scaffold.project import new_project

    # Somebody in a project who writes `new breif` does not want a folder of that name.
    if find_root(here()) is not None and _similar(folder):
        raise click.UsageError(_unknown_kind(folder))
    root = Path(folder)
    whole_path(root)
    made = new_project(root)
    _write_schemas(root.absolute())
    where = "this folder" if root.resolve() == here().resolve() else f"{shown(str(root))}/"
    write(f"A new project is in {where}: content/ has an invented example of each kind of file.")
    for file in made.kept:
        write(f"Your own {file} stays as it is.")
    if made.not_ignored:
        write(f"Add to .gitignore: {' '.join(made.not_ignored)}")
    steps = ["briefgen serve --open", "briefgen build"]
    if where != "this folder":
        steps.insert(0, f"cd {shlex.quote(f'./{root}' if str(root).startswith('-') else str(root))}")
    write("\nNext:\n" + "\n".join(f"  {step}" for step in steps))
    return 0


def _new_file(kind: str, id: str, project: Path | None, day: date | None) -> int:
    from briefgen.cli.project import find_root, seen_from_here
    from briefgen.cli.text import shown
    from briefgen.kernel.clock import build_day
    from briefgen.scaffold.entry import bad_id, new_entry

    complaint = bad_id(kind, id)
    if complaint:
        raise click.UsageError(complaint)
    root = find_root(project)
    made = new_entry(root, kind, id, build_day(day, os.environ))
    write(shown(seen_from_here(root / made.file)))
    # Apart from the path, so that an editor can be started on it: $EDITOR "$(briefgen new brief council-vote)"
    write(made.next_step, sys.stderr)
    _write_schemas(root)
    return 0


def _write_schemas(root: Path) -> None:
    from briefgen import pipeline
    from briefgen.kernel.disk import Disk
    from briefgen.write.schemas import SCHEMA_FOLDER, write_schemas

    write_schemas(pipeline.schemas(root), root / SCHEMA_FOLDER, Disk())


def _similar(word: str) -> str | None:
    from briefgen.load.suggest import closest

    return closest(word, KINDS)


def _unknown_kind(word: str) -> str:
    similar = _similar(word)
    known = f"{', '.join(KINDS[:-1])} and {KINDS[-1]}"
    return f'no kind "{word}"' + (f'; did you mean "{similar}"?' if similar else f"; there are {known}")
