"""One build at a time: a lock on a file, which the system gives back however the holder ends."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefgen.model.problem import Failure


@contextmanager
def held(file: Path) -> Iterator[None]:
    """Hold the lock while the block runs. Where the file cannot be made, nothing can be written beside it either.

    Raises:
        Failure: another process holds it.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # What a link leads to is not ours to write to.
        handle = os.open(file, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
    except OSError:
        yield
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.read(handle, 20).decode("ascii", "ignore").strip()
            who = f"process {holder}" if holder else "another process"
            raise Failure(f"{who} is building this project already", "Wait for it to end, then try again.") from error
        os.ftruncate(handle, 0)
        os.write(handle, str(os.getpid()).encode())
        yield
    finally:
        os.close(handle)
