"""The engine as part of every key: our own sources and the versions of the libraries that shape what is remembered."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.machinery import PathFinder
from pathlib import Path

_LIBRARIES = (
    "PIL", "anyascii", "babel", "idna", "jinja2", "markdown_it", "markupsafe", "mdit_py_plugins", "msgspec", "typst",
    "yaml",
)  # fmt: skip
_PACKAGE = Path(__file__).parents[1]


@cache
def engine(*parts: str) -> str:
    """A digest of the sources of these parts of the package and of everything below them that they may use.

    Libraries count by the names of their installed distributions, which hold their versions; finding out imports none.
    """
    found = blake2b(sys.version.encode(), digest_size=16)
    for part in sorted(parts):
        for source in sorted(_sources(_PACKAGE / part)):
            found.update(source.relative_to(_PACKAGE).as_posix().encode() + b"\0" + source.read_bytes() + b"\0")
    for name in _distributions():
        found.update(name.encode() + b"\0")
    return found.hexdigest()


def _sources(part: Path) -> Iterator[Path]:
    """All files of a part, pictures too; what Python compiles them to beside them does not count."""
    for folder, folders, names in os.walk(part):
        folders[:] = [name for name in folders if name != "__pycache__"]
        yield from (Path(folder, name) for name in names)


@cache
def _distributions() -> tuple[str, ...]:
    folders = set()
    for library in _LIBRARIES:
        spec = PathFinder.find_spec(library)
        if spec is not None and spec.origin is not None:
            folders.add(Path(spec.origin).parents[1])
    names = (entry.name for folder in folders if folder.is_dir() for entry in folder.glob("*.dist-info"))
    wanted = tuple(library.replace("_", "").lower() for library in (*_LIBRARIES, "markdown_it_py", "pillow", "pyyaml"))
    return tuple(sorted(name for name in names if name.replace("_", "").lower().startswith(wanted)))
