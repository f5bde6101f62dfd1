"""The changes that an output folder needs: what it holds is compared with what is wanted, and `stage` makes them."""

import os
from collections.abc import Callable, Container, Iterable, Mapping
from pathlib import Path, PurePosixPath
from stat import S_ISDIR, S_ISREG

from msgspec import Struct

from briefgen.model.problem import Place, Problem

# Used in place of a digest where there is no plain file; no digest is equal to these.
IN_THE_WAY = "?"  # a link, a device …
FULL_FOLDER = "/"  # a folder that holds more than folders and files among those that are scanned


def scan(
    output: Path, paths: Iterable[str], among: Container[str], digest_of: Callable[[str, os.stat_result], str]
) -> dict[str, str]:
    """Return digests of the plain files at `paths`; `IN_THE_WAY` or `FULL_FOLDER` for what else is there or above.

    A folder is left out if it holds only files `among` ours, because the build is going to remove those.
    """
    found: dict[str, str] = {}
    top = str(output)
    folders: dict[str, bool] = {}

    def is_folder(folder: str) -> bool:
        """Return whether a folder exists, and neither it nor one above it is a link or a file."""
        known = folders.get(folder)
        if known is None:
            above = not folder or is_folder(folder.rpartition("/")[0])
            status = _lstat(f"{top}/{folder}") if above else None
            known = status is not None and S_ISDIR(status.st_mode)
            if status is not None and not known and folder:
                found[folder] = digest_of(folder, status) if S_ISREG(status.st_mode) else IN_THE_WAY
            folders[folder] = known
        return known

    for path in paths:
        if not is_folder(path.rpartition("/")[0]):
            continue
        status = _lstat(f"{top}/{path}")
        if status is None:
            continue
        if S_ISREG(status.st_mode):
            found[path] = digest_of(path, status)
        elif not S_ISDIR(status.st_mode):
            found[path] = IN_THE_WAY
        elif not _is_empty(output / path, path, among):
            found[path] = FULL_FOLDER
    folders.clear()  # the function refers to itself, so it is not freed at once
    return found


def _lstat(path: str) -> os.stat_result | None:
    try:
        return os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None


def _is_empty(place: Path, path: str, among: Container[str]) -> bool:
    """Return whether a folder holds only folders, and plain files among those that are scanned."""
    with os.scandir(place) as entries:
        return all(
            _is_empty(place / entry.name, f"{path}/{entry.name}", among)
            if entry.is_dir(follow_symlinks=False)
            else entry.is_file(follow_symlinks=False) and f"{path}/{entry.name}" in among
            for entry in entries
        )


class Changes(Struct, frozen=True):
    """Paths from the output folder, sorted. `foreign` are in the way but not ours: they stop the build."""

    write: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()


def find_changes(wanted: Mapping[str, str], present: Mapping[str, str], ours: Iterable[str]) -> Changes:
    """Compare digests by path: wanted files, present files, and the paths that earlier builds wrote.

    A file that is not ours is never removed, nor overwritten unless it holds the wanted bytes already. Anything but a
    plain file is not ours, whatever a build wrote there before.
    """
    owned = frozenset(path for path in ours if present.get(path) not in {IN_THE_WAY, FULL_FOLDER})
    differing = [path for path, digest in wanted.items() if present.get(path) != digest]
    foreign = present.keys() - owned
    return Changes(
        write=tuple(sorted(differing)),
        unchanged=tuple(sorted(wanted.keys() - set(differing))),
        remove=tuple(sorted((owned & present.keys()) - wanted.keys())),
        foreign=tuple(sorted(foreign & _needed(differing, present))) if foreign else (),
    )


def _needed(wishes: Iterable[str], present: Mapping[str, str]) -> set[str]:
    """Return the paths where nothing else may be; above a page there may be a folder, but not in its place."""
    above = {str(path) for wish in wishes for path in PurePosixPath(wish).parents}
    return {path for path in above if present.get(path) != FULL_FOLDER}.union(wishes)


def foreign_problems(found: Changes, folder: str) -> list[Problem]:
    """Return a `foreign-file` problem for each file in the way."""
    return [
        Problem(
            code="foreign-file",
            message=f"{folder}/{path} is in the way: a page goes there, but briefgen did not write what is there",
            at=Place(f"{folder}/{path}"),
            hint="move it away, or put it into content/static/ if it belongs to the site",
        )
        for path in found.foreign
    ]
