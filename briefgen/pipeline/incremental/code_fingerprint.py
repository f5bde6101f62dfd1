"""A fingerprint of the code that makes cached values: our own sources and the versions of libraries."""

import os
import sys
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from importlib.machinery import PathFinder
from pathlib import Path

from briefgen.kernel.reference_mode import is_reference_mode

_LIBRARIES = (
    "PIL", "anyascii", "babel", "idna", "jinja2", "markdown_it", "markupsafe", "mdit_py_plugins", "msgspec", "typst",
    "yaml",
)  # fmt: skip
_PACKAGE = Path(__file__).parents[2]


@cache
def code_fingerprint(*packages: str) -> str:
    """Return a digest of the sources of these packages of briefgen, of Python and of the libraries.

    Libraries count by the names of their installed distributions, which hold their versions, so none is imported.
    """
    fingerprint = blake2b(f"{sys.version} {is_reference_mode()}".encode(), digest_size=16)
    for package in sorted(packages):
        for source in sorted(_sources(_PACKAGE / package)):
            fingerprint.update(source.relative_to(_PACKAGE).as_posix().encode() + b"\0" + source.read_bytes() + b"\0")
    for name in _distributions():
        fingerprint.update(name.encode() + b"\0")
    return fingerprint.hexdigest()


def _sources(package: Path) -> Iterator[Path]:
    """Yield all files of a package, pictures too, but not what Python compiles them to."""
    for folder, folders, names in os.walk(package):
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
