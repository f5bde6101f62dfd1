"""The disk: every change that briefgen makes to it goes through here, so that tests can stop it at any operation."""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

from briefgen.kernel.digest import DIGEST_BYTES
from briefgen.model.failure import Failure

_NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
PART_BYTES = 256 * 1024  # of a file that may be too large to be read at once


class Disk:
    """Single operations on files and folders. An OSError becomes a `Failure`."""

    def read(self, path: Path | str) -> bytes:
        """Return all bytes of a file."""
        with refused("read", path), open(path, "rb", buffering=0) as file:  # noqa: PTH123 (3 times as fast as Path)
            return file.readall()

    def parts(self, path: Path | str) -> Iterator[bytes]:
        """Yield the bytes of a file of any size, `PART_BYTES` at a time."""
        with refused("read", path), open(path, "rb", buffering=0) as file:  # noqa: PTH123 (as above)
            while part := file.read(PART_BYTES):
                yield part

    def digest(self, path: Path | str) -> str:
        """Return the digest of a file of any size."""
        state = blake2b(digest_size=DIGEST_BYTES)
        for part in self.parts(path):
            state.update(part)
        return state.hexdigest()

    def copy(self, source: Path | str, target: Path | str) -> str:
        """Copy a file of any size to where `write` may write, and return the digest of the bytes that were copied."""
        state = blake2b(digest_size=DIGEST_BYTES)
        with refused("write", target):
            file = os.open(target, _NEW_FILE, 0o666)
        try:
            for part in self.parts(source):
                with refused("write", target):
                    _put(file, part)
                state.update(part)
        finally:
            os.close(file)
        return state.hexdigest()

    def write(self, path: Path | str, data: bytes) -> None:
        """Write bytes into a file that no other program reads yet; not atomic, and never through a link."""
        with refused("write", path):
            file = os.open(path, _NEW_FILE, 0o666)  # half the time of `open`, which looks at the file again
            try:
                _put(file, data)
            finally:
                os.close(file)

    def write_atomically(self, path: Path, data: bytes) -> None:
        """Write a file in one step, even if another process does the same; make the folders above it."""
        self.make_folder(path.parent)
        # A file with a leading full stop is no content, in case the program is killed here.
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            self.write(temporary, data)
            self.replace(temporary, path)
        except BaseException:
            self.remove(temporary)
            raise

    def create(self, path: Path, data: bytes) -> None:
        """Create a file in one step, and the folders above it. Raise Failure if there is anything of that name."""
        self.make_folder(path.parent)
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
        try:
            self.write(temporary, data)
            self.hard_link(temporary, path)
        finally:
            self.remove(temporary)

    def hard_link(self, source: Path, target: Path) -> None:
        """Give a file a second name, or copy it where there are no links. Raise Failure if that name is taken."""
        with refused("write", target):
            try:
                os.link(source, target)
            except FileExistsError:
                raise Failure(f"{target} is there already, and nothing is overwritten", "choose another id") from None
            except OSError:
                with target.open("xb") as file:
                    file.write(source.read_bytes())

    def rewrite(self, path: Path, data: bytes, expected: bytes | None = None) -> bool:
        """Give a file of the user other bytes in one step; it keeps its permissions, and a link to it stays a link.

        Return whether that was done: a file that has other bytes than `expected` is left as it is.
        """
        real = Path(os.path.realpath(path))
        temporary = real.with_name(f".{real.name}.{os.getpid()}")
        try:
            self.write(temporary, data)
            with refused("write", path):
                os.chmod(temporary, os.stat(real).st_mode & 0o7777)  # noqa: PTH101, PTH116 (as elsewhere here)
            if expected is not None and self.read(real) != expected:
                self.remove(temporary)
                return False
            self.replace(temporary, real)
            return True
        except BaseException:
            self.remove(temporary)
            raise

    def replace(self, source: Path | str, target: Path) -> None:
        """Move a file over another in one step; both lie on one file system."""
        with refused("write", target):
            os.replace(source, target)  # noqa: PTH105

    def make_folder(self, path: Path | str) -> None:
        """Make a folder and those above it, if they are missing."""
        with refused("make", path):
            try:
                os.mkdir(path)  # noqa: PTH102
            except OSError:  # rare: it exists, or the one above does not
                os.makedirs(path, exist_ok=True)  # noqa: PTH103

    def remove(self, path: Path) -> None:
        """Remove a file, if it exists."""
        with refused("remove", path), suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108

    def remove_folder(self, path: Path) -> bool:
        """Remove a folder if it is empty. Return whether it is gone."""
        try:
            os.rmdir(path)  # noqa: PTH106
        except OSError as error:
            return isinstance(error, FileNotFoundError)
        return True


class refused:  # noqa: N801 (used like a function; a generator would cost more than what it guards)
    """Turn an OSError inside into a `Failure` that names the path."""

    __slots__ = ("path", "verb")

    def __init__(self, verb: str, path: Path | str) -> None:
        self.verb = verb
        self.path = path

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if isinstance(error, OSError):
            message = f"cannot {self.verb} {self.path}: {describe_error(error)}"
            raise Failure(message, next_step(error, self.verb)) from error


def describe_error(error: OSError) -> str:
    """Return in words why the system refused something."""
    return (error.strerror or str(error)).lower()


def _put(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view) :]


def next_step(error: OSError, verb: str = "") -> str:
    """Return what a user can do when the system refused to do this."""
    if isinstance(error, PermissionError):
        use = {"": "read and written", "read": "read"}.get(verb, "written")
        return f"Check who owns it and whether it may be {use}."
    if error.errno == errno.ELOOP:
        return "There is a symbolic link; remove it."
    if error.errno == errno.ENOSPC:
        return "Make room on the disk and run the command again; what was there is untouched."
    if error.errno == errno.EFBIG:
        return "The system limits the size of files: see `ulimit -f`."
    if isinstance(error, FileExistsError | NotADirectoryError):
        return "Something that is no folder is in its place, such as a symbolic link that leads nowhere; remove it."
    if error.errno == errno.ENAMETOOLONG:
        return "Choose a shorter name."
    return "Run the command again once it can be reached."
