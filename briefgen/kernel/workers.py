"""Work spread over processes. What comes out does not depend on how many there are.

Processes are forked, so that they share what was read already, and answer in bytes over a pipe. A worker that fails in
any way costs time only: its share is done again here, where the error can be told.
"""

import gc
import os
import signal
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from select import select
from typing import Generic, NoReturn, TypeVar

T = TypeVar("T")

_CHUNK = 1 << 16
_LENGTH = struct.Struct("<q")


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(work: Callable[[T], bytes], items: Sequence[T], workers: int) -> Iterator[tuple[T, bytes]]:
    """Each item with what `work` makes of it, in no particular order; `workers` counts this process, too.

    `work` must not change what other processes would have to see, other than files of its own.
    """
    if workers < 2 or len(items) < 2 or not hasattr(os, "fork"):
        yield from ((item, work(item)) for item in items)
        return
    # What exists by now is shared between the processes; collecting garbage would copy it.
    gc.freeze()
    own, *others = (items[number::workers] for number in range(workers))
    children: list[_Child[T]] = []
    try:
        for share in others:
            children.append(_Child(work, share, [child.pipe for child in children]))
        for item in own:
            yield item, work(item)
            for child in children:
                child.drain()
        for child in children:
            yield from child.answers()
    finally:
        for child in children:
            child.end()
        gc.unfreeze()


@contextmanager
def aside(work: Callable[[], bytes], *, worth: bool = True) -> Iterator[Callable[[], bytes]]:
    """`work`, begun in another process if that is `worth` it; to be called for the answer, once, inside the block.

    At the end of the block that process is killed, so `work` must only look at things.
    """
    if not worth or processors() < 2 or not hasattr(os, "fork"):
        yield work
        return
    child = _Child(lambda _: work(), (None,), ())
    try:
        yield lambda: next(child.answers())[1]
    finally:
        child.kill()
        child.end()


class _Child(Generic[T]):
    """A forked process that works on its share, and what came from it so far."""

    def __init__(self, work: Callable[[T], bytes], share: Sequence[T], others: Sequence[int]) -> None:
        self._work = work
        self._share = share
        self._received = bytearray()
        self.pipe, writing = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            # As long as anybody holds the end that is read, a child whose reader is gone waits for ever.
            _run(work, share, writing, (self.pipe, *others))
        os.close(writing)

    def drain(self) -> None:
        """Take what has arrived, so that the child need not wait for a full pipe."""
        while select([self.pipe], [], [], 0)[0] and (arrived := os.read(self.pipe, _CHUNK)):
            self._received += arrived

    def answers(self) -> Iterator[tuple[T, bytes]]:
        """Each item of the share with its answer; those that the child did not answer are worked on here."""
        while arrived := os.read(self.pipe, _CHUNK):
            self._received += arrived
        start = 0
        for item in self._share:
            [size] = _LENGTH.unpack_from(self._received, start) if start + 8 <= len(self._received) else [-1]
            end = start + _LENGTH.size + size
            whole = size >= 0 and end <= len(self._received)
            yield item, bytes(self._received[start + _LENGTH.size : end]) if whole else self._work(item)
            start = end if whole else len(self._received)

    def kill(self) -> None:
        """End the child at once, whatever it is at."""
        os.kill(self._process, signal.SIGKILL)

    def end(self) -> None:
        """Let go of the child, which ends by itself once nobody listens."""
        os.close(self.pipe)
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)


def _run(work: Callable[[T], bytes], share: Sequence[T], writing: int, inherited: Sequence[int]) -> NoReturn:
    try:
        for end in inherited:
            os.close(end)
        with os.fdopen(writing, "wb", buffering=_CHUNK) as pipe:
            for item in share:
                answer = work(item)
                pipe.write(_LENGTH.pack(len(answer)))
                pipe.write(answer)
    finally:
        # Nothing of the parent's is to be finished here: no buffers flushed, no exit handlers run.
        os._exit(0)
