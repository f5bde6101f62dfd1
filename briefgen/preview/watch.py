"""The disk → bursts of changed paths. What a change means is for the pipeline to find out."""

import os
import threading
import time
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from briefgen.preview.debounce import Debounce
from briefgen.preview.folder_observer import FolderObserver
from briefgen.preview.poll import Poller

_STALE_LOCK_S = 10.0  # an older lock was left behind by a git that crashed, or belongs to something slow


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
        folders = tuple({os.path.realpath(top): top.absolute() for top in tops}.values())
        self._on_burst = on_burst
        self._is_busy = is_busy
        self._debounce = Debounce()
        self._source = (Poller if poll else FolderObserver)(folders, find_links, self._debounce)

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


def find_git_lock(root: Path) -> Path | None:
    """Return the file that exists while git changes the work tree around `root`; None if there is no work tree."""
    for folder in (root, *root.parents):
        git = folder / ".git"
        if git.is_dir():
            return git / "index.lock"
        if git.is_file():  # another work tree, or a submodule
            return folder / _read_git_folder(git) / "index.lock"
    return None


def is_locked(lock: Path | None) -> bool:
    """Return whether git is changing files, which it does between creating and removing the lock."""
    try:
        return lock is not None and time.time() - lock.stat().st_mtime < _STALE_LOCK_S
    except OSError:
        return False


def _read_git_folder(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
    except OSError:
        return ""
