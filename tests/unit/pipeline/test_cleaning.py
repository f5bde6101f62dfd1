"""Removing what builds made."""

from datetime import date
from pathlib import Path

import pytest

from briefgen.pipeline import Options, build, clean


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for file, text in {
        "site.yaml": "title: x\n",
        "pages/about.md": "---\ntitle: About\n---\nText.\n",
    }.items():
        path = root / "content" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    assert build(Options(root=root, day=date(2026, 1, 1))).ok
    return root


def test_clean_removes_what_builds_wrote_and_keeps_the_folder(root: Path) -> None:
    clean(root)

    assert list((root / "site").iterdir()) == []


def test_folder_name_with_a_nul_character_is_a_problem_and_none_to_clean(root: Path) -> None:
    (root / "content/site.yaml").write_text('title: x\noutput_dir: "a\\0b"\n')

    report = build(Options(root=root, day=date(2026, 1, 1)))

    assert [problem.code for problem in report.problems] == ["control-character"]
    assert "index.html" in clean(root)


def test_clean_removes_nothing_behind_a_link(root: Path, tmp_path: Path) -> None:
    site = root / "site"
    elsewhere = tmp_path / "elsewhere"
    (site / "about").rename(elsewhere)
    (site / "about").symlink_to(elsewhere)
    (site / "index.html").rename(tmp_path / "index.html")
    (site / "index.html").symlink_to(tmp_path / "index.html")

    removed = clean(root)

    assert "about/index.html" not in removed
    assert (elsewhere / "index.html").is_file()
    assert (tmp_path / "index.html").is_file()
    assert (site / "index.html").is_symlink()
