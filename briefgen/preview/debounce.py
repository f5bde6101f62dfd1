"""When a burst of changes is over: a state machine that is told the time and never asks for it."""

QUIET_S = 0.015  # between the single steps of one save
GRACE_S = 0.1  # some editors remove a file for a moment before they write it anew
BURST_S = 0.15  # between the files of a branch switch
BURST_PATHS = 20  # more than anybody saves at once
CAP_S = 2.0  # something that never stops writing must not keep the preview waiting


class Debounce:
    """Collects changes until none has come for a while. Times are seconds of any clock that never goes back."""

    def __init__(self) -> None:
        self._begun: float | None = None
        self._last = 0.0
        self._paths: set[str] = set()
        self._gone: set[str] = set()

    def came(self, path: str, now: float) -> None:
        """Something at `path` was made or changed."""
        self._note(path, now)
        self._gone.discard(path)

    def went(self, path: str, now: float) -> None:
        """What was at `path` is gone, perhaps only for a moment."""
        self._note(path, now)
        self._gone.add(path)

    def due(self) -> float | None:
        """When the burst is over if nothing more comes; None while there is none."""
        if self._begun is None:
            return None
        quiet = QUIET_S
        if self._gone:
            quiet = GRACE_S
        if len(self._paths) > BURST_PATHS:
            quiet = BURST_S
        return min(self._last + quiet, self._begun + CAP_S)

    def taken(self) -> frozenset[str]:
        """All paths of the burst; what comes now begins another."""
        paths = frozenset(self._paths)
        self._begun = None
        self._paths.clear()
        self._gone.clear()
        return paths

    def _note(self, path: str, now: float) -> None:
        if self._begun is None:
            self._begun = now
        self._last = now
        self._paths.add(path)
