"""Where the project is."""

import os
from pathlib import Path

from briefgen.load import discover
from briefgen.model.failure import Failure

MARK = f"{discover.CONTENT}/{discover.CONFIG}"
_START = "start a project with `briefgen new DIR`"


def find_root(named: Path | None) -> Path:
    """The folder that holds `content/site.yaml`: the named one, else the nearest from the current folder upward.

    Raises: Failure.
    """
    if named is not None:
        if not (named / MARK).is_file():
            raise Failure(f"{named} is no briefgen project: it has no {MARK}", _misspelt(named) or _START)
        return whole_path(named)
    folder = here()
    found = discover.find_root(folder)
    if found is None:
        misspelt = next(filter(None, map(_misspelt, (folder, *folder.parents))), "")
        raise Failure(
            f"there is no {MARK} in {folder} or in a folder above it, so there is no project",
            misspelt or f"{_START}, or name one with `--project DIR`",
        )
    return whole_path(found)


def whole_path(path: Path) -> Path:
    """The path from the root on, without "..", but links stay as the user knows them.

    Raises: Failure where it is no text, and so can be neither remembered nor told.
    """
    whole = os.path.abspath(path)  # noqa: PTH100
    try:
        whole.encode()
    except UnicodeEncodeError:
        raise Failure(f"a name in {whole} is not UTF-8", "rename that folder, or use another one") from None
    return Path(whole)


def here() -> Path:
    """The current folder.

    Raises: Failure where it is gone.
    """
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise Failure("the current folder no longer exists", "change to another one") from None


def seen_from_here(path: Path) -> str:
    """The path as the current folder sees it, where that is no longer than the whole of it."""
    try:
        return min(os.path.relpath(path), os.path.abspath(path), key=len)  # noqa: PTH100 (see above)
    except (OSError, ValueError):  # the current folder is gone; another drive
        return str(path)


def _misspelt(folder: Path) -> str:
    for name in (f"{discover.CONTENT}/site.yml", f"{discover.CONTENT}/config.yaml", "site.yaml", "site.yml"):
        if (folder / name).is_file():
            if name == discover.CONFIG and folder.resolve().name == discover.CONTENT:
                return f"name the folder above it: `--project {folder / '..'}`"
            return f"{folder / name} is there, but a project is recognised by {MARK}"
    if os.path.lexists(folder / MARK):
        return f"{folder / MARK} is there, but is no file"
    return ""
