"""One thread that does everything that reads the project or renders, one thing after the other.

So nothing of the pipeline ever runs twice at a time, and the server stays free to answer.
"""

import gc
import queue
import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")

PAUSE_S = 0.2  # in which a browser that was told of a change has asked for it
REST_S = 3.0


class Worker:
    """Does jobs in the order in which they were given. Its thread is a daemon, so the program may end before them.

    Garbage is looked for when there has been nothing to do for a while: on a large site that takes longer than to read
    it, and nobody should have to wait for it.
    """

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._idle: deque[Callable[[], object]] = deque()
        threading.Thread(target=self._run, name="preview-worker", daemon=True).start()

    def do(self, job: Callable[[], T]) -> Future[T]:
        """What `job` will return or raise."""
        result: Future[T] = Future()

        def run() -> None:
            if not result.set_running_or_notify_cancel():
                return
            try:
                result.set_result(job())
            except BaseException as error:  # noqa: BLE001 (whoever waits for the result is told)
                result.set_exception(error)

        self._jobs.put(run)
        return result

    def when_idle(self, job: Callable[[], object]) -> None:
        """Do something small once nobody has asked for anything for a moment. Only for jobs to call."""
        self._idle.append(job)

    def stop(self) -> None:
        """Do nothing that has not been given yet."""
        self._jobs.put(None)

    def _run(self) -> None:
        tidy = True
        pause = PAUSE_S
        while True:
            try:
                job = self._jobs.get(timeout=pause if self._idle else None if tidy else REST_S)
            except queue.Empty:
                if self._idle:
                    with suppress(Exception):
                        self._idle.popleft()()
                    pause = 0  # go on with the next one unless somebody asks
                else:
                    gc.collect()
                    tidy = True
                continue
            if job is None:
                return
            tidy = False
            pause = PAUSE_S
            job()
