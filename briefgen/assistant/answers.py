"""What a tool answers: a value for programs, the same as text for people, or why it did nothing."""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import Struct

from briefgen.load.discover import FOLDERS
from briefgen.model.problem import Pointer, Problem


class Complaint(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Something wrong: `at` is the argument, or the key of the brief; `kind` and `id` name what has it in `line`."""

    code: str
    message: str
    hint: str = ""
    severity: str = "error"
    at: str = ""
    kind: str = ""
    id: str = ""
    line: int = 0
    column: int = 0
    shown: str = ""  # the line


class Answer(Struct, frozen=True):
    """The answer of a tool; `value` is encoded as the tool declares it."""

    text: str
    value: Struct
    is_refusal: bool = False

    def encode(self) -> Any:
        """Return the value as JSON values."""
        return msgspec.to_builtins(self.value)


class Refusal(Struct, frozen=True):
    """Why a tool did nothing."""

    refused: tuple[Complaint, ...]


class Refused(Exception):
    """Raised where a tool does nothing; with everything that is wrong."""

    def __init__(self, complaints: Iterable[Complaint]) -> None:
        super().__init__()
        self.complaints = tuple(complaints)


def refuse(code: str, message: str, hint: str = "", at: str = "") -> Refused:
    """Return the exception for one complaint."""
    return Refused((Complaint(code=code, message=message, hint=hint, at=at),))


def answer_refusal(refused: Refused) -> Answer:
    """Return the answer that says why nothing was done."""
    lines = ["Nothing was done.", *map(format_complaint, refused.complaints)]
    return Answer("\n\n".join(lines), Refusal(refused.complaints), is_refusal=True)


def format_complaint(one: Complaint) -> str:
    """Return a complaint for people."""
    where = " ".join(filter(None, (one.kind, one.id, f"line {one.line}" if one.line else "", one.at)))
    lines = [f"{one.severity}[{one.code}]{f' in {where}' if where else ''}: {one.message}"]
    lines += [f"  | {one.shown}"] if one.shown else []
    lines += [f"  = {line}" for line in one.hint.splitlines()]
    return "\n".join(lines)


def describe_problem(problem: Problem, keys: str = "", read: Callable[[str], bytes] | None = None) -> Complaint:
    """Return a problem of content without the path of its file; `read` returns the bytes of that file."""
    place = problem.place
    kind, id = name_file(place.file)
    lines = read(place.file).decode(errors="replace").splitlines() if read and place.line else []
    return Complaint(
        code=problem.code,
        message=problem.message,
        hint=problem.hint,
        severity=str(problem.severity),
        at=keys or (format_keys(problem.at.keys) if isinstance(problem.at, Pointer) else ""),
        kind=kind,
        id=id,
        line=place.line,
        column=place.column if place.line else 0,
        shown=lines[place.line - 1][:200] if 0 < place.line <= len(lines) else "",
    )


def name_file(file: str) -> tuple[str, str]:
    """Return the kind and the id of what is in a file: `brief` and `dam-opens` for `content/briefs/dam-opens.md`."""
    folder, _, name = file.removeprefix("content/").partition("/")
    if folder in FOLDERS and file.startswith("content/"):
        return FOLDERS[folder][0], name.rpartition(".")[0]
    if folder == "copies":
        return "copy", name.partition("/")[0]
    return "file", file


def format_keys(keys: tuple[str | int, ...]) -> str:
    """Return keys as `claims[0].quote`."""
    return "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys).removeprefix(".")
