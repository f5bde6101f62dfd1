"""How many pages a change has touched, counted when nobody waits for anything."""

from collections.abc import Callable
from contextlib import suppress

from briefgen.preview.source import Snapshot

_SLICE_S = 0.005  # a page that is asked for waits no longer than that while pages are counted
_COUNT_S = 0.25  # a site too large to count in that time is not counted


class Count:
    """How many pages differ between two states, found out bit by bit; `changed` is None if that takes too long."""

    def __init__(self, before: Snapshot | None, after: Snapshot | None) -> None:
        old = frozenset(before.paths if before else ())
        new = frozenset(after.paths if after else ())
        self.changed: int | None = sum(path.endswith(".html") for path in old ^ new)
        self._before = before
        self._after = after
        self._rest = [path for path in old & new if path.endswith(".html")]
        self._spent_s = 0.0

    def go_on(self, clock: Callable[[], float]) -> bool:
        """Count for a slice of time; whether that was the end of it."""
        started = clock()
        while self._rest and self._before and self._after and self.changed is not None:
            path = self._rest.pop()
            with suppress(Exception):  # whoever looks at the page is told
                self.changed += self._before.fingerprint(path) != self._after.fingerprint(path)
            spent = clock() - started
            if self._spent_s + spent > _COUNT_S:
                self.changed = None
            elif spent > _SLICE_S:
                self._spent_s += spent
                return False
        return True
