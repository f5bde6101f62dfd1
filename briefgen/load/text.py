"""Bytes → text, and front matter apart from the body."""

from bisect import bisect_left
from itertools import accumulate

from msgspec import Struct

from briefgen.load.invisible import found, may_hold, without
from briefgen.model.problem import Place, Problem, Severity

_BOM = b"\xef\xbb\xbf"
_FENCE = "---"
_EXAMPLE = "begin the file with a line ---, then the keys, then another line ---"


class Parts(Struct, frozen=True):
    """Front matter and body; `front_line` and `body_line` are the numbers of lines before each."""

    front: str
    front_line: int
    body: str
    body_line: int


class LineIndex:
    """The lines of a text, read once however many offsets are looked up."""

    def __init__(self, text: str) -> None:
        self._ends = [end - 1 for end in accumulate(len(line) + 1 for line in text.split("\n"))]

    def find(self, offset: int) -> tuple[int, int, int]:
        """Return the number of the line, from 0, that holds an offset of the text, and where it begins and ends."""
        number = bisect_left(self._ends, offset)
        return number, self._ends[number - 1] + 1 if number else 0, self._ends[number]


def decode(data: bytes, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    """The text, its lines ended by line feeds; None where the bytes are no text."""
    problems: tuple[Problem, ...] = ()
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        problems = (
            Problem(
                "byte-order-mark",
                "the file begins with a byte order mark",
                Place(file, 1, 1),
                "save it as UTF-8 without BOM",
                Severity.WARNING,
            ),
        )
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        hint = "it looks like UTF-16; save it as UTF-8"
        return None, (Problem("not-utf8", "the file is not UTF-8", Place(file, 1, 1), hint),)
    zero = data.find(b"\0")
    if zero >= 0:
        hint = "restore the file: programs write such bytes when they crash"
        return None, (Problem("nul-byte", "the file holds a NUL byte", _place(data, zero, file), hint),)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        hint = "save the file as UTF-8"
        message = f"byte 0x{data[error.start]:02x} is not UTF-8"
        return None, (Problem("not-utf8", message, _place(data, error.start, file), hint),)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if may_hold(data):
        problems += tuple(
            Problem("control-character", message, _at(text, index, file), hint) for index, message, hint in found(text)
        )
        # What else is wrong with the file can still be told.
        text = without(text)
    return text, problems


def _at(text: str, index: int, file: str) -> Place:
    return Place(file, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))


def _place(data: bytes, index: int, file: str) -> Place:
    # Whatever stands before the bad byte may be bad in its turn when a NUL byte is meant.
    before = data[:index].decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    return Place(file, before.count("\n") + 1, len(before) - before.rfind("\n"))


def split(text: str, file: str) -> tuple[Parts | None, tuple[Problem, ...]]:
    """The two parts of a Markdown file; None where there is no front matter."""
    first, newline, _ = text.partition("\n")
    if not newline or first.rstrip() != _FENCE:
        return None, (_missing(text, first, file),)
    start = end = len(first) + 1
    while True:
        stop = text.find("\n", end)
        line = text[end:] if stop < 0 else text[end:stop]
        if line.startswith(_FENCE) and line.rstrip() == _FENCE:
            break
        if stop < 0:
            message = "the front matter has no end"
            hint = "close it with a line that is only ---"
            return None, (Problem("missing-front-matter", message, Place(file, 1, 1, len(first)), hint),)
        # Jump to the next line that begins like a fence: most lines do not.
        found = text.find("\n" + _FENCE, stop)
        end = (text.rfind("\n") if found < 0 else found) + 1
    front = text[start:end]
    body = "" if stop < 0 else text[stop + 1 :]
    return Parts(front, 1, body, front.count("\n") + 2), ()


def _missing(text: str, first: str, file: str) -> Problem:
    lines = text.split("\n")
    fence = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if fence and lines[fence].rstrip() == _FENCE:
        hint = f"remove the empty {'line' if fence == 1 else 'lines'} above the first ---"
    elif first.rstrip() == "+++":
        hint = f"TOML is not read here; {_EXAMPLE}"
    elif text.rstrip() == _FENCE:
        hint = "the keys, another line --- and the text are missing"
    elif first.strip().startswith(_FENCE) and not first.strip("- \t"):
        hint = "the first line must be exactly three hyphens"
    else:
        hint = _EXAMPLE
    return Problem("missing-front-matter", "the file has no front matter", Place(file, 1, 1, max(1, len(first))), hint)
