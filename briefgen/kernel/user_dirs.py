"""Folders of the user who runs briefgen, outside any project."""

import os
from pathlib import Path


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
