"""The tools that every incremental run works with."""

from pathlib import Path
from typing import Self

from msgspec import Struct

from briefgen.kernel.cache import Cache
from briefgen.kernel.disk import Disk
from briefgen.kernel.stat_cache import StatCache
from briefgen.pipeline.options import CACHE, Progress, no_progress


class RunContext(Struct):
    """The disk, the cache of the project, and the progress display. As a context manager it closes the cache.

    `deferred_stats` is set while content has not been read yet: see `scan_inputs`.
    """

    disk: Disk
    cache: Cache
    progress: Progress = no_progress
    deferred_stats: StatCache | None = None

    @classmethod
    def of_project(cls, root: Path, progress: Progress | None = None, disk: Disk | None = None) -> Self:
        """Return a context with the cache of the project at `root`."""
        return cls(disk or Disk(), Cache(root / CACHE), progress or no_progress)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.cache.flush()
        self.cache.close()
