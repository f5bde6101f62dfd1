"""Names that editors, file managers and synchronisers use for what is not meant to be read."""

import re
from collections.abc import Iterable
from pathlib import PurePath

# Servers look for a file there that proves who owns a site, so this hidden folder is meant.
_MEANT = ".well-known"

_SCRATCH = re.compile(
    r"""
    \..*                        # hidden: .a.md.swp (vim), .#a.md (Emacs), .goutputstream-X (GNOME), .a.md.X (rsync)
    | .*~                       # backups of vim, Emacs and many more
    | \#.*\#                    # Emacs saves by itself
    | 4913                      # vim asks whether it may make files here
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


def is_scratch(name: str) -> bool:
    """Whether nobody wants to read a file or folder of this name."""
    return name != _MEANT and _SCRATCH.fullmatch(name) is not None


def in_scratch(parts: Iterable[str]) -> bool:
    """Whether any name on the way to a file is one of these."""
    return any(is_scratch(part) for part in parts)


def ignored(path: str, top: str) -> bool:
    """Whether `path`, somewhere below the folder `top`, is nothing that anybody wants to read."""
    try:
        return in_scratch(PurePath(path).relative_to(top).parts)
    except ValueError:  # the folder has been moved meanwhile
        return in_scratch(PurePath(path).parts[-1:])
