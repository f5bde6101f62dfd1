"""Law 2: where, when, by whom and with how many processes a site is built changes no byte of it."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Self

import pytest

from briefgen.kernel import workers
from briefgen.pipeline.incremental import cached_content, output_builder
from support.project import Project

CONTENT = Path(__file__).parents[2] / "content"


def demo(folder: Path) -> Project:
    shutil.copytree(CONTENT, folder / "content")
    return Project(folder)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The demo as it is built here and now."""
    project = demo(tmp_path_factory.mktemp("here"))
    assert project.build(jobs=1).ok
    return project.output()


@pytest.mark.parametrize(
    ("environ", "arguments", "umask"),
    [
        (
            {"PYTHONHASHSEED": "0", "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": ""},
            ["--date", "2026-01-02"],
            0o077,
        ),
        (
            {"PYTHONHASHSEED": "4242", "TZ": "America/Anchorage", "LC_ALL": "tr_TR.UTF-8", "PYTHONUTF8": "0"},
            ["--date", "2199-12-31", "--jobs", "2"],
            0o002,
        ),
    ],
    ids=["one-machine", "another"],
)
def test_hash_seed_time_zone_locale_umask_and_day_change_nothing(
    tmp_path: Path, expected: dict[str, bytes], environ: dict[str, str], arguments: list[str], umask: int
) -> None:
    project = demo(tmp_path / "elsewhere" / "and deeper")
    home = {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}

    subprocess.run(
        [sys.executable, "-m", "briefgen", "build", "--quiet", *arguments],
        cwd=project.root / "content",
        env=os.environ | home | environ,
        umask=umask,
        check=True,
    )

    assert project.output() == expected


@pytest.mark.parametrize("jobs", [2, 3])
def test_the_number_of_processes_changes_nothing(
    tmp_path: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(output_builder, "OUTPUTS_PER_WORKER", 1)
    monkeypatch.setattr(cached_content, "FILES_PER_WORKER", 1)
    children: list[object] = []

    class Child(workers._Child):
        def __init__(self, *arguments: object) -> None:
            children.append(self)
            super().__init__(*arguments)  # type: ignore[arg-type]  # whatever they are

    monkeypatch.setattr(workers, "_Child", Child)
    project = demo(tmp_path)

    assert project.build(jobs=jobs).ok

    assert len(children) == 2 * (jobs - 1)  # to parse, and to render
    assert project.output() == expected


class Backwards:
    """`os.scandir`, last entries first."""

    def __init__(self, path: str) -> None:
        with real_scandir(path) as entries:
            self.entries = iter(sorted(entries, key=lambda entry: entry.name, reverse=True))

    def __iter__(self) -> Iterator[os.DirEntry[str]]:
        return self.entries

    def __next__(self) -> os.DirEntry[str]:
        return next(self.entries)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None: ...


real_scandir = os.scandir
real_listdir = os.listdir


def test_the_order_in_which_a_disk_lists_files_changes_nothing(
    tmp_path: Path, expected: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    project = demo(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, "scandir", Backwards)
        patch.setattr(os, "listdir", lambda path: sorted(real_listdir(path), reverse=True))
        assert project.build().ok

    assert project.output() == expected


def test_a_second_build_of_the_demo_writes_nothing(tmp_path: Path) -> None:
    project = demo(tmp_path)
    project.build()
    before = {path: (project.root / "site" / path).stat().st_mtime_ns for path in project.output()}

    report = project.build()

    assert (report.written, report.removed) == ((), ())
    assert {path: (project.root / "site" / path).stat().st_mtime_ns for path in project.output()} == before
