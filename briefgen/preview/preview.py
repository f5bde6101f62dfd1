"""The live preview: readings of the project → responses to requests, messages to open pages, and events."""

import gc
import queue
import time
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from contextlib import suppress
from itertools import chain
from pathlib import Path
from threading import Lock, Thread
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from briefgen.preview.last_good_site import LastGoodSite, SiteResponse, Status
from briefgen.preview.page_hub import OpenPage, PageHub

if TYPE_CHECKING:
    from briefgen.pipeline import PreviewSnapshot

T = TypeVar("T")

PAUSE_S = 0.2  # enough for a browser to request a page after the message that it has changed
_REST_S = 3.0
_MAX_COUNT_S = 0.25  # a site that takes longer to count is not counted

Read = Callable[[Collection[str] | None], "PreviewSnapshot"]
"""Reads the project as it is now. The paths are all that has changed since the last reading; None if unknown."""


class Rebuilt(Struct, frozen=True):
    """A reading of the project. `changed` pages differ from those before it; None if they were not counted."""

    seconds: float
    changed: int | None


EventCallback = Callable[[Rebuilt | Status], None]
"""Called after each reading, and with the status whenever that has changed."""


class Preview:
    """A project in preview. Every method may be called from any thread and returns at once."""

    def __init__(
        self, read: Read, root: Path, on_event: EventCallback, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._on_event = on_event
        self._clock = clock
        self._worker = _Worker()
        self._lock = Lock()  # for the next two
        self._reading: Future[None] | None = None
        self._changes: list[Collection[str] | None] = []  # since the last reading
        # Only the worker's thread uses these.
        self._site = LastGoodSite()
        self._hub = PageHub(self._site, root)
        self._status = Status()
        self._uncounted_s: float | None = None  # the duration of the reading whose changed pages are being counted

    def update(self, paths: Collection[str] | None = None) -> Future[None]:
        """Read the project again. `paths` are all that has changed; None if that is unknown.

        A reading that waits for its turn serves all calls until it begins.
        """
        with self._lock:
            self._changes.append(paths)
            reading = self._reading
            if reading is None or reading.done() or reading.running():
                reading = self._reading = self._worker.submit(self._rebuild)
            return reading

    def respond(self, url: str) -> Future[SiteResponse]:
        """Return the response to a request for `url`, a decoded path."""
        return self._worker.submit(lambda: self._respond(url))

    def add_page(self, page: OpenPage) -> None:
        """Send `page` all that concerns it from now on, beginning with what it has missed."""
        self._worker.submit(lambda: self._hub.add(page))

    def remove_page(self, page: OpenPage) -> None:
        """Send `page` nothing more."""
        self._worker.submit(lambda: self._hub.remove(page))

    def stop(self) -> None:
        """Do nothing more."""
        self._worker.stop()

    def _rebuild(self) -> None:
        started = self._clock()
        before = self._site.snapshot
        try:
            snapshot = self._read(self._take_changes())
        except Exception as error:  # noqa: BLE001 (a bad edit or a bug of ours must not end the preview)
            self._site.record_failure(error)
            with self._lock:
                self._changes.append(None)  # this reading has lost its paths, so the next one must read all files
        else:
            self._site.update(snapshot)
        self._hub.update()
        self._publish_status()
        seconds = self._clock() - started
        after = self._site.snapshot
        if after is None or after is before:
            self._on_event(Rebuilt(seconds, 0))
            return
        if self._uncounted_s is not None:
            # There was no time to count. A second count would hold two more snapshots in memory.
            self._on_event(Rebuilt(self._uncounted_s, None))
        self._uncounted_s = seconds
        self._worker.run_when_idle(chain(self._count_changed_pages(before, after, seconds), after.refresh_index()))

    def _take_changes(self) -> Collection[str] | None:
        with self._lock:
            changes, self._changes = self._changes, []
        known = [paths for paths in changes if paths is not None]
        return set().union(*known) if len(known) == len(changes) else None

    def _count_changed_pages(
        self, before: "PreviewSnapshot | None", after: "PreviewSnapshot", seconds: float
    ) -> Iterator[None]:
        """Count the pages that a reading has changed, one with each step, and report the reading."""
        old = {path for path in (before.paths if before else ()) if path.endswith(".html")}
        new = {path for path in after.paths if path.endswith(".html")}
        changed, spent_s = len(old ^ new), 0.0
        for path in old & new:
            yield
            began = self._clock()
            with suppress(Exception):  # a request for the page reports it
                changed += before is not None and before.fingerprint(path) != after.fingerprint(path)
            spent_s += self._clock() - began
            if spent_s > _MAX_COUNT_S:
                break
        self._uncounted_s = None
        self._on_event(Rebuilt(seconds, changed if spent_s <= _MAX_COUNT_S else None))

    def _respond(self, url: str) -> SiteResponse:
        response = self._site.respond(url)
        # A page that was rendered for the response may have failed, or fail no longer.
        if not self._site.status.says_the_same_as(self._status):
            self._publish_status()
        return response

    def _publish_status(self) -> None:
        status = self._site.status
        self._hub.show(status)
        if not status.says_the_same_as(self._status):
            self._status = status
            self._on_event(status)


class _Worker:
    """A thread that runs jobs in the order of their submission. It is a daemon, so the program may end before them.

    All jobs that read the project or render run here, so the pipeline never runs twice at the same time, and the server
    stays free to respond. Garbage is collected only after the thread has been idle for a while: on a large site that
    takes longer than reading the project, and no request should wait for it.
    """

    def __init__(self) -> None:
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._idle_task: Iterator[object] | None = None
        Thread(target=self._run, name="preview-worker", daemon=True).start()

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

    def run_when_idle(self, task: Iterator[object]) -> None:
        """Run the steps of `task` while no job waits, in place of an unfinished one. Only for jobs."""
        self._idle_task = task

    def stop(self) -> None:
        """Run no job that is submitted later."""
        self._jobs.put(None)

    def _run(self) -> None:
        is_tidy, pause = True, PAUSE_S
        while True:
            try:
                job = self._jobs.get(timeout=pause if self._idle_task else None if is_tidy else _REST_S)
            except queue.Empty:
                if self._idle_task is None:
                    gc.collect()
                    is_tidy = True
                else:
                    try:
                        next(self._idle_task)
                    except Exception:  # noqa: BLE001 (it has ended, well or not)
                        self._idle_task = None
                    pause = 0  # continue with the next step unless a job comes
                continue
            if job is None:
                return
            is_tidy, pause = False, PAUSE_S
            job()
