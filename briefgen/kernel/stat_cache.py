"""Digests of files by path and stat, so that a file with the same stat need not be read again.

An entry is stored only if its stat was taken well after the last change of the file. Otherwise a second change of the
same size could fall into the same tick of the file system's clock. The change time is compared as well, because tools
can restore the modification time but not that one.

No entry is stored either if another program could write to the file when it was read (`look_for_writers`): of writes
through a memory mapping, Linux lets only the first one to each page change the times until the page is written back,
and on tmpfs only the first one at all.
"""

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from briefgen.kernel.cache import Cache

_SECOND = 1_000_000_000

Stamp = tuple[int, int, int, int]
"""What changes with a file: size, times of the last modification and change in nanoseconds, inode."""


class Entry(Struct, frozen=True, array_like=True, gc=False):
    """The stamp of a file and its digest."""

    stat: Stamp
    digest: str


class StatCache:
    """Digests of files by path and stat, kept in a cache under a name. Make it before the stats are taken."""

    def __init__(self, cache: Cache, name: str) -> None:
        self._started = time.time_ns()
        self._cache = cache
        self._key = b"files " + name.encode()
        self._known: dict[str, Entry] = cache.load(self._key, dict[str, Entry]) or {}
        self._used: dict[str, Entry] = {}
        self._read_at: dict[str, int] = {}
        self._writable: set[str] = set()

    @property
    def is_empty(self) -> bool:
        """Return whether there are no entries of earlier runs."""
        return not self._known

    def digest_of(self, path: str, stat: Stamp, read: Callable[[str], str]) -> str:
        """Return the digest of a file with this stamp; `read(path)` returns it if there is no entry for the stamp."""
        known = self._known.get(path)
        if known is None or known.stat != stat:
            # A change after this moment must show in the stat, however late `flush` is called.
            self._read_at[path] = time.time_ns()
            known = Entry(stat, read(path))
        self._used[path] = known
        return known.digest

    def look_for_writers(self, path: str) -> None:
        """Store no entry for a file that another program can write to now. Call it before the file is read."""
        if has_writer(path):
            self._writable.add(path)

    def digests_below(self, folder: Path, paths: Iterable[str]) -> dict[str, str]:
        """Return the digests of those files below a folder that still have the stat of their entries.

        Symbolic links among the folders above them are followed: the inode shows that it is still the same file.
        """
        same: dict[str, Entry] = {}
        for path in paths:
            seen = self._known.get(path)
            if seen is not None:
                with suppress(OSError):
                    if seen.stat == stamp(os.lstat(f"{folder}/{path}")):
                        same[path] = seen
        self._used.update(same)
        return {path: seen.digest for path, seen in same.items()}

    def record(self, path: str, stat: Stamp, name: str, *, was_read: bool = False) -> None:
        """Store the digest of a file that was just written, or of one that was read after its stat was taken."""
        self._used[path] = Entry(stat, name)
        if was_read:
            self._read_at[path] = self._started
        else:
            self._read_at.pop(path, None)

    def assume_fresh(self) -> None:
        """Keep all entries: another process has compared every stat."""
        self._used = {**self._known, **self._used}

    def flush(self) -> bool:
        """Write the entries that this run used or recorded and that are reliable to the cache.

        Return whether all are, so that any later change of one of these files will show in its stat.
        """
        if self._used == self._known:
            return True
        now, read_at = time.time_ns(), self._read_at
        kept = {
            path: seen
            for path, seen in self._used.items()
            if _is_reliable(seen, read_at.get(path, now)) and path not in self._writable
        }
        if kept != self._known:
            self._cache.store(self._key, kept)
        return len(kept) == len(self._used)


def has_writer(path: str) -> bool:
    """Return whether a program has a file open for writing, or mapped so; False if the system does not tell.

    Linux grants the owner of a file a lease for reading only if there is none.
    """
    if not hasattr(fcntl, "F_SETLEASE"):
        return False
    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        # A program that opens the file in these microseconds waits, and the kernel sends a signal; SIGIO, which is the
        # usual one, would end this process.
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:  # others: not the owner, or a file system without leases
        return isinstance(error, BlockingIOError)
    finally:
        os.close(file)
    return False


def stamp(stat: os.stat_result) -> Stamp:
    """Return the stamp of a file with this stat, in a third of the memory."""
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino


def _is_reliable(seen: Entry, now: int) -> bool:
    """Return whether a later change would show in the stat. Some file systems count in seconds, FAT in two."""
    latest = max(seen.stat[1:3])
    tick = 2 * _SECOND if latest % _SECOND == 0 else _SECOND // 50
    return latest + tick < now
