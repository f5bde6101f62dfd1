"""The budget of a page: how much work its templates may do, and how much text they may make.

Work is counted, so a page is refused on every machine or on none. The clock is the last resort for what cannot be
counted.
"""

import time
from collections.abc import Callable

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

_LOOK_AFTER = 1_000
"""Steps between two looks at the clock, as each look takes as long as several steps."""


class OverBudgetError(Exception):
    """A page needs more than the budget; the message says of what."""


class Budget:
    """Counts the steps, text and depth of calls of one page at a time.

    What pages do most often, such as calling macros, adds to the counts itself: calling a method would take longer.
    """

    __slots__ = ("_clock", "_end", "depth", "next_look", "steps", "text")

    def __init__(self, clock: Callable[[], float] = time.thread_time) -> None:
        self._clock = clock
        self.steps = self.text = self.depth = 0
        self.next_look = _LOOK_AFTER
        self.restart()

    def restart(self) -> None:
        """Begin with another page."""
        self._end = self._clock() + MOST_SECONDS
        self.pause()

    def pause(self) -> tuple[int, int, int, int]:
        """Count from zero until `resume` gets what this returns.

        This is for what is made once for many pages, by the first that needs it: which one that is differs between
        builds.
        """
        before = self.steps, self.text, self.depth, self.next_look
        self.steps = self.text = self.depth = 0
        self.next_look = _LOOK_AFTER
        return before

    def resume(self, before: tuple[int, int, int, int]) -> None:
        """Go on with the counts that were there before `pause`."""
        self.steps, self.text, self.depth, self.next_look = before

    def spend(self, steps: int) -> None:
        """Count `steps`.

        Raises:
            OverBudgetError: there are too many, or too much time has passed.
        """
        self.steps += steps
        if self.steps > self.next_look:
            self.look()

    def spend_text(self, length: int) -> None:
        """Count a text of `length` characters; best before it is made.

        Raises:
            OverBudgetError: there is too much text.
        """
        self.text += length
        if self.text > MOST_TEXT:
            self.look()

    def enter(self) -> None:
        """Count a call that has begun; the caller must take one from `depth` when it ends.

        Raises:
            OverBudgetError: it is inside too many others, or one of too many.
        """
        self.depth += 1
        self.steps += STEPS_PER_CALL
        if self.steps > self.next_look or self.depth > MOST_DEPTH:
            self.look()

    def look(self) -> None:
        """Compare all that was spent with the limits; due when `steps` is over `next_look`, or a count over its limit.

        Raises:
            OverBudgetError: there is too much of something.
        """
        if self.depth > MOST_DEPTH:
            raise OverBudgetError(f"macros, blocks or loops call each other more than {MOST_DEPTH} deep")
        if self.text > MOST_TEXT:
            raise OverBudgetError(f"the template makes more than {MOST_TEXT:,} characters of text for one page")
        if self.steps > MOST_STEPS:
            raise OverBudgetError(f"the template takes more than {MOST_STEPS:,} steps for one page")
        if self._clock() > self._end:
            raise OverBudgetError(f"the template takes more than {MOST_SECONDS:.0f} seconds for one page")
        self.next_look = min(self.steps + _LOOK_AFTER, MOST_STEPS)
