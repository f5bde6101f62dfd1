"""The record of checks is whole at every moment: the old one or the new one."""

import os
import signal
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure
from briefgen.pipeline.quote_record import RECORD_FILE
from fault.disks import DeadlyDisk, FullDisk, in_a_fork
from support.project import Project

BRIEF = """---
title: Dam
date: 2025-01-01
source: {{title: The dam}}
claims:
  - {{id: a, actor: mayor, says: It holds., quote: {quote}}}
---
Text.
"""
FILES = {
    "content/actors/mayor.md": "---\nname: Mayor\nkind: person\n---\n",
    "content/briefs/dam.md": BRIEF.format(quote="it will hold"),
    "content/copies/dam/text.txt": "The dam\nThe mayor says that it will hold, and that it is safe for years.\n",
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project with a record that is out of date."""
    project = Project(tmp_path / "project", FILES)
    assert pipeline.record_quotations(project.options()).state == "written"
    project.forget_published()
    return project.write({"content/briefs/dam.md": BRIEF.format(quote="it is safe for years")})


@pytest.fixture
def expected(tmp_path: Path) -> bytes:
    fresh = Project(tmp_path / "clean", FILES | {"content/briefs/dam.md": BRIEF.format(quote="it is safe for years")})
    assert pipeline.record_quotations(fresh.options()).state == "written"
    return (fresh.root / RECORD_FILE).read_bytes()


def record(project: Project) -> bytes:
    return (project.root / RECORD_FILE).read_bytes()


@pytest.mark.parametrize("torn", [False, True], ids=["before", "in-the-middle"])
def test_a_record_that_is_killed_at_any_operation_is_the_old_one_or_the_new_one(
    project: Project, expected: bytes, *, torn: bool
) -> None:
    old = record(project)

    def killed(at: int) -> bool:
        disk = DeadlyDisk(at, torn=torn)
        status = in_a_fork(lambda: int(pipeline.record_quotations(project.options(), disk).state != "written"))
        return os.WTERMSIG(status) == signal.SIGKILL

    kills = 0
    while killed(kills + 1):
        kills += 1
        assert record(project) in (old, expected)
        assert project.check().ok
        (project.root / RECORD_FILE).write_bytes(old)

    assert kills
    assert record(project) == expected
    assert pipeline.record_quotations(project.options()).state == "up to date"


def test_a_full_disk_leaves_the_old_record(project: Project, expected: bytes) -> None:
    old = record(project)

    with pytest.raises(Failure, match="no space left"):
        pipeline.record_quotations(project.options(), FullDisk(0))

    assert record(project) == old
    assert sorted(path.name for path in (project.root / "content").iterdir()) == [
        "actors", "briefs", "checks.yaml", "copies", "site.yaml",
    ]  # fmt: skip
    assert pipeline.record_quotations(project.options(), Disk()).state == "written"
    assert record(project) == expected
