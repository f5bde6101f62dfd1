"""The disk → "something has changed", nothing more; what has changed is the pipeline's business."""

import errno
import logging
import os
import threading
import time
import warnings
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from pathlib import Path

from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from briefgen.model.problem import Failure
from briefgen.preview.debounce import Debounce
from briefgen.preview.listeners import FILTER, Below, Parent, Single
from briefgen.preview.poll import Poller

_BUSY_S = 0.02
_USE_POLL = "`briefgen serve --poll` looks at the files instead of waiting to be told."


class Watcher:
    """Calls `changed` from a thread of its own after each burst of changes below `tops`, with all paths it was told of.

    Folders that are made, removed or replaced later are watched as well, the tops themselves included. `links` finds
    the real files and folders elsewhere that links below the tops lead to; those are watched, too. While `busy` says
    that more is to come, a burst is not over.
    """

    def __init__(
        self,
        tops: Iterable[Path],
        changed: Callable[[frozenset[str]], object],
        *,
        poll: bool = False,
        busy: Callable[[], bool] = lambda: False,
        links: Callable[[], Collection[str]] = tuple,
    ) -> None:
        # Two names for one folder are one: a project may be the checkout that the site themes are shipped in.
        self._tops = tuple({os.path.realpath(top): top.absolute() for top in tops}.values())
        self._changed = changed
        self._busy = busy
        self._links = links
        self._poller = Poller(self._places, self.came, self.went) if poll else None
        self._observer: BaseObserver | None = None
        self._watches: dict[Path, ObservedWatch] = {}
        self._linked: dict[Path, ObservedWatch] = {}
        self._single: dict[str, Single] = {}
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

    def _places(self) -> list[Path]:
        return [*self._tops, *map(Path, self._links())]

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
                self._observer.schedule(Parent(self, tops), str(parent), event_filter=FILTER)
            self._watch_links()
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
                    Below(self, real), real, recursive=True, event_filter=FILTER
                )

    def _watch_links(self, changed: Collection[str] = ()) -> None:
        """Watch what links lead to, and anew where that itself has `changed`."""
        if self._observer is None:
            return
        places = self._links()
        for place in [place for place in self._linked if str(place) not in places or str(place) in changed]:
            with suppress(KeyError):
                self._observer.unschedule(self._linked.pop(place))
        for single in self._single.values():
            single.paths.clear()
        for place in map(Path, places):
            if place.is_dir() and place not in self._linked:
                below = Below(self, str(place))
                self._linked[place] = self._observer.schedule(below, str(place), recursive=True, event_filter=FILTER)
            # Also for a folder: it may be removed, and made again.
            folder = str(place.parent)
            if folder not in self._single and place.parent.is_dir():
                self._single[folder] = Single(self)
                self._observer.schedule(self._single[folder], folder, event_filter=FILTER)
            if folder in self._single:
                self._single[folder].paths.add(str(place))

    def _matters_to_links(self, path: str) -> bool:
        return Path(path) in self._linked or os.path.islink(path) or os.path.isdir(path)  # noqa: PTH112, PTH114 (quicker)

    def _run(self) -> None:
        while (paths := self._wait()) is not None:
            stale = self._take_stale()
            for top in stale:
                with suppress(OSError):
                    self._watch(top)
            if stale or any(map(self._matters_to_links, paths)):
                with suppress(OSError):
                    self._watch_links(paths)
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
