"""Changes found by comparing all files again and again: for network drives and containers, which announce none."""

import os
import threading
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from briefgen.preview.debounce import Debounce
from briefgen.preview.ignored_names import is_ignored_name

PAUSE_S = 0.5
_PAUSE_FACTOR = 10  # the pause is at least so many times as long as the last scan

FileState = tuple[int, int, int, int]
"""Times, size and inode of a file, which differ after it was written. Only the second time cannot be restored."""


def scan(tops: Iterable[Path | str]) -> dict[str, FileState]:
    """Return every file below the folders with its state. What cannot be read is left out."""
    found: dict[str, FileState] = {}
    waiting = list(map(str, tops))
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if is_ignored_name(entry.name):
                        continue
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                        continue
                    try:
                        status = entry.stat()
                    except OSError:
                        continue
                    found[entry.path] = (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)
        except OSError:
            continue
    return found


class Poller:
    """A source of changes: files that were created, changed or deleted between two scans."""

    def __init__(self, tops: Collection[Path], find_links: Callable[[], Collection[str]], debounce: Debounce) -> None:
        self._tops = tops
        self._find_links = find_links
        self._debounce = debounce
        self._stopped = threading.Event()

    def start(self) -> None:
        """Take the present state as the first one, and begin to scan."""
        threading.Thread(target=self._run, args=(self._scan(),), name="preview-poll", daemon=True).start()

    def stop(self) -> None:
        """Stop scanning."""
        self._stopped.set()

    def update(self, _changed: Collection[str]) -> None:
        """Do nothing, because each scan begins with the folders and links that exist then."""

    def _scan(self) -> dict[str, FileState]:
        return scan([*self._tops, *self._find_links()])

    def _run(self, before: dict[str, FileState]) -> None:
        pause = PAUSE_S
        while not self._stopped.wait(pause):
            started = time.monotonic()
            after = self._scan()
            pause = max(PAUSE_S, _PAUSE_FACTOR * (time.monotonic() - started))
            for path in before.keys() - after.keys():
                self._debounce.record_deletion(path)
            for path, state in after.items():
                if before.get(path) != state:
                    self._debounce.record_change(path)
            before = after
