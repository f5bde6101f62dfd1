"""Work spread over processes. What comes out does not depend on how many there are.

Processes are forked, so that they share what was read already, and answer in bytes over a pipe. Items are dealt in
batches, each taken by whoever is free. A worker that fails in any way costs time only: what it did not answer is done
again here, where the error can be told.
"""

import gc
import os
import signal
import struct
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from select import select
from typing import Generic, TypeVar

import msgspec

T = TypeVar("T")

_CHUNK = 1 << 16
_BATCHES_EACH = 64
"""Batches for each process: so many that none waits long for the last, so few that dealing them costs nothing."""
_BATCHES_AT_MOST = 1024
"""Batches for all processes: their numbers must fit into a pipe, and the smallest that systems make holds 4 KiB."""
_NUMBER = struct.Struct("<i")
_LENGTH = struct.Struct("<q")  # of what follows: the number of a batch and its answers, as msgpack


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def spread(
    work: Callable[[T], bytes], items: Sequence[T], workers: int, finish: Callable[[], None] | None = None
) -> Iterator[tuple[T, bytes]]:
    """Each item with what `work` makes of it, in no particular order; `workers` counts this process, too.

    `work` must not change what other processes would have to see, other than files of its own. `finish` is called in
    every other process after its last item.
    """
    if workers < 2 or len(items) < 2 or not hasattr(os, "fork"):
        yield from ((item, work(item)) for item in items)
        return
    # What exists by now is shared between the processes; collecting garbage would copy it.
    gc.freeze()
    # Neighbours are much alike, so each batch takes some from everywhere.
    count = min(len(items), workers * _BATCHES_EACH, _BATCHES_AT_MOST)
    batches = [items[number::count] for number in range(count)]
    left = _Left(count)
    children: list[_Child[T]] = []
    waiting = dict.fromkeys(range(count))
    try:
        with suppress(OSError):  # of a system that gives no more processes: fewer do the same
            for _ in range(workers - 1):
                children.append(_Child(work, batches, left, finish, [child.pipe for child in children]))
        while (number := left.take()) is not None:
            del waiting[number]
            for item in batches[number]:
                yield item, work(item)
                for child in children:
                    child.drain()
            # What is to be done with the answers is done while the others work.
            for child in children:
                for answered, answers in child.arrived():
                    del waiting[answered]
                    yield from zip(batches[answered], answers, strict=True)
        for child in children:
            for answered, answers in child.answers():
                del waiting[answered]
                yield from zip(batches[answered], answers, strict=True)
        for number in waiting:
            yield from ((item, work(item)) for item in batches[number])
    finally:
        left.close()
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
    left, child = _Left(1), None
    with suppress(OSError):
        child = _Child(lambda _: work(), ((None,),), left)
    left.close()
    if child is None:
        yield work
        return

    def answer() -> bytes:
        answered = dict(child.answers())
        return answered[0][0] if answered else work()

    try:
        yield answer
    finally:
        child.kill()
        child.end()


class _Left:
    """Numbers of batches that nobody has begun, in a pipe that all processes read from."""

    def __init__(self, count: int) -> None:
        self._reading, writing = os.pipe()
        os.write(writing, b"".join(map(_NUMBER.pack, range(count))))
        os.close(writing)

    def take(self) -> int | None:
        """A number that nobody else gets; None if there are no more."""
        taken = os.read(self._reading, _NUMBER.size)
        return int(_NUMBER.unpack(taken)[0]) if taken else None

    def close(self) -> None:
        os.close(self._reading)


class _Child(Generic[T]):
    """A forked process that works on batches, and what came from it so far."""

    def __init__(
        self,
        work: Callable[[T], bytes],
        batches: Sequence[Sequence[T]],
        left: _Left,
        finish: Callable[[], None] | None = None,
        others: Sequence[int] = (),
    ) -> None:
        self._received = bytearray()
        self.pipe, writing = os.pipe()
        try:
            self._process = os.fork()
        except OSError:
            os.close(self.pipe)
            os.close(writing)
            raise
        if self._process == 0:
            try:
                # As long as anybody holds the end that is read, a child whose reader is gone waits for ever.
                for end in (self.pipe, *others):
                    os.close(end)
                _answer(work, batches, left, finish, writing)
            finally:
                # Nothing of the parent's is to be finished here: no buffers flushed, no exit handlers run.
                os._exit(0)
        os.close(writing)

    def drain(self) -> None:
        """Take what has arrived, so that the child need not wait for a full pipe."""
        while select([self.pipe], [], [], 0)[0] and (arrived := os.read(self.pipe, _CHUNK)):
            self._received += arrived

    def arrived(self) -> Iterator[tuple[int, list[bytes]]]:
        """The number of each batch of which all answers have arrived by now, with these, each once."""
        start = 0
        while (begin := start + _LENGTH.size) <= len(self._received):
            end = begin + _LENGTH.unpack_from(self._received, start)[0]
            if end > len(self._received):
                break
            yield msgspec.msgpack.decode(self._received[begin:end], type=tuple[int, list[bytes]])
            start = end
        del self._received[:start]

    def answers(self) -> Iterator[tuple[int, list[bytes]]]:
        """The same of all the others, once the child is done."""
        while arrived := os.read(self.pipe, _CHUNK):
            self._received += arrived
        yield from self.arrived()

    def kill(self) -> None:
        """End the child at once, whatever it is at."""
        os.kill(self._process, signal.SIGKILL)

    def end(self) -> None:
        """Let go of the child, which ends by itself once nobody listens."""
        os.close(self.pipe)
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)


def _answer(
    work: Callable[[T], bytes],
    batches: Sequence[Sequence[T]],
    left: _Left,
    finish: Callable[[], None] | None,
    writing: int,
) -> None:
    with os.fdopen(writing, "wb", buffering=_CHUNK) as pipe:
        while (number := left.take()) is not None:
            answers = msgspec.msgpack.encode((number, [work(item) for item in batches[number]]))
            pipe.write(_LENGTH.pack(len(answers)))
            pipe.write(answers)
            # Where nobody listens any more, this ends the work, and not only what fills the buffer.
            pipe.flush()
        if finish is not None:
            finish()
