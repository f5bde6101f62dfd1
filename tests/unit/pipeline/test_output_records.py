"""The records of outputs in the cache."""

from pathlib import Path

import pytest

from briefgen.kernel.cache import Cache
from briefgen.pipeline.incremental import output_records
from briefgen.pipeline.incremental.output_records import OutputRecord, OutputRecords, load_records, save_records
from briefgen.pipeline.incremental.view_invalidation import SiteFingerprint

FOLDER = "/desk/site"


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cache:
    monkeypatch.setattr(output_records, "RECORDS_PER_PART", 2)
    return Cache(tmp_path / "cache.sqlite3")


def five() -> OutputRecords:
    return OutputRecords(SiteFingerprint(), {f"{number}.html": OutputRecord(str(number)) for number in range(5)})


def test_records_are_found_again_from_all_parts(cache: Cache) -> None:
    save_records(cache, FOLDER, five())

    assert load_records(cache, FOLDER) == five()
    assert load_records(cache, "/desk/other") == OutputRecords()


def test_there_are_no_records_if_a_part_is_lost(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    lost: list[bytes] = []
    put = cache.put
    monkeypatch.setattr(cache, "put", lambda key, value: lost.append(key) if not lost else put(key, value))
    save_records(cache, FOLDER, five())

    assert len(lost) == 1
    assert load_records(cache, FOLDER) == OutputRecords()
