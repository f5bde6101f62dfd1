"""Single changes, from any thread → bursts of changes."""

import threading
import time
from collections.abc import Callable

QUIET_S = 0.015  # between the single steps of one save
GRACE_S = 0.1  # some editors remove a file for a moment before they write it again
BURST_S = 0.15  # between the files of a branch switch
BURST_PATHS = 20  # a person does not save more files at once
CAP_S = 2.0  # a program that never stops writing must not delay the preview for ever
_BUSY_S = 0.02


class Debounce:
    """Changes, collected until none has come for a while. `clock` returns seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun: float | None = None
        self._last = 0.0
        self._paths: set[str] = set()
        self._deleted: set[str] = set()
        self._condition = threading.Condition()
        self._is_stopped = False

    def record_change(self, path: str, *, is_deletion: bool = False) -> None:
        """Record that something at `path` was created, changed or deleted, the last perhaps only for a moment."""
        with self._condition:
            self._last = self._clock()
            if self._begun is None:
                self._begun = self._last
            self._paths.add(path)
            (self._deleted.add if is_deletion else self._deleted.discard)(path)
            self._condition.notify()

    def stop(self) -> None:
        """Let `wait` return None."""
        with self._condition:
            self._is_stopped = True
            self._condition.notify()

    def wait(self, is_busy: Callable[[], bool]) -> frozenset[str] | None:
        """Return all paths of the next burst when it is over, or None after `stop`. It goes on while `is_busy`."""
        with self._condition:
            while not self._is_stopped:
                rest = None if self.due is None else self.due - self._clock()
                if rest is not None and rest <= 0:
                    if not is_busy():
                        return self.take()
                    rest = _BUSY_S
                self._condition.wait(rest)
        return None

    @property
    def due(self) -> float | None:
        """Return when the burst is over if nothing more comes; None if there is no burst."""
        if self._begun is None:
            return None
        quiet = BURST_S if len(self._paths) > BURST_PATHS else GRACE_S if self._deleted else QUIET_S
        return min(self._last + quiet, self._begun + CAP_S)

    def take(self) -> frozenset[str]:
        """Return all paths of the burst and end it; the next change begins another."""
        paths = frozenset(self._paths)
        self._begun = None
        self._paths.clear()
        self._deleted.clear()
        return paths
