"""The fingerprint of the code."""

from pathlib import Path

import pytest

from briefgen.pipeline.incremental import code_fingerprint as module


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("render/page.py", "render/deep/card.png", "render/__pycache__/page.pyc", "check/all.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"1")
    monkeypatch.setattr(module, "_PACKAGE", tmp_path)
    return tmp_path


def fingerprint(*packages: str) -> str:
    found: str = module.code_fingerprint.__wrapped__(*packages)
    return found


@pytest.mark.parametrize("name", ["render/page.py", "render/deep/card.png", "render/new.py"])
def test_every_file_of_a_package_changes_its_fingerprint(package: Path, name: str) -> None:
    before = fingerprint("render")
    (package / name).write_bytes(b"2")

    assert fingerprint("render") != before


@pytest.mark.parametrize("name", ["check/all.py", "render/__pycache__/page.pyc"])
def test_other_packages_and_compiled_files_do_not_change_it(package: Path, name: str) -> None:
    before = fingerprint("render")
    (package / name).write_bytes(b"2")

    assert fingerprint("render") == before
    assert fingerprint("check", "render") == fingerprint("render", "check") != before
