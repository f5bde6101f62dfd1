"""`briefgen rename`: another id for a content file, and for every reference to it."""

import sys
from pathlib import Path

import click

from briefgen.cli import options, output
from briefgen.cli.completion import complete_id_of_kind
from briefgen.cli.project import find_root
from briefgen.cli.terminal import write
from briefgen.cli.text import printable
from briefgen.kernel.disk import Disk
from briefgen.rename.new_ids import KINDS


@options.command("briefgen rename actor a-miller ada-miller --dry-run")
@click.argument("kind", metavar="KIND", type=options.Word(KINDS))
@click.argument("old", metavar="OLD", shell_complete=complete_id_of_kind)
@click.argument("new", metavar="NEW", shell_complete=complete_id_of_kind)
@options.project
@click.option("-n", "--dry-run", is_flag=True, help="Print what would change, and write nothing.")
def rename(*, kind: str, old: str, new: str, project: Path | None, dry_run: bool) -> int:
    """Give an actor, theme, publisher, source or brief another id.

    KIND is one of these words; OLD and NEW are ids. The file is renamed, with the
    folder of its copy, and so is every reference to the id in keys and texts.
    Names and aliases stay as they are. The old address leads to the new one.

    If it is interrupted, run it again: it finishes what it began. It also does so
    after you have renamed a file yourself and noted its old id in former_ids.
    """
    from briefgen.rename.apply import apply_renaming
    from briefgen.rename.plan import plan_renaming

    root, disk = find_root(project), Disk()
    found, problems = plan_renaming(root, kind, old, new, disk)
    if found is None:
        output.print_problems(problems, root, "text", sys.stderr, spaced=True)
        write(f"nothing renamed: {output.count_problems(problems)} in files that may name it", sys.stderr)
        return 1
    if not dry_run:
        apply_renaming(root, found, disk)
    for before, after in found.moves:
        write(f"{printable(before)} -> {printable(after)}")
    for change in found.changes:
        if change.references:
            write(f"{printable(change.file)}: {output.pluralize(change.references, 'reference')}")
    if not found.moves and not found.changes:
        write(f'"{old}" is "{new}" already, and nothing refers to the old id')
        return 0
    files = sum(change.references > 0 for change in found.changes)
    references = f"{output.pluralize(found.references, 'reference')} in {output.pluralize(files, 'file')}"
    if not found.references:
        write("nothing refers to it" + ("; nothing is written" if dry_run else ""))
    else:
        write(f"{references} would change; nothing is written" if dry_run else f"{references} changed")
    return 0
