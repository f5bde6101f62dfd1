"""What every run works with."""

from pathlib import Path
from typing import Any

from msgspec import Struct, field

from briefgen.kernel.disk import Disk
from briefgen.kernel.memo import Memo
from briefgen.load.document import Parsed
from briefgen.pipeline.options import CACHE, Progress

Known = dict[bytes, Parsed[Any]]
"""What was parsed before in this process, by key. Every reading leaves in it just what it used."""


def silent(_stage: str, _done: int, _total: int) -> None:
    """Progress that nobody wants to hear of."""


class Tools(Struct, frozen=True):
    """The outside powers of a run: the disk, the project's memory, and somebody to tell of progress."""

    disk: Disk
    memo: Memo
    tell: Progress = silent
    known: Known = field(default_factory=dict)


def memory(root: Path) -> Memo:
    """The memory of a project."""
    return Memo(root / CACHE)
