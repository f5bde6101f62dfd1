import json
from pathlib import Path
from typing import Any

import pytest

from briefgen.cli.program import main
from support.project import Project
from support.strategies import front_matter


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    def said(id: str, answer: str, date: str) -> dict[str, Any]:
        return {"id": id, "actor": "mayor", "theme": "dam", "answer": answer, "date": date, "says": "So."}

    claims = [said("then", "yes", "2025-01-01"), said("now", "no", "2025-03-01")]
    return Project(
        tmp_path,
        {
            "content/actors/mayor.md": front_matter({"name": "Mayor", "kind": "person"}),
            "content/themes/dam.md": front_matter({"name": "Dam", "question": "Will it be built?"}, "Text."),
            "content/briefs/talk.md": front_matter({"title": "Talk", "date": "2025-03-02", "claims": claims}, "Text."),
        },
    )


def check(desk: Project, *arguments: str) -> int:
    return main(["check", "--project", str(desk.root), "--suggest", *arguments])


def test_suggestions_come_with_yaml_to_paste_and_fail_nothing(
    desk: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert check(desk, "--strict") == 0
    first, place, yaml, *_, last = capsys.readouterr().out.splitlines()
    assert first == 'suggestion[supersedes]: "mayor" answers "yes" on 2025-01-01 and "no" on 2025-03-01'
    assert place.endswith('content/briefs/talk.md, into claim "now":')
    assert yaml == "    supersedes: [then]"
    assert last == "no problems; 1 suggestion"


def test_json_has_the_suggestions(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(desk, "--format", "json") == 0
    [found] = json.loads(capsys.readouterr().out)["suggestions"]
    assert found == {
        "kind": "supersedes",
        "reason": '"mayor" answers "yes" on 2025-01-01 and "no" on 2025-03-01',
        "file": "content/briefs/talk.md",
        "place": 'claim "now"',
        "yaml": "    supersedes: [then]",
    }


def test_without_the_option_nothing_is_suggested(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--project", str(desk.root)]) == 0
    assert capsys.readouterr().out == "no problems\n"


def test_suggestions_are_no_annotations(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(desk, "--format", "github") == 2
    assert capsys.readouterr().err.startswith("error: --suggest prints text or JSON\n")


def test_an_unreadable_site_suggests_nothing(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write({"content/site.yaml": "title: [\n"})

    assert check(desk) == 1
    assert "suggestion[" not in capsys.readouterr().out
