"""A rename that is killed at any operation on the disk is finished by the same command."""

import os
import shutil
import signal
from functools import partial
from pathlib import Path

import pytest

from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure
from briefgen.rename.apply import apply_renaming
from briefgen.rename.plan import plan_renaming
from fault.disks import DeadlyDisk, FullDisk, in_a_fork
from support.project import Project

FILES = {
    "content/actors/ada.md": "---\nname: Ada\nkind: person\n---\n[[ada]]\n",
    "content/themes/dam.md": "---\nname: The dam\n---\n[[ada]] [@letter]\n",
    "content/sources/letter.yaml": "title: A letter\ncites: [vote]\nclaims:\n- {id: one, actor: ada, says: It is.}\n",
    "content/briefs/vote.md": (
        "---\ntitle: A vote\ndate: 2025-01-01\nactors: [ada]\nsource: {title: T, cites: [letter]}\n"
        "claims:\n- {id: two, actor: ada, says: No., contradicts: [letter#one]}\n---\n[@vote; @letter] [x](#two)\n"
    ),
    "content/briefs/new.md": (
        "---\ntitle: New\ndate: 2025-01-02\nstatus: draft\nsource: {title: N}\n---\n[@new; @vote]\n"
    ),
    "content/copies/new/text.txt": "private",
    "content/checks.yaml": f"sources:\n- id: letter\n  text: {'0' * 64}\n- id: vote\n  text: {'1' * 64}\n",
    "content/copies/letter/text.txt": "private",
    "content/copies/vote/text.txt": "private",
}
RENAMED = [("actor", "ada"), ("source", "letter"), ("source", "vote"), ("brief", "vote"), ("brief", "new")]


def rename(root: Path, kind: str, old: str, disk: Disk) -> int:
    found, _ = plan_renaming(root, kind, old, "new-id", disk)
    assert found is not None
    apply_renaming(root, found, disk)
    return 0


def finish(root: Path, kind: str, old: str) -> None:
    """Run the command again, which changes nothing if it was finished, and finds no draft then that has the old id."""
    new = root / "content/briefs/new-id.md"
    if old == "new" and new.exists() and b"former_ids" not in new.read_bytes():
        with pytest.raises(Failure, match='no brief "new"'):
            rename(root, kind, old, Disk())
    else:
        rename(root, kind, old, Disk())


def files_of(root: Path) -> dict[str, bytes]:
    """The files of a project, without those that a killed program leaves behind and nothing reads."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.glob("content/**/*")
        if path.is_file() and not path.name.startswith(".")
    }


@pytest.mark.parametrize("torn", [False, True], ids=["before", "in-the-middle"])
@pytest.mark.parametrize(("kind", "old"), RENAMED)
def test_a_killed_rename_is_finished_by_the_same_command(tmp_path: Path, kind: str, old: str, *, torn: bool) -> None:
    whole = Project(tmp_path / "whole", FILES).root
    rename(whole, kind, old, Disk())

    for number in range(1, 100):
        root = Project(tmp_path / "project", FILES).root
        status = in_a_fork(partial(rename, root, kind, old, DeadlyDisk(number, torn=torn)))
        assert {path.rpartition("/")[2] for path in files_of(root)} <= {
            path.rpartition("/")[2] for path in (*files_of(whole), *FILES)
        }

        finish(root, kind, old)

        assert files_of(root) == files_of(whole)
        shutil.rmtree(root)
        if os.WTERMSIG(status) != signal.SIGKILL:
            break
    assert number > (2 if torn else 5)


@pytest.mark.parametrize(("kind", "old"), RENAMED)
def test_a_rename_on_a_full_disk_is_finished_by_the_same_command(tmp_path: Path, kind: str, old: str) -> None:
    whole = Project(tmp_path / "whole", FILES).root
    rename(whole, kind, old, Disk())

    for number in range(len(FILES)):
        root = Project(tmp_path / "project", FILES).root
        failures: list[str] = []
        try:
            rename(root, kind, old, FullDisk(number))
        except Failure as failure:
            failures.append(str(failure))

        finish(root, kind, old)

        assert files_of(root) == files_of(whole)
        shutil.rmtree(root)
        if not failures:
            break
        assert "no space" in failures[0]
    assert number > 1
