"""Problems as text, JSON and annotations for GitHub: whole outputs."""

import json
from pathlib import Path

import pytest

from briefgen.cli.output import count_problems, format_failure, format_github, format_text, problems_to_json
from briefgen.cli.terminal import Style
from briefgen.model.problem import Place, Pointer, Problem, Severity

BRIEF = "content/briefs/kremlin-meeting.md"
LINES = [
    "---",
    "title: Talks",
    *["# …"] * 5,
    "claims:",
    "    actor: witkof",
    "\tlede: 日本\x1b[31m: x",
    "q: " + "ab " * 200,
]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / BRIEF
    file.parent.mkdir(parents=True)
    file.write_text("\n".join(LINES), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def problem(
    line: int = 0,
    column: int = 0,
    length: int = 1,
    *,
    code: str = "unknown-actor",
    message: str = 'no actor "witkof"',
    hint: str = "",
    file: str = BRIEF,
    severity: Severity = Severity.ERROR,
) -> Problem:
    return Problem(code, message, Place(file, line, column, length), hint, severity)


def test_a_problem_shows_its_line_and_its_hint(root: Path) -> None:
    found = problem(9, 12, 6, hint='did you mean "witkoff"? Actors live in content/actors/.')

    assert format_text([found], root, Style()) == (
        'error[unknown-actor]: no actor "witkof"\n'
        "  --> content/briefs/kremlin-meeting.md:9:12\n"
        "   |\n"
        " 9 |     actor: witkof\n"
        '   |            ^^^^^^ did you mean "witkoff"? Actors live in content/actors/.'
    )


def test_problems_are_separated_and_the_gutter_fits_the_line_number(root: Path) -> None:
    found = [
        problem(2, 8, 5, code="empty-body", message="no text", severity=Severity.WARNING),
        problem(10, 8, 2, code="bad-date", message="no date", hint="write 2025-12-03"),
        problem(code="bad-file-name", message="no id", hint="rename it\nor move it", file="content/briefs/A b.md"),
    ]

    assert format_text(found, root, Style()) == (
        "warning[empty-body]: no text\n"
        "  --> content/briefs/kremlin-meeting.md:2:8\n"
        "   |\n"
        " 2 | title: Talks\n"
        "   |        ^^^^^\n"
        "\n"
        "error[bad-date]: no date\n"
        "   --> content/briefs/kremlin-meeting.md:10:8\n"
        "    |\n"
        " 10 |     lede: 日本␛[31m: x\n"
        "    |           ^^^^ write 2025-12-03\n"
        "\n"
        "error[bad-file-name]: no id\n"
        "  --> content/briefs/A b.md\n"
        "   = rename it\n"
        "     or move it"
    )


def test_a_long_line_is_cut_and_a_long_hint_is_moved_below(root: Path) -> None:
    hint = "this hint is much too long to stand beside the carets on so narrow a terminal"

    assert format_text([problem(11, 304, 2, message="no", hint=hint)], root, Style(width=50, wrap=True)) == (
        "error[unknown-actor]: no\n"
        "   --> content/briefs/kremlin-meeting.md:11:304\n"
        "    |\n"
        " 11 | …b ab ab ab ab ab ab ab ab ab ab ab ab ab a…\n"
        "    |                ^^\n"
        "    = this hint is much too long to stand beside\n"
        "      the carets on so narrow a terminal"
    )


@pytest.mark.parametrize(
    "found",
    [problem(99, 1), problem(2, 1, file="content/gone.md"), problem(1, 1, file="content")],
    ids=["no such line", "no such file", "a folder"],
)
def test_a_problem_whose_line_cannot_be_read_still_names_its_place(root: Path, found: Problem) -> None:
    place = found.at
    assert isinstance(place, Place)

    assert format_text([found], root, Style()) == (
        f'error[unknown-actor]: no actor "witkof"\n  --> {place.file}:{place.line}:{place.column}'
    )


def test_a_line_without_a_column_has_no_carets(root: Path) -> None:
    assert format_text([problem(2)], root, Style()) == (
        'error[unknown-actor]: no actor "witkof"\n  --> content/briefs/kremlin-meeting.md:2\n   |\n 2 | title: Talks'
    )


def test_control_characters_in_content_do_not_reach_the_terminal(root: Path) -> None:
    found = problem(
        code="yaml-syntax",
        message="bad \x1b]0;owned\x07\nkey",
        hint="remove \u202e it",
        file="content/briefs/\x1b[2J.md",
    )

    assert format_text([found], root, Style()) == (
        "error[yaml-syntax]: bad ␛]0;owned␇ key\n  --> content/briefs/␛[2J.md\n   = remove <U+202E> it"
    )


def test_errors_and_warnings_have_different_colours(root: Path) -> None:
    found = [
        problem(9, 12, 6, hint="so"),
        problem(code="unused-theme", message="no brief", hint="add one", severity=Severity.WARNING, file=""),
    ]

    assert format_text(found, root, Style(colour=True)) == (
        '\x1b[1;31merror[unknown-actor]\x1b[0m\x1b[1m: no actor "witkof"\x1b[0m\n'
        "  \x1b[1;34m-->\x1b[0m content/briefs/kremlin-meeting.md:9:12\n"
        "   \x1b[1;34m|\x1b[0m\n"
        " \x1b[1;34m9\x1b[0m \x1b[1;34m|\x1b[0m     actor: witkof\n"
        "   \x1b[1;34m|\x1b[0m            \x1b[1;31m^^^^^^\x1b[0m \x1b[1;31mso\x1b[0m\n"
        "\n"
        "\x1b[1;33mwarning[unused-theme]\x1b[0m\x1b[1m: no brief\x1b[0m\n"
        "   \x1b[1;34m=\x1b[0m add one"
    )


def test_paths_are_relative_to_the_current_folder(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "content" / "briefs")

    assert format_text([problem(2, 1)], root, Style()).splitlines()[1] == "  --> kremlin-meeting.md:2:1"


def test_a_problem_without_a_place_names_its_file(root: Path) -> None:
    found = Problem("missing-key", "no title", Pointer(BRIEF, ("title",)))

    assert format_text([found], root, Style()) == f"error[missing-key]: no title\n  --> {BRIEF}"


def test_problems_are_counted_by_severity() -> None:
    error, warning = problem(), problem(severity=Severity.WARNING)

    assert count_problems([]) == "no problems"
    assert count_problems([warning]) == "1 warning"
    assert count_problems([error, warning, error]) == "2 errors, 1 warning"


def test_each_problem_is_one_workflow_command_for_github(root: Path) -> None:
    found = [
        problem(9, 12, 6, hint="did you mean this?\nOr that?"),
        problem(2, severity=Severity.WARNING, message="100% odd: a,b"),
        problem(file="content/briefs/a,b: 5%.md", message="bad\x1b name"),
        problem(file="", message="nowhere"),
    ]

    assert format_github(found, root, {"GITHUB_WORKSPACE": str(root)}).splitlines() == [
        (
            f"::error file={BRIEF},line=9,col=12,endColumn=18,title=unknown-actor::"
            f'{BRIEF}:9:12: no actor "witkof"%0Adid you mean this?%0AOr that?'
        ),
        f"::warning file={BRIEF},line=2,title=unknown-actor::{BRIEF}:2: 100%25 odd: a,b",
        "::error file=content/briefs/a%2Cb%3A 5%25.md,title=unknown-actor::content/briefs/a,b: 5%25.md: bad␛ name",
        "::error title=unknown-actor::nowhere",
    ]


@pytest.mark.parametrize(
    ("workspace", "file"),
    [("..", f"project/{BRIEF}"), (".", BRIEF), ("", BRIEF), ("elsewhere", BRIEF)],
)
def test_paths_for_github_are_relative_to_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workspace: str, file: str
) -> None:
    project = tmp_path / "project"
    (project / "elsewhere").mkdir(parents=True)
    monkeypatch.chdir(project)
    environ = {"GITHUB_WORKSPACE": str((project / workspace).resolve())} if workspace else {}

    assert format_github([problem(1)], project, environ).startswith(f"::error file={file},line=1,")


def test_json_of_a_problem_has_every_field() -> None:
    found = [problem(9, 12, 6, hint="so"), problem(2), problem(severity=Severity.WARNING)]

    assert json.loads(json.dumps(problems_to_json(found))) == [
        {
            "severity": severity,
            "code": "unknown-actor",
            "message": 'no actor "witkof"',
            "hint": hint,
            "file": BRIEF,
            "line": line,
            "column": column,
            "length": length,
        }
        for severity, hint, line, column, length in [
            ("error", "so", 9, 12, 6),
            ("error", "", 2, None, None),
            ("warning", "", None, None, None),
        ]
    ]


def test_a_failure_is_printed_in_the_style_of_a_problem() -> None:
    assert format_failure("the disk is full", "Make room.", Style()) == "error: the disk is full\n   = Make room."
    assert format_failure("no \x1b[2J", "", Style()) == "error: no ␛[2J"
