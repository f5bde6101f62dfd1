"""Digests of files that need not be read again: a file is recognised by its stat, and read when that leaves any doubt.

A stat is trusted only if it was taken well after the file last changed. Otherwise a second change could have fallen
into the same tick of the file system's clock, with the same size. The change time is compared as well, since tools
restore the modification time but cannot restore that one.
"""

import os
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
        kept = {path: seen for path, seen in self._asked.items() if _settled(seen, read_at.get(path, now))}
        if kept != self._known:
            self._memo.put(self._key, msgspec.msgpack.encode(kept))

    def _load(self) -> dict[str, Seen]:
        kept = self._memo.get(self._key)
        try:
            return msgspec.msgpack.decode(kept, type=dict[str, Seen]) if kept is not None else {}
        except msgspec.DecodeError:
            return {}


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
