"""One build at a time: locks on a file or a folder, which the system releases however the process ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefgen.model.failure import Failure


@contextmanager
def hold_lock(file: Path) -> Iterator[None]:
    """Hold the lock of a file while the block runs. If it cannot be made, nothing can be written beside it either.

    Raises:
        Failure: another process holds it.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # A link may lead to a file outside the project.
        handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError:
        yield
        return
    try:
        if not _lock(handle):
            holder = os.read(handle, 20).decode("ascii", "ignore").strip()
            who = f"process {holder}" if holder else "another process"
            raise Failure(f"{who} is building this project already", "Wait for it to end, then try again.")
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)


@contextmanager
def hold_folder(folder: Path, shown: str) -> Iterator[None]:
    """Hold the lock of a folder, by whatever path it is reached, while the block runs; nothing is written for it.

    A folder that is not there needs none. `shown` is how a user would name it.

    Raises:
        Failure: another process holds it.
    """
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError:
        yield
        return
    try:
        if not _lock(handle):
            hint = "Wait for it to end, then try again, or name another folder with --output-dir."
            raise Failure(f"another build is writing into {shown} already", hint)
        yield
    finally:
        os.close(handle)


def _lock(handle: int) -> bool:
    """Take a lock. Return False if another process holds it; True also where the system has no locks."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # as on some network file systems
        return True
    return True
