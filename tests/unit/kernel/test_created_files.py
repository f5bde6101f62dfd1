"""Files are created in one step, and none is overwritten."""

import os
import stat
from pathlib import Path

import pytest

from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure


def test_a_file_has_its_text_and_the_usual_permissions(tmp_path: Path) -> None:
    path = tmp_path / "new" / "file.md"
    usual = os.umask(0o022)
    try:
        Disk().create(path, "é\n".encode())
    finally:
        os.umask(usual)

    assert path.read_bytes() == "é\n".encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o644


def test_create_never_overwrites(tmp_path: Path) -> None:
    path = tmp_path / "file.md"
    path.write_text("mine", encoding="utf-8")

    with pytest.raises(Failure, match="nothing is overwritten"):
        Disk().create(path, b"yours")

    assert path.read_text(encoding="utf-8") == "mine"
    assert os.listdir(tmp_path) == ["file.md"]  # noqa: PTH208


def test_create_works_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "file.md"

    Disk().create(path, b"text")

    assert path.read_text(encoding="utf-8") == "text"
    assert os.listdir(tmp_path) == ["file.md"]  # noqa: PTH208
