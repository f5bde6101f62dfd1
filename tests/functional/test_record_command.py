"""`briefgen check --record`, and what checks and builds say of quotations."""

import json
from pathlib import Path

import pytest

from briefgen.cli import main
from support.project import Project

BRIEF = """---
title: Dam
date: 2025-01-01
source: {{title: The dam}}
claims:
  - {{id: a, actor: mayor, says: It is safe., quote: {quote}}}
---
Text.
"""
TEXT = "The dam\nThe mayor says that it will hold, and that it is safe for years.\n"


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    return Project(
        tmp_path,
        {
            "content/site.yaml": "title: A site\nbase_url: https://dam.example/\n",
            "content/actors/mayor.md": "---\nname: Mayor\nkind: person\n---\n",
            "content/briefs/dam.md": BRIEF.format(quote="it will hold"),
            "content/copies/dam/text.txt": TEXT,
        },
    )


def last_line(desk: Project, capsys: pytest.CaptureFixture[str], *command: str) -> str:
    main([*command, "--project", str(desk.root), "--date", "2025-12-31"])
    return capsys.readouterr().out.splitlines()[-1]


def test_a_record_is_written_once_and_then_up_to_date(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    counts = "no problems; quotes: 1 found in our copies"

    assert last_line(desk, capsys, "check") == "1 warning; quotes: 1 found in our copies"
    assert last_line(desk, capsys, "check", "--record") == f"{counts}; content/checks.yaml written"
    assert last_line(desk, capsys, "check", "--record") == f"{counts}; content/checks.yaml is up to date"
    assert last_line(desk, capsys, "build").endswith("; quotes: 1 found in our copies")
    desk.remove("content/copies/dam/text.txt")
    assert last_line(desk, capsys, "build").endswith("; quotes: 1 found before, as recorded")
    assert last_line(desk, capsys, "build").endswith("; quotes: 1 found before, as recorded")


def test_the_report_in_json_has_the_counts_and_the_state_of_the_record(
    desk: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check", "--record", "--format", "json", "--project", str(desk.root)]) == 0

    report = json.loads(capsys.readouterr().out)
    assert report["record"] == "written"
    assert report["quotes"] == {"found": 1, "recorded": 0, "ambiguous": 0, "absent": 0, "unchecked": 0, "drafts": 0}


def test_errors_keep_the_record_as_it_is_but_absent_words_are_recorded(
    desk: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    record = desk.root / "content/checks.yaml"
    desk.write({"content/themes/bad.md": "---\nname: [\n---\n"})
    assert "no quotations recorded because of the errors" in last_line(desk, capsys, "check", "--record")
    assert not record.exists()
    desk.remove("content/themes/bad.md")

    desk.write({"content/briefs/dam.md": BRIEF.format(quote="it will break")})
    assert "1 error; quotes: 1 absent; content/checks.yaml written" in last_line(desk, capsys, "check", "--record")
    assert "result: absent" in record.read_text()


def test_faulty_entries_of_the_record_are_problems(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    entry = f"- id: dam\n  text: {'a' * 64}\n"
    for record, expected in (
        (f"sources:\n{entry}{entry}", 'the source "dam" is listed twice'),
        (
            f"sources:\n{entry}  quotes:\n" + f"  - {{words: {'b' * 32}, result: absent, checked: 2025-01-01}}\n" * 2,
            'a quotation of the source "dam" is listed twice',
        ),
        (f"sources:\n{entry}  quotes: [{{words: x, result: verified, checked: today}}]\n", '"verified"'),
    ):
        desk.write({"content/checks.yaml": record})
        assert main(["check", "--quiet", "--project", str(desk.root)]) == 1
        assert expected in capsys.readouterr().out


def test_a_record_follows_a_source_to_its_new_id(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    last_line(desk, capsys, "check", "--record")
    (desk.root / "content/copies/dam").rename(desk.root / "content/copies/weir")
    desk.remove("content/briefs/dam.md").write(
        {"content/briefs/weir.md": BRIEF.format(quote="it will hold").replace("date:", "former_ids: [dam]\ndate:")}
    )

    assert last_line(desk, capsys, "check") == "no problems; quotes: 1 found in our copies"


def test_a_record_that_was_cut_off_does_not_read_as_a_pass(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    second = "  - {id: b, actor: mayor, says: It lasts., quote: it is safe for years}\n---\n"
    desk.write({"content/briefs/dam.md": BRIEF.format(quote="it will hold").replace("---\nText", f"{second}Text")})
    assert last_line(desk, capsys, "check", "--record").startswith("no problems; quotes: 2 found in our copies")
    desk.remove("content/copies/dam/text.txt")
    whole = (desk.root / "content/checks.yaml").read_text("utf-8")
    start, first, last = whole.partition("\nclaims:")[0].split("  - words:")

    desk.write({"content/checks.yaml": f"{start}  - words:{first}"})

    assert "quotes: 1 found before, as recorded, 1 not checked" in last_line(desk, capsys, "build")
    assert "1 of 2 found" in desk.built()["briefs/dam/index.html"].decode()
    assert main(["check", "--strict", "--project", str(desk.root), "--date", "2025-12-31"]) == 1
    assert last not in (desk.root / "content/checks.yaml").read_text("utf-8")
