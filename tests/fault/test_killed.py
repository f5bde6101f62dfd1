"""Law 3: killed at any moment, the next build equals a clean one, and foreign files survive."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from briefgen.model.failure import Failure
from briefgen.write import manifest
from fault.disks import killed
from support.project import Project

CONTENT = Path(__file__).parents[2] / "content"
OLD = {
    "content/static/file-then-folder": "a file",
    "content/static/folder-then-file/below/x": "below",
    "content/static/gone": "gone",
    "content/actors/ada.md": "---\nname: Ada\nkind: person\n---\n",
    "content/pages/about.md": "---\ntitle: About\n---\nOld.\n",
}
NEW = {
    "content/static/file-then-folder/below/x": "a file below",
    "content/static/folder-then-file": "a file",
    "content/actors/ada.md": "---\nname: Ada Miller\nkind: person\n---\nMore.\n",
    "content/actors/bob.md": "---\nname: Bob\nkind: person\n---\n",
}
OWN = {"own.txt": b"somebody's own", "actors/own/notes.txt": b"somebody's own"}


def clean(folder: Path, files: Mapping[str, str]) -> dict[str, bytes]:
    """What a first build of these files makes."""
    project = Project(folder, files)
    assert project.build().ok
    return project.output()


def edited(project: Project, before: Mapping[str, str], after: Mapping[str, str]) -> Project:
    for path in before.keys() - after.keys():
        project.remove(path)
    return project.write(after)


def pages(built: Mapping[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in built.items() if not path.startswith(manifest.NAME)}


def moments(kill: Callable[[int], bool]) -> int:
    """How many operations a build has, after `kill` was called for each of them, and once more when it lives."""
    return next(number for number in range(1, 10_000) if not kill(number)) - 1


@pytest.mark.parametrize("torn", [False, True], ids=["before", "in-the-middle"])
def test_a_first_build_may_be_killed_at_any_operation(tmp_path: Path, *, torn: bool) -> None:
    expected = clean(tmp_path / "clean", NEW)

    def kill(number: int) -> bool:
        project = Project(tmp_path / "project", NEW)
        died = killed(project.options(jobs=1), number, torn=torn)
        assert pages(project.output()).items() <= pages(expected).items()

        assert project.build().ok

        assert project.output() == expected
        shutil.rmtree(project.root)
        return died

    assert moments(kill) > (10 if torn else 40)


@pytest.mark.parametrize("torn", [False, True], ids=["before", "in-the-middle"])
@pytest.mark.parametrize("goal", [NEW, OLD], ids=["going-on", "taking-edits-back"])
def test_a_build_after_edits_may_be_killed_at_any_operation(
    tmp_path: Path, goal: Mapping[str, str], *, torn: bool
) -> None:
    old, new = clean(tmp_path / "old", OLD), clean(tmp_path / "new", NEW)
    # Built where it will be killed: what a build remembers of an output folder counts for that place only.
    project = Project(tmp_path / "project", OLD)
    project.build()
    for path, data in OWN.items():
        project.write({f"site/{path}": data})
    shutil.copytree(project.root, tmp_path / "built")

    def kill(number: int) -> bool:
        shutil.rmtree(project.root)
        shutil.copytree(tmp_path / "built", project.root)
        died = killed(edited(project, OLD, NEW).options(jobs=1), number, torn=torn)
        whole = set(pages(old).items()) | set(pages(new).items()) | OWN.items()
        assert pages(project.output()).items() <= whole

        report = edited(project, NEW, goal).build()
        assert report.ok, report.problems[-1]

        assert project.output() == (new if goal is NEW else old) | OWN
        return died

    assert moments(kill) > (5 if torn else 20)


KILL_ME = """
import os, signal, sys
from briefgen.cli import main
from briefgen.pipeline.incremental import cached_content, output_builder
output_builder.OUTPUTS_PER_WORKER = cached_content.FILES_PER_WORKER = 20
sys.exit(main())
"""


@pytest.mark.parametrize(
    "seen", [".briefgen/cache.sqlite3", f"site/{manifest.NAME}.stage/new/briefs", "site/index.html"]
)
def test_a_build_with_workers_may_be_killed_from_outside(tmp_path: Path, seen: str) -> None:
    for name in ("project", "clean"):
        shutil.copytree(CONTENT, tmp_path / name / "content")
    command = [sys.executable, "-c", KILL_ME, "build", "--project", str(tmp_path / "project"), "--jobs", "2"]

    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None and not (tmp_path / "project" / seen).exists():
            time.sleep(0.001)
        process.kill()  # which does nothing if the build has just ended

    project, fresh = Project(tmp_path / "project"), Project(tmp_path / "clean")
    assert build_once_the_workers_are_gone(project)
    fresh.build()
    assert project.output() == fresh.output()


def build_once_the_workers_are_gone(project: Project) -> bool:
    """A worker of a killed build may still hold its lock for a moment."""
    while True:
        try:
            return project.build().ok
        except Failure as failure:
            if "building this project already" not in str(failure):
                raise
