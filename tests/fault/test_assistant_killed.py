"""An assistant's server that is killed, or has no room left, leaves a draft as it was or as it was to be."""

import os
import signal
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from briefgen.assistant import drafts
from briefgen.kernel.disk import Disk
from fault.disks import DeadlyDisk, FullDisk, in_a_fork
from support.assistant import call, draft, errors, make_desk
from support.project import Project

BRIEF = "content/briefs/letter.md"
CLAIM = {"id": "sensors", "actor": "mayor", "theme": "dam", "says": "Some failed.", "quote": "12 of the 40 sensors"}


def write(desk: Project, name: str, more: dict[str, Any], disk: Disk) -> int:
    pytest.MonkeyPatch().setattr(drafts, "Disk", lambda: disk)  # in a process of its own
    if name == "draft_brief":
        draft(desk, **more)
    else:
        call(desk, name, **more)
    return 0


def begin_draft(root: Path) -> tuple[Project, str]:
    """A project with a draft, and the version of that."""
    desk = make_desk(root)
    return desk, draft(desk).encode()["version"]


def begin_desk(root: Path) -> tuple[Project, str]:
    return make_desk(root), ""


@pytest.mark.parametrize("torn", [False, True])
@pytest.mark.parametrize(("name", "begin"), [("draft_brief", begin_desk), ("add_claims", begin_draft)])
def test_a_killed_tool_leaves_the_old_draft_or_the_new_one(
    tmp_path: Path, name: str, begin: Callable[[Path], tuple[Project, str]], torn: bool
) -> None:
    seen = set()
    for at in range(1, 20):
        desk, version = begin(tmp_path / str(at))
        path = desk.root / BRIEF
        before = path.read_bytes() if path.exists() else None
        more: dict[str, Any] = {"id": "letter", "claims": [CLAIM], **({"version": version} if version else {})}
        status = in_a_fork(partial(write, desk, name, more, DeadlyDisk(at, torn=torn)))
        after = path.read_bytes() if path.exists() else None
        assert after == before or (after is not None and b"12 of the 40 sensors" in after)
        assert errors(desk) == []
        seen.add(after == before)
        if not os.WIFSIGNALED(status) or os.WTERMSIG(status) != signal.SIGKILL:
            break
    else:
        pytest.fail("the tool never came to its end")
    assert seen == {False, True}


def test_a_full_disk_is_an_answer_and_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = make_desk(tmp_path)
    monkeypatch.setattr(drafts, "Disk", lambda: FullDisk(0))
    answer = draft(desk)
    assert answer.is_refusal
    assert "no space left" in answer.text
    assert str(tmp_path) not in answer.text
    assert not (desk.root / BRIEF).exists()
