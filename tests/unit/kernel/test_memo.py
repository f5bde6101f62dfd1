"""The memory on disk: it may forget, it may not lie."""

import sqlite3
from pathlib import Path

import pytest

from briefgen.kernel.memo import Memo
from briefgen.kernel.workers import spread


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "memo.sqlite3"


def kept(file: Path, **values: bytes) -> None:
    with Memo(file) as memo:
        for key, value in values.items():
            memo.put(key.encode(), value)


def test_what_was_put_is_there_in_the_next_run(file: Path) -> None:
    kept(file, a=b"1", b=b"")

    with Memo(file) as memo:
        assert memo.get_many([b"a", b"b", b"c"]) == {b"a": b"1", b"b": b""}


def test_what_was_put_in_this_run_is_there_at_once() -> None:
    with Memo(None) as memo:
        memo.put(b"a", b"1")

        assert memo.get(b"a") == b"1"
        assert memo.get(b"b") is None


def test_more_keys_than_one_statement_takes(file: Path) -> None:
    values = {str(number): str(number).encode() for number in range(2000)}
    kept(file, **values)

    with Memo(file) as memo:
        assert len(memo.get_many(key.encode() for key in values)) == 2000


def test_a_damaged_value_is_forgotten_and_not_believed(file: Path) -> None:
    kept(file, a=b"the truth", b=b"another")
    database = sqlite3.connect(file)
    with database:
        database.execute("UPDATE memo SET value = CAST(substr(value, 1, 12) || 'lies' AS BLOB) WHERE key = X'61'")
    database.close()

    with Memo(file) as memo:
        assert memo.get_many([b"a", b"b"]) == {b"b": b"another"}


def test_values_that_changed_places_are_not_believed(file: Path) -> None:
    kept(file, a=b"1", b=b"2")
    database = sqlite3.connect(file)
    with database:
        database.execute("UPDATE memo SET value = (SELECT value FROM memo WHERE key = X'62')")
    database.close()

    with Memo(file) as memo:
        assert memo.get_many([b"a", b"b"]) == {b"b": b"2"}


@pytest.mark.parametrize("damage", [b"", b"no database at all" * 100, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_file_that_is_no_database_costs_time_and_nothing_else(file: Path, damage: bytes) -> None:
    kept(file, a=b"1")
    file.write_bytes(damage)
    for suffix in ("-wal", "-shm"):
        file.with_name(file.name + suffix).unlink(missing_ok=True)

    with Memo(file) as memo:
        assert memo.get(b"a") is None
        memo.put(b"a", b"2")
    with Memo(file) as memo:
        assert memo.get(b"a") in (b"2", None)


def test_a_file_cut_short_costs_time_and_nothing_else(file: Path) -> None:
    kept(file, **{str(number): bytes(200) for number in range(500)})
    file.write_bytes(file.read_bytes()[:9000])

    with Memo(file) as memo:
        assert all(value == bytes(200) for value in memo.get_many(str(n).encode() for n in range(500)).values())
        memo.put(b"new", b"1")
    with Memo(file) as memo:
        memo.put(b"new", b"1")


def test_another_layout_is_thrown_away(file: Path) -> None:
    kept(file, a=b"1")
    database = sqlite3.connect(file)
    database.execute("PRAGMA user_version = 99")
    database.close()

    with Memo(file) as memo:
        assert memo.get(b"a") is None


def test_a_folder_that_cannot_be_made_only_means_no_memory(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file is in the way")

    with Memo(tmp_path / "cache" / "memo.sqlite3") as memo:
        memo.put(b"a", b"1")
        assert memo.get(b"a") == b"1"


def test_what_a_run_does_not_use_is_dropped_once_it_is_more_than_half(file: Path) -> None:
    kept(file, a=b"1", b=b"2", c=b"3", d=b"4")
    with Memo(file) as memo:
        memo.get(b"a")
        memo.touch(b"b")
        memo.trim()
        assert memo.get_many([b"c", b"d"]) == {b"c": b"3", b"d": b"4"}
    with Memo(file) as memo:
        memo.get(b"a")
        memo.trim()

    with Memo(file) as memo:
        assert memo.get_many([b"a", b"b", b"c", b"d"]) == {b"a": b"1"}


def test_a_forked_process_reads_with_a_connection_of_its_own(file: Path) -> None:
    kept(file, a=b"1", b=b"2")
    with Memo(file) as memo:
        memo.get(b"a")

        found = dict(spread(lambda key: memo.get(key) or b"", [b"a", b"b", b"a", b"b"], 2))

        assert found == {b"a": b"1", b"b": b"2"}
        assert memo.get(b"a") == b"1"


def test_what_a_forked_process_puts_is_there_once_it_is_kept(file: Path) -> None:
    with Memo(file) as memo:

        def put(key: bytes) -> bytes:
            memo.put(key, key * 2)
            return b""

        memo.put(b"waiting", b"here")
        keys = [b"%d" % number for number in range(100)]
        list(spread(put, keys, 2, memo.keep))
        memo.keep()

        assert memo.get_many(keys) == {key: key * 2 for key in keys}
        assert memo.get(b"waiting") == b"here"
