"""A project as the preview reads and watches it."""

from collections.abc import Callable, Collection
from pathlib import Path

import briefgen
from briefgen import pipeline
from briefgen.pipeline import Options
from briefgen.preview.source import Read, Snapshot
from briefgen.render.site_theme import shipped


def reader(options: Callable[[bool], Options]) -> Read:
    """Reads the project each time it is called, with the options of that moment: `options` is told if it is the first.

    Only the first reading may use several processes, since later ones have a server beside them, and to fork a process
    with threads at work may leave the child with locks that nobody opens.
    """
    first = True
    snapshots = pipeline.Snapshots()

    def read(paths: Collection[str] | None = None) -> Snapshot:
        nonlocal first
        now, first = options(first), False
        return snapshots.take(now, paths)

    return read


def folders(root: Path) -> tuple[Path, ...]:
    """All that a page may be made of: content, the project's site themes, and those of a checkout."""
    own = (root / "content", root / "themes")
    themes = shipped()
    # In an installed package nobody edits them.
    installed = themes.is_relative_to(Path(briefgen.__file__).parent)
    return own if installed else (*own, themes)
