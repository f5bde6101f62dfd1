"""Folders of the user who runs briefgen, outside of any project."""

import os
from pathlib import Path


def user_cache() -> Path | None:
    """Where this user's programs keep what they can make again (XDG Base Directories); None without a home."""
    chosen = os.environ.get("XDG_CACHE_HOME", "")
    # The specification asks to ignore a relative path.
    if chosen.startswith("/"):
        return Path(chosen) / "briefgen"
    try:
        return Path.home() / ".cache" / "briefgen"
    except RuntimeError:
        return None
