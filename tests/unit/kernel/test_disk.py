"""Files of any size are read and copied in parts."""

import os
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import PART_BYTES, Disk
from briefgen.model.failure import Failure


@pytest.mark.parametrize("size", [0, 1, PART_BYTES, PART_BYTES + 1, 3 * PART_BYTES])
def test_a_copy_has_the_bytes_and_the_digest_of_its_source(tmp_path: Path, size: int) -> None:
    data = os.urandom(size)
    (tmp_path / "source").write_bytes(data)

    copied = Disk().copy(tmp_path / "source", tmp_path / "target")

    assert (tmp_path / "target").read_bytes() == data
    assert copied == Disk().digest(tmp_path / "source") == digest(data)


@pytest.mark.parametrize(
    "act",
    [
        lambda folder: Disk().digest(folder / "source"),
        lambda folder: Disk().copy(folder / "source", folder / "target"),
    ],
    ids=["digest", "copy"],
)
def test_the_size_of_a_file_costs_no_memory(tmp_path: Path, act: Callable[[Path], str]) -> None:
    peaks = []
    for size in (8 << 20, 64 << 20):
        (tmp_path / "source").write_bytes(b"")
        os.truncate(tmp_path / "source", size)
        tracemalloc.start()
        act(tmp_path)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert max(peaks) < 4 * PART_BYTES


def test_a_copy_that_fails_names_the_file_that_is_to_blame(tmp_path: Path) -> None:
    with pytest.raises(Failure, match=r"cannot read .*source: no such file"):
        Disk().copy(tmp_path / "source", tmp_path / "target")
    (tmp_path / "source").write_text("x")
    with pytest.raises(Failure, match=r"cannot write .*target: no such file"):
        Disk().copy(tmp_path / "source", tmp_path / "none" / "target")
    (tmp_path / "link").symlink_to(tmp_path / "source")
    with pytest.raises(Failure, match="cannot write") as raised:
        Disk().copy(tmp_path / "source", tmp_path / "link")
    assert raised.value.next_step == "There is a symbolic link; remove it."


def test_a_rewritten_file_keeps_its_permissions_and_a_link_to_it_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("old")
    (tmp_path / "file").chmod(0o640)
    (tmp_path / "link").symlink_to("file")

    Disk().rewrite(tmp_path / "link", b"new")

    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_text() == "new"
    assert (tmp_path / "file").stat().st_mode & 0o7777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "link"]


def test_a_file_that_has_changed_is_not_rewritten(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("newer")

    assert not Disk().rewrite(tmp_path / "file", b"new", b"old")
    assert Disk().rewrite(tmp_path / "file", b"newest", b"newer")
    assert [path.read_text() for path in tmp_path.iterdir()] == ["newest"]
