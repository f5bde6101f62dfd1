"""Problems → what an open page shows of them, as values for JSON. `client.js` inserts them as text, never as HTML."""

from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from briefgen.kernel.source_lines import read_line
from briefgen.model.failure import Failure
from briefgen.model.problem import Place, Problem, Severity

MAX_SHOWN = 100  # more are of no use at once and could make a browser slow
_MAX_EXCERPT = 160  # code points of a long line that are shown before the place, in it and after it


class ShownProblem(TypedDict):
    """One problem. `excerpt` is the line in three parts, of which the middle one has the problem."""

    severity: str
    code: str
    message: str
    place: str
    excerpt: tuple[str, str, str] | None
    line: int
    hint: str


def show_problems(problems: Sequence[Problem], failure: Failure | None, root: Path) -> tuple[ShownProblem, ...]:
    """Return errors first, then warnings, each in the order of their places; at most `MAX_SHOWN`."""
    ordered = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)
    first = (_show_failure(failure),) if failure else ()
    return (*first, *(_show_problem(problem, root) for problem in ordered[:MAX_SHOWN]))


def _show_failure(failure: Failure) -> ShownProblem:
    return ShownProblem(
        severity="error", code="", message=failure.message, place="", excerpt=None, line=0, hint=failure.next_step
    )


def _show_problem(problem: Problem, root: Path) -> ShownProblem:
    place = problem.at if isinstance(problem.at, Place) else Place(problem.at.file)
    where = [place.file]
    if place.line:
        where.append(str(place.line))
        if place.column:
            where.append(str(place.column))
    line = read_line(root / place.file, place.line)
    return ShownProblem(
        severity=str(problem.severity),
        code=problem.code,
        message=problem.message,
        place=":".join(where),
        excerpt=None if line is None else _cut_line(line, place.column, place.length),
        line=place.line,
        hint=problem.hint,
    )


def _cut_line(line: str, column: int, length: int) -> tuple[str, str, str]:
    if column < 1:
        return _cut_end(line, _MAX_EXCERPT * 2), "", ""
    start = min(column - 1, len(line))
    stop = min(start + max(length, 1), len(line))
    before = line[:start]
    if len(before) > _MAX_EXCERPT:
        before = "…" + before[-_MAX_EXCERPT:]
    return before, _cut_end(line[start:stop], _MAX_EXCERPT), _cut_end(line[stop:], _MAX_EXCERPT)


def _cut_end(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + "…"
