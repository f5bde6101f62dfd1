"""The engine as part of every key."""

from pathlib import Path

import pytest

from briefgen.pipeline import engine as module


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("render/page.py", "render/deep/card.png", "render/__pycache__/page.pyc", "check/all.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"1")
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    return tmp_path


def engine(*parts: str) -> str:
    return module.engine.__wrapped__(*parts)


@pytest.mark.parametrize("name", ["render/page.py", "render/deep/card.png", "render/new.py"])
def test_every_file_of_a_part_counts(package: Path, name: str) -> None:
    before = engine("render")
    (package / name).write_bytes(b"2")

    assert engine("render") != before


@pytest.mark.parametrize("name", ["check/all.py", "render/__pycache__/page.pyc"])
def test_other_parts_and_what_python_makes_of_it_do_not(package: Path, name: str) -> None:
    before = engine("render")
    (package / name).write_bytes(b"2")

    assert engine("render") == before
    assert engine("check", "render") == engine("render", "check") != before
