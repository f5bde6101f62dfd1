"""The bar that a slow build shows on a terminal, and that leaves no trace."""

import sys
import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from briefgen.cli.terminal import is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

PATIENCE_S = 1.0
_PAUSE_S = 0.1


class Bar:
    """A function for the pipeline to call; draws when `PATIENCE_S` have passed, and only on a terminal."""

    def __init__(self, *, wanted: bool, clock: Callable[[], float] = time.monotonic) -> None:
        self._wanted = wanted and is_terminal(sys.stderr)
        self._clock = clock
        self._next_s = clock() + PATIENCE_S
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Say that `done` of `total` steps of a stage are done; a total of 0 is not known."""
        if not self._wanted or self._clock() < self._next_s:
            return
        self._next_s = self._clock() + _PAUSE_S
        if self._progress is None:
            self._progress = _started()
            self._task = self._progress.add_task(stage, total=None)
        if self._task is not None:
            self._progress.update(self._task, description=stage, completed=done, total=total or None)
            self._progress.refresh()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Wipe the bar away."""
        if self._progress is not None:
            self._progress.stop()


def _started() -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    # Redrawn only when called: a thread of its own would be in the way of worker processes that are forked.
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
        auto_refresh=False,
        redirect_stdout=False,
        redirect_stderr=False,
    )
    progress.start()
    return progress
