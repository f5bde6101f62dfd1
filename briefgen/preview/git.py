"""Whether git is about to change many files: it holds a lock from the first to the last."""

import time
from pathlib import Path

STALE_S = 10.0  # a lock that is older was left behind by a git that died, or belongs to something that takes its time


def index_lock(root: Path) -> Path | None:
    """The file that is there while git changes the work tree that `root` lies in; None where there is no work tree."""
    for folder in (root, *root.parents):
        git = folder / ".git"
        if git.is_dir():
            return git / "index.lock"
        if git.is_file():  # another work tree, or a submodule
            return folder / _pointed(git) / "index.lock"
    return None


def is_held(lock: Path, now: float | None = None) -> bool:
    """Whether git holds the lock."""
    try:
        made = lock.stat().st_mtime
    except OSError:
        return False
    return (time.time() if now is None else now) - made < STALE_S


def _pointed(file: Path) -> str:
    try:
        return file.read_text("utf-8", "replace").removeprefix("gitdir:").strip()
    except OSError:
        return ""
