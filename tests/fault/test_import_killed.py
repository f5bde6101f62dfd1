"""An import that is killed, or has no room left, leaves whole drafts only, and a second one writes the rest."""

import os
import shutil
import signal
from functools import partial
from pathlib import Path

import pytest

from briefgen.capture.importing import plan_import, write_drafts
from briefgen.capture.lists import ListEntry
from briefgen.kernel.disk import Disk
from briefgen.load.project import load_content
from briefgen.model.failure import Failure
from fault.disks import DeadlyDisk, FullDisk, in_a_fork
from support.project import Project

ENTRIES = [ListEntry(line=n, title=f"Talks {n}", address=f"https://post.example/{n}") for n in range(3)]


def run_import(root: Path, disk: Disk) -> list[str]:
    site = load_content(root, Disk()).site
    assert site
    return [file.name for file in write_drafts(root, plan_import(root, site, ENTRIES, "brief", "2025-12-03"), disk)]


def count_imported(root: Path, disk: Disk) -> int:
    return len(run_import(root, disk))


def drafts(root: Path) -> dict[str, bytes]:
    """The files in content/briefs/ that a build reads."""
    return {path.name: path.read_bytes() for path in (root / "content/briefs").glob("[!.]*")}


@pytest.mark.parametrize("torn", [False, True])
def test_a_killed_import_is_completed_by_the_next_one(tmp_path: Path, torn: bool) -> None:
    whole = Project(tmp_path / "whole")
    run_import(whole.root, Disk())
    expected = drafts(whole.root)
    for at in range(1, 100):
        desk = Project(tmp_path / "desk")
        status = in_a_fork(partial(count_imported, desk.root, DeadlyDisk(at, torn=torn)))
        assert drafts(desk.root).items() <= expected.items()
        run_import(desk.root, Disk())
        assert drafts(desk.root) == expected
        assert load_content(desk.root, Disk()).problems == ()
        shutil.rmtree(desk.root)
        if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
            break
    else:
        pytest.fail("the import never came to its end")
    assert at > len(ENTRIES)


def test_an_import_on_a_full_disk_says_so_and_leaves_whole_drafts(tmp_path: Path) -> None:
    desk = Project(tmp_path)

    with pytest.raises(Failure, match="no space left"):
        run_import(desk.root, FullDisk(2))

    assert sorted(drafts(desk.root)) == ["talks-0.md", "talks-1.md"]
    assert list((desk.root / "content/briefs").glob(".*")) == []
