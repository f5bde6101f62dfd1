"""Problems → text for people, JSON for programs, annotations for GitHub."""

import os
import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from briefgen.cli.excerpt import excerpt
from briefgen.cli.project import seen_from_here
from briefgen.cli.terminal import BLUE, BOLD, RED, YELLOW, Look
from briefgen.cli.text import shown, width_of
from briefgen.kernel.source_lines import read_line
from briefgen.model.problem import Place, Problem, Severity

_COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW}


def count_line(problems: Iterable[Problem]) -> str:
    """`3 errors, 1 warning`; `no problems`."""
    severities = [problem.severity for problem in problems]
    counts = [
        counted(severities.count(severity), str(severity))
        for severity in (Severity.ERROR, Severity.WARNING)
        if severity in severities
    ]
    return ", ".join(counts) or "no problems"


def next_step(problems: Sequence[Problem], look: Look) -> str:
    """Return how to read more about the first problem, for the last line on a terminal; empty without a problem."""
    return f"briefgen explain {problems[0].code} says more" if problems and look.breaks else ""


def counted(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def as_text(problems: Sequence[Problem], root: Path, look: Look) -> str:
    """All problems with their lines, as they are read on a terminal; empty if there are none."""
    return "\n\n".join(_block(problem, root, look) for problem in problems)


def as_github(problems: Sequence[Problem], root: Path, environ: Mapping[str, str]) -> str:
    """One workflow command per problem and line; empty if there are none.

    Paths are relative to the repository's root, which GitHub needs to show them beside the code.

    Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions; the escapes as in
    `packages/core/src/command.ts` of actions/toolkit.
    """
    workspace = environ.get("GITHUB_WORKSPACE", "")
    return "\n".join(_annotation(problem, root, workspace) for problem in problems)


def as_data(problems: Sequence[Problem]) -> list[dict[str, object]]:
    """Problems as JSON values: `file` from the project's root; `line` and `column` null for a whole file."""
    return [
        {
            "severity": str(problem.severity),
            "code": problem.code,
            "message": problem.message,
            "hint": problem.hint,
            "file": place.file,
            "line": place.line or None,
            "column": place.column or None if place.line else None,
            "length": place.length if place.line and place.column else None,
        }
        for problem in problems
        for place in (_place(problem),)
    ]


def trouble(message: str, next_step: str, look: Look) -> str:
    """A usage error or what the machine refused, in the same style as a problem."""
    lines = [f"{look.paint('error', RED)}{look.paint(f': {shown(message)}', BOLD)}"]
    lines += _aside(next_step, 2, look)
    return "\n".join(lines)


def _place(problem: Problem) -> Place:
    # A report holds places only; a pointer that slipped through still names its file.
    return problem.at if isinstance(problem.at, Place) else Place(problem.at.file)


def _block(problem: Problem, root: Path, look: Look) -> str:
    """Several lines without a last line end, in the style of Rust's compiler, which people can read."""
    place = _place(problem)
    colour = _COLOURS[problem.severity]
    name = look.paint(f"{problem.severity}[{problem.code}]", colour)
    lines = [f"{name}{look.paint(f': {shown(problem.message)}', BOLD)}"]
    line = read_line(root / place.file, place.line) if place.file and place.line else None
    number = str(place.line)
    gutter = 1 if line is None else len(number)
    if place.file:
        where = ":".join([shown(seen_from_here(root / place.file)), *_numbers(place)])
        lines.append(f"{' ' * gutter} {look.paint('-->', BLUE)} {where}")
    hint = problem.hint
    if line is not None:
        bar = look.paint("|", BLUE)
        # Beside the line: the gutter, a space to either side of it, the bar and a space.
        room = look.width - gutter - 4
        cut = excerpt(line, place.column, place.length, room)
        lines.append(f"{' ' * gutter}  {bar}")
        lines.append(f" {look.paint(number, BLUE)} {bar} {cut.text}".rstrip())
        if cut.carets:
            carets = cut.carets.lstrip(" ")
            below = " " * (len(cut.carets) - len(carets)) + look.paint(carets, colour)
            if hint and "\n" not in hint and len(cut.carets) + 1 + width_of(hint) <= room:
                below += " " + look.paint(shown(hint), colour)
                hint = ""
            lines.append(f"{' ' * gutter}  {bar} {below}")
    lines += _aside(hint, gutter + 1, look)
    return "\n".join(lines)


def _numbers(place: Place) -> Iterator[str]:
    if place.line:
        yield str(place.line)
        if place.column:
            yield str(place.column)


def _aside(text: str, indent: int, look: Look) -> Iterator[str]:
    """A hint on lines of its own."""
    # Long words are addresses, which are to be copied whole.
    mark = look.paint("=", BLUE)
    first = f"{' ' * indent} {mark} "
    other = " " * (indent + 3)
    for paragraph in map(shown, text.splitlines()):
        room = look.width - indent - 3
        for line in (
            textwrap.wrap(paragraph, room, break_on_hyphens=False, break_long_words=False)
            if look.breaks
            else [paragraph]
        ):
            yield first + line
            first = other


def _annotation(problem: Problem, root: Path, workspace: str) -> str:
    place = _place(problem)
    path = _in_workspace(root, place.file, workspace) if place.file else ""
    properties: dict[str, str] = {}
    if path:
        properties["file"] = path
    if place.line:
        properties["line"] = str(place.line)
        if place.column:
            properties["col"] = str(place.column)
            properties["endColumn"] = str(place.column + max(place.length, 1))
    properties["title"] = problem.code
    # The log shows nothing but the message, so it says where as well.
    where = ":".join([path, *_numbers(place)]) if path else ""
    message = f"{where}: {problem.message}" if where else problem.message
    message = "\n".join(shown(line) for line in [message, *problem.hint.splitlines()])
    values = ",".join(f"{key}={_escaped(shown(value), ':,')}" for key, value in properties.items())
    return f"::{problem.severity} {values}::{_escaped(message)}"


def _in_workspace(root: Path, file: str, workspace: str) -> str:
    if workspace:
        # Only the folders are resolved: a link in content/ is shown where it lies.
        inside = os.path.relpath(root.resolve() / file, os.path.realpath(workspace))
        if not inside.startswith(os.pardir):
            return Path(inside).as_posix()
    return Path(seen_from_here(root / file)).as_posix()


def _escaped(text: str, more: str = "") -> str:
    return re.sub(f"[%\r\n{more}]", lambda match: f"%{ord(match[0]):02X}", text)
