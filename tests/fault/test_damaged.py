"""A damaged cache or manifest costs time and changes no byte, and foreign files stay."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefgen import pipeline
from briefgen.pipeline.options import CACHE
from briefgen.write import manifest
from fault.disks import killed
from support.project import Project, codes

OLD = {
    "content/pages/about.md": "---\ntitle: About\n---\nOld.\n",
    "content/pages/method.md": "---\ntitle: Method\n---\nCareful.\n",
    "content/static/a": "a",
}
NEW = {"content/pages/about.md": "---\ntitle: About us\n---\nNew.\n"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that was built before its last edit."""
    project = Project(tmp_path / "project", OLD)
    assert project.build().ok
    assert project.build().ok  # now files are recognised by their stat
    return project.write(NEW)


@pytest.fixture
def expected(tmp_path: Path) -> dict[str, bytes]:
    fresh = Project(tmp_path / "clean", OLD | NEW)
    assert fresh.build().ok
    return fresh.output()


# The cache


def _delete(cache: Path) -> None:
    cache.unlink()


def _delete_all(cache: Path) -> None:
    shutil.rmtree(cache.parent)


def _empty(cache: Path) -> None:
    cache.write_bytes(b"")


def _cut_in_half(cache: Path) -> None:
    cache.write_bytes(cache.read_bytes()[: cache.stat().st_size // 2])


def _garbage(cache: Path) -> None:
    cache.write_bytes(b"garbage " * 999)


def _garbage_behind_the_header(cache: Path) -> None:
    cache.write_bytes(cache.read_bytes()[:100] + b"\xff\x00" * (cache.stat().st_size // 2))


def _sql(cache: Path, *statements: str) -> None:
    database = sqlite3.connect(cache, isolation_level=None)
    for statement in statements:
        database.execute(statement)
    database.close()


def _another_layout(cache: Path) -> None:
    _sql(cache, "PRAGMA user_version = 99")


def _another_table(cache: Path) -> None:
    _sql(cache, "DROP TABLE cache", "CREATE TABLE cache (other TEXT)", "INSERT INTO cache VALUES ('x')")


def _values_of_another_kind(cache: Path) -> None:
    _sql(cache, "UPDATE cache SET value = 'text' WHERE rowid % 2", "UPDATE cache SET value = 7 WHERE rowid % 2 = 0")


def _values_in_each_others_place(cache: Path) -> None:
    _sql(cache, "UPDATE cache SET value = (SELECT value FROM cache ORDER BY length(value) DESC LIMIT 1)")


def _somebody_elses(cache: Path) -> None:
    cache.unlink()
    _sql(cache, "CREATE TABLE holidays (day TEXT)", "PRAGMA user_version = 2")


def _a_folder(cache: Path) -> None:
    cache.unlink()
    (cache / "own").mkdir(parents=True)


def _a_link_to_nowhere(cache: Path) -> None:
    cache.unlink()
    cache.symlink_to("nowhere/at/all")


def _a_file_where_its_folder_was(cache: Path) -> None:
    shutil.rmtree(cache.parent)
    cache.parent.write_text("mine")


def _read_only(cache: Path) -> None:
    cache.chmod(0o444)
    cache.parent.chmod(0o555)


@pytest.mark.parametrize(
    "damage",
    [
        _delete,
        _delete_all,
        _empty,
        _cut_in_half,
        _garbage,
        _garbage_behind_the_header,
        _another_layout,
        _another_table,
        _values_of_another_kind,
        _values_in_each_others_place,
        _somebody_elses,
        _a_folder,
        _a_link_to_nowhere,
        _a_file_where_its_folder_was,
        _read_only,
    ],
    ids=lambda damage: damage.__name__.strip("_"),
)
def test_a_damaged_cache_changes_no_byte(
    project: Project, expected: dict[str, bytes], damage: Callable[[Path], None]
) -> None:
    damage(project.root / CACHE)

    for _ in range(2):
        assert project.build().ok
        assert project.output() == expected
    if (project.root / ".briefgen").is_dir():
        (project.root / ".briefgen").chmod(0o755)


@pytest.mark.parametrize("suffix", ["-wal", "-shm"])
@pytest.mark.parametrize("damage", [_delete, _empty, _cut_in_half, _garbage, _garbage_behind_the_header])
def test_a_damaged_journal_of_the_cache_changes_no_byte(
    project: Project, expected: dict[str, bytes], damage: Callable[[Path], None], suffix: str
) -> None:
    assert killed(project.options(jobs=1), 2, torn=True)

    damage(project.root / f"{CACHE}{suffix}")

    for _ in range(2):
        assert project.build().ok
        assert project.output() == expected


@settings(max_examples=max(1, settings().max_examples // 4))
@given(
    at=st.floats(0, 1, exclude_max=True), noise=st.binary(min_size=1, max_size=600), file=st.sampled_from(["", "-wal"])
)
def test_noise_anywhere_in_the_cache_changes_no_byte(at: float, noise: bytes, file: str) -> None:
    with TemporaryDirectory() as folder:
        project = Project(Path(folder) / "project", OLD)
        project.build()
        project.write(NEW)
        if file:
            killed(project.options(jobs=1), 2, torn=True)
        cache = project.root / f"{CACHE}{file}"
        content = bytearray(cache.read_bytes())
        start = int(at * len(content))
        content[start : start + len(noise)] = noise
        cache.write_bytes(content)

        assert project.build().ok

        fresh = Project(Path(folder) / "clean", OLD | NEW)
        fresh.build()
        assert project.output() == fresh.output()


# The record of what is ours

DAMAGED = {
    "empty": b"",
    "cut short": b'{"version": 1, "files": {"index.ht',
    "garbage": b"\xff\x00",
    "of another version": b'{"version": 2, "files": {}}',
    "somebody else's": b'{"files": ["index.html"]}',
    "one that leaves the folder": b'{"version": 1, "files": {"../content/static/a": "", "index.html": ""}}',
    "one that starts at the top": b'{"version": 1, "files": {"/index.html": "", "index.html": ""}}',
}


@pytest.mark.parametrize("record", DAMAGED.values(), ids=DAMAGED)
def test_with_a_damaged_manifest_no_file_is_owned_until_every_file_is_as_it_should_be(
    project: Project, expected: dict[str, bytes], record: bytes
) -> None:
    path = project.root / "site" / manifest.NAME
    path.write_bytes(record)
    before = project.output()

    report = project.build()

    assert not report.ok
    assert "foreign-file" in codes(report)
    assert project.output() == before

    for page, data in expected.items():
        if page != manifest.NAME:
            project.write({f"site/{page}": data})
    assert project.build().ok
    assert project.output() == expected


def test_a_folder_with_pages_but_without_a_manifest_is_foreign(project: Project) -> None:
    (project.root / "site" / manifest.NAME).unlink()
    before = project.output()

    report = project.build()

    assert "dangerous-output" in codes(report)
    assert project.output() == before


@pytest.mark.parametrize("path", ["../content/static/a", "link/a"])
def test_a_forged_manifest_owns_no_file_outside_the_folder(project: Project, path: str) -> None:
    (project.root / "site/link").symlink_to(project.root / "content/static")
    record = manifest.Manifest(1, {path: "", "index.html": ""})
    project.write({f"site/{manifest.NAME}": msgspec.json.encode(record)})

    project.build()
    assert (project.root / "content/static/a").is_file()

    pipeline.clean(project.root)
    assert (project.root / "content/static/a").is_file()


@pytest.mark.parametrize("how", ["a folder with a file in it", "a link", "a link to a folder"])
def test_foreign_files_in_the_place_of_a_page_stay(project: Project, how: str) -> None:
    mine = project.root / "mine"
    mine.mkdir()
    (mine / "own.txt").write_text("mine")
    for page in ("a", "about/index.html"):  # one that goes, and one that changes
        place = project.root / "site" / page
        place.unlink()
        if how == "a folder with a file in it":
            place.mkdir()
            (place / "own.txt").write_text("mine")
        else:
            place.symlink_to(mine if how == "a link to a folder" else mine / "own.txt")
    project.remove("content/static/a")
    before = project.output()

    report = project.build()

    assert codes(report).count("foreign-file") == 1
    assert project.output() == before
    project.remove("content/pages/about.md")
    assert project.build().ok
    assert (mine / "own.txt").read_text() == "mine"
    assert {path for path in project.output() if path in before} >= {
        path for path in before if path.startswith(("a/", "about/")) or path == "a"
    }
