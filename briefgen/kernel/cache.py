"""A cache for the results of pure functions, kept on disk between runs. Entries may get lost, but are never wrong.

It is one SQLite file. Every value is stored with a checksum of key and value, so that a damaged one counts as missing.
An error of SQLite costs time and nothing else.
"""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from hashlib import blake2b
from pathlib import Path
from typing import Self, TypeVar

import msgspec

T = TypeVar("T")

# An ordinary table: with long texts, one WITHOUT ROWID takes five times as long and twice the space.
_SCHEMA = "CREATE TABLE IF NOT EXISTS cache (key BLOB PRIMARY KEY, value BLOB NOT NULL)"
# A file with another number has another table layout and is deleted.
_LAYOUT = 3
# In a damaged file, bytes that are no text may stand for one, which raises UnicodeDecodeError.
_DAMAGED = (sqlite3.Error, ValueError)
_CHECKSUM_SIZE = 8
_MAX_PENDING = 1024 * 1024  # bytes of values in one transaction: few enough for the processor's own cache
_BATCH_SIZE = 500  # SQLite limits the number of parameters of one statement


class Cache:
    """Values by key; as a context manager it flushes at the end. Without a file, values last as long as the process."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._database = _open(file)
        self._pending: dict[bytes, bytes] = {}
        self._pending_size = 0
        # What this run used, for `prune`; None where all that the file has is of this run.
        self._used: set[bytes] | None = set() if self._has_entries() else None
        self._process = os.getpid()
        self._inherited: sqlite3.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.flush()
        self.close()

    def get(self, key: bytes) -> bytes | None:
        """Return the value of this key, or None if there is none or it is damaged."""
        return self.get_many((key,)).get(key)

    def get_many(self, keys: Iterable[bytes]) -> dict[bytes, bytes]:
        """Return those of the keys that have an intact value, with these values."""
        self._after_fork()
        keys = list(keys)
        found = {key: self._pending[key] for key in keys if key in self._pending}
        missing = [key for key in keys if key not in found]
        if self._database is not None:
            with self._ignoring_errors():
                for start in range(0, len(missing), _BATCH_SIZE):
                    batch = missing[start : start + _BATCH_SIZE]
                    marks = ",".join("?" * len(batch))
                    rows = self._database.execute(f"SELECT key, value FROM cache WHERE key IN ({marks})", batch)  # noqa: S608
                    found.update((key, value[_CHECKSUM_SIZE:]) for key, value in rows if _is_intact(key, value))
        if self._used is not None:
            self._used.update(found)
        return found

    def put(self, key: bytes, value: bytes) -> None:
        """Store a value; `flush` writes it to disk at the latest. A forked process must flush its own values."""
        self._after_fork()
        self._pending[key] = value
        self._pending_size += len(value)
        if self._pending_size > _MAX_PENDING and self._database is not None:
            self.flush()

    def load(self, key: bytes, kind: type[T]) -> T | None:
        """Return the value that `store` was called with; None if it is missing or of another form."""
        value = self.get(key)
        try:
            return msgspec.msgpack.decode(value, type=kind) if value is not None else None
        except msgspec.DecodeError:
            return None

    def store(self, key: bytes, value: object) -> None:
        """Store a value of any type that msgspec encodes."""
        self.put(key, msgspec.msgpack.encode(value))

    def mark_used(self, key: bytes) -> None:
        """Protect a key from `prune` although this run does not read its value."""
        if self._used is not None:
            self._used.add(key)

    def flush(self) -> None:
        """Write all pending values to disk in one transaction."""
        self._after_fork()
        if self._database is None or not self._pending:
            return
        with self._ignoring_errors(), self._database as transaction:
            rows = ((key, _checksum(key, value) + value) for key, value in sorted(self._pending.items()))
            transaction.executemany("INSERT OR REPLACE INTO cache VALUES (?, ?)", rows)
            if self._used is not None:
                self._used.update(self._pending)
            self._pending.clear()
            self._pending_size = 0

    def prune(self) -> None:
        """Delete what this run neither read, stored nor marked as used, once that is more than half of all entries.

        Call it only after a run that used everything that a later run may need.
        """
        self.flush()
        if self._database is None or self._used is None:
            return
        with self._ignoring_errors(), self._database as transaction:
            [count] = transaction.execute("SELECT count(*) FROM cache").fetchone()
            if count <= 2 * len(self._used):
                return
            transaction.execute("CREATE TEMP TABLE used (key BLOB PRIMARY KEY) WITHOUT ROWID")
            transaction.executemany("INSERT INTO used VALUES (?)", ((key,) for key in self._used))
            transaction.execute("DELETE FROM cache WHERE key NOT IN used")
            transaction.execute("DROP TABLE used")

    @property
    def is_persistent(self) -> bool:
        """Return whether values are kept on disk, so that they need not be held in memory."""
        return self._database is not None

    def close(self) -> None:
        """Close the file."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _has_entries(self) -> bool:
        if self._database is not None:
            with self._ignoring_errors():
                return self._database.execute("SELECT 1 FROM cache LIMIT 1").fetchone() is not None
        return False

    def _after_fork(self) -> None:
        """Open the file again in a forked process: SQLite connections must not be used, nor closed, across a fork.

        Values that were pending at the fork are written by the process that stored them.
        """
        if os.getpid() != self._process:
            self._process = os.getpid()
            self._inherited = self._database
            self._database = _open(self._file) if self._database is not None else None
            self._pending, self._pending_size = {}, 0

    @contextmanager
    def _ignoring_errors(self) -> Iterator[None]:
        """Go on without the file after an error of SQLite, and delete the file if it is damaged."""
        try:
            yield
        except sqlite3.OperationalError:
            self.close()
        except _DAMAGED:
            self.close()
            _remove(self._file)


def _open(file: Path | None) -> sqlite3.Connection | None:
    for _ in range(2):
        try:
            return _connect(file) if file else None
        except sqlite3.OperationalError:
            return None
        except _DAMAGED:
            _remove(file)
    return None


def _connect(file: Path) -> sqlite3.Connection:
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
    database = sqlite3.connect(file, isolation_level="DEFERRED", check_same_thread=False)
    try:
        # A power cut may lose the cache, but not the manifest of the output folder, which is another file.
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA journal_mode = WAL")
        [layout] = database.execute("PRAGMA user_version").fetchone()
        if layout not in (0, _LAYOUT):
            raise sqlite3.DatabaseError("another layout")
        database.execute(_SCHEMA)
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


def _checksum(key: bytes, value: bytes) -> bytes:
    return blake2b(value, key=key[:64], digest_size=_CHECKSUM_SIZE).digest()


def _is_intact(key: bytes, stored: object) -> bool:
    return isinstance(stored, bytes) and stored[:_CHECKSUM_SIZE] == _checksum(key, stored[_CHECKSUM_SIZE:])
