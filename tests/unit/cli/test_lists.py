"""`briefgen list`: ids to refer to, and briefs that a build leaves out."""

import csv
import io
import json
from pathlib import Path

import pytest

from briefgen.cli.lists import _format_table
from briefgen.cli.program import main
from briefgen.cli.terminal import Style
from support.project import Project
from support.strategies import front_matter

DAY = "2025-12-31"


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    def brief(title: str, claims: list[dict[str, str]], **more: object) -> str:
        return front_matter({"title": title, "date": "2025-03-02", "claims": claims, **more}, "Text.")

    yes = {"id": "so", "actor": "Ada Miller", "theme": "dam", "answer": "yes", "says": "*Build* it.", "quote": "=1"}
    no = {"id": "not", "actor": "board", "for": "mayor", "theme": "dam", "answer": "no", "says": "Do not."}
    return Project(
        tmp_path,
        {
            "content/actors/mayor.md": front_matter({"name": "Ada Miller", "kind": "person", "former_ids": ["ada"]}),
            "content/actors/board.md": front_matter({"name": "Water Board", "kind": "organisation"}),
            "content/themes/dam.md": front_matter({"name": "Dam", "question": "Will it be built?"}, "Text."),
            "content/themes/cost.md": front_matter({"name": "Cost"}, "Text."),
            "content/publishers/post.yaml": "name: The Post\n",
            "content/briefs/talk.md": brief("Talk", [yes], source={"title": "Title", "publisher": "post"}),
            "content/briefs/early.md": brief("Early", [no], status="draft", themes=["cost"], source={"title": "Other"}),
            "content/briefs/later.md": brief("Later", [], date="2030-01-01"),
            "content/briefs/old.md": brief("Old\x1b", [], expires="2025-04-01"),
            "content/sources/log.yaml": "title: Log\npublisher: Gazette\nclaims:\n- {id: a, actor: board, says: So.}\n",
        },
    )


def listed(desk: Project, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    assert main(["list", *arguments, "--project", str(desk.root), "--date", DAY]) == 0
    return capsys.readouterr().out.splitlines()


def ids(desk: Project, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    return [line.split()[0] for line in listed(desk, capsys, *arguments)]


def test_claims_are_listed_with_the_reference_that_other_files_write(
    desk: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert listed(desk, capsys, "claims") == [
        "early#not  draft  board  dam  no       2025-03-02  Do not.",
        "talk#so           mayor  dam  yes      2025-03-02  Build it.",
        "log#a             board       unclear  unknown     So.",
    ]


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (("claims", "--actor", "MAYOR"), ["early#not", "talk#so"]),  # one is made for it
        (("claims", "--actor", "ada"), ["early#not", "talk#so"]),
        (("claims", "--actor", "Ada Miller", "--source", "talk"), ["talk#so"]),
        (("claims", "--theme", "dam", "--actor", "board"), ["early#not"]),
        (("claims", "--source", "log"), ["log#a"]),
        (("sources",), ["early", "log", "talk"]),
        (("sources", "--actor", "board"), ["early", "log"]),
        (("sources", "--theme", "cost"), ["early"]),
        (("actors",), ["board", "mayor"]),
        (("actors", "--source", "talk"), ["mayor"]),
        (("actors", "--theme", "cost"), []),
        (("themes",), ["cost", "dam"]),
        (("themes", "--actor", "board"), ["dam"]),
        (("themes", "--source", "early"), ["cost", "dam"]),
        (("publishers",), ["gazette", "post"]),
        (("publishers", "--theme", "dam"), ["post"]),
    ],
)
def test_limits_leave_what_has_to_do_with_them(
    desk: Project, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], found: list[str]
) -> None:
    assert ids(desk, capsys, *arguments) == found


def test_other_lists_show_names_and_numbers_of_claims(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert listed(desk, capsys, "actors") == [
        "board  organisation  2 claims  Water Board",
        "mayor  person        2 claims  Ada Miller",
    ]
    assert listed(desk, capsys, "themes") == [
        "cost  0 claims  Cost",
        "dam   2 claims  Dam   yes, conditional, no  Will it be built?",
    ]
    assert [one["answers"] for one in json.loads("\n".join(listed(desk, capsys, "themes", "--format", "json")))] == [
        [],
        ["yes", "conditional", "no"],
    ]
    assert listed(desk, capsys, "themes", "--format", "csv")[2].startswith(
        'dam,,2,Dam,Will it be built?,"yes, conditional, no",'
    )
    assert listed(desk, capsys, "sources")[0] == "early  draft  unknown           Other"
    assert listed(desk, capsys, "publishers") == ["gazette  1 source  Gazette", "post     1 source  The Post"]


def test_briefs_that_a_build_leaves_out_are_listed_with_the_day_and_the_file(
    desk: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    assert listed(desk, capsys, "drafts") == ["2025-03-02  content/briefs/early.md  Early"]
    assert listed(desk, capsys, "scheduled") == ["2030-01-01  content/briefs/later.md  Later"]
    assert listed(desk, capsys, "drafts", "--theme", "dam") == ["2025-03-02  content/briefs/early.md  Early"]
    assert listed(desk, capsys, "drafts", "--actor", "mayor", "--source", "early")
    assert listed(desk, capsys, "expired") == ["2025-04-01  content/briefs/old.md  Old␛"]


def test_an_empty_list_is_reported_on_standard_error(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, message in ((("claims", "--theme", "cost"), "no claims\n"), (("expired",), "no expired briefs\n")):
        assert main(["list", *arguments, "--project", str(desk.root), "--date", "2020-01-01"]) == 0
        assert capsys.readouterr() == ("", message)
    assert listed(desk, capsys, "claims", "--theme", "cost", "--format", "json") == ["[]"]
    assert listed(desk, capsys, "actors", "--theme", "cost", "--format", "csv") == [
        "id,kind,count,name,question,answers,file"
    ]


def test_json_and_csv_have_every_field(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    claim = {
        "id": "talk#so",
        "state": "",
        "actor": "mayor",
        "publisher": None,
        "for": None,
        "theme": "dam",
        "answer": "yes",
        "date": "2025-03-02",
        "says": "Build it.",
        "quote": "=1",
        "file": "content/briefs/talk.md",
    }
    arguments = ("claims", "--source", "talk", "--format")

    assert json.loads("\n".join(listed(desk, capsys, *arguments, "json"))) == [claim]
    [row] = csv.DictReader(io.StringIO("\n".join(listed(desk, capsys, *arguments, "csv"))))
    # An apostrophe keeps a spreadsheet from running the quote.
    assert row == {key: value or "" for key, value in claim.items()} | {"quote": "'=1"}
    [draft] = json.loads("\n".join(listed(desk, capsys, "drafts", "--format", "json")))
    assert draft == {
        "id": "early", "title": "Early", "date": "2025-03-02", "expires": None, "file": "content/briefs/early.md"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--actor", "mayr"), 'error: no actor "mayr"\n   = did you mean "mayor"?\n'),
        (("--actor", "zzz"), 'error: no actor "zzz"\n   = `briefgen list actors` lists the ids.\n'),
        (("--theme", "damm"), 'error: no theme "damm"\n   = did you mean "dam"?\n'),
        (("--source", "tlak"), 'error: no source "tlak"\n   = did you mean "talk"?\n'),
    ],
)
def test_limit_that_names_nothing_is_an_error_with_a_suggestion(
    desk: Project, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], message: str
) -> None:
    assert main(["list", "claims", *arguments, "--project", str(desk.root)]) == 2
    assert capsys.readouterr().err == message


def test_unreadable_site_is_a_failure(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    desk.write({"content/site.yaml": "title: [\n"})

    assert main(["list", "claims", "--project", str(desk.root)]) == 2
    assert "content/site.yaml cannot be read" in capsys.readouterr().err


def test_last_column_is_cut_to_the_width_of_a_terminal_and_wide_letters_count_twice() -> None:
    rows = [["a", "", "中文", "A long text that goes on and on"], ["bb", "", "x", "Short"]]

    assert _format_table(rows, Style(width=40, wrap=True)) == (
        "a   中文  A long text that goes on and…\nbb  x     Short"
    )
    assert "on and on" in _format_table(rows, Style())


def test_narrow_terminal_shows_the_rest_below_the_id() -> None:
    rows = [["a-long-brief#a-long-claim", "draft", "mayor", "He said that it would be built soon."]]

    assert _format_table(rows, Style(width=40, wrap=True)) == (
        "a-long-brief#a-long-claim\n  draft; mayor\n  He said that it would be built soon."
    )
