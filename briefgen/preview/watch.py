"""The disk → bursts of changed paths. What a change means is for the pipeline to find out.

There are two sources of changes: what the system announces, through watchdog, and what a comparison of all files finds.
"""

import errno
import logging
import os
import threading
import time
import warnings
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from functools import partial
from pathlib import Path

from watchdog import events
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from briefgen.kernel.disk import describe_error
from briefgen.kernel.stat_cache import stamp
from briefgen.model.failure import Failure
from briefgen.preview.watched_files import is_ignored, is_ignored_name

QUIET_S = 0.015  # between the single steps of one save
GRACE_S = 0.1  # some editors remove a file for a moment before they write it again
BURST_S = 0.15  # between the files of a branch switch
BURST_PATHS = 20  # a person does not save more files at once
CAP_S = 2.0  # a program that never stops writing must not delay the preview for ever
_BUSY_S = 0.02
POLL_S = 0.5
_PAUSE_FACTOR = 10  # the pause is at least so many times as long as the last scan
_STALE_LOCK_S = 10.0  # an older lock was left behind by a git that crashed, or belongs to something slow
_USE_POLL = "`briefgen serve --poll` compares the files regularly instead of waiting for the system."
_LOG = logging.getLogger("watchdog")

# Without `opened` and `closed_no_write`: our own reading causes them, so a rebuild would cause the next one.
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


class Debounce:
    """Changes, collected until none has come for a while. `clock` returns seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._begun: float | None = None
        self._last = 0.0
        self._paths: set[str] = set()
        self._deleted: set[str] = set()
        self._condition = threading.Condition()
        self._is_stopped = False

    def record_change(self, path: str, *, is_deletion: bool = False) -> None:
        """Record that something at `path` was created, changed or deleted, the last perhaps only for a moment."""
        with self._condition:
            self._last = self._clock()
            if self._begun is None:
                self._begun = self._last
            self._paths.add(path)
            (self._deleted.add if is_deletion else self._deleted.discard)(path)
            self._condition.notify()

    def stop(self) -> None:
        """Let `wait` return None."""
        with self._condition:
            self._is_stopped = True
            self._condition.notify()

    def wait(self, is_busy: Callable[[], bool]) -> frozenset[str] | None:
        """Return all paths of the next burst when it is over, or None after `stop`. It goes on while `is_busy`."""
        with self._condition:
            while not self._is_stopped:
                rest = None if self.due is None else self.due - self._clock()
                if rest is not None and rest <= 0:
                    if not is_busy():
                        return self.take()
                    rest = _BUSY_S
                self._condition.wait(rest)
        return None

    @property
    def due(self) -> float | None:
        """Return when the burst is over if nothing more comes; None if there is no burst."""
        if self._begun is None:
            return None
        quiet = BURST_S if len(self._paths) > BURST_PATHS else GRACE_S if self._deleted else QUIET_S
        return min(self._last + quiet, self._begun + CAP_S)

    def take(self) -> frozenset[str]:
        """Return all paths of the burst and end it; the next change begins another."""
        paths = frozenset(self._paths)
        self._begun = None
        self._paths.clear()
        self._deleted.clear()
        return paths


class Watcher:
    """A thread that calls `on_burst` after each burst of changes below `tops`, with all changed paths.

    `find_links` returns the real files and folders that links below the tops lead to; they are watched, too. While
    `is_busy` returns true, more changes are expected, so a burst is not over.
    """

    def __init__(
        self,
        tops: Iterable[Path],
        on_burst: Callable[[frozenset[str]], object],
        *,
        poll: bool = False,
        is_busy: Callable[[], bool] = lambda: False,
        find_links: Callable[[], Collection[str]] = tuple,
    ) -> None:
        # A folder with two names is watched once: a project may be the checkout that has the shipped site themes.
        folders = frozenset({os.path.realpath(top): str(top.absolute()) for top in tops}.values())
        self._on_burst = on_burst
        self._is_busy = is_busy
        self._debounce = Debounce()
        self._source = (_Poller if poll else _FolderObserver)(folders, find_links, self._debounce)

    def start(self) -> None:
        """Begin to watch.

        Raises:
            Failure: the system does not allow it.
        """
        self._source.start()
        threading.Thread(target=self._run, name="preview-watch", daemon=True).start()

    def stop(self) -> None:
        """Stop watching. Does not wait for the threads, which are daemons and may be asleep."""
        self._debounce.stop()
        self._source.stop()

    def _run(self) -> None:
        while (paths := self._debounce.wait(self._is_busy)) is not None:
            self._source.update(paths)
            # After the update: files that were written before their folder was watched are read now.
            self._on_burst(paths)


class _FolderObserver:
    """A source of changes below `tops`, and below or at the targets of links, that the system announces.

    Folders that are created, removed or replaced later are watched as well, the tops themselves included.
    """

    def __init__(self, tops: frozenset[str], find_links: Callable[[], Collection[str]], debounce: Debounce) -> None:
        self._tops = tops
        self._find_links = find_links
        self._debounce = debounce
        self._observer: BaseObserver = Observer()
        self._schedule = partial(self._observer.schedule, event_filter=_FILTER)
        self._watches: dict[str, ObservedWatch] = {}  # of tops and targets of links that are folders
        # In the folders above these only some entries matter, which may be removed and created again.
        self._parents: set[str] = set()
        self._entries = tops
        self._entry_handler = _Handler(debounce, lambda path: path in self._entries)
        self._overflow_handler = _OverflowHandler(debounce)

    def start(self) -> None:
        _pair_moves_at_once()
        # watchdog warns of a folder that appears while it reads the one above it. That is no mistake.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
        try:
            self._observer.start()
            self._update_watches(())
        except OSError as error:
            self._observer.stop()
            raise _make_failure(error) from error
        _LOG.addHandler(self._overflow_handler)

    def stop(self) -> None:
        self._observer.stop()
        _LOG.removeHandler(self._overflow_handler)

    def update(self, changed: Collection[str]) -> None:
        """Watch what was created or replaced at the `changed` paths."""
        if any(path in self._watches or os.path.islink(path) or os.path.isdir(path) for path in changed):  # noqa: PTH112, PTH114 (faster)
            with suppress(OSError):
                self._update_watches(changed)

    def _update_watches(self, changed: Collection[str]) -> None:
        self._entries = self._tops.union(self._find_links())
        for path in [path for path in self._watches if path in changed or path not in self._entries]:
            with suppress(KeyError):
                self._observer.unschedule(self._watches.pop(path))
        for path in self._entries - self._watches.keys():
            self._watch_tree(path)
        # Last, because watchdog does not report that the limit of watches is reached in a subfolder. The next folder
        # that is watched raises it.
        for parent in {os.path.dirname(path) for path in self._entries} - self._parents:  # noqa: PTH120 (faster)
            if Path(parent).is_dir():
                self._schedule(self._entry_handler, parent)
                self._parents.add(parent)

    def _watch_tree(self, path: str) -> None:
        real = os.path.realpath(path)
        with suppress(FileNotFoundError, NotADirectoryError):
            if Path(real).is_dir():
                handler = _Handler(self._debounce, lambda changed: not is_ignored(changed, real))
                self._watches[path] = self._schedule(handler, real, recursive=True)


class _Handler(FileSystemEventHandler):
    """A handler that records the relevant paths of events."""

    def __init__(self, debounce: Debounce, is_relevant: Callable[[str], bool]) -> None:
        self._debounce = debounce
        self._is_relevant = is_relevant

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = map(os.fsdecode, (event.src_path, event.dest_path))
        source, target = (path if path and self._is_relevant(path) else "" for path in paths)
        if target:
            self._debounce.record_change(target)
        if source:
            # What was moved to another name will not come back in a moment, as a file that is being saved does.
            is_gone = event.event_type in (events.EVENT_TYPE_DELETED, events.EVENT_TYPE_MOVED)
            self._debounce.record_change(source, is_deletion=is_gone and not target)


class _OverflowHandler(logging.Handler):
    """A handler of log messages, because only there watchdog reports that the kernel has dropped events."""

    def __init__(self, debounce: Debounce) -> None:
        super().__init__(logging.WARNING)
        self._debounce = debounce

    def emit(self, record: logging.LogRecord) -> None:
        if "overflow" in record.getMessage():
            self._debounce.record_change("")


def _pair_moves_at_once() -> None:
    """Let watchdog wait only 20 ms, not half a second, for the second half of a move.

    A file that is moved out of the folder, as Emacs does with backups, has only one half, and watchdog delays all later
    events for that long. Two halves that are not paired count as a deletion and a creation, which is as good.
    """
    with suppress(ImportError):
        from watchdog.observers.inotify_move_event_grouper import InotifyMoveEventGrouper

        InotifyMoveEventGrouper.delay = 0.02


def _make_failure(error: OSError) -> Failure:
    if error.errno in (errno.ENOSPC, errno.EMFILE):
        return Failure(
            "the system allows no more watched folders (its limit of inotify watches or instances is reached)",
            f"{_USE_POLL} Or raise fs.inotify.max_user_watches and max_user_instances.",
        )
    return Failure(f"the system does not allow watching folders: {describe_error(error)}", _USE_POLL)


class _Poller:
    """A source of changes that compares all files again and again, as network drives and containers announce none."""

    def __init__(self, tops: frozenset[str], find_links: Callable[[], Collection[str]], debounce: Debounce) -> None:
        self._tops = tops
        self._find_links = find_links
        self._debounce = debounce
        self._stopped = threading.Event()

    def start(self) -> None:
        threading.Thread(target=self._run, args=(self._scan(),), name="preview-poll", daemon=True).start()

    def stop(self) -> None:
        self._stopped.set()

    def update(self, _changed: Collection[str]) -> None:
        """Do nothing, because each scan begins with the folders and links that exist then."""

    def _run(self, before: dict[str, tuple[int, ...]]) -> None:
        pause = POLL_S
        while not self._stopped.wait(pause):
            started = time.monotonic()
            after = self._scan()
            pause = max(POLL_S, _PAUSE_FACTOR * (time.monotonic() - started))
            for path in before.keys() - after.keys():
                self._debounce.record_change(path, is_deletion=True)
            for path, state in after.items():
                if before.get(path) != state:
                    self._debounce.record_change(path)
            before = after

    def _scan(self) -> dict[str, tuple[int, ...]]:
        """Return every file below the tops and links, with what differs after it was written, if it can be read."""
        found: dict[str, tuple[int, ...]] = {}
        waiting = [*self._tops, *self._find_links()]
        while waiting:
            with suppress(OSError), os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if is_ignored_name(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                        continue
                    with suppress(OSError):
                        found[entry.path] = stamp(entry.stat())
        return found


def find_git_lock(root: Path) -> Path | None:
    """Return the file that exists while git changes the work tree around `root`; None if there is no work tree."""
    for folder in (root, *root.parents):
        git = folder / ".git"
        if git.is_dir():
            return git / "index.lock"
        if git.is_file():  # another work tree, or a submodule
            with suppress(OSError):
                git = folder / git.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
            return git / "index.lock"
    return None


def is_locked(lock: Path | None) -> bool:
    """Return whether git is changing files, which it does between creating and removing the lock."""
    try:
        return lock is not None and time.time() - lock.stat().st_mtime < _STALE_LOCK_S
    except OSError:
        return False
