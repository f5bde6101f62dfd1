"""Folders outside any project: what comes with briefgen, and the cache of the user who runs it."""

import os
from pathlib import Path


def shipped_folder(name: str) -> Path:
    """Return the folder `name` that holds no code: that of the installed package, else that of the checkout."""
    package = Path(__file__).parents[1]
    installed = package / name
    return installed if installed.is_dir() else package.parent / name


def user_cache() -> Path | None:
    """Return the cache folder of this user (XDG Base Directory Specification), or None without a home."""
    chosen = os.environ.get("XDG_CACHE_HOME", "")
    # By the specification a relative path counts as not set.
    if chosen.startswith("/"):
        return Path(chosen) / "briefgen"
    try:
        return Path.home() / ".cache" / "briefgen"
    except RuntimeError:
        return None
