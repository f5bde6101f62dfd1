"""Find the private copies of sources in `content/copies/`: names and sizes only, nothing is opened."""

import os
import stat
from pathlib import Path

import msgspec
from msgspec import Struct

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import describe_error
from briefgen.load.discover import CONTENT, COPIES, MAX_SIZE, is_scratch
from briefgen.load.slugs import is_id, slug
from briefgen.model.content import Id
from briefgen.model.problem import Place, Problem, Severity

FOLDER = f"{CONTENT}/{COPIES}"
TEXT = "text.txt"
CAPTURE = "capture.yaml"


class CopyFiles(Struct, frozen=True):
    """The files of one copy: `folder` is its path from the project's root, `path` the one to open it by.

    The stats are of its text and of its description; None for a file that is not there.
    """

    id: Id
    folder: str
    path: str
    text: os.stat_result | None = None
    capture: os.stat_result | None = None


class FoundCopies(Struct, frozen=True):
    """All copies by id, and what is wrong with names and kinds of files."""

    files: tuple[CopyFiles, ...] = ()
    problems: tuple[Problem, ...] = ()


def find_copies(root: Path) -> FoundCopies:
    """Return the copies of a project; nothing is opened."""
    folder = root / CONTENT / COPIES
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return FoundCopies()
    except OSError as error:
        return FoundCopies(problems=(bad_copy(FOLDER, f"the folder cannot be read: {describe_error(error)}", ""),))
    files: list[CopyFiles] = []
    problems: list[Problem] = []
    for entry in entries:
        name = entry.name
        if is_scratch(name):
            continue
        shown = f"{FOLDER}/{name}".encode(errors="replace").decode()
        if entry.is_symlink():
            problems.append(bad_copy(shown, "symbolic links among copies are not followed", "put the folder here"))
        elif not entry.is_dir(follow_symlinks=False):
            hint = f"put the text of a source into {FOLDER}/ and the source's id: {FOLDER}/some-source/{TEXT}"
            problems.append(
                Problem("misplaced-file", "briefgen does not look here", Place(shown), hint, Severity.WARNING)
            )
        elif not is_id(name):
            hint = f"rename it to {fit}" if (fit := slug(name)) else "name it after the id of a source"
            message = f'no source can have the id "{shown.rpartition("/")[2]}"'
            problems.append(Problem("bad-file-name", message, Place(shown), hint, Severity.WARNING))
        else:
            text, capture = (_stat(f"{entry.path}/{file}", f"{shown}/{file}", problems) for file in (TEXT, CAPTURE))
            files.append(CopyFiles(name, shown, entry.path, text, capture))
    return FoundCopies(tuple(files), tuple(problems))


def copies_fingerprint(root: Path) -> str:
    """Return a digest of the stats that `find_copies` takes, as fast as it can be had: there may be thousands.

    Those of the folders show that a captured file was removed.
    """
    try:
        folder = os.open(root / CONTENT / COPIES, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        return f"error {error.errno}"
    take_stat = os.stat
    try:
        with os.scandir(folder) as scan:
            names = sorted([(entry.name, entry.is_symlink()) for entry in scan])
        stamps: list[object] = [[(os.fsencode(name), is_link) for name, is_link in names]]
        for name, _ in names:
            for file in (name, f"{name}/{TEXT}", f"{name}/{CAPTURE}"):
                try:
                    # From the open folder, so that the system does not look its path up for each of them.
                    found = take_stat(file, dir_fd=folder, follow_symlinks=False)
                except OSError as error:
                    stamps.append(error.errno)
                else:
                    stamps.append((found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino))
    except OSError as error:
        return f"error {error.errno}"
    finally:
        os.close(folder)
    return digest(msgspec.msgpack.encode(stamps))


def _stat(path: str, file: str, problems: list[Problem]) -> os.stat_result | None:
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        problems.append(bad_copy(file, f"the file cannot be read: {describe_error(error)}", "check who may read it"))
        return None
    if stat.S_ISLNK(found.st_mode):
        problems.append(bad_copy(file, "symbolic links among copies are not followed", "put the file here"))
    elif not stat.S_ISREG(found.st_mode):
        problems.append(Problem("not-a-file", "this is no file", Place(file), "remove it", Severity.WARNING))
    elif found.st_size > MAX_SIZE:
        message = "the file is larger than 4 MiB, so it is not read"
        hint = "keep a text of 700,000 words at most: a part of the source, with `extent: part` in capture.yaml"
        problems.append(Problem("file-too-large", message, Place(file), hint, Severity.WARNING))
    else:
        return found
    return None


def bad_copy(file: str, message: str, hint: str) -> Problem:
    """Return a warning about a file or folder among the copies."""
    return Problem("bad-copy", message, Place(file), hint, Severity.WARNING)
