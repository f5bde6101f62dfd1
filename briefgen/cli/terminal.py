"""Standard output and standard error: what they can show, and writing to them."""

import os
import shutil
import sys
from collections.abc import Mapping
from typing import NamedTuple, TextIO

_WIDTH = 100  # where no terminal says otherwise
_NARROWEST = 40

BOLD = "1"
RED = "1;31"
YELLOW = "1;33"
BLUE = "1;34"


class ReaderGone(Exception):
    """Whoever read our output has stopped, as `head` does; not an error of anybody."""


class Look(NamedTuple):
    """How text is laid out: in so many columns, with colours or without; hints are broken on a terminal only."""

    width: int = _WIDTH
    colour: bool = False
    breaks: bool = False

    def paint(self, text: str, code: str) -> str:
        """`text` in a colour, where there are colours."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def look(stream: TextIO, environ: Mapping[str, str] | None = None) -> Look:
    """What `stream` can show. `NO_COLOR` goes before `FORCE_COLOR`, and an empty value counts as none.

    Source: https://no-color.org, https://force-color.org.
    """
    environ = os.environ if environ is None else environ
    terminal = is_terminal(stream)
    if environ.get("NO_COLOR"):
        colour = False
    elif environ.get("FORCE_COLOR"):
        colour = environ["FORCE_COLOR"] not in ("0", "false")
    else:
        colour = terminal and environ.get("TERM") != "dumb"
    width = max(_width(stream, environ), _NARROWEST) if terminal else _WIDTH
    return Look(width, colour, breaks=terminal)


def is_terminal(stream: TextIO) -> bool:
    """Whether somebody may be looking at `stream`."""
    try:
        return stream.isatty()
    except ValueError:  # closed
        return False


def write(text: str, stream: TextIO | None = None) -> None:
    """Write a line, or several, to `stream` (else standard output) at once.

    Raises: ReaderGone.
    """
    stream = stream or sys.stdout
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except BrokenPipeError:
        raise ReaderGone from None


def open_closed_streams() -> None:
    """Let output go nowhere where the shell closed its stream (`>&-`); Python has None there."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (open until the end)


def be_quiet() -> None:
    """Send what may still be in the buffers nowhere, so that the interpreter's last flush does not complain.

    Source: the note on SIGPIPE in Python's documentation of `signal`.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        try:
            os.dup2(nowhere, stream.fileno())
        except (OSError, ValueError):  # replaced by something that is no file
            continue


def _width(stream: TextIO, environ: Mapping[str, str]) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _WIDTH
    except (OSError, ValueError):
        return shutil.get_terminal_size((_WIDTH, 24)).columns
