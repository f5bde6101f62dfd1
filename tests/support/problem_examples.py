"""Golden problems → the sections of docs/problems.md, each with a wrong example and a right one."""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from briefgen.cli.text import printable
from briefgen.model.codes import CODES
from support.golden import COMMANDS, EXPECTED, FIX, FIXED, PROBLEMS, prepare

# Which problem of a bad project is the best example, where it is not the first: code → how many come before it.
_BEST = {"unconfirmed-credibility": 1, "circular-citation": 1, "not-utf8": 1, "unknown-actor": 1, "yaml-syntax": 2}
_CONTEXT = 2  # unchanged lines above and below a change
_LANGUAGES = {".html": "html", ".md": "markdown", ".yaml": "yaml"}


class Said(NamedTuple):
    """One problem as briefgen prints it. Line 0 means the whole file."""

    text: str
    file: str
    line: int


class Change(NamedTuple):
    """Bad lines of a file and the lines that replace them, with some of the lines around both."""

    file: str
    lines: range  # the numbers of the bad lines
    wrong: str
    right: str


def said(code: str) -> list[Said]:
    """Return the problems with this code in its bad project, the best example first."""
    text = (PROBLEMS / code / EXPECTED).read_text(encoding="utf-8")
    found = []
    for block in text.strip("\n").split("\n\n"):
        place = re.search(r"^ +--> (.+?)(?::(\d+)(?::\d+)?)?$", block, re.MULTILINE)
        if f"[{code}]:" in block:
            found.append(Said(block, place[1], int(place[2] or 0)) if place else Said(block, "", 0))
    best = _BEST.get(code, 0)
    return [found[best], *found[:best], *found[best + 1 :]]


def weights(code: str) -> list[str]:
    """Return how much problems of this code weigh, as its bad project shows it: `error`, `warning` or both."""
    return sorted({one.text.partition("[")[0] for one in said(code)})


def section(code: str) -> str:
    """Return the section of a code in docs/problems.md."""
    weight = " or ".join({"error": "an error", "warning": "a warning"}[one] for one in weights(code))
    return "\n\n".join((f"### {code}", f"{CODES[code]} This is {weight}.", *_example(code)))


def _example(code: str) -> Iterator[str]:
    problems = said(code)
    heading = f"What `{' '.join(('briefgen', *COMMANDS.get(code, ('check',))))}` says:"
    change = _change(code, problems[0])
    if change is None:
        yield _fence(heading, "text", "\n\n".join(one.text for one in problems))
        yield _fence("Right:", "sh", (PROBLEMS / code / FIX).read_text(encoding="utf-8").rstrip("\n"))
        return
    language = _LANGUAGES.get(Path(change.file).suffix, "text")
    yield _fence(f"Wrong, in `{change.file}`:", language, change.wrong)
    found_there = [one for one in problems[1:] if one.file == change.file and one.line in change.lines]
    yield _fence(heading, "text", "\n\n".join(one.text for one in (problems[0], *found_there)))
    yield _fence("Right:", language, change.right)


def _change(code: str, problem: Said) -> Change | None:
    """Return the change that mends the problem, or None where `fix.sh` mends it."""
    fixed = PROBLEMS / code / FIXED
    with TemporaryDirectory() as folder:
        prepare(code, project := Path(folder, "project"))
        names = sorted(path.relative_to(fixed).as_posix() for path in fixed.rglob("*") if path.is_file())
        bad = {name: _lines(project / name) for name in names if (project / name).is_file()}
    if not bad:
        return None
    file = problem.file if problem.file in bad else next(iter(bad))
    wrong, right = bad[file], _lines(fixed / file)
    opcodes = SequenceMatcher(None, wrong, right, autojunk=False).get_opcodes()
    changed = [each for each in opcodes if each[0] != "equal"]
    line = problem.line - 1 if file == problem.file else 0
    at = min(range(len(changed)), key=lambda at: max(changed[at][1] - line, line - changed[at][2] + 1))
    _, start, end, right_start, right_end = changed[at]
    # The context ends where the next change begins.
    above = min(_CONTEXT, start - changed[at - 1][2] if at else start)
    below = min(_CONTEXT, (changed[at + 1][1] if at + 1 < len(changed) else len(wrong)) - end)
    return Change(
        file,
        range(start + 1, end + 1),
        "\n".join(wrong[start - above : end + below]).rstrip("\n"),
        "\n".join(right[right_start - above : right_end + below]).rstrip("\n"),
    )


def _lines(path: Path) -> list[str]:
    """Return the lines of a file, with a name for each character that is not visible."""
    return [printable(line) for line in path.read_bytes().decode("utf-8", "replace").removesuffix("\n").split("\n")]


def _fence(heading: str, language: str, text: str) -> str:
    if "```" in text:
        raise ValueError(f"an example cannot hold a code block; choose another one in _BEST: {text}")
    return f"{heading}\n\n```{language}\n{text}\n```"
