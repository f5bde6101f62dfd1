"""One at a time: locks on a file or a folder, which the system releases however the process ends."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from briefgen.model.failure import Failure


@contextmanager
def hold_lock(file: Path, on_wait: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock of a file while the block runs. If it cannot be made, nothing can be written beside it either.

    If another process holds it, `on_wait` is called and the lock awaited.

    Raises:
        Failure: another process holds it, and there is no `on_wait`.
    """

    def describe(handle: int) -> Failure:
        holder = os.read(handle, 20).decode("ascii", "ignore").strip()
        who = f"process {holder}" if holder else "another process"
        return Failure(f"{who} is building this project already", "Wait for it to end, then try again.")

    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
    # A link may lead to a file outside the project.
    with _hold(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, describe, on_wait) as handle:
        if handle is not None:
            os.ftruncate(handle, 0)
            os.write(handle, str(os.getpid()).encode())
        yield


def hold_folder(folder: Path, shown: str) -> AbstractContextManager[int | None]:
    """Hold the lock of a folder, by whatever path it is reached, while the block runs; nothing is written for it.

    A folder that is not there needs none. `shown` is how a user would name it.

    Raises:
        Failure: another process holds it.
    """
    hint = "Wait for it to end, then try again, or name another folder with --output-dir."
    failure = Failure(f"another build is writing into {shown} already", hint)
    return _hold(folder, os.O_RDONLY | os.O_DIRECTORY, lambda _: failure)


@contextmanager
def _hold(
    path: Path, flags: int, describe: Callable[[int], Failure], on_wait: Callable[[], None] | None = None
) -> Iterator[int | None]:
    """Hold a lock and yield its handle: None if it cannot be opened. `describe` is called if it is held already."""
    try:
        handle = os.open(path, flags, 0o644)
    except OSError:
        yield None
        return
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if on_wait is None:
                raise describe(handle) from None
            on_wait()
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:  # no locks, as on some network file systems
            pass
        yield handle
    finally:
        os.close(handle)
