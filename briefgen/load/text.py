"""Bytes → text without control characters, and its front matter apart from the body."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate, islice
from typing import Any

from msgspec import Struct

from briefgen.model.problem import Place, Pointer, Problem, Severity

_BOM = b"\xef\xbb\xbf"
_FENCE = "---"
_END = re.compile(r"\n---[^\S\n]*(?:\n|\Z)")
# Tabs and line feeds are white space, and carriage returns are replaced before the search. Right-to-left words need
# isolates and marks (U+2066, U+200F …); overrides (U+202D, U+202E) only disguise.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ufffe\uffff]")
_CONTROL_BYTES = bytes({*range(32), 0x7F} - {0x09, 0x0A, 0x0D})
# The others in UTF-8. Each begins with bytes that are rare in most texts, so the search is fast.
_WIDE = re.compile(rb"\xc2[\x80-\x9f]|\xe2\x80[\xad\xae]|\xef\xbf[\xbe\xbf]")
_OVERRIDES = "\u202d\u202e"
_MOST = 20  # problems of such characters
_EXAMPLE = "begin the file with a line ---, then the keys, then another line ---"


class Parts(Struct, frozen=True):
    """Front matter and body; `front_line` and `body_line` are the numbers of lines before each."""

    front: str
    front_line: int
    body: str
    body_line: int


def cover(text: str, spans: Iterable[tuple[int, int]], character: str) -> str:
    """Return a text with a character in place of each one in these spans, so that all offsets stay the same."""
    pieces: list[str] = []
    done = 0
    for start, end in sorted(spans):
        if end > done:
            pieces += text[done:start], character * (end - max(start, done))
            done = end
    return "".join((*pieces, text[done:]))


class LineIndex:
    """The lines of a text, read once however many offsets are looked up."""

    def __init__(self, text: str) -> None:
        self._ends = [end - 1 for end in accumulate(len(line) + 1 for line in text.split("\n"))]

    def find(self, offset: int) -> tuple[int, int, int]:
        """Return the number of the line, from 0, that holds an offset of the text, and where it begins and ends."""
        number = bisect_left(self._ends, offset)
        return number, self._ends[number - 1] + 1 if number else 0, self._ends[number]


def decode(data: bytes, file: str) -> tuple[str | None, tuple[Problem, ...]]:
    """Return the text with line feeds as line ends; None if the bytes are no text."""
    problems: tuple[Problem, ...] = ()
    if data.startswith(_BOM):
        data = data[len(_BOM) :]
        message, hint = "the file begins with a byte order mark", "save it as UTF-8 without BOM"
        problems = (Problem("byte-order-mark", message, Place(file, 1, 1), hint, Severity.WARNING),)
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
    if may_have_controls(data):
        for match in islice(_CONTROL.finditer(text), _MOST):
            message, hint = _complaint(match[0])
            problems += (Problem("control-character", message, _end(text[: match.start()], file), hint),)
        # The rest of the file can be checked all the same.
        text = _CONTROL.sub("\ufffd", text)
    return text, problems


def _place(data: bytes, index: int, file: str) -> Place:
    # Other bytes before a NUL byte may be bad as well.
    return _end(data[:index].decode(errors="replace").replace("\r\n", "\n").replace("\r", "\n"), file)


def _end(text: str, file: str) -> Place:
    return Place(file, text.count("\n") + 1, len(text) - text.rfind("\n"))


def may_have_controls(data: bytes) -> bool:
    """Return whether bytes in UTF-8 may have a control character; fast for the many that have none."""
    return len(data.translate(None, _CONTROL_BYTES)) != len(data) or (not data.isascii() and bool(_WIDE.search(data)))


def escaped_controls(raw: Any, file: str, keys: tuple[str | int, ...] = ()) -> Iterator[Problem]:
    """Yield a problem for each value with a control character, which YAML may write as an escape."""
    if isinstance(raw, str):
        if match := _CONTROL.search(raw):
            message, hint = _complaint(match[0])
            yield Problem("control-character", message, Pointer(file, keys), hint)
        return
    for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw):
        yield from escaped_controls(value, file, (*keys, key))


def _complaint(character: str) -> tuple[str, str]:
    name = f"U+{ord(character):04X}"
    if character in _OVERRIDES:
        hint = "remove it: readers would see another text than the file has"
        return f"{name} turns the text round that follows", hint
    return f"{name} is a control character", "remove it: it is invisible, and feeds and pages cannot contain it"


def read_parts(data: bytes, file: str) -> tuple[Parts | None, tuple[Problem, ...]]:
    """Return the parts of a file, which for YAML is front matter alone; None if it has none or is no text."""
    text, problems = decode(data, file)
    if text is None or not file.endswith(".md"):
        return None if text is None else Parts(text, 0, "", 0), problems
    parts, found = split(text, file)
    return parts, (*problems, *found)


def split(text: str, file: str) -> tuple[Parts | None, tuple[Problem, ...]]:
    """Return the two parts of a Markdown file; None without front matter."""
    first, newline, _ = text.partition("\n")
    if not newline or first.rstrip() != _FENCE:
        return None, (_missing(text, first, file),)
    end = _END.search(text, len(first))
    if end is None:
        message, hint = "the front matter has no end", "close it with a line that is only ---"
        return None, (Problem("missing-front-matter", message, Place(file, 1, 1, len(first)), hint),)
    front = text[len(first) + 1 : end.start() + 1]
    return Parts(front, 1, text[end.end() :], front.count("\n") + 2), ()


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
