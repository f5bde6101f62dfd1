"""Names of files that are no content: temporary files and backups of editors, file managers and synchronisers."""

import re
from pathlib import PurePath

# The only hidden folder that is content: it has files that prove who owns a site.
_PUBLISHED = ".well-known"

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
    """Return whether a file or folder of this name is no content."""
    return name != _PUBLISHED and _IGNORED.fullmatch(name) is not None


def is_ignored(path: str, top: str) -> bool:
    """Return whether any name on the way from the folder `top` to `path` is one that is ignored."""
    try:
        names = PurePath(path).relative_to(top).parts
    except ValueError:  # the folder has been moved meanwhile
        names = PurePath(path).parts[-1:]
    return any(map(is_ignored_name, names))
