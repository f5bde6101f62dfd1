"""Problems → what the browser shows of them, as values for JSON. The browser puts them in as text, never as HTML."""

import stat
from collections.abc import Sequence
from pathlib import Path
from typing import TypedDict

from briefgen.model.problem import Failure, Place, Problem, Severity

MOST = 100  # nobody reads more at once, and a browser may be slow
_REACH = 160  # code points to either side of the place that are shown of a long line
_SIZE_LIMIT_BYTES = 8_000_000


class Shown(TypedDict):
    """One problem. `excerpt` is the line in three parts, of which the middle one is meant."""

    severity: str
    code: str
    message: str
    place: str
    excerpt: tuple[str, str, str] | None
    line: int
    hint: str


def shown(problems: Sequence[Problem], trouble: Failure | None, root: Path) -> tuple[Shown, ...]:
    """Errors first, then warnings, each in the order of their places; at most `MOST`."""
    ordered = sorted(problems, key=lambda problem: problem.severity is not Severity.ERROR)
    lines = _Lines(root)
    first = (_trouble(trouble),) if trouble else ()
    return (*first, *(_problem(problem, lines) for problem in ordered[:MOST]))


def _trouble(trouble: Failure) -> Shown:
    return Shown(
        severity="error", code="", message=trouble.message, place="", excerpt=None, line=0, hint=trouble.next_step
    )


def _problem(problem: Problem, lines: "_Lines") -> Shown:
    place = problem.at if isinstance(problem.at, Place) else Place(problem.at.file)
    where = [place.file]
    if place.line:
        where.append(str(place.line))
        if place.column:
            where.append(str(place.column))
    line = lines.get(place.file, place.line) if place.line else None
    return Shown(
        severity=str(problem.severity),
        code=problem.code,
        message=problem.message,
        place=":".join(where),
        excerpt=None if line is None else _cut(line, place.column, place.length),
        line=place.line,
        hint=problem.hint,
    )


def _cut(line: str, column: int, length: int) -> tuple[str, str, str]:
    if column < 1:
        return _ending(line, _REACH * 2), "", ""
    start = min(column - 1, len(line))
    stop = min(start + max(length, 1), len(line))
    before = line[:start]
    if len(before) > _REACH:
        before = "…" + before[-_REACH:]
    return before, _ending(line[start:stop], _REACH), _ending(line[stop:], _REACH)


def _ending(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + "…"


class _Lines:
    """Lines of the project's files, each file read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, list[str]] = {}

    def get(self, file: str, number: int) -> str | None:
        lines = self._files.get(file)
        if lines is None:
            lines = self._files[file] = _read(self._root / file)
        return lines[number - 1] if number <= len(lines) else None


def _read(path: Path) -> list[str]:
    try:
        # Nothing is opened that could block or is endless: a pipe, a device.
        status = path.stat()
        if not stat.S_ISREG(status.st_mode) or status.st_size > _SIZE_LIMIT_BYTES:
            return []
        data = path.read_bytes()
    except (OSError, ValueError):
        return []
    if b"\0" in data:
        return []
    # As loading counts: without a byte order mark, and with every kind of line end.
    return data.decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
