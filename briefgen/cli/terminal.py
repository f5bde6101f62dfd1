"""Standard output and standard error: their width and colours, writing to them, and the progress bar."""

import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from typing import TYPE_CHECKING, NamedTuple, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress

_WIDTH = 100  # of a stream that is no terminal
_MIN_WIDTH = 40

BOLD = "1"
RED = "1;31"
YELLOW = "1;33"
BLUE = "1;34"

BAR_DELAY_S = 1.0
_BAR_INTERVAL_S = 0.1


class OutputClosed(Exception):
    """The program that reads our output has closed it, as `head` does."""


class Style(NamedTuple):
    """How text is laid out. Hints are wrapped on a terminal only."""

    width: int = _WIDTH
    colour: bool = False
    wrap: bool = False

    def paint(self, text: str, code: str) -> str:
        """Return `text` in a colour, if colours are on."""
        return f"\x1b[{code}m{text}\x1b[0m" if self.colour and text else text


def detect_style(stream: TextIO, environ: Mapping[str, str] = os.environ) -> Style:
    """Return the style for `stream`. `NO_COLOR` overrides `FORCE_COLOR`; an empty value counts as unset.

    Source: https://no-color.org, https://force-color.org.
    """
    terminal = stream.isatty()
    if environ.get("NO_COLOR"):
        colour = False
    elif environ.get("FORCE_COLOR"):
        colour = environ["FORCE_COLOR"] not in ("0", "false")
    else:
        colour = terminal and environ.get("TERM") != "dumb"
    width = max(_measure_terminal(stream, environ), _MIN_WIDTH) if terminal else _WIDTH
    return Style(width, colour, wrap=terminal)


def write(text: str, stream: TextIO | None = None) -> None:
    """Write one or more lines to `stream` (else standard output), and flush it; or raise OutputClosed."""
    stream = stream or sys.stdout
    try:
        stream.write(f"{text}\n")
        stream.flush()
    except BrokenPipeError:
        raise OutputClosed from None


def replace_closed_streams() -> None:
    """Discard output where the shell closed its stream (`>&-`); Python has None there."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 (open until the end)


def discard_output() -> None:
    """Discard what is still in the buffers, so that the interpreter's last flush does not fail.

    Source: the note on SIGPIPE in Python's documentation of `signal`.
    """
    devnull = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):  # replaced by something that is no file
            os.dup2(devnull, stream.fileno())


def _measure_terminal(stream: TextIO, environ: Mapping[str, str]) -> int:
    columns = environ.get("COLUMNS", "")
    if columns.isdecimal() and int(columns):
        return int(columns)
    with suppress(OSError, ValueError):
        return os.get_terminal_size(stream.fileno()).columns or _WIDTH
    return _WIDTH


class ProgressBar(ExitStack):
    """The progress callback of a run: draws a bar after `BAR_DELAY_S`, only on a terminal, and erases it at the end."""

    def __init__(self, *, enabled: bool, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._enabled = enabled and sys.stderr.isatty()
        self._clock = clock
        self._next_s = clock() + BAR_DELAY_S
        self._progress: Progress | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` steps of a stage are done; a total of 0 is unknown."""
        if not self._enabled or self._clock() < self._next_s:
            return
        self._next_s = self._clock() + _BAR_INTERVAL_S
        if self._progress is None:
            self._progress = self.enter_context(_make_progress())
            self._progress.add_task(stage, total=None)
        [task] = self._progress.task_ids
        self._progress.update(task, description=stage, completed=done, total=total or None)
        self._progress.refresh()


def _make_progress() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,  # its thread would make it unsafe to fork worker processes
        redirect_stdout=False,
        redirect_stderr=False,
    )
