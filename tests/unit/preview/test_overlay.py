"""Problems as open pages get them."""

import os
from pathlib import Path

from briefgen.model.failure import Failure
from briefgen.model.problem import Place, Pointer, Problem, Severity
from briefgen.preview.page_hub import MAX_SHOWN, show_problems


def a_problem(at: Place | Pointer) -> Problem:
    return Problem("wrong-type", "this is wrong", at, hint="mend it")


def test_a_problem_is_shown_with_its_line_and_its_place_in_it(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_bytes("\ufefffirst\r\nthe Ж one\r\n".encode())

    [one] = show_problems([a_problem(Place("a.md", 2, 5, 1))], None, tmp_path)

    assert one == {
        "severity": "error",
        "code": "wrong-type",
        "message": "this is wrong",
        "place": "a.md:2:5",
        "excerpt": ("the ", "Ж", " one"),
        "hint": "mend it",
    }


def test_a_problem_of_a_whole_file_has_no_excerpt(tmp_path: Path) -> None:
    [one, other] = show_problems([a_problem(Place("a.md")), a_problem(Pointer("b.md", ("x",)))], None, tmp_path)

    assert (one["place"], one["excerpt"]) == ("a.md", None)
    assert (other["place"], other["excerpt"]) == ("b.md", None)


def test_errors_come_before_warnings_and_a_failure_before_both(tmp_path: Path) -> None:
    warning = Problem("unused-actor", "unused", Place("a.md"), severity=Severity.WARNING)

    found = show_problems([warning, a_problem(Place("b.md"))], Failure("disk full", "Make room."), tmp_path)

    assert [(one["message"], one["severity"]) for one in found] == [
        ("disk full", "error"),
        ("this is wrong", "error"),
        ("unused", "warning"),
    ]
    assert found[0]["hint"] == "Make room."


def test_a_long_line_is_cut_around_the_place(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x" * 5000 + "HERE" + "y" * 5000, "utf-8")

    [one] = show_problems([a_problem(Place("a.md", 1, 5001, 4))], None, tmp_path)

    assert one["excerpt"] is not None
    before, meant, after = one["excerpt"]
    assert meant == "HERE"
    assert before.startswith("…")
    assert after.endswith("…")
    assert len(before + after) < 400


def test_a_place_that_does_not_exist_has_no_excerpt(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one", "utf-8")
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "binary").write_bytes(b"\0")
    places = [Place(file, 7, 1) for file in ("a.md", "folder", "pipe", "binary", "gone", "nul\0")]

    assert [one["excerpt"] for one in show_problems([a_problem(place) for place in places], None, tmp_path)] == [
        None
    ] * 6
    [one] = show_problems([a_problem(Place("a.md", 1, 99, 5))], None, tmp_path)
    assert one["excerpt"] == ("one", "", "")


def test_only_the_first_problems_are_shown(tmp_path: Path) -> None:
    assert len(show_problems([a_problem(Place(f"{n}.md")) for n in range(500)], None, tmp_path)) == MAX_SHOWN
