"""Digests of files that need not be read again: a file is recognised by its stat, and read when that leaves any doubt.

A stat is trusted only if it was taken well after the file last changed. Otherwise a second change could have fallen
into the same tick of the file system's clock, with the same size. The change time is compared as well, since tools
restore the modification time but cannot restore that one.

Nor is it trusted if another program could write to the file when it was read (`look_for_writers`): of writes through a
memory mapping, Linux lets only the first one to each page change the times until the page is written back, and on tmpfs
only the first one at all.
"""

import fcntl
import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from briefgen.kernel.memo import Memo

_SECOND = 1_000_000_000


class Seen(Struct, frozen=True, array_like=True):
    """A file as it was when its digest was taken; times in nanoseconds."""

    size: int
    modified: int
    changed: int
    inode: int
    digest: str


class FileDigests:
    """Digests by path, remembered between runs under a name."""

    def __init__(self, memo: Memo, name: str) -> None:
        self._memo = memo
        self._key = b"files " + name.encode()
        self._known = self._load()
        self._asked: dict[str, Seen] = {}
        self._read_at: dict[str, int] = {}
        self._writable: set[str] = set()

    @property
    def blank(self) -> bool:
        """Whether nothing is known from earlier runs."""
        return not self._known

    def of(self, path: str, stat: os.stat_result, digest_of: Callable[[str], str]) -> str:
        """Return the digest of a file that has this stat; `digest_of` reads it, and only if the stat is not known."""
        known = self._known.get(path)
        if known is None or not _same(known, stat):
            # What is written from now on must show in the stat, however late this is kept.
            self._read_at[path] = time.time_ns()
            known = _seen(stat, digest_of(path))
        self._asked[path] = known
        return known.digest

    def look_for_writers(self, path: str) -> None:
        """Do not remember a file that other programs can write to now. To be called before it is read."""
        if has_writer(path):
            self._writable.add(path)

    def recognised(self, folder: Path, paths: Iterable[str]) -> dict[str, str]:
        """Digests of those files below a folder that are recognised by their stat.

        Links among the folders above them are followed: a file that is the one that it was is so wherever it lies.
        """
        known, lstat, top = self._known, os.lstat, str(folder)
        same: dict[str, Seen] = {}
        for path in paths:
            seen = known.get(path)
            if seen is not None:
                try:
                    stat = lstat(f"{top}/{path}")
                except OSError:
                    continue
                # As `_same`, without a call for each of many files.
                if (
                    seen.modified == stat.st_mtime_ns
                    and seen.changed == stat.st_ctime_ns
                    and seen.size == stat.st_size
                    and seen.inode == stat.st_ino
                ):
                    same[path] = seen
        self._asked.update(same)
        return {path: seen.digest for path, seen in same.items()}

    def note(self, path: str, stat: os.stat_result, name: str, read_at: int | None = None) -> None:
        """Remember the digest of a file: one that was just written, or one that was read at `read_at` or later."""
        self._asked[path] = _seen(stat, name)
        if read_at is None:
            self._read_at.pop(path, None)
        else:
            self._read_at[path] = read_at

    def trust(self) -> None:
        """Take everything that is known for asked and recognised: another process has done so."""
        self._asked = {**self._known, **self._asked}

    def keep(self) -> None:
        """Remember what was asked for or noted in this run and can be trusted."""
        if len(self._asked) == len(self._known) and all(
            self._known.get(path) is seen for path, seen in self._asked.items()
        ):
            return
        now, read_at = time.time_ns(), self._read_at
        kept = {
            path: seen
            for path, seen in self._asked.items()
            if _settled(seen, read_at.get(path, now)) and path not in self._writable
        }
        if kept != self._known:
            self._memo.put(self._key, msgspec.msgpack.encode(kept))

    def _load(self) -> dict[str, Seen]:
        kept = self._memo.get(self._key)
        try:
            return msgspec.msgpack.decode(kept, type=dict[str, Seen]) if kept is not None else {}
        except msgspec.DecodeError:
            return {}


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
    except BlockingIOError:
        return True
    except OSError:  # not the owner, or a file system without leases
        return False
    finally:
        os.close(file)
    return False


def _seen(stat: os.stat_result, name: str) -> Seen:
    return Seen(stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, name)


def _same(seen: Seen, stat: os.stat_result) -> bool:
    return (
        seen.modified == stat.st_mtime_ns
        and seen.changed == stat.st_ctime_ns
        and seen.size == stat.st_size
        and seen.inode == stat.st_ino
    )


def _settled(seen: Seen, now: int) -> bool:
    """Whether a change after this stat would show in it. Some file systems count in seconds, FAT in two."""
    latest = max(seen.modified, seen.changed)
    tick = 2 * _SECOND if latest % _SECOND == 0 else _SECOND // 50
    return latest + tick < now
