"""`briefgen add --from`: many drafts at once, as a user sees it."""

import io
import json
import sys
from pathlib import Path

import pytest

from briefgen.cli import main
from support.project import Project

LIST = """url,title,date,publisher
https://post.example/talks,Talks on the river,2025-12-01,River Post
https://post.example/vote,A vote,2025-12-02,River Post
,,,
,,2025-12-02,River Post
https://www.post.example/talks/?utm_source=x,The talks again,,
"""
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = Project(tmp_path, {"list.csv": LIST})
    monkeypatch.chdir(tmp_path)
    return project


def briefs(desk: Project) -> list[str]:
    return sorted(path.name for path in (desk.root / "content").glob("*/*"))


def test_a_list_becomes_drafts_and_what_is_left_out_has_its_line(desk: Project, capsys: Captured) -> None:
    assert main(["add", "--from", "list.csv", "--date", "2025-12-03"]) == 1

    out, err = capsys.readouterr()
    assert out == "content/briefs/talks-on-the-river.md\ncontent/briefs/a-vote.md\n"
    assert err == (
        "list.csv:5: the entry has neither a title nor an address.\n"
        "list.csv:6: “The talks again” is known: line 2 of the list\n"
        "2 drafts written; 1 known already; 1 could not be read\n"
    )
    assert briefs(desk) == ["a-vote.md", "talks-on-the-river.md"]


def test_a_dry_run_writes_nothing(desk: Project, capsys: Captured) -> None:
    assert main(["add", "--from", "list.csv", "--source", "--dry-run"]) == 1

    out, err = capsys.readouterr()
    assert out == "content/sources/talks-on-the-river.yaml\ncontent/sources/a-vote.yaml\n"
    assert err.endswith("2 sources would be written; 1 known already; 1 could not be read\n")
    assert briefs(desk) == []


@pytest.mark.usefixtures("desk")
def test_a_check_says_what_is_still_to_do_in_drafts(capsys: Captured) -> None:
    main(["add", "--from", "list.csv"])
    capsys.readouterr()

    assert main(["check", "--strict"]) == 0

    out = capsys.readouterr().out
    assert "draft content/briefs/a-vote.md: write its text; author unknown; 2 lines of suggestions" in out
    assert out.endswith("no problems\n")
    assert main(["check", "--format", "json"]) == 0
    [first, _] = json.loads(capsys.readouterr().out)["drafts"]
    assert first["file"] == "content/briefs/a-vote.md"
    assert first["to_do"][:2] == ["write its text", "author unknown"]


def test_a_list_comes_from_standard_input_as_well(
    desk: Project, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = '[{"title": "A letter", "URL": "https://post.example/letter"}]'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))

    assert main(["add", "--from", "-"]) == 0

    assert capsys.readouterr().err == "1 draft written\n"
    assert briefs(desk) == ["a-letter.md"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["missing.csv"], "there is no file missing.csv"),
        (["content"], "content is a folder"),
        (["list.csv", "--id", "x"], "--from takes a list and no other document"),
    ],
)
def test_what_cannot_be_a_list_is_refused(desk: Project, capsys: Captured, arguments: list[str], message: str) -> None:
    assert main(["add", "--from", *arguments]) == 2

    assert message in capsys.readouterr().err
    assert briefs(desk) == []


@pytest.mark.parametrize(("name", "module"), [("a.ris", "rispy"), ("a.bib", "bibtexparser"), ("a.xml", "feedparser")])
def test_a_list_that_needs_a_missing_library_is_refused(
    desk: Project, capsys: Captured, monkeypatch: pytest.MonkeyPatch, name: str, module: str
) -> None:
    desk.write({name: "TY  - NEWS\nTI  - Talks\nER  -\n"})
    for loaded in [one for one in sys.modules if one.partition(".")[0] == module]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, module, None)

    assert main(["add", "--from", name]) == 2

    err = capsys.readouterr().err
    assert f"need the extra `capture` ({module} is missing)" in err
    assert "pip install 'briefgen[capture]'" in err


@pytest.mark.usefixtures("desk")
def test_a_list_that_cannot_be_had_gives_a_clear_message(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert main(["add", "--from", "-"]) == 2
    assert "standard input is closed" in capsys.readouterr().err
    assert main(["add", "--from", "none.csv"]) == 2
    assert "there is no file none.csv" in capsys.readouterr().err
