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
from itertools import chain
from select import select
from typing import BinaryIO, TypeVar

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
    if workers < 2 or len(items) < 2:
        yield from ((item, work(item)) for item in items)
        return
    # The processes share the present memory; garbage collection would copy it.
    gc.freeze()
    # Neighbouring items take about equally long, so each batch takes items from the whole range.
    count = min(len(items), workers * _BATCHES_PER_PROCESS, _MAX_BATCHES)
    batches = [items[number::count] for number in range(count)]
    unfinished = dict.fromkeys(range(count))
    children: list[_Child] = []
    # All processes read from one pipe the numbers of the batches that none has begun.
    remaining, writing = os.pipe()
    os.write(writing, b"".join(map(_NUMBER.pack, unfinished)))
    os.close(writing)

    def work_in_child(pipe: BinaryIO) -> None:
        for number in _take_numbers(remaining):
            _send(pipe, number, [work(item) for item in batches[number]])
        if finish is not None:
            finish()

    def receive(*, wait: bool) -> Iterator[tuple[T, bytes]]:
        for number, answers in chain.from_iterable(child.receive(wait=wait) for child in children):
            del unfinished[number]
            yield from zip(batches[number], answers, strict=True)

    try:
        with suppress(OSError):  # the system may allow no more processes; fewer do the same work
            for _ in range(workers - 1):
                children.append(_Child(work_in_child, [child.pipe for child in children]))
        for number in _take_numbers(remaining):
            del unfinished[number]
            for item in batches[number]:
                yield item, work(item)
                # A full pipe would stop its child.
                yield from receive(wait=False)
        yield from receive(wait=True)
        for number in unfinished:
            yield from ((item, work(item)) for item in batches[number])
    finally:
        os.close(remaining)
        for child in children:
            child.end()
        gc.unfreeze()


@contextmanager
def in_background(work: Callable[[], bytes], *, is_worthwhile: bool = True) -> Iterator[Callable[[], bytes]]:
    """Begin `work` in another process if that is worthwhile. Inside the block, call the value once for the result.

    At the end of the block that process is killed, so `work` must only read.
    """
    if not is_worthwhile or processors() < 2:
        yield work
        return
    try:
        child = _Child(lambda pipe: _send(pipe, 0, [work()]))
    except OSError:
        yield work
        return

    def receive() -> bytes:
        received = dict(child.receive(wait=True))
        return received[0][0] if received else work()

    try:
        yield receive
    finally:
        os.kill(child.process, signal.SIGKILL)
        child.end()


class _Child:
    """A forked process that writes results into a pipe, and the bytes received from it so far."""

    def __init__(self, work: Callable[[BinaryIO], None], others: Sequence[int] = ()) -> None:
        self._received = bytearray()
        self.pipe, writing = os.pipe()
        try:
            self.process = os.fork()
        except OSError:
            os.close(self.pipe)
            os.close(writing)
            raise
        if self.process == 0:
            try:
                # While any process keeps the reading end open, a child whose reader is gone would wait for ever.
                for end in (self.pipe, *others):
                    os.close(end)
                with os.fdopen(writing, "wb", buffering=_CHUNK) as pipe:
                    work(pipe)
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

    def end(self) -> None:
        """Close the pipe, which ends the child, and wait for it."""
        os.close(self.pipe)
        with suppress(ChildProcessError):
            os.waitpid(self.process, 0)


def _take_numbers(pipe: int) -> Iterator[int]:
    while taken := os.read(pipe, _NUMBER.size):
        yield _NUMBER.unpack(taken)[0]


def _send(pipe: BinaryIO, number: int, answers: list[bytes]) -> None:
    message = msgspec.msgpack.encode((number, answers))
    pipe.write(_LENGTH.pack(len(message)) + message)
    # If the reader is gone, this raises at once, not only when the buffer is full.
    pipe.flush()
