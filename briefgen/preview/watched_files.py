"""Which files the preview watches: the folders on which pages depend, without what is no content in them."""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePath

import briefgen
from briefgen.load.discover import is_below
from briefgen.render.site_theme import shipped

# The only hidden folder that is content: it has files that prove who owns a site.
_PUBLISHED = ".well-known"
_PRIVATE = "copies"
_IGNORED = re.compile(
    r"""
    \..*                        # hidden: .a.md.swp (vim), .#a.md (Emacs), .goutputstream-X (GNOME), .a.md.X (rsync)
    | .*~                       # backups of vim, Emacs and others
    | \#.*\#                    # automatic saves of Emacs
    | 4913                      # the file with which vim tests whether it may create files
    | ~\$.*                     # Word
    | .*___jb_(tmp|old)___      # JetBrains, on either side of a save
    | sed[A-Za-z0-9]{6}         # sed -i
    | .*\.(
        sw[a-z]                 # vim
        | bck                   # Helix
        | tmp | temp | bak | orig | rej | part | crdownload | download
    )
    | .*\.tmp\.\d+(\.\d+|\.[0-9a-f]+)?   # write-file-atomic and its kin
    | Thumbs\.db | desktop\.ini
    """,
    re.VERBOSE | re.DOTALL,
)


def is_ignored_name(name: str) -> bool:
    """Return whether a file or folder is a temporary file or a backup of an editor, file manager or synchroniser."""
    return name != _PUBLISHED and _IGNORED.fullmatch(name) is not None


def is_ignored(path: str, top: str) -> bool:
    """Return whether any name on the way from the folder `top` to `path` is one that is ignored."""
    try:
        names = PurePath(path).relative_to(top).parts
    except ValueError:  # the folder has been moved meanwhile
        names = PurePath(path).parts[-1:]
    return any(map(is_ignored_name, names))


def find_watched_folders(root: Path) -> tuple[Path, ...]:
    """Return all folders on which pages depend: the content and site themes of the project, and those of a checkout."""
    own = (root / "content", root / "themes")
    themes = shipped()
    # Those of an installed package do not change.
    is_installed = themes.is_relative_to(Path(briefgen.__file__).parent)
    return own if is_installed else (*own, themes)


def find_link_targets(root: Path) -> frozenset[str]:
    """Return the real paths of all files and folders that a build reads through links in `content/` and `themes/`.

    Links in `content/` may lead anywhere in the project, links to site themes anywhere. Targets inside the folder that
    has the link are left out, because that folder is watched as a whole.
    """
    content, themes = os.path.realpath(root / "content"), os.path.realpath(root / "themes")
    return frozenset([*_content_targets(content, os.path.realpath(root)), *_theme_targets(themes, content)])


def _content_targets(content: str, root: str) -> Iterator[str]:
    private = os.path.realpath(f"{content}/{_PRIVATE}")
    visited, waiting = {content}, [content]
    while waiting:
        for entry in _links_and_folders(waiting.pop()):
            if not entry.is_symlink():
                if entry.path != private:
                    waiting.append(entry.path)
                continue
            real = os.path.realpath(entry.path)
            is_read = is_below(real, root) and not is_below(private, real) and not is_below(real, private)
            if is_read and not is_below(real, content):
                yield real
                if real not in visited:
                    visited.add(real)
                    waiting.append(real)


def _theme_targets(themes: str, content: str) -> Iterator[str]:
    for entry in _links_and_folders(themes):
        real = os.path.realpath(entry.path) if entry.is_symlink() else themes
        if not is_below(real, themes) and not is_below(content, real):
            yield real


def _links_and_folders(folder: str) -> Iterator[os.DirEntry[str]]:
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if (entry.is_symlink() or entry.is_dir(follow_symlinks=False)) and not is_ignored_name(entry.name):
                yield entry
