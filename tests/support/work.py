"""The work of a call, counted instead of timed, so that a busy machine changes nothing."""

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

# Methods of texts that read the whole of it however they are called. `find` is none: it may begin anywhere.
_READING = frozenset(("casefold", "count", "lstrip", "replace", "rstrip", "split", "splitlines", "strip", "translate"))


def work(call: Callable[[], object]) -> int:
    """Return how many lines of Python a call runs and functions of C it calls, and what briefgen reads of texts.

    The second of two calls is counted: the first imports modules and fills caches.
    """
    call()
    count = 0

    def trace(_frame: FrameType, event: str, _argument: Any) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    def profile(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        if event == "c_call":
            count += 1
            text = getattr(argument, "__self__", None)
            if isinstance(text, str) and argument.__name__ in _READING and "/briefgen/" in frame.f_code.co_filename:
                count += len(text)

    before = sys.gettrace(), sys.getprofile()
    sys.settrace(trace)
    sys.setprofile(profile)
    try:
        call()
    finally:
        sys.settrace(before[0])
        sys.setprofile(before[1])
    return count


def growth(make: Callable[[int], Callable[[], object]], size: int) -> float:
    """Return how many times the work of `make(size)` a size twice as large takes: 2 is linear, 4 the square."""
    return work(make(2 * size)) / work(make(size))


class Read(str):  # noqa: SLOT000 (it counts in attributes)
    """A text that counts the characters taken from it and the searches for a character in it."""

    read = 0
    searches = 0

    def __getitem__(self, key: Any) -> str:
        part = super().__getitem__(key)
        self.read += len(part)
        return part

    def __contains__(self, part: object) -> bool:
        self.searches += 1
        return super().__contains__(part)  # type: ignore[operator]
