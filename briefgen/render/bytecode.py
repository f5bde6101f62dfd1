"""Compiled templates, kept between runs: a few milliseconds saved for each template that a build needs.

Loading compiled code means running it. So it is read only from a folder that belongs to the user who builds and that no
one else may write to; a caller must not name a folder inside a project, which may be a clone of somebody else's. A
damaged or foreign file is a miss, never an error.
"""

import marshal
import os
import sys
import tempfile
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from types import CodeType

_SIZE = 32


class Bytecode:
    """The folder of compiled templates; without one, nothing is kept."""

    def __init__(self, folder: Path | None, engine: str) -> None:
        """`engine` names all that the compiled code depends on besides the template and Python."""
        self.folder = folder
        self.engine = f"{engine}\0{sys.version}\0{sys.implementation.cache_tag}"

    def get(self, name: str, file: str, text: str) -> CodeType | None:
        """The code of the template, if it was kept, is whole and is of this very source."""
        if self.folder is None:
            return None
        try:
            if not _private(self.folder):
                return None
            content = (self.folder / _file_name(name, file)).read_bytes()
        except OSError:
            return None
        if content[: 2 * _SIZE] != self._seal(file, text, content[2 * _SIZE :]):
            return None
        try:
            code = marshal.loads(content[2 * _SIZE :])  # noqa: S302 - sealed, and from a private folder
        except (EOFError, TypeError, ValueError):
            return None
        return code if isinstance(code, CodeType) else None

    def keep(self, name: str, file: str, text: str, code: CodeType) -> None:
        """Keep `code` for later runs if the folder allows it."""
        if self.folder is None:
            return
        payload = marshal.dumps(code)
        with suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not _private(self.folder):
                return
            handle, temporary = tempfile.mkstemp(dir=self.folder)
            try:
                with os.fdopen(handle, "wb") as stream:
                    stream.write(self._seal(file, text, payload) + payload)
                Path(temporary).replace(self.folder / _file_name(name, file))
            except OSError:
                Path(temporary).unlink(missing_ok=True)
                raise

    def _seal(self, file: str, text: str, payload: bytes) -> bytes:
        return _digest(f"{self.engine}\0{file}\0{text}".encode("utf-8", "surrogatepass")) + _digest(payload)


def _file_name(name: str, file: str) -> str:
    where = f"{name}\0{file}".encode("utf-8", "surrogatepass")
    return f"{_digest(where).hex()}.template"


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=_SIZE).digest()


def _private(folder: Path) -> bool:
    """Whether the folder is this user's and closed to others' writing."""
    status = folder.stat()
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022
