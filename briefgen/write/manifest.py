"""The record of the files that builds own in the output folder. It is kept in that folder, apart from any cache.

It is written twice: before the first change with everything that may be ours from then on (the intent), and after the
last change with what is ours (the result). So whatever happens in between, no file of ours is
mistaken for a foreign one, nor the other way round.
"""

from pathlib import Path

import msgspec
from msgspec import Struct

from briefgen.kernel.disk import Disk

NAME = ".briefgen-manifest.json"
NEW = f"{NAME}.new"
VERSION = 1


class Manifest(Struct, frozen=True, forbid_unknown_fields=True):
    """`files` maps the path of each file that is ours to the digest of what it holds; empty while that is in doubt."""

    version: int
    files: dict[str, str]


def read(output: Path, disk: Disk) -> dict[str, str] | None:
    """Return the files in the manifest of an output folder; None if there is none or it cannot be understood.

    Files in a manifest get overwritten and removed, so one that names anything outside the folder does not count.
    """
    path = output / NAME
    if not path.is_file():
        return None
    try:
        found = msgspec.json.decode(disk.read(path), type=Manifest)
    except msgspec.DecodeError:
        return None
    return found.files if found.version == VERSION and all(map(_inside, found.files)) else None


def _inside(path: str) -> bool:
    return not path.startswith("/") and "\0" not in path and (".." not in path or ".." not in path.split("/"))


def record(output: Path, files: dict[str, str], disk: Disk) -> None:
    """Replace the manifest in one step; the same files give the same bytes."""
    lines = msgspec.json.format(msgspec.json.encode(Manifest(VERSION, dict(sorted(files.items())))), indent=1)
    disk.write(output / NEW, lines + b"\n")
    disk.replace(output / NEW, output / NAME)
