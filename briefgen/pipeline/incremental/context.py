"""The tools that every incremental run works with."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from briefgen.kernel.cache import Cache
from briefgen.kernel.disk import Disk
from briefgen.kernel.stat_cache import StatCache
from briefgen.pipeline.options import CACHE, Progress, no_progress


class RunContext(Struct):
    """The disk, the cache of a project, and the progress display.

    `deferred_stats` is set while content has not been read yet: see `scan_inputs`.
    """

    disk: Disk
    cache: Cache
    progress: Progress = no_progress
    deferred_stats: StatCache | None = None


@contextmanager
def open_context(root: Path, progress: Progress = no_progress, disk: Disk | None = None) -> Iterator[RunContext]:
    """Provide a context with the cache of the project at `root`."""
    with Cache(root / CACHE) as cache:
        yield RunContext(disk or Disk(), cache, progress)
