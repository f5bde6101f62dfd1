"""The cache on disk: entries may get lost, but are never wrong."""

import sqlite3
from pathlib import Path

import pytest

from briefgen.kernel.cache import Cache
from briefgen.kernel.workers import parallel_map


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "cache.sqlite3"


def kept(file: Path, **values: bytes) -> None:
    with Cache(file) as cache:
        for key, value in values.items():
            cache.put(key.encode(), value)


def test_a_value_is_found_in_the_next_run(file: Path) -> None:
    kept(file, a=b"1", b=b"")

    with Cache(file) as cache:
        assert cache.get_many([b"a", b"b", b"c"]) == {b"a": b"1", b"b": b""}


def test_a_value_is_found_at_once_in_the_same_run() -> None:
    with Cache(None) as cache:
        cache.put(b"a", b"1")

        assert cache.get(b"a") == b"1"
        assert cache.get(b"b") is None


def test_more_keys_may_be_read_than_one_statement_takes(file: Path) -> None:
    values = {str(number): str(number).encode() for number in range(2000)}
    kept(file, **values)

    with Cache(file) as cache:
        assert len(cache.get_many(key.encode() for key in values)) == 2000


def test_a_damaged_value_counts_as_missing(file: Path) -> None:
    kept(file, a=b"the truth", b=b"another")
    database = sqlite3.connect(file)
    with database:
        database.execute("UPDATE cache SET value = CAST(substr(value, 1, 12) || 'lies' AS BLOB) WHERE key = X'61'")
    database.close()

    with Cache(file) as cache:
        assert cache.get_many([b"a", b"b"]) == {b"b": b"another"}


def test_values_that_changed_places_count_as_missing(file: Path) -> None:
    kept(file, a=b"1", b=b"2")
    database = sqlite3.connect(file)
    with database:
        database.execute("UPDATE cache SET value = (SELECT value FROM cache WHERE key = X'62')")
    database.close()

    with Cache(file) as cache:
        assert cache.get_many([b"a", b"b"]) == {b"b": b"2"}


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_costs_time_and_nothing_else(file: Path, damage: bytes) -> None:
    kept(file, a=b"1")
    file.write_bytes(damage)
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)

    with Cache(file) as cache:
        assert cache.get(b"a") is None
        cache.put(b"a", b"2")
    with Cache(file) as cache:
        assert cache.get(b"a") in (b"2", None)


def test_a_file_cut_short_costs_time_and_nothing_else(file: Path) -> None:
    kept(file, **{str(number): bytes(200) for number in range(500)})
    file.write_bytes(file.read_bytes()[:9000])

    with Cache(file) as cache:
        assert all(value == bytes(200) for value in cache.get_many(str(n).encode() for n in range(500)).values())
        cache.put(b"new", b"1")
    with Cache(file) as cache:
        cache.put(b"new", b"1")


def test_a_file_of_another_layout_is_deleted(file: Path) -> None:
    kept(file, a=b"1")
    database = sqlite3.connect(file)
    database.execute("PRAGMA user_version = 99")
    database.close()

    with Cache(file) as cache:
        assert cache.get(b"a") is None


def test_a_cache_without_a_folder_lasts_as_long_as_the_process(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file is in the way")

    with Cache(tmp_path / "cache" / "cache.sqlite3") as cache:
        cache.put(b"a", b"1")
        assert cache.get(b"a") == b"1"


def test_prune_deletes_unused_values_once_they_are_more_than_half(file: Path) -> None:
    kept(file, a=b"1", b=b"2", c=b"3", d=b"4")
    with Cache(file) as cache:
        cache.get(b"a")
        cache.mark_used(b"b")
        cache.prune()
        assert cache.get_many([b"c", b"d"]) == {b"c": b"3", b"d": b"4"}
    with Cache(file) as cache:
        cache.get(b"a")
        cache.prune()

    with Cache(file) as cache:
        assert cache.get_many([b"a", b"b", b"c", b"d"]) == {b"a": b"1"}


def test_prune_keeps_all_that_the_first_run_stored(file: Path) -> None:
    with Cache(file) as cache:
        for key in (b"a", b"b", b"c"):
            cache.put(key, b"1")
        cache.flush()
        cache.prune()

        assert len(cache.get_many([b"a", b"b", b"c"])) == 3


def test_a_forked_process_reads_with_a_connection_of_its_own(file: Path) -> None:
    kept(file, a=b"1", b=b"2")
    with Cache(file) as cache:
        cache.get(b"a")

        found = dict(parallel_map(lambda key: cache.get(key) or b"", [b"a", b"b", b"a", b"b"], 2))

        assert found == {b"a": b"1", b"b": b"2"}
        assert cache.get(b"a") == b"1"


def test_a_value_of_a_forked_process_is_found_once_it_is_flushed(file: Path) -> None:
    with Cache(file) as cache:

        def put(key: bytes) -> bytes:
            cache.put(key, key * 2)
            return b""

        cache.put(b"waiting", b"here")
        keys = [b"%d" % number for number in range(100)]
        list(parallel_map(put, keys, 2, cache.flush))
        cache.flush()

        assert cache.get_many(keys) == {key: key * 2 for key in keys}
        assert cache.get(b"waiting") == b"here"
