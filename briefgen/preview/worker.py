"""One thread that runs all jobs that read the project or render, one after the other.

So the pipeline never runs twice at the same time, and the server stays free to respond.
"""

import gc
import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import TypeVar

T = TypeVar("T")

PAUSE_S = 0.2  # enough for a browser to request a page after the message that it has changed
_REST_S = 3.0


class Worker:
    """A thread that runs jobs in the order of their submission. It is a daemon, so the program may end before them.

    Garbage is collected only after the thread has been idle for a while. On a large site that takes longer than
    reading the project, and no request should wait for it.
    """

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._idle_task: Iterator[object] | None = None
        threading.Thread(target=self._run, name="preview-worker", daemon=True).start()

    def submit(self, job: Callable[[], T]) -> Future[T]:
        """Return the future result of `job`."""
        result: Future[T] = Future()

        def run() -> None:
            if not result.set_running_or_notify_cancel():
                return
            try:
                result.set_result(job())
            except BaseException as error:  # noqa: BLE001 (the future passes it on)
                result.set_exception(error)

        self._jobs.put(run)
        return result

    def run_when_idle(self, task: Iterator[object]) -> bool:
        """Run the steps of `task` while no job waits. Return whether it replaces an unfinished one. Only for jobs."""
        is_replaced, self._idle_task = self._idle_task is not None, task
        return is_replaced

    def stop(self) -> None:
        """Run no job that is submitted later."""
        self._jobs.put(None)

    def _run(self) -> None:
        is_tidy = True
        pause = PAUSE_S
        while True:
            try:
                job = self._jobs.get(timeout=pause if self._idle_task else None if is_tidy else _REST_S)
            except queue.Empty:
                if self._idle_task:
                    try:
                        next(self._idle_task)
                    except Exception:  # noqa: BLE001 (it has ended, well or not)
                        self._idle_task = None
                    pause = 0  # continue with the next step unless a job comes
                else:
                    gc.collect()
                    is_tidy = True
                continue
            if job is None:
                return
            is_tidy = False
            pause = PAUSE_S
            job()
