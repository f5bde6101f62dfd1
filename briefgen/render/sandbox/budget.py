"""The budget of a page: how much work its templates may do, and how much text they may make.

Work is counted, so a page is refused on every machine or on none. The clock is the last resort for what cannot be
counted.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

MOST_STEPS = 2_000_000
"""Turns of loops, calls, and items that operations look at: a few seconds."""
MOST_TEXT = 100_000_000
"""Characters, counted each time that they are put together: three times for a text in a macro in a block."""
MOST_DEPTH = 100
"""Calls inside calls. Python itself stops at some 200, at another number in each program."""
MOST_SECONDS = 30.0
"""Of the processor. Within the other limits, only operations on large values that no count reaches take as long."""
STEPS_PER_CALL = 5
"""A call of a macro takes about as long as so many turns of a loop."""

_STEPS_PER_CHECK = 1_000
"""Steps between two checks of the clock, as reading it takes as long as several steps."""


class OverBudgetError(Exception):
    """A page needs more than the budget; the message names what is exceeded."""


class Budget:
    """Counts the steps, text and depth of calls of one page at a time."""

    __slots__ = ("_clock", "_end", "_next_check", "depth", "steps", "text")

    def __init__(self, clock: Callable[[], float] = time.thread_time) -> None:
        self._clock = clock
        self.restart()

    def restart(self) -> None:
        """Begin with another page."""
        self._end = self._clock() + MOST_SECONDS
        self._reset()

    def _reset(self) -> None:
        self.steps = self.text = self.depth = 0
        self._next_check = _STEPS_PER_CHECK

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Count from zero, and restore the counts of the page at the end.

        This is for results that are computed once for many pages, by the first page that needs them: which one that is
        differs between builds.
        """
        before = self.steps, self.text, self.depth, self._next_check
        self._reset()
        try:
            yield
        finally:
            self.steps, self.text, self.depth, self._next_check = before

    def spend(self, steps: int) -> None:
        """Count `steps`.

        Raises:
            OverBudgetError: there are too many, or too much time has passed.
        """
        self.steps += steps
        if self.steps > self._next_check:
            self._check()

    def spend_text(self, length: int) -> None:
        """Count a text of `length` characters; best before it is made.

        Raises:
            OverBudgetError: there is too much text.
        """
        self.text += length
        if self.text > MOST_TEXT:
            self._check()

    def enter(self) -> None:
        """Count a call that has begun; the caller must take one from `depth` when it ends.

        Raises:
            OverBudgetError: it is inside too many others, or one of too many.
        """
        self.depth += 1
        self.steps += STEPS_PER_CALL
        if self.steps > self._next_check or self.depth > MOST_DEPTH:
            self._check()

    def _check(self) -> None:
        if self.depth > MOST_DEPTH:
            raise OverBudgetError(f"macros, blocks or loops call each other more than {MOST_DEPTH} deep")
        if self.text > MOST_TEXT:
            raise OverBudgetError(f"the template makes more than {MOST_TEXT:,} characters of text for one page")
        if self.steps > MOST_STEPS:
            raise OverBudgetError(f"the template takes more than {MOST_STEPS:,} steps for one page")
        if self._clock() > self._end:
            raise OverBudgetError(f"the template takes more than {MOST_SECONDS:.0f} seconds for one page")
        self._next_check = min(self.steps + _STEPS_PER_CHECK, MOST_STEPS)
