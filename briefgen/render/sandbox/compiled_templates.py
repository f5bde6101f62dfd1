"""Compiled templates, cached between runs: a few milliseconds saved for each template that a build needs.

Loading compiled code means running it. So it is read only from a folder that belongs to the user who builds and that no
one else may write to; a caller must not name a folder inside a project, which may be a clone of another person's. A
damaged or foreign file is a miss, never an error.
"""

import os
import sys
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from jinja2 import BytecodeCache, __version__
from jinja2.bccache import Bucket

from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure

_SIZE = 32
_COMPILER = f"jinja2 {__version__}, guards 1, fast code 2, {sys.version}, {sys.implementation.cache_tag}"
"""What compiled code depends on besides the template. Count up when `insert_guards` or `FastCodeGenerator` changes."""


class CompiledTemplates(BytecodeCache):
    """A folder with one file for each template: a digest, then the code. `generator` names what generates code."""

    def __init__(self, folder: Path, generator: str) -> None:
        self._folder = folder
        self._compiler = f"{_COMPILER}, {generator}"

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load the code of a template if the file is whole and of this very source."""
        with suppress(OSError):
            if _is_private(self._folder):
                content = (self._folder / bucket.key).read_bytes()
                if content[:_SIZE] == _digest(content[_SIZE:]):
                    bucket.bytecode_from_string(content[_SIZE:])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Save the code of a template if the folder allows it."""
        content = bucket.bytecode_to_string()
        with suppress(OSError, Failure):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if _is_private(self._folder):
                Disk().write_atomically(self._folder / bucket.key, _digest(content) + content)

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        """Return the name of the file for a template."""
        return f"{_digest(_encode(name, str(filename))).hex()}.template"

    def get_source_checksum(self, source: str) -> str:
        """Return a digest of all that the code depends on besides the name of its file."""
        return _digest(_encode(self._compiler, source)).hex()


def _encode(*texts: str) -> bytes:
    return "\0".join(texts).encode("utf-8", "surrogatepass")


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_SIZE).digest()


def _is_private(folder: Path) -> bool:
    """Return whether the folder is this user's and closed to others' writing."""
    status = folder.stat()
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022
