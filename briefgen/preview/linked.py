"""Links in a project: places elsewhere that pages are made of, and that nobody hears of who watches its folders."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from briefgen.preview.names import is_scratch

_PRIVATE = "copies"


def linked(root: Path) -> frozenset[str]:
    """Where links in `content/` and `themes/` lead to, as far as a build follows them; real files and folders.

    Content may come from anywhere in the project, a site theme from anywhere. What lies in the folder that the link is
    in is left out.
    """
    content, themes = os.path.realpath(root / "content"), os.path.realpath(root / "themes")
    return frozenset([*_in_content(content, os.path.realpath(root)), *_in_themes(themes, content)])


def _in_content(content: str, root: str) -> Iterator[str]:
    private = os.path.realpath(f"{content}/{_PRIVATE}")
    known = {content}
    waiting = [content]
    while waiting:
        folder = waiting.pop()
        for entry in _entries(folder):
            if not entry.is_symlink():
                if entry.is_dir() and entry.path != private:
                    waiting.append(entry.path)
                continue
            real = os.path.realpath(entry.path)
            if _below(real, content) or _below(private, real) or _below(real, private) or not _below(real, root):
                continue
            yield real
            if real not in known:
                known.add(real)
                waiting.append(real)


def _in_themes(themes: str, content: str) -> Iterator[str]:
    for entry in _entries(themes):
        real = os.path.realpath(entry.path) if entry.is_symlink() else themes
        if not _below(real, themes) and not _below(content, real):
            yield real


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """The links and folders in a folder."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if (entry.is_symlink() or entry.is_dir(follow_symlinks=False)) and not is_scratch(entry.name):
                yield entry


def _below(path: str, folder: str) -> bool:
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
