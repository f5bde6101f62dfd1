"""What watchdog tells → what the watcher wants to hear, and no more."""

import os
from pathlib import Path
from typing import Protocol

from watchdog import events
from watchdog.events import FileSystemEvent, FileSystemEventHandler

from briefgen.preview.names import ignored

# Never `opened` and `closed_no_write`: our own reading causes them, so a rebuild would cause the next one.
# https://github.com/gorakhargosh/watchdog/issues/949, https://github.com/getnikola/nikola/issues/3898
FILTER: list[type[FileSystemEvent]] = [
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


class Hears(Protocol):
    """Who is told."""

    def came(self, path: str) -> None: ...
    def went(self, path: str) -> None: ...
    def replaced(self, top: Path) -> None: ...


class Below(FileSystemEventHandler):
    """Listens to everything below one folder."""

    def __init__(self, watcher: Hears, top: str) -> None:
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


class Single(FileSystemEventHandler):
    """Listens to single files and folders of one that is not watched otherwise."""

    def __init__(self, watcher: Hears) -> None:
        self.paths: set[str] = set()
        self._watcher = watcher

    def on_any_event(self, event: FileSystemEvent) -> None:
        source, target = os.fsdecode(event.src_path), os.fsdecode(event.dest_path)
        if source in self.paths:
            gone = event.event_type in (events.EVENT_TYPE_DELETED, events.EVENT_TYPE_MOVED)
            self._watcher.went(source) if gone else self._watcher.came(source)
        if target in self.paths:
            self._watcher.came(target)


class Parent(FileSystemEventHandler):
    """Listens to whether the watched folders themselves come and go."""

    def __init__(self, watcher: Hears, tops: frozenset[Path]) -> None:
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
