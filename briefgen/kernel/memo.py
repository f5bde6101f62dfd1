"""A memory for the results of pure functions, on disk between runs. It may forget at any time; it may not lie.

Bytes only, in one SQLite file. Every value is stored with a digest of key and value, so that a damaged one is
forgotten and not believed. Whatever SQLite refuses costs time and nothing else.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Self

_SCHEMA = """
CREATE TABLE IF NOT EXISTS memo (key BLOB PRIMARY KEY, value BLOB NOT NULL);
"""
# An ordinary table: one WITHOUT ROWID is made for small rows, and with texts it takes five times as long and twice
# the room.
# Changes with the layout of the table: another one's file is thrown away.
_LAYOUT = 2
# A damaged file may also hold what is no text where SQLite's module expects some, and fail as UnicodeDecodeError.
_DAMAGED = (sqlite3.Error, ValueError)
_SEAL_SIZE = 8
_WAITING = 1024 * 1024  # bytes of values held back for one transaction: what a processor's cache still holds
_AT_ONCE = 500  # SQLite bounds the number of parameters of one statement


class Memo:
    """Values by key; used as a context manager, which keeps what was put. Without a file it forgets at the end."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._database = _opened(file)
        self._new: dict[bytes, bytes] = {}
        self._waiting = 0
        self._touched: set[bytes] = set()
        self._process = os.getpid()
        self._inherited: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.keep()
        self.close()

    def get(self, key: bytes) -> bytes | None:
        """The value of this key, if it is remembered and intact."""
        return self.get_many((key,)).get(key)

    def get_many(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Those of the keys that are remembered and intact, with their values."""
        self._after_fork()
        found: dict[bytes, bytes] = {}
        asked = []
        for key in keys:
            if (value := self._new.get(key)) is not None:
                found[key] = value
            else:
                asked.append(key)
        if self._database is not None and asked:
            with self._forgiving():
                for some in _batches(asked):
                    marks = ",".join("?" * len(some))
                    rows = self._database.execute(f"SELECT key, value FROM memo WHERE key IN ({marks})", some)  # noqa: S608
                    found.update((key, value[_SEAL_SIZE:]) for key, value in rows if _intact(key, value))
        self._touched.update(found)
        return found

    def put(self, key: bytes, value: bytes) -> None:
        """Remember a value; on disk at the latest after `keep`. In a forked process that is for it to call."""
        self._after_fork()
        self._new[key] = value
        self._waiting += len(value)
        if self._waiting > _WAITING and self._database is not None:
            self.keep()

    def touch(self, key: bytes) -> None:
        """Say that this run needs the value of a key although it does not ask for it."""
        self._touched.add(key)

    def keep(self) -> None:
        """Write what was put, in one transaction."""
        self._after_fork()
        if self._database is None or not self._new:
            return
        with self._forgiving(), self._database as transaction:
            rows = ((key, _seal(key, value) + value) for key, value in sorted(self._new.items()))
            transaction.executemany("INSERT OR REPLACE INTO memo VALUES (?, ?)", rows)
            self._touched.update(self._new)
            self._new.clear()
            self._waiting = 0

    def trim(self) -> None:
        """Drop what this run neither asked for, put nor touched, once that is more than half of all.

        Call it only after a run that needed everything that a later one may need.
        """
        self.keep()
        if self._database is None:
            return
        with self._forgiving(), self._database as transaction:
            [count] = transaction.execute("SELECT count(*) FROM memo").fetchone()
            if count <= 2 * len(self._touched):
                return
            transaction.execute("CREATE TEMP TABLE touched (key BLOB PRIMARY KEY) WITHOUT ROWID")
            transaction.executemany("INSERT INTO touched VALUES (?)", ((key,) for key in self._touched))
            transaction.execute("DELETE FROM memo WHERE key NOT IN touched")
            transaction.execute("DROP TABLE touched")

    @property
    def lasting(self) -> bool:
        """Whether values go to a disk, so that nobody need hold them in memory."""
        return self._database is not None

    def close(self) -> None:
        """Let go of the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _after_fork(self) -> None:
        """Open the file anew in a forked process: SQLite forbids to carry a connection over, even to close it.

        What was waiting to be written at the fork is left to the process that put it.
        """
        if os.getpid() != self._process:
            self._process = os.getpid()
            self._inherited = self._database
            self._database = _opened(self._file) if self._database is not None else None
            self._new, self._waiting = {}, 0

    @contextmanager
    def _forgiving(self) -> Iterator[None]:
        """Go on without the file when SQLite refuses something, and begin a new one next time if it is damaged."""
        try:
            yield
        except sqlite3.OperationalError:
            self.close()
        except _DAMAGED:
            self.close()
            _remove(self._file)


def _opened(file: Path | None) -> sqlite3.Connection | None:
    if file is None:
        return None
    for _ in range(2):
        try:
            return _connected(file)
        except sqlite3.OperationalError:
            return None
        except _DAMAGED:
            _remove(file)
    return None


def _connected(file: Path) -> sqlite3.Connection | None:
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file, isolation_level="DEFERRED", check_same_thread=False)
    try:
        # The cache may be lost with the power; only the manifest of the output must not be.
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA journal_mode = WAL")
        [layout] = database.execute("PRAGMA user_version").fetchone()
        if layout not in (0, _LAYOUT):
            raise sqlite3.DatabaseError("another layout")
        database.executescript(_SCHEMA)
        if layout == 0:
            database.execute(f"PRAGMA user_version = {_LAYOUT}")
    except _DAMAGED:
        database.close()
        raise
    return database


def _remove(file: Path | None) -> None:
    for suffix in ("", "-wal", "-shm"):
        if file is not None:
            with suppress(OSError):
                file.with_name(file.name + suffix).unlink()


def _seal(key: bytes, value: bytes) -> bytes:
    return blake2b(value, key=key[:64], digest_size=_SEAL_SIZE).digest()


def _intact(key: bytes, sealed: object) -> bool:
    return isinstance(sealed, bytes) and sealed[:_SEAL_SIZE] == _seal(key, sealed[_SEAL_SIZE:])


def _batches(keys: Iterable[bytes]) -> Iterator[list[bytes]]:
    left = iter(keys)
    while some := list(islice(left, _AT_ONCE)):
        yield some
