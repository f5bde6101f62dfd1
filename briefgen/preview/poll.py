"""Looking at every file again and again: for network drives and containers, which announce no changes."""

import os
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from briefgen.preview.names import is_scratch

PAUSE_S = 0.5
_SHARE = 10  # looking takes at most one part in so many of the time

Stamp = tuple[int, int, int, int]
"""Times, size and number of a file: what differs when it was written. Only the second time cannot be restored."""


def stamps(tops: Iterable[Path]) -> dict[str, Stamp]:
    """Every file below the folders with its stamp. What cannot be looked at is left out."""
    found: dict[str, Stamp] = {}
    waiting = [str(top) for top in tops]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    if is_scratch(entry.name):
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
    """Tells of every file that came, changed or went, until it is stopped."""

    def __init__(
        self, tops: Callable[[], Iterable[Path]], came: Callable[[str], None], went: Callable[[str], None]
    ) -> None:
        self._tops = tops
        self._came = came
        self._went = went
        self._end = threading.Event()

    def start(self) -> None:
        """Take what is there now as known, and begin to look."""
        known = stamps(self._tops())
        threading.Thread(target=self._run, args=(known,), name="preview-poll", daemon=True).start()

    def stop(self) -> None:
        """Look no more."""
        self._end.set()

    def _run(self, known: dict[str, Stamp]) -> None:
        pause = PAUSE_S
        while not self._end.wait(pause):
            started = time.monotonic()
            found = stamps(self._tops())
            pause = max(PAUSE_S, _SHARE * (time.monotonic() - started))
            for path in known.keys() - found.keys():
                self._went(path)
            for path, stamp in found.items():
                if known.get(path) != stamp:
                    self._came(path)
            known = found
