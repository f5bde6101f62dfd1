"""Output folders: which folders a build may own, and what one holds."""

import os
from collections.abc import Callable, Container, Iterable
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from briefgen.model.problem import Place, Problem
from briefgen.write import manifest

DigestOf = Callable[[str, os.stat_result], str]
"""(path in the output folder, its stat) → the digest of the file there."""

# Used in place of a digest where there is no plain file; no digest is equal to these.
IN_THE_WAY = "?"  # a link, a device …
FULL_FOLDER = "/"  # a folder that holds more than folders and files among those that are scanned
# Files by which version control and hosts keep or mark a folder; a folder with only these may be owned.
_MARKERS = frozenset({".git", ".gitkeep", ".gitignore", ".keep", ".nojekyll", "CNAME", ".DS_Store"})


def dangerous(output: Path, root: Path, shown: str) -> Problem | None:
    """Return a `dangerous-output` problem if a build must not own this folder, which need not exist yet.

    Refused: the project, its content and what surrounds them, the home folder, the file system's root, and a folder
    that holds anything but was not made by briefgen.
    """
    real, project = output.resolve(), root.resolve()
    reason = ""
    if project.is_relative_to(real):
        reason = "the project lies in it"
    elif any(_overlap(real, (project / name).resolve()) for name in ("content", "content/copies", "themes")):
        reason = "it holds what you wrote"
    elif real.is_relative_to(project / ".git") or real.is_relative_to(project / ".briefgen"):
        reason = "it holds records of the project"
    elif _home().is_relative_to(real):
        reason = "the home folder is no output folder"
    elif output.exists() and not output.is_dir():
        reason = "it is not a folder"
    elif not (output / manifest.NAME).is_file() and (foreign := _foreign_files(output)):
        names = ", ".join(foreign[:3]) + (" …" if len(foreign) > 3 else "")
        reason = f"it holds files that briefgen did not write ({names})"
    if not reason:
        return None
    return Problem(
        code="dangerous-output",
        message=f"will not build into {shown}: {reason}",
        at=Place(shown),
        hint="choose an empty or a new folder with --output-dir",
    )


def _overlap(one: Path, other: Path) -> bool:
    return one.is_relative_to(other) or other.is_relative_to(one)


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # a user without a home, as in containers
        return Path("/")


def _foreign_files(output: Path) -> list[str]:
    if not output.is_dir():
        return []
    return sorted(name for name in os.listdir(output) if name not in _MARKERS and not name.startswith(manifest.NAME))  # noqa: PTH208


def scan(output: Path, paths: Iterable[str], among: Container[str], digest_of: DigestOf) -> dict[str, str]:
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
