"""Single lines of text files."""

import os
from pathlib import Path

import pytest

from briefgen.kernel.source_lines import read_line


@pytest.mark.parametrize(
    ("data", "number", "expected"),
    [
        (b"one\ntwo\n", 1, "one"),
        (b"one\ntwo\n", 3, ""),
        (b"one\ntwo", 2, "two"),
        (b"one\ntwo", 3, None),
        (b"one\r\ntwo\rthree", 3, "three"),
        (b"\xef\xbb\xbfone", 1, "one"),
        (b"caf\xe9 au lait", 1, "caf� au lait"),
        (b"one\ntwo\x00", 1, None),
        (b"", 1, ""),
        (b"one\xc2\x85still one\n", 1, "one\x85still one"),
    ],
)
def test_lines_are_counted_as_load_counts_them(tmp_path: Path, data: bytes, number: int, expected: str | None) -> None:
    file = tmp_path / "file.md"
    file.write_bytes(data)

    assert read_line(file, number) == expected


def test_a_path_that_is_no_readable_file_has_no_lines(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to(tmp_path / "gone")
    with (tmp_path / "huge").open("wb") as huge:
        huge.truncate(50_000_000)

    assert read_line(tmp_path / "missing", 1) is None
    assert read_line(tmp_path / "nul\x00name", 1) is None
    assert read_line(tmp_path, 1) is None
    assert read_line(tmp_path / "pipe", 1) is None
    assert read_line(tmp_path / "link", 1) is None
    assert read_line(tmp_path / "huge", 1) is None
    assert read_line(Path("/dev/zero"), 1) is None


def test_a_file_that_changes_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "file.md"
    file.write_text("old", encoding="utf-8")
    os.utime(file, ns=(1, 1))
    assert read_line(file, 1) == "old"

    file.write_text("new", encoding="utf-8")

    assert read_line(file, 1) == "new"
