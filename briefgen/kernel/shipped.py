"""The folders that come with briefgen and hold no code."""

from pathlib import Path


def shipped_folder(name: str) -> Path:
    """Return the folder `name`: that of the installed package, else that of the checkout."""
    package = Path(__file__).parents[1]
    installed = package / name
    return installed if installed.is_dir() else package.parent / name
