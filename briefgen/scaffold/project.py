"""A new project: a working small site with one example of each kind of content."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath

from msgspec import Struct

from briefgen.kernel.disk import refused
from briefgen.load.discover import CONTENT
from briefgen.model.failure import Failure
from briefgen.scaffold import files

# Names under which the templates keep what would have an effect here.
_REAL_NAMES = {"gitignore": ".gitignore"}
IGNORED = (".briefgen/", "/content/copies/", "/site/")


class NewProject(Struct, frozen=True):
    """What was made: paths from the project's root. `kept` are files of the user that stand where one of ours would."""

    files: tuple[str, ...]
    kept: tuple[str, ...]
    not_ignored: tuple[str, ...]  # what the user's own .gitignore should name, too


def new_project(root: Path) -> NewProject:
    """A new project in a folder, which may exist and hold other things, as a fresh clone does.

    Raises: Failure, before anything is written, where `content` or something else is in the way.
    """
    ours = dict(_templates(files.TEMPLATES / "project", PurePosixPath()))
    _refuse_to_overwrite(root)
    kept = tuple(path for path in ours if "/" not in path and os.path.lexists(root / path))
    with refused("make", root):
        made_root = not root.exists()
        root.mkdir(parents=True, exist_ok=True)
        workshop = Path(tempfile.mkdtemp(prefix=".briefgen-new-", dir=root))
    moved: list[Path] = []
    try:
        with refused("write", root):
            for path, template in ours.items():
                target = workshop / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(template.read_bytes())
            # The content comes last: with it the folder is a project, and it arrives in one step.
            for name in sorted({path.partition("/")[0] for path in ours} - set(kept), key=lambda name: name == CONTENT):
                (workshop / name).rename(root / name)
                moved.append(root / name)
    except BaseException:
        while moved:
            _remove(moved.pop())
        raise
    finally:
        _remove(workshop)
        if made_root and not moved:
            with suppress(OSError):
                root.rmdir()
    not_ignored = _missing_from(root / ".gitignore") if ".gitignore" in kept else ()
    return NewProject(tuple(path for path in ours if path not in kept), kept, not_ignored)


def _templates(folder: Traversable, below: PurePosixPath) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = below / _REAL_NAMES.get(entry.name, entry.name)
        if entry.is_dir():
            yield from _templates(entry, path)
        else:
            yield str(path), entry


def _refuse_to_overwrite(root: Path) -> None:
    if os.path.lexists(root) and not root.is_dir():
        raise Failure(f"{root} is there already and is no folder", "Choose another name.")
    content = root / CONTENT
    with refused("read", root):
        if not os.path.lexists(content) or (
            content.is_dir() and not content.is_symlink() and not any(content.iterdir())
        ):
            return
        if (content / "site.yaml").exists():
            raise Failure(f"{root} is a briefgen project already", "Add to it with `briefgen new brief ID`.")
    raise Failure(f"{content} is in the way: it is there already", "Move it away, or choose another folder.")


def _missing_from(gitignore: Path) -> tuple[str, ...]:
    try:
        lines = {
            line.strip().strip("/") for line in gitignore.read_text(encoding="utf-8", errors="replace").splitlines()
        }
    except OSError:
        return IGNORED
    return tuple(one for one in IGNORED if one.strip("/") not in lines)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
