"""One thread that does everything that reads the project or renders, one thing after the other.

So nothing of the pipeline ever runs twice at a time, and the server stays free to answer.
"""

import gc
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")

REST_S = 3.0


class Worker:
    """Does jobs in the order in which they were given. Its thread is a daemon, so the program may end before them.

    Garbage is looked for when there has been nothing to do for a while: on a large site that takes longer than to read
    it, and nobody should have to wait for it.
    """

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
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

    def stop(self) -> None:
        """Do nothing that has not been given yet."""
        self._jobs.put(None)

    def _run(self) -> None:
        rested = True
        while True:
            try:
                job = self._jobs.get(timeout=None if rested else REST_S)
            except queue.Empty:
                gc.collect()
                rested = True
                continue
            if job is None:
                return
            rested = False
            job()
