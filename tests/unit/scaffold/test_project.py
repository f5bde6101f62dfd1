"""A new project is created as a whole or not at all, and existing files are kept."""

import os
from pathlib import Path
from typing import Literal

import pytest

from briefgen.model.failure import Failure
from briefgen.scaffold.create import IGNORED, new_project

Obstacle = Literal["a project", "other content", "a file", "a link"]

FILES = (
    "README.md",
    "content/actors/ada-miller.md",
    "content/actors/river-watch.md",
    "content/briefs/vote-postponed.md",
    "content/pages/about.md",
    "content/pages/index.md",
    "content/publishers/courier.yaml",
    "content/site.yaml",
    "content/sources/water-survey.yaml",
    "content/themes/reservoir.md",
    ".gitignore",
)


def tree(root: Path) -> list[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir())


def test_a_project_is_made_in_a_new_folder(tmp_path: Path) -> None:
    root = tmp_path / "deep" / "reservoir"

    assert new_project(root) == ((), ())
    assert tree(root) == sorted(FILES)
    assert set(IGNORED) <= set((root / ".gitignore").read_text(encoding="utf-8").split())


def test_a_new_project_keeps_existing_files(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("*.pyc\nsite\n", encoding="utf-8")

    kept, not_ignored = new_project(tmp_path)

    assert kept == ("README.md", ".gitignore")
    assert not_ignored == (".briefgen/", "/content/copies/")
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "*.pyc\nsite\n"
    assert tree(tmp_path) == sorted(FILES)


def test_a_complete_gitignore_has_no_missing_patterns(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("/.briefgen\ncontent/copies/\nsite/\n", encoding="utf-8")

    assert new_project(tmp_path) == ((".gitignore",), ())


def test_an_empty_content_folder_is_accepted(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()

    new_project(tmp_path)

    assert tree(tmp_path) == sorted(FILES)


def put_in_the_way(root: Path, what: Obstacle) -> None:
    match what:
        case "a project":
            (root / "content").mkdir()
            (root / "content" / "site.yaml").write_text("title: mine", encoding="utf-8")
        case "other content":
            (root / "content" / "posts").mkdir(parents=True)
        case "a file":
            (root / "content").write_text("", encoding="utf-8")
        case "a link":
            (root / "elsewhere").mkdir()
            (root / "content").symlink_to(root / "elsewhere")


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("a project", "{root} is a briefgen project already"),
        ("other content", "{root}/content is in the way: it is there already"),
        ("a file", "{root}/content is in the way: it is there already"),
        ("a link", "{root}/content is in the way: it is there already"),
    ],
)
def test_existing_content_is_refused_and_nothing_is_written(tmp_path: Path, what: Obstacle, message: str) -> None:
    put_in_the_way(tmp_path, what)
    before = sorted(tmp_path.rglob("*"))

    with pytest.raises(Failure) as caught:
        new_project(tmp_path)

    assert caught.value.message == message.format(root=tmp_path)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_file_instead_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "reservoir").write_text("mine", encoding="utf-8")

    with pytest.raises(Failure, match="is there already and is no folder"):
        new_project(tmp_path / "reservoir")


@pytest.mark.parametrize("nth", range(4))
def test_a_failure_during_creation_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, nth: int) -> None:
    rename = Path.rename
    done = 0

    def fail_at_the_nth(self: Path, target: Path) -> Path:
        nonlocal done
        if done == nth:
            raise OSError(28, "No space left on device")
        done += 1
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_at_the_nth)
    root = tmp_path / "reservoir"

    if nth < 3:
        with pytest.raises(Failure, match="no space left on device"):
            new_project(root)
        assert os.listdir(tmp_path) == []  # noqa: PTH208
    else:
        new_project(root)
        assert tree(root) == sorted(FILES)
