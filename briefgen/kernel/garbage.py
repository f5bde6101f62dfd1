"""The garbage collector, told what kind of work is coming."""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def few_cycles() -> Iterator[None]:
    """Look for reference cycles less often: a build makes many values that live until its end, and hardly a cycle.

    Without this the search takes a sixth of a build's time.
    """
    # Python would look through everything once more as it ends.
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
    before = gc.get_threshold()
    gc.set_threshold(1_000_000, 50, 100)
    try:
        yield
    finally:
        gc.set_threshold(*before)
