"""The garbage collector, adjusted to what a build does."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress


def collect_garbage() -> None:
    """Free what only reference cycles hold. With the content of 100,000 briefs that takes two to three seconds."""
    gc.collect()


def release_memory() -> None:
    """Give the memory that is free back to the system; it does nothing where the C library is not glibc."""
    import ctypes

    with suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


@contextmanager
def infrequent_gc() -> Iterator[None]:
    """Search for reference cycles less often: a build makes many values that live to its end, and hardly any cycle.

    With the default settings, the search takes a sixth of a build's time.
    """
    # Otherwise Python searches all values once more at exit.
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
    before = gc.get_threshold()
    gc.set_threshold(1_000_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
