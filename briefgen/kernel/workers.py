"""Work spread over processes. The results do not depend on the number of processes.

Processes are forked, so that they share what was read already, and send their results as bytes through a pipe. Items
are split into batches, and each free process takes the next one. A worker that fails in any way costs time only: what
it did not return is done again in this process, where the error can be reported.
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
_BATCHES_PER_PROCESS = 64
"""Batches for each process: enough that all end at about the same time, few enough to cost nothing."""
_MAX_BATCHES = 1024
"""Batches for all processes: their numbers must fit into a pipe, and the smallest pipe of any system holds 4 KiB."""
_NUMBER = struct.Struct("<i")
_LENGTH = struct.Struct("<q")  # of what follows: the number of a batch and its results, as msgpack


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def process_count(work: int, per_process: int, limit: int | None = None) -> int:
    """Return how many processes to use for an amount of work, of which each should get at least `per_process`."""
    return max(1, min(limit or processors(), work // per_process))


def parallel_map(
    work: Callable[[T], bytes], items: Sequence[T], workers: int, finish: Callable[[], None] | None = None
) -> Iterator[tuple[T, bytes]]:
    """Yield each item with the result of `work`, in no particular order; `workers` counts this process, too.

    Changes that `work` makes in memory are not seen by other processes. `finish` is called in every other process after
    its last item.
    """
    if workers < 2 or len(items) < 2 or not hasattr(os, "fork"):
        yield from ((item, work(item)) for item in items)
        return
    # The processes share the present memory; garbage collection would copy it.
    gc.freeze()
    # Neighbouring items take about equally long, so each batch takes items from the whole range.
    count = min(len(items), workers * _BATCHES_PER_PROCESS, _MAX_BATCHES)
    batches = [items[number::count] for number in range(count)]
    remaining = _Remaining(count)
    children: list[_Child[T]] = []
    unfinished = dict.fromkeys(range(count))

    def received(*, wait: bool) -> Iterator[tuple[T, bytes]]:
        for child in children:
            for number, answers in child.receive(wait=wait):
                del unfinished[number]
                yield from zip(batches[number], answers, strict=True)

    try:
        with suppress(OSError):  # the system may allow no more processes; fewer do the same work
            for _ in range(workers - 1):
                children.append(_Child(work, batches, remaining, finish, [child.pipe for child in children]))
        while (number := remaining.take()) is not None:
            del unfinished[number]
            for item in batches[number]:
                yield item, work(item)
                # A full pipe would stop its child.
                yield from received(wait=False)
        yield from received(wait=True)
        for number in unfinished:
            yield from ((item, work(item)) for item in batches[number])
    finally:
        remaining.close()
        for child in children:
            child.end()
        gc.unfreeze()


@contextmanager
def in_background(work: Callable[[], bytes], *, is_worthwhile: bool = True) -> Iterator[Callable[[], bytes]]:
    """Begin `work` in another process if that is worthwhile. Inside the block, call the value once for the result.

    At the end of the block that process is killed, so `work` must only read.
    """
    if not is_worthwhile or processors() < 2 or not hasattr(os, "fork"):
        yield work
        return
    remaining, child = _Remaining(1), None
    with suppress(OSError):
        child = _Child(lambda _: work(), ((None,),), remaining)
    remaining.close()
    if child is None:
        yield work
        return

    def answer() -> bytes:
        answered = dict(child.receive(wait=True))
        return answered[0][0] if answered else work()

    try:
        yield answer
    finally:
        child.kill()
        child.end()


class _Remaining:
    """The numbers of the batches that no process has begun, in a pipe that all processes read from."""

    def __init__(self, count: int) -> None:
        self._reading, writing = os.pipe()
        os.write(writing, b"".join(map(_NUMBER.pack, range(count))))
        os.close(writing)

    def take(self) -> int | None:
        """Return a number that no other process gets, or None if there are no more."""
        taken = os.read(self._reading, _NUMBER.size)
        return int(_NUMBER.unpack(taken)[0]) if taken else None

    def close(self) -> None:
        os.close(self._reading)


class _Child(Generic[T]):
    """A forked process that works on batches, and the bytes received from it so far."""

    def __init__(
        self,
        work: Callable[[T], bytes],
        batches: Sequence[Sequence[T]],
        remaining: _Remaining,
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
                # While any process keeps the reading end open, a child whose reader is gone would wait for ever.
                for end in (self.pipe, *others):
                    os.close(end)
                _answer(work, batches, remaining, finish, writing)
            finally:
                # Do not flush the parent's buffers or run its exit handlers here.
                os._exit(0)
        os.close(writing)

    def receive(self, *, wait: bool) -> Iterator[tuple[int, list[bytes]]]:
        """Yield each batch that has arrived since the last call, as its number and its results; or wait for all."""
        while (wait or select([self.pipe], [], [], 0)[0]) and (arrived := os.read(self.pipe, _CHUNK)):
            self._received += arrived
        start = 0
        while (begin := start + _LENGTH.size) <= len(self._received):
            end = begin + _LENGTH.unpack_from(self._received, start)[0]
            if end > len(self._received):
                break
            yield msgspec.msgpack.decode(self._received[begin:end], type=tuple[int, list[bytes]])
            start = end
        del self._received[:start]

    def kill(self) -> None:
        """End the child at once."""
        os.kill(self._process, signal.SIGKILL)

    def end(self) -> None:
        """Close the pipe, which ends the child, and wait for it."""
        os.close(self.pipe)
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)


def _answer(
    work: Callable[[T], bytes],
    batches: Sequence[Sequence[T]],
    remaining: _Remaining,
    finish: Callable[[], None] | None,
    writing: int,
) -> None:
    with os.fdopen(writing, "wb", buffering=_CHUNK) as pipe:
        while (number := remaining.take()) is not None:
            answers = msgspec.msgpack.encode((number, [work(item) for item in batches[number]]))
            pipe.write(_LENGTH.pack(len(answers)))
            pipe.write(answers)
            # If the reader is gone, this raises at once, not only when the buffer is full.
            pipe.flush()
        if finish is not None:
            finish()
