"""Carry out a planned change of an id, so that the same command finishes it if it is interrupted.

First the file that has the id notes the old one under `former_ids`, then it is moved; from then on every reference to
the old id can be told from others, whether one or none of them has been changed. The last step takes the note out of a
draft, whose old address was never published.
"""

import os
import re
from pathlib import Path

from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure
from briefgen.rename.plan import FileChange, Renaming


def apply_renaming(root: Path, renaming: Renaming, disk: Disk) -> None:
    """Write and move what is planned.

    Raises:
        Failure: a file has changed since the plan was made, or the machine refused something.
    """
    for change in renaming.changes:
        if disk.read(change.path) != change.before:
            raise Failure(f"{change.file} has just been changed by another program", "Run the command again.")
    if renaming.own:
        _write(renaming.own, disk)
    for before, after in renaming.moves:
        if os.path.lexists(root / after):
            raise Failure(f"{after} is there already, and nothing is overwritten", "Choose another id.")
        disk.replace(root / before, root / after)
    for change in renaming.others:
        _write(change, disk)
    if renaming.is_draft:
        _remove_former_id(root / f"content/briefs/{renaming.new}.md", renaming.old, disk)


def _remove_former_id(path: Path, old: str, disk: Disk) -> None:
    """Remove the line with the old id, which only an interrupted renaming needs, from the front matter of a draft."""
    front, *rest = re.split(rb"(\n---)", disk.read(path), maxsplit=1)
    line = rf"^former_ids: \[['\"]?{re.escape(old)}['\"]?\]\r?\n".encode()
    kept = re.sub(line, b"", front + b"\n", count=1, flags=re.MULTILINE).removesuffix(b"\n")
    if kept != front:
        disk.rewrite(path, b"".join((kept, *rest)))


def _write(change: FileChange, disk: Disk) -> None:
    if change.after != change.before:
        disk.rewrite(change.path, change.after)
