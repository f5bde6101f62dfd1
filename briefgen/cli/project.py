"""Find the project, and name its files as seen from the current folder."""

import os
from pathlib import Path

from briefgen.load import discover
from briefgen.model.failure import Failure

_CONFIG = f"{discover.CONTENT}/{discover.CONFIG}"
_START = "start a project with `briefgen new DIR`"


def find_root(named: Path | None) -> Path:
    """Return the folder that holds `content/site.yaml`: the named one, else the nearest from the current one upward."""
    if named is not None:
        if not (named / _CONFIG).is_file():
            raise Failure(f"{named} is no briefgen project: it has no {_CONFIG}", _find_misspelt(named) or _START)
        return absolute_path(named)
    folder = current_folder()
    found = discover.find_root(folder)
    if found is None:
        misspelt = next(filter(None, map(_find_misspelt, (folder, *folder.parents))), "")
        raise Failure(
            f"there is no {_CONFIG} in {folder} or in a folder above it, so there is no project",
            misspelt or f"{_START}, or name one with `--project DIR`",
        )
    return absolute_path(found)


def absolute_path(path: Path) -> Path:
    """Return the absolute path without "..", with symbolic links unresolved.

    A path that is not UTF-8 raises a Failure, because it can be neither stored nor printed.
    """
    whole = os.path.abspath(path)  # noqa: PTH100
    try:
        whole.encode()
    except UnicodeEncodeError:
        raise Failure(f"a name in {whole} is not UTF-8", "rename that folder, or use another one") from None
    return Path(whole)


def current_folder() -> Path:
    """Return the current folder."""
    try:
        return Path.cwd()
    except FileNotFoundError:
        raise Failure("the current folder no longer exists", "change to another one") from None


def short_path(path: Path) -> str:
    """Return the path relative to the current folder, or the absolute one if that is shorter."""
    try:
        return min(os.path.relpath(path), os.path.abspath(path), key=len)  # noqa: PTH100 (see above)
    except (OSError, ValueError):  # the current folder is gone; another drive
        return str(path)


def _find_misspelt(folder: Path) -> str:
    """Return a hint if the configuration has another name or place; empty if there is nothing like it."""
    for name in (f"{discover.CONTENT}/site.yml", f"{discover.CONTENT}/config.yaml", "site.yaml", "site.yml"):
        if (folder / name).is_file():
            if name == discover.CONFIG and folder.resolve().name == discover.CONTENT:
                return f"name the folder above it: `--project {folder / '..'}`"
            return f"{folder / name} is there, but a project is recognised by {_CONFIG}"
    return f"{folder / _CONFIG} is there, but is no file" if os.path.lexists(folder / _CONFIG) else ""
