"""One build at a time."""

import errno
import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.kernel.lock import hold_folder, hold_lock
from briefgen.model.failure import Failure

HOLD = """
import sys
from pathlib import Path
from briefgen.kernel.lock import hold_lock
with hold_lock(Path(sys.argv[1])):
    print("held", flush=True)
    input()
"""


def test_the_failure_names_the_process_that_holds_the_lock(tmp_path: Path) -> None:
    file = tmp_path / ".briefgen" / "lock"
    arguments = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()

        with pytest.raises(Failure, match=f"process {other.pid} is building this project already"), hold_lock(file):
            pass

        other.kill()
    with hold_lock(file):
        pass


def test_the_lock_is_released_when_the_block_fails(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="x"), hold_lock(tmp_path / "lock"):
            raise ValueError("x")


def test_a_folder_that_cannot_be_written_needs_no_lock(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with hold_lock(tmp_path / "file" / "lock"):
        assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_link_in_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.write_text("mine")
    (tmp_path / "lock").symlink_to(precious)

    with hold_lock(tmp_path / "lock"):
        assert precious.read_text() == "mine"


def test_a_folder_is_held_by_whatever_path_and_nothing_is_left_in_it(tmp_path: Path) -> None:
    folder, link = tmp_path / "folder", tmp_path / "link"
    folder.mkdir()
    link.symlink_to(folder)

    refused = pytest.raises(Failure, match="another build is writing into link already")
    with hold_folder(folder, "folder"), refused, hold_folder(link, "link"):
        pass
    with hold_folder(link, "link"):
        assert list(folder.iterdir()) == []


def test_a_folder_that_is_not_there_needs_no_lock(tmp_path: Path) -> None:
    with hold_folder(tmp_path / "none", "none"), hold_folder(tmp_path / "none", "none"):
        assert list(tmp_path.iterdir()) == []


def test_a_system_without_locks_builds_all_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "no locks available")

    monkeypatch.setattr("fcntl.flock", refuse)
    with hold_lock(tmp_path / "lock"), hold_folder(tmp_path, "folder"):
        assert (tmp_path / "lock").is_file()
