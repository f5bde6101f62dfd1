from pathlib import Path

import pytest

from briefgen.cli.program import main
from support.project import Project


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    return Project(
        tmp_path,
        {
            "content/actors/ada.md": "---\nname: Ada\nkind: person\n---\n",
            "content/pages/about.md": "---\ntitle: About\n---\n[[ada]] [[ada]]\n",
        },
    )


def rename(desk: Project, *arguments: str) -> int:
    return main(["rename", "--project", str(desk.root), *arguments])


CHANGES = "content/actors/ada.md -> content/actors/ada-miller.md\ncontent/pages/about.md: 2 references\n"


def test_the_changes_are_listed(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert rename(desk, "actor", "ada", "ada-miller") == 0

    assert capsys.readouterr().out == f"{CHANGES}2 references in 1 file changed\n"
    assert (desk.root / "content/actors/ada-miller.md").exists()


def test_a_dry_run_lists_the_same_and_writes_nothing(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert rename(desk, "actor", "ada", "ada-miller", "--dry-run") == 0

    assert capsys.readouterr().out == f"{CHANGES}2 references in 1 file would change; nothing is written\n"
    assert (desk.root / "content/actors/ada.md").exists()
    assert "[[ada]] [[ada]]" in (desk.root / "content/pages/about.md").read_text()


def test_a_second_run_says_that_there_is_nothing_to_do(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    rename(desk, "actor", "ada", "ada-miller")
    capsys.readouterr()

    assert rename(desk, "actor", "ada", "ada-miller") == 0

    assert capsys.readouterr().out == '"ada" is "ada-miller" already, and nothing refers to the old id\n'


def test_an_unreadable_file_is_shown_and_nothing_is_written(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write({"content/pages/bad.md": "---\ntitle: [\n---\nText.\n"})

    assert rename(desk, "actor", "ada", "ada-miller") == 1

    assert "nothing renamed: 1 error in files that may name it" in capsys.readouterr().err
    assert (desk.root / "content/actors/ada.md").exists()


def test_an_unknown_id_is_a_failure_with_a_suggestion(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert rename(desk, "actor", "adda", "x") == 2

    assert 'Did you mean "ada"?' in capsys.readouterr().err
