"""`briefgen new`: a project, or one content file."""

import os
import re
import shlex
import sys
from datetime import date
from pathlib import Path

import click

from briefgen import pipeline
from briefgen.cli import options
from briefgen.cli.completion import complete_new
from briefgen.cli.project import absolute_path, current_folder, find_root, short_path
from briefgen.cli.terminal import write
from briefgen.cli.text import printable
from briefgen.kernel.clock import build_day
from briefgen.kernel.disk import Disk
from briefgen.load import discover
from briefgen.model.names import closest, did_you_mean
from briefgen.pipeline.options import SCHEMA_FOLDER

KINDS = ("brief", "actor", "theme", "publisher", "source", "page")

# A scheme (of one letter it would be a drive), `//host`, `www.`, the remote of a repository, or a domain with a path.
_ADDRESS = re.compile(
    r"[a-z][a-z0-9+.-]+:|//|www\.|[^/\s@]+@[^/\s:]+:|(?P<domain>[^\W_][\w-]*(?:\.[\w-]+)*\.[^\W\d_]{2,})(?::\d+)?/.",
    re.IGNORECASE,
)


@click.command(
    context_settings=options.CONTEXT,
    epilog="""\b
Examples:
  briefgen new reservoir
  briefgen new brief council-vote
  briefgen new actor ada-miller""",
    no_args_is_help=True,
)
@click.argument("words", metavar="DIR | KIND ID", nargs=-1, shell_complete=complete_new)
@options.project
@options.day("The date in a new brief.")
@click.option("--site-theme", metavar="NAME", help="The look of a new project.  [default: briefing]")
def new(words: tuple[str, ...], project: Path | None, date: date | None, site_theme: str | None) -> int:
    """Start a project in DIR, or a content file of a kind.

    A project is a small working site with one example of each kind of content.

    KIND is brief, actor, theme, publisher, source or page; ID names the file and
    is made of lower-case words joined by hyphens. The file says what belongs in
    it and builds at once. Nothing that exists is ever overwritten.
    """
    match words:
        case (kind,) if kind in KINDS:
            message = (
                f"an id is missing; write `briefgen new {kind} ID`, "
                f"or `briefgen new ./{kind}` for a project in a folder of that name"
            )
        case (address,) if address.startswith(("http://", "https://")):
            message = (
                f'"{address}" is an address; `briefgen add {address}` captures an article, '
                "and `briefgen new reservoir` makes a project in a folder"
            )
        case (folder,) if is_address(folder):
            message = (
                f'"{folder}" is an address; write the name of a folder, as in `briefgen new reservoir`, '
                "and the address as base_url in its content/site.yaml"
            )
        case (folder,) if folder:
            return _create_project(folder, site_theme)
        case (_,):
            message = "DIR is empty; write `briefgen new .` for a project in this folder"
        case ("brief" | "source" as kind, address) if address.startswith(("http://", "https://")):
            return _add(kind, address, project, date)
        case (kind, id) if kind in KINDS and is_address(id):
            message = f'"{id}" is an address; write an id, as in `briefgen new {kind} water-survey`'
        case (kind, id) if kind in KINDS:
            if site_theme is not None:
                raise click.UsageError("--site-theme goes with a new project")
            return _create_file(kind, id, project, date)
        case (kind, _):
            message = _unknown_kind(kind)
        case _:
            message = "too many words; write `briefgen new DIR` or `briefgen new KIND ID`"
    raise click.UsageError(message)


def is_address(word: str) -> bool:
    """Return whether a word is an address of the web or of a repository, and not a folder that exists."""
    found = _ADDRESS.match(word)
    return found is not None and not (found["domain"] and Path(found["domain"]).is_dir())


def _add(kind: str, address: str, project: Path | None, day: date | None) -> int:
    from briefgen.cli.add import add

    write(f"This runs `briefgen add --{kind} {printable(address)}`.", sys.stderr)
    chosen = [*(("--project", str(project)) if project else ()), *(("--date", day.isoformat()) if day else ())]
    with add.make_context("add", [f"--{kind}", *chosen, "--", address]) as context:
        code: int = add.invoke(context)
    return code


def _create_project(folder: str, site_theme: str | None) -> int:
    from briefgen.render.site_theme import names, shipped
    from briefgen.scaffold.create import new_project

    if site_theme is not None:
        options.Word(names([shipped()])).convert(site_theme, None, click.get_current_context())

    # In a project, `new breif` is a misspelt kind and no folder.
    if discover.find_root(current_folder()) is not None and closest(folder, KINDS):
        raise click.UsageError(_unknown_kind(folder))
    root = Path(folder)
    absolute_path(root)
    kept, not_ignored = new_project(root, site_theme or "")
    _write_schemas(root.absolute())
    is_here = root.resolve() == current_folder().resolve()
    where = "this folder" if is_here else f"{printable(str(root))}/"
    write(f"A new project is in {where}: content/ has an invented example of each kind of file.")
    for file in kept:
        write(f"Your own {file} stays as it is.")
    if not_ignored:
        write(f"Add to .gitignore: {' '.join(not_ignored)}")
    cd = shlex.quote(f"./{root}" if str(root).startswith("-") else str(root))
    write("\nNext:\n" + ("" if is_here else f"  cd {cd}\n") + "  briefgen serve --open\n  briefgen build")
    return 0


def _create_file(kind: str, id: str, project: Path | None, day: date | None) -> int:
    from briefgen.scaffold.create import new_entry, validate_id

    if complaint := validate_id(kind, id):
        raise click.UsageError(complaint)
    root = find_root(project)
    file, next_step = new_entry(root, kind, id, build_day(day, os.environ))
    write(printable(short_path(root / file)))
    # On standard error, so that an editor can open the path: $EDITOR "$(briefgen new brief council-vote)"
    write(next_step, sys.stderr)
    _write_schemas(root)
    return 0


def _write_schemas(root: Path) -> None:
    pipeline.write_schemas(pipeline.make_schemas(root), root / SCHEMA_FOLDER, Disk())


def _unknown_kind(word: str) -> str:
    known = f"there are {', '.join(KINDS[:-1])} and {KINDS[-1]}"
    return f'no kind "{word}"; {did_you_mean(word, KINDS) or known}'
