"""Unchanged files are recognised without being read, and no change is missed."""

import fcntl
import mmap
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.kernel.stat_cache import StatCache, has_writer, stamp


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "cache.sqlite3") as cache:
        yield cache


needs_leases = pytest.mark.skipif(not hasattr(fcntl, "F_SETLEASE"), reason="the system has no leases")


class Reads:
    """A file and how often it was read."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.count = 0

    def digest(self, cache: Cache) -> str:
        digests = StatCache(cache, "test")

        def read(path: str) -> str:
            digests.look_for_writers(path)
            return self._read(path)

        found = digests.digest_of(str(self.path), stamp(self.path.stat()), read)
        digests.flush()
        return found

    def _read(self, path: str) -> str:
        self.count += 1
        assert path in (str(self.path), "a")
        return digest(self.path.read_bytes())


def settle() -> None:
    """Wait until the file system's clock has surely moved on."""
    time.sleep(0.05)


def test_an_unchanged_file_is_read_once(tmp_path: Path, cache: Cache) -> None:
    file = Reads(tmp_path / "a")
    file.path.write_text("one")
    settle()

    assert file.digest(cache) == file.digest(cache) == digest(b"one")
    assert file.count == 1


def test_a_file_that_has_only_just_changed_is_read_again(tmp_path: Path, cache: Cache) -> None:
    file = Reads(tmp_path / "a")
    file.path.write_text("one")

    file.digest(cache)
    file.digest(cache)

    assert file.count == 2


def test_a_change_of_the_same_size_with_a_restored_time_is_noticed(tmp_path: Path, cache: Cache) -> None:
    file = Reads(tmp_path / "a")
    file.path.write_text("one")
    before = file.path.stat()
    settle()
    file.digest(cache)

    file.path.write_text("two")
    os.utime(file.path, ns=(before.st_atime_ns, before.st_mtime_ns))

    assert file.digest(cache) == digest(b"two")


def test_another_file_of_the_same_size_and_time_is_noticed(tmp_path: Path, cache: Cache) -> None:
    file = Reads(tmp_path / "a")
    file.path.write_text("one")
    other = tmp_path / "b"
    other.write_text("two")
    os.utime(other, ns=(file.path.stat().st_atime_ns, file.path.stat().st_mtime_ns))
    settle()
    file.digest(cache)

    other.replace(file.path)

    assert file.digest(cache) == digest(b"two")


def test_a_file_read_right_after_a_change_is_read_again_however_late_the_flush(
    tmp_path: Path, cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = Reads(tmp_path / "a")
    file.path.write_text("one")
    digests = StatCache(cache, "test")
    stat = file.path.stat()
    monkeypatch.setattr(time, "time_ns", lambda: stat.st_mtime_ns + 1_000_000)
    digests.digest_of(str(file.path), stamp(stat), file._read)
    monkeypatch.setattr(time, "time_ns", lambda: stat.st_mtime_ns + 1_000_000_000)
    digests.flush()

    # What is written within one tick of the file system's clock leaves the same stat.
    file.path.write_text("two")

    assert StatCache(cache, "test").digest_of(str(file.path), stamp(stat), file._read) == digest(b"two")


def test_a_file_that_was_read_and_then_written_is_recognised(tmp_path: Path, cache: Cache) -> None:
    file = Reads(tmp_path / "a")
    file.path.write_text("one")
    digests = StatCache(cache, "test")
    digests.digest_of("a", stamp(file.path.stat()), lambda _: digest(b"one"))
    settle()
    file.path.write_text("two")
    digests.record("a", stamp(file.path.stat()), digest(b"two"))
    settle()
    digests.flush()

    assert StatCache(cache, "test").digests_below(tmp_path, ["a"]) == {"a": digest(b"two")}


def test_a_clock_that_counts_in_seconds_is_trusted_only_after_two(tmp_path: Path, cache: Cache) -> None:
    file = Reads(tmp_path / "a")
    file.path.write_text("one")
    second = 1_000_000_000
    now = time.time_ns() // second * second
    stat = list(file.path.stat())
    coarse = os.stat_result(stat, {"st_mtime_ns": now, "st_ctime_ns": now, "st_atime_ns": now})
    for _ in range(2):
        digests = StatCache(cache, "test")
        digests.digest_of("a", stamp(coarse), file._read)
        digests.flush()

    assert file.count == 2


@needs_leases
def test_a_file_is_read_again_as_long_as_a_program_can_write_to_it_through_memory(tmp_path: Path, cache: Cache) -> None:
    file = Reads(tmp_path / "a")
    file.path.write_text("one")
    with file.path.open("r+b") as opened:
        memory = mmap.mmap(opened.fileno(), 0)
    memory[:] = b"two"
    settle()
    file.digest(cache)
    before = file.path.stat()

    memory[:] = b"six"

    assert file.path.stat()[:] == before[:]
    assert file.digest(cache) == digest(b"six")
    memory.close()
    settle()
    count = file.count
    assert file.digest(cache) == file.digest(cache) == digest(b"six")
    assert file.count == count + 1


@needs_leases
def test_a_file_that_others_only_read_is_recognised(tmp_path: Path, cache: Cache) -> None:
    file = Reads(tmp_path / "a")
    file.path.write_text("one")
    settle()
    with file.path.open("rb") as opened, mmap.mmap(opened.fileno(), 0, prot=mmap.PROT_READ):
        assert not has_writer(str(file.path))
        file.digest(cache)
        file.digest(cache)
    assert file.count == 1


def test_a_file_has_no_writer_where_the_system_does_not_tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not has_writer(str(tmp_path / "none"))
    assert not has_writer(str(tmp_path))
    (tmp_path / "a").write_text("one")
    with (tmp_path / "a").open("r+b"):
        monkeypatch.delattr(fcntl, "F_SETLEASE", raising=False)
        assert not has_writer(str(tmp_path / "a"))


@needs_leases
def test_looking_for_writers_does_not_disturb_a_program_that_opens_the_file(tmp_path: Path) -> None:
    path = str(tmp_path / "a")
    Path(path).write_text("one")
    stop = time.monotonic() + 0.5
    writer = os.fork()
    if writer == 0:
        try:
            while time.monotonic() < stop:
                os.close(os.open(path, os.O_RDWR))
        finally:
            os._exit(0 if time.monotonic() >= stop else 1)
    while time.monotonic() < stop:
        has_writer(path)
    assert os.waitpid(writer, 0)[1] == 0


def test_entries_that_a_run_does_not_use_are_dropped(tmp_path: Path, cache: Cache) -> None:
    one, other = Reads(tmp_path / "a"), Reads(tmp_path / "b")
    one.path.write_text("one")
    other.path.write_text("other")
    settle()
    one.digest(cache)
    other.digest(cache)

    one.digest(cache)

    assert (one.count, other.count) == (2, 1)
