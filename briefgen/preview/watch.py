"""The disk → "something has changed", nothing more; what has changed is the pipeline's business."""

import errno
import logging
import os
import threading
import time
import warnings
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

from watchdog import events
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from briefgen.model.problem import Failure
from briefgen.preview.debounce import Debounce
from briefgen.preview.names import ignored
from briefgen.preview.poll import Poller

# Never `opened` and `closed_no_write`: our own reading causes them, so a rebuild would cause the next one.
# https://github.com/gorakhargosh/watchdog/issues/949, https://github.com/getnikola/nikola/issues/3898
_FILTER: list[type[FileSystemEvent]] = [
    events.FileCreatedEvent,
    events.FileModifiedEvent,
    events.FileMovedEvent,
    events.FileDeletedEvent,
    events.FileClosedEvent,
    events.DirCreatedEvent,
    events.DirMovedEvent,
    events.DirDeletedEvent,
]
_CAME = frozenset({events.EVENT_TYPE_CREATED, events.EVENT_TYPE_MODIFIED, events.EVENT_TYPE_CLOSED})
_BUSY_S = 0.02
_USE_POLL = "`briefgen serve --poll` looks at the files instead of waiting to be told."


class Watcher:
    """Calls `changed` from a thread of its own after each burst of changes below `tops`, with all paths it was told of.

    Folders that are made, removed or replaced later are watched as well, the tops themselves included. While `busy`
    says that more is to come, a burst is not over.
    """

    def __init__(
        self,
        tops: Iterable[Path],
        changed: Callable[[frozenset[str]], object],
        *,
        poll: bool = False,
        busy: Callable[[], bool] = lambda: False,
    ) -> None:
        # Two names for one folder are one: a project may be the checkout that the site themes are shipped in.
        self._tops = tuple({os.path.realpath(top): top.absolute() for top in tops}.values())
        self._changed = changed
        self._busy = busy
        self._poller = Poller(self._tops, self.came, self.went) if poll else None
        self._observer: BaseObserver | None = None
        self._watches: dict[Path, ObservedWatch] = {}
        self._debounce = Debounce()
        self._stale: set[Path] = set()
        self._overflow = _Overflow(self)
        self._news = threading.Condition()
        self._ended = False

    def start(self) -> None:
        """Begin to watch.

        Raises:
            Failure: the machine does not let us.
        """
        if self._poller:
            self._poller.start()
        else:
            self._observe()
        threading.Thread(target=self._run, name="preview-watch", daemon=True).start()

    def stop(self) -> None:
        """Watch no more. Does not wait for the threads, which are daemons and may be asleep."""
        with self._news:
            self._ended = True
            self._news.notify()
        if self._poller:
            self._poller.stop()
        if self._observer:
            self._observer.stop()
        _log().removeHandler(self._overflow)

    def came(self, path: str) -> None:
        """Something at `path` was made or changed."""
        with self._news:
            self._debounce.came(path, time.monotonic())
            self._news.notify()

    def went(self, path: str) -> None:
        """What was at `path` is gone."""
        with self._news:
            self._debounce.went(path, time.monotonic())
            self._news.notify()

    def replaced(self, top: Path) -> None:
        """A folder that is watched was made, removed or moved, so it has to be watched anew."""
        with self._news:
            self._stale.add(top)
        self.came(str(top))

    def _observe(self) -> None:
        _pair_moves_at_once()
        # It warns of folders that appear while it looks at the one above them, which is no mistake of anybody.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
        try:
            self._observer = Observer()
            self._observer.start()
            for top in self._tops:
                self._watch(top)
            # Last, because watchdog keeps quiet where the limit of watches is reached in a folder below the one that it
            # was asked for; whoever comes after that is told.
            for parent in {top.parent for top in self._tops}:
                tops = frozenset(top for top in self._tops if top.parent == parent)
                self._observer.schedule(_Parent(self, tops), str(parent), event_filter=_FILTER)
        except OSError as error:
            if self._observer:
                self._observer.stop()
            raise _refused(error) from error
        _log().addHandler(self._overflow)

    def _watch(self, top: Path) -> None:
        if self._observer is None:
            return
        known = self._watches.pop(top, None)
        if known is not None:
            with suppress(KeyError):
                self._observer.unschedule(known)
        real = os.path.realpath(top)
        with suppress(FileNotFoundError, NotADirectoryError):
            if Path(real).is_dir():
                self._watches[top] = self._observer.schedule(
                    _Below(self, real), real, recursive=True, event_filter=_FILTER
                )

    def _run(self) -> None:
        while (paths := self._wait()) is not None:
            stale = self._take_stale()
            for top in stale:
                with suppress(OSError):
                    self._watch(top)
            # Only now: what was written before the watch was there is read by whoever is called.
            self._changed(paths)

    def _wait(self) -> frozenset[str] | None:
        """All paths of a burst that is over; None when watching has ended."""
        with self._news:
            while not self._ended:
                due = self._debounce.due()
                rest = None if due is None else due - time.monotonic()
                if rest is not None and rest <= 0:
                    if self._busy():
                        self._news.wait(_BUSY_S)
                        continue
                    return self._debounce.taken()
                self._news.wait(rest)
        return None

    def _take_stale(self) -> set[Path]:
        with self._news:
            stale, self._stale = self._stale, set()
        return stale


class _Below(FileSystemEventHandler):
    """Listens to everything below one folder."""

    def __init__(self, watcher: Watcher, top: str) -> None:
        self._watcher = watcher
        self._top = top

    def on_any_event(self, event: FileSystemEvent) -> None:
        kind = event.event_type
        if event.is_directory and kind == events.EVENT_TYPE_MODIFIED:
            return  # an entry came or went, and that is told as well
        path = os.fsdecode(event.src_path)
        if kind in _CAME:
            if not ignored(path, self._top):
                self._watcher.came(path)
        elif kind == events.EVENT_TYPE_DELETED:
            if not ignored(path, self._top):
                self._watcher.went(path)
        elif kind == events.EVENT_TYPE_MOVED:
            self._moved(path, os.fsdecode(event.dest_path))

    def _moved(self, source: str, target: str) -> None:
        if target and not ignored(target, self._top):
            self._watcher.came(target)
            if not ignored(source, self._top):
                self._watcher.came(source)  # it will not come back, so there is nothing to wait for
        elif not ignored(source, self._top):
            self._watcher.went(source)


class _Parent(FileSystemEventHandler):
    """Listens to whether the watched folders themselves come and go."""

    def __init__(self, watcher: Watcher, tops: frozenset[Path]) -> None:
        self._watcher = watcher
        self._tops = tops

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type not in (
            events.EVENT_TYPE_CREATED,
            events.EVENT_TYPE_DELETED,
            events.EVENT_TYPE_MOVED,
        ):
            return
        for path in (event.src_path, event.dest_path):
            if path and (top := Path(os.fsdecode(path))) in self._tops:
                self._watcher.replaced(top)


class _Overflow(logging.Handler):
    """Listens to what watchdog says only in its log: that the kernel had more to tell than it could keep."""

    def __init__(self, watcher: Watcher) -> None:
        super().__init__(logging.WARNING)
        self._watcher = watcher

    def emit(self, record: logging.LogRecord) -> None:
        if "overflow" in record.getMessage():
            self._watcher.came("")


def _log() -> logging.Logger:
    return logging.getLogger("watchdog")


def _pair_moves_at_once() -> None:
    """Let inotify's two halves of a move find each other within 20 ms instead of half a second.

    A file that is moved out of the folder, as Emacs does with backups, has only one half, and watchdog holds everything
    behind it back for that long. Halves that miss each other count as a deletion and a creation, which is as good.
    """
    with suppress(ImportError):
        from watchdog.observers.inotify_move_event_grouper import InotifyMoveEventGrouper

        InotifyMoveEventGrouper.delay = 0.02


def _refused(error: OSError) -> Failure:
    if error.errno in (errno.ENOSPC, errno.EMFILE):
        return Failure(
            "the system lets nobody watch more folders (its limit of inotify watches or instances is reached)",
            f"{_USE_POLL} Or raise fs.inotify.max_user_watches and max_user_instances.",
        )
    return Failure(f"the system lets us watch no folders: {(error.strerror or str(error)).lower()}", _USE_POLL)
