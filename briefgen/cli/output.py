"""Print problems and reports: as text for people, JSON for programs, annotations for GitHub."""

import json
import os
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from briefgen.cli.project import short_path
from briefgen.cli.terminal import BLUE, BOLD, RED, YELLOW, Style, detect_style, write
from briefgen.cli.text import cut_excerpt, measure_width, printable
from briefgen.kernel.source_lines import read_line
from briefgen.model.problem import Place, Problem, Severity
from briefgen.pipeline.report import has_blocking

if TYPE_CHECKING:
    from briefgen.check.suggestions import Suggestion
    from briefgen.pipeline import Report

JSON_VERSION = 1
_COLOURS = {Severity.ERROR: RED, Severity.WARNING: YELLOW}

has_failed = has_blocking  # then the exit code is 1


def pluralize(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" + ("" if number == 1 else "es" if noun.endswith("s") else "s")


def count_problems(problems: Iterable[Problem]) -> str:
    """`3 errors, 1 warning`; `no problems`."""
    severities = [problem.severity for problem in problems]
    counts = [pluralize(severities.count(kind), str(kind)) for kind in _COLOURS if kind in severities]
    return ", ".join(counts) or "no problems"


def format_quotes(counts: Mapping[str, int]) -> str:
    """`quotes: 30 found in our copies, 2 ambiguous, 5 not checked`; empty if nothing is known of any."""
    words = {
        "found": "found in our copies",
        "recorded": "found before, as recorded",
        "ambiguous": "ambiguous",
        "absent": "absent",
        "unchecked": "not checked",
        "drafts": "of these in drafts",
    }
    parts = [f"{counts[state]} {text}" for state, text in words.items() if counts.get(state)]
    return f"quotes: {', '.join(parts)}" if parts else ""


def print_problems(problems: Sequence[Problem], root: Path, format: str, stream: TextIO, *, spaced: bool) -> None:
    """Print all problems; in text with an empty line after them if `spaced`."""
    if problems and format == "github":
        write(format_github(problems, root, os.environ), stream)
    elif problems:
        write(format_text(problems, root, detect_style(stream)) + ("\n" if spaced else ""), stream)


def print_summary(parts: Iterable[str], problems: Sequence[Problem]) -> None:
    """Print the last line of a run; on a terminal with the command that explains the first problem."""
    explain = f"briefgen explain {problems[0].code} says more" if problems and detect_style(sys.stdout).wrap else ""
    write("; ".join(filter(None, (*parts, explain))))


def format_address(url: str | None, origin: str) -> str:
    """Return the address that the site was built for, and where it is configured; empty if it is unknown."""
    return f"made for {printable(url)}, as {origin} says" if url else ""


def format_json(report: "Report", root: Path, *, ok: bool, **more: object) -> str:
    """Return a report as a JSON document in ASCII, so that no content can control the terminal."""
    severities = [problem.severity for problem in report.problems]
    document = {
        "version": JSON_VERSION,
        "ok": ok,
        "project": str(root),
        "output": report.output,
        "written": list(report.written),
        "unchanged": report.unchanged,
        "removed": list(report.removed),
        "seconds": round(report.seconds, 3),
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "quotes": dict(report.quotes),
        "problems": problems_to_json(report.problems),
        **more,
    }
    return json.dumps(document, indent=2)


def problems_to_json(problems: Iterable[Problem]) -> list[dict[str, object]]:
    """Return problems as JSON: `file` from the project's root; `line` and `column` null for a whole file."""
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
        for place in (problem.place,)
    ]


def format_suggestions(suggestions: "Iterable[Suggestion]", root: Path, style: Style) -> str:
    """Return suggestions with the YAML to paste, indented as it goes into the file; empty if there are none."""
    return "\n\n".join(_format_suggestion(each, root, style) for each in suggestions)


def _format_suggestion(suggestion: "Suggestion", root: Path, style: Style) -> str:
    name = style.paint(f"suggestion[{suggestion.kind}]", BLUE)
    where = printable(f"{short_path(root / suggestion.file)}, into {suggestion.place}:")
    lines = map(printable, suggestion.yaml.splitlines())
    reason = style.paint(f": {printable(suggestion.reason)}", BOLD)
    return "\n".join((f"{name}{reason}", f"  {style.paint('-->', BLUE)} {where}", *lines))


def format_text(problems: Iterable[Problem], root: Path, style: Style) -> str:
    """Return all problems with their lines, for people to read; empty if there are none."""
    return "\n\n".join(_format_problem(problem, root, style) for problem in problems)


def format_failure(message: str, next_step: str, style: Style) -> str:
    """Return a usage error or a failure in the style of a problem."""
    first = f"{style.paint('error', RED)}{style.paint(f': {printable(message)}', BOLD)}"
    return "\n".join((first, *_format_hint(next_step, 2, style)))


def _format_problem(problem: Problem, root: Path, style: Style) -> str:
    """Return several lines without a final line break, in the style of Rust's compiler."""
    place = problem.place
    colour = _COLOURS[problem.severity]
    name = style.paint(f"{problem.severity}[{problem.code}]", colour)
    lines = [f"{name}{style.paint(f': {printable(problem.message)}', BOLD)}"]
    line = read_line(root / place.file, place.line) if place.file and place.line else None
    number = str(place.line)
    gutter = 1 if line is None else len(number)
    if place.file:
        where = ":".join([printable(short_path(root / place.file)), *_format_position(place)])
        lines.append(f"{' ' * gutter} {style.paint('-->', BLUE)} {where}")
    hint = problem.hint
    if line is not None:
        bar = style.paint("|", BLUE)
        # Beside the line: the gutter, a space to either side of it, the bar and a space.
        room = style.width - gutter - 4
        text, underline = cut_excerpt(line, place.column, place.length, room)
        lines.append(f"{' ' * gutter}  {bar}")
        lines.append(f" {style.paint(number, BLUE)} {bar} {text}".rstrip())
        if underline:
            carets = underline.lstrip(" ")
            below = " " * (len(underline) - len(carets)) + style.paint(carets, colour)
            if hint and "\n" not in hint and len(underline) + 1 + measure_width(hint) <= room:
                below += " " + style.paint(printable(hint), colour)
                hint = ""
            lines.append(f"{' ' * gutter}  {bar} {below}")
    return "\n".join((*lines, *_format_hint(hint, gutter + 1, style)))


def _format_position(place: Place) -> list[str]:
    """Return the line and the column, as far as they are known."""
    return [str(number) for number in (place.line, place.line and place.column) if number]


def _format_hint(text: str, indent: int, style: Style) -> Iterator[str]:
    lead = f"{' ' * indent} {style.paint('=', BLUE)} "
    for paragraph in map(printable, text.splitlines()):
        # Long words are addresses, which must stay whole to be copied.
        room = style.width - indent - 3
        wrapped = textwrap.wrap(paragraph, room, break_on_hyphens=False, break_long_words=False)
        for line in wrapped if style.wrap else [paragraph]:
            yield lead + line
            lead = " " * (indent + 3)


def format_github(problems: Iterable[Problem], root: Path, environ: Mapping[str, str]) -> str:
    """Return one workflow command per problem and line; empty if there are none.

    Paths are relative to the repository's root, which GitHub needs to show them beside the code.

    Source: https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions; the escapes as in
    `packages/core/src/command.ts` of actions/toolkit.
    """
    workspace = environ.get("GITHUB_WORKSPACE", "")
    return "\n".join(_format_annotation(problem, root, workspace) for problem in problems)


def _format_annotation(problem: Problem, root: Path, workspace: str) -> str:
    place = problem.place
    path = _path_in_workspace(root, place.file, workspace) if place.file else ""
    column = place.column if place.line else 0
    end = column + max(place.length, 1) if column else 0
    known = {"file": path, "line": place.line, "col": column, "endColumn": end, "title": problem.code}
    # The log shows the message only, so the message repeats the place.
    where = ":".join([path, *_format_position(place)]) if path else ""
    lines = [f"{where}: {problem.message}" if where else problem.message, *problem.hint.splitlines()]
    values = ",".join(f"{key}={_escape(printable(str(value)), ':,')}" for key, value in known.items() if value)
    message = _escape("\n".join(map(printable, lines)))
    return f"::{problem.severity} {values}::{message}"


def _path_in_workspace(root: Path, file: str, workspace: str) -> str:
    if workspace:
        # Only the folders are resolved: a symbolic link in content/ keeps its own path.
        inside = os.path.relpath(root.resolve() / file, os.path.realpath(workspace))
        if not inside.startswith(os.pardir):
            return Path(inside).as_posix()
    return Path(short_path(root / file)).as_posix()


def _escape(text: str, more: str = "") -> str:
    return re.sub(f"[%\r\n{more}]", lambda match: f"%{ord(match[0]):02X}", text)
