"""Create a project: a small working site with one example of each kind of content."""

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
from briefgen.scaffold.entry import TEMPLATES

IGNORED = (".briefgen/", "/content/copies/", "/site/")


class NewProject(Struct, frozen=True):
    """The result: paths from the project's root. `kept` are files of the user in place of which none were written."""

    files: tuple[str, ...]
    kept: tuple[str, ...]
    not_ignored: tuple[str, ...]  # patterns that are missing in the user's own .gitignore


def new_project(root: Path) -> NewProject:
    """Create a project in a folder, which may exist and hold other files, as a fresh clone does.

    Raises:
        Failure: `content` or something else is in the way, or the machine refused; then nothing is written.
    """
    templates = dict(_list_templates(TEMPLATES / "project", PurePosixPath()))
    _refuse_to_overwrite(root)
    kept = tuple(path for path in templates if "/" not in path and os.path.lexists(root / path))
    with refused("make", root):
        is_new_root = not root.exists()
        root.mkdir(parents=True, exist_ok=True)
        staging = Path(tempfile.mkdtemp(prefix=".briefgen-new-", dir=root))
    moved: list[Path] = []
    try:
        with refused("write", root):
            for path, template in templates.items():
                target = staging / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(template.read_bytes())
            # The content is moved last, in one step, because it makes the folder a project.
            names = {path.partition("/")[0] for path in templates} - set(kept)
            for name in sorted(names, key=lambda name: name == CONTENT):
                (staging / name).rename(root / name)
                moved.append(root / name)
    except BaseException:
        while moved:
            _remove(moved.pop())
        raise
    finally:
        _remove(staging)
        if is_new_root and not moved:
            with suppress(OSError):
                root.rmdir()
    not_ignored = _find_missing(root / ".gitignore") if ".gitignore" in kept else ()
    return NewProject(tuple(path for path in templates if path not in kept), kept, not_ignored)


def _list_templates(folder: Traversable, below: PurePosixPath) -> Iterator[tuple[str, Traversable]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        # Under its real name, the template would have an effect in this repository.
        path = below / (".gitignore" if entry.name == "gitignore" else entry.name)
        if entry.is_dir():
            yield from _list_templates(entry, path)
        else:
            yield str(path), entry


def _refuse_to_overwrite(root: Path) -> None:
    if os.path.lexists(root) and not root.is_dir():
        raise Failure(f"{root} is there already and is no folder", "Choose another name.")
    content = root / CONTENT
    with refused("read", root):
        is_empty = content.is_dir() and not content.is_symlink() and not any(content.iterdir())
        if is_empty or not os.path.lexists(content):
            return
        if (content / "site.yaml").exists():
            raise Failure(f"{root} is a briefgen project already", "Add to it with `briefgen new brief ID`.")
    raise Failure(f"{content} is in the way: it is there already", "Move it away, or choose another folder.")


def _find_missing(gitignore: Path) -> tuple[str, ...]:
    try:
        text = gitignore.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return IGNORED
    patterns = {line.strip().strip("/") for line in text.splitlines()}
    return tuple(pattern for pattern in IGNORED if pattern.strip("/") not in patterns)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
