"""`check --suggest --fix` that is killed, or finds no room, leaves each file as it was or with its links."""

import os
import shutil
import signal
from functools import partial
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure
from fault.disks import DeadlyDisk, FullDisk, in_a_fork
from support.project import Project

FILES = {
    "content/actors/ada.md": "---\nname: Ada\nkind: person\n---\nShe.\n",
    "content/themes/dam.md": "---\nname: The dam\n---\nAda.\n",
    "content/sources/letter.yaml": "title: A letter\nsummary: To Ada\n",
    "content/briefs/vote.md": "---\ntitle: A vote\ndate: 2025-01-01\nlede: Of Ada\n---\nAda on the dam\n",
}


def fix(root: Path, disk: Disk) -> int:
    return len(pipeline.find_mentions(Project(root).options(), fix=True, disk=disk).linked)


def files_of(root: Path) -> dict[str, str]:
    """The content, without what a killed program leaves behind and nothing reads."""
    return {file: (root / file).read_text() for file in FILES}


def is_whole(root: Path, linked: dict[str, str]) -> bool:
    return all(text in (FILES[file], linked[file]) for file, text in files_of(root).items())


@pytest.fixture
def linked(tmp_path: Path) -> dict[str, str]:
    root = Project(tmp_path / "whole", FILES).root
    assert fix(root, Disk()) == 5
    return files_of(root)


@pytest.mark.parametrize("torn", [False, True], ids=["before", "in-the-middle"])
def test_killed_fix_leaves_whole_files_and_is_finished_by_the_same_command(
    tmp_path: Path, linked: dict[str, str], *, torn: bool
) -> None:
    for number in range(1, 50):
        root = Project(tmp_path / "project", FILES).root
        status = in_a_fork(partial(fix, root, DeadlyDisk(number, torn=torn)))
        assert is_whole(root, linked)
        assert pipeline.check(Project(root).options()).ok

        fix(root, Disk())

        assert files_of(root) == linked
        shutil.rmtree(root)
        if os.WTERMSIG(status) != signal.SIGKILL:
            break
    assert number > 3


def test_fix_on_a_full_disk_is_a_failure_that_leaves_whole_files(tmp_path: Path, linked: dict[str, str]) -> None:
    root = Project(tmp_path / "project", FILES).root

    with pytest.raises(Failure, match="no space left"):
        fix(root, FullDisk(1))

    assert is_whole(root, linked)
    assert sorted(path.name for path in (root / "content").rglob("*.*")) == sorted(
        [Path(file).name for file in FILES] + ["site.yaml"]
    )
