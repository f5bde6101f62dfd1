"""Changes that the system announces, through watchdog: in folders, and at the targets of links."""

import errno
import logging
import os
import warnings
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path

from watchdog import events
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch

from briefgen.model.failure import Failure
from briefgen.preview.debounce import Debounce
from briefgen.preview.ignored_names import is_ignored

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
_LOG = logging.getLogger("watchdog")
_USE_POLL = "`briefgen serve --poll` compares the files regularly instead of waiting for the system."


class FolderObserver:
    """A source of changes below `tops`, and below or at the targets of links.

    Folders that are created, removed or replaced later are watched as well, the tops themselves included.
    """

    def __init__(self, tops: Collection[Path], find_links: Callable[[], Collection[str]], debounce: Debounce) -> None:
        self._tops = tops
        self._find_links = find_links
        self._debounce = debounce
        self._observer: BaseObserver = Observer()
        self._top_watches: dict[Path, ObservedWatch] = {}
        self._link_watches: dict[str, ObservedWatch] = {}
        # Of these folders only some entries matter: tops and targets of links, which may be removed and made again.
        self._parents: set[str] = set()
        self._entries: frozenset[str] = frozenset(map(str, tops))
        self._entry_handler = _Handler(debounce, lambda path: path in self._entries)
        self._overflow_handler = _OverflowHandler(debounce)

    def start(self) -> None:
        """Begin to watch.

        Raises:
            Failure: the system does not allow it.
        """
        _pair_moves_at_once()
        # watchdog warns of a folder that appears while it reads the one above it. That is no mistake.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
        try:
            self._observer.start()
            for top in self._tops:
                self._watch_top(top)
            # Last, because watchdog does not report that the limit of watches is reached in a subfolder. The next
            # folder that is watched raises it.
            for parent in {str(top.parent) for top in self._tops}:
                self._watch_entries(parent)
            self._watch_links()
        except OSError as error:
            self._observer.stop()
            raise _make_failure(error) from error
        _LOG.addHandler(self._overflow_handler)

    def stop(self) -> None:
        """Stop watching. Does not wait for the threads, which are daemons and may be asleep."""
        self._observer.stop()
        _LOG.removeHandler(self._overflow_handler)

    def update(self, changed: Collection[str]) -> None:
        """Watch what was created or replaced at the `changed` paths."""
        replaced = [top for top in self._tops if str(top) in changed]
        for top in replaced:
            with suppress(OSError):
                self._watch_top(top)
        if replaced or any(map(self._may_change_links, changed)):
            with suppress(OSError):
                self._watch_links(changed)

    def _watch_top(self, top: Path) -> None:
        self._unwatch(self._top_watches.pop(top, None))
        real = os.path.realpath(top)
        with suppress(FileNotFoundError, NotADirectoryError):
            if Path(real).is_dir():
                self._top_watches[top] = self._watch_below(real)

    def _watch_links(self, changed: Collection[str] = ()) -> None:
        """Watch the targets of links, and watch those again that themselves have `changed`."""
        targets = self._find_links()
        for target in [target for target in self._link_watches if target not in targets or target in changed]:
            self._unwatch(self._link_watches.pop(target))
        self._entries = frozenset((*map(str, self._tops), *targets))
        for target in targets:
            if Path(target).is_dir() and target not in self._link_watches:
                self._link_watches[target] = self._watch_below(target)
            parent = Path(target).parent
            if parent.is_dir():
                self._watch_entries(str(parent))

    def _may_change_links(self, path: str) -> bool:
        return path in self._link_watches or os.path.islink(path) or os.path.isdir(path)  # noqa: PTH112, PTH114 (faster)

    def _watch_below(self, folder: str) -> ObservedWatch:
        handler = _Handler(self._debounce, lambda path: not is_ignored(path, folder))
        return self._schedule(handler, folder, recursive=True)

    def _watch_entries(self, folder: str) -> None:
        if folder not in self._parents:
            self._schedule(self._entry_handler, folder, recursive=False)
            self._parents.add(folder)

    def _schedule(self, handler: FileSystemEventHandler, folder: str, *, recursive: bool) -> ObservedWatch:
        return self._observer.schedule(handler, folder, recursive=recursive, event_filter=_FILTER)

    def _unwatch(self, watch: ObservedWatch | None) -> None:
        if watch:
            with suppress(KeyError):
                self._observer.unschedule(watch)


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
            if event.event_type in (events.EVENT_TYPE_DELETED, events.EVENT_TYPE_MOVED) and not target:
                self._debounce.record_deletion(source)
            else:
                self._debounce.record_change(source)


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
    return Failure(f"the system does not allow watching folders: {(error.strerror or str(error)).lower()}", _USE_POLL)
