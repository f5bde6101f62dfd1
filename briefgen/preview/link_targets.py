"""Symbolic links in a project → their targets, which pages depend on although they lie outside the watched folders."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from briefgen.preview.ignored_names import is_ignored_name

_PRIVATE = "copies"


def find_link_targets(root: Path) -> frozenset[str]:
    """Return the real paths of all files and folders that a build reads through links in `content/` and `themes/`.

    Links in `content/` may lead anywhere in the project, links to site themes anywhere. Targets inside the folder that
    has the link are left out, because that folder is watched as a whole.
    """
    content, themes = os.path.realpath(root / "content"), os.path.realpath(root / "themes")
    return frozenset([*_content_targets(content, os.path.realpath(root)), *_theme_targets(themes, content)])


def _content_targets(content: str, root: str) -> Iterator[str]:
    private = os.path.realpath(f"{content}/{_PRIVATE}")
    visited = {content}
    waiting = [content]
    while waiting:
        folder = waiting.pop()
        for entry in _entries(folder):
            if not entry.is_symlink():
                if entry.is_dir() and entry.path != private:
                    waiting.append(entry.path)
                continue
            real = os.path.realpath(entry.path)
            if (
                _is_below(real, content)
                or _is_below(private, real)
                or _is_below(real, private)
                or not _is_below(real, root)
            ):
                continue
            yield real
            if real not in visited:
                visited.add(real)
                waiting.append(real)


def _theme_targets(themes: str, content: str) -> Iterator[str]:
    for entry in _entries(themes):
        real = os.path.realpath(entry.path) if entry.is_symlink() else themes
        if not _is_below(real, themes) and not _is_below(content, real):
            yield real


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """Yield the links and folders in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if (entry.is_symlink() or entry.is_dir(follow_symlinks=False)) and not is_ignored_name(entry.name):
                yield entry


def _is_below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
