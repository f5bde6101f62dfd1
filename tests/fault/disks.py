"""Disks that fail at a chosen operation, and builds that die there."""

import errno
import os
import signal
from collections.abc import Callable
from pathlib import Path

from briefgen import pipeline
from briefgen.kernel.disk import Disk, refused
from briefgen.pipeline import Options


class CountingDisk(Disk):
    """Calls `reached` before every operation that changes something, with its number and its name."""

    def __init__(self) -> None:
        self.count = 0

    def reached(self, operation: str) -> None: ...

    def _next(self, operation: str) -> None:
        self.count += 1
        self.reached(operation)

    def write(self, path: Path | str, data: bytes) -> None:
        self._next("write")
        super().write(path, data)

    def copy(self, source: Path | str, target: Path | str) -> str:
        self._next("copy")
        return super().copy(source, target)

    def replace(self, source: Path | str, target: Path) -> None:
        self._next("replace")
        super().replace(source, target)

    def make_folder(self, path: Path | str) -> None:
        self._next("make_folder")
        super().make_folder(path)

    def remove(self, path: Path) -> None:
        self._next("remove")
        super().remove(path)

    def remove_folder(self, path: Path) -> bool:
        self._next("remove_folder")
        return super().remove_folder(path)


class DeadlyDisk(CountingDisk):
    """Kills the process before its n-th operation; if `torn`, in the middle of its n-th write."""

    def __init__(self, at: int, *, torn: bool) -> None:
        super().__init__()
        self.at = at
        self.torn = torn
        self.writes = 0

    def reached(self, operation: str) -> None:  # noqa: ARG002 (others look at it)
        if not self.torn and self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)

    def write(self, path: Path | str, data: bytes) -> None:
        self.writes += 1
        if self.torn and self.writes == self.at:
            Disk().write(path, data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        super().write(path, data)

    def copy(self, source: Path | str, target: Path | str) -> str:
        self.writes += 1
        if self.torn and self.writes == self.at:
            data = Path(source).read_bytes()
            Disk().write(target, data[: len(data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)
        return super().copy(source, target)


class FullDisk(CountingDisk):
    """Has no room left from a certain write on: a file can be made, but takes only half of what is put into it."""

    def __init__(self, writes: int) -> None:
        super().__init__()
        self.writes = writes

    def write(self, path: Path | str, data: bytes) -> None:
        self.writes -= 1
        if self.writes < 0:
            Disk().write(path, data[: len(data) // 2])
            with refused("write", path):
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().write(path, data)

    def copy(self, source: Path | str, target: Path | str) -> str:
        if self.writes < 1:
            self.write(target, Path(source).read_bytes())
        self.writes -= 1
        return super().copy(source, target)


def killed(options: Options, at: int, *, torn: bool) -> bool:
    """Build in a process that dies at its n-th operation on the disk (`torn`: write); whether it came so far."""
    return os.WTERMSIG(in_a_fork(lambda: _built(options, DeadlyDisk(at, torn=torn)))) == signal.SIGKILL


def _built(options: Options, disk: Disk) -> int:
    return 0 if pipeline.build(options, disk=disk).ok else 1


def in_a_fork(work: Callable[[], int]) -> int:
    """The status that `os.waitpid` gives of a process that does this work and exits with what it returns."""
    process = os.fork()
    if process == 0:
        code = 99
        try:
            code = work()
        finally:
            os._exit(code)
    return os.waitpid(process, 0)[1]
