"""What a run is asked to do, and what it reports."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct

from briefgen.model.problem import Problem

CACHE = ".briefgen/cache.sqlite3"
"""Where a project's memory lies, from its root."""

LOCK = ".briefgen/lock"
"""What a build holds while it runs, from the project's root."""

Progress = Callable[[str, int, int], None]
"""(stage in words, done, total); total 0 while it is not known."""


class Options(Struct, frozen=True):
    """What a run is asked to do. `day` is the build day: it tells what is scheduled, expired or in the future."""

    root: Path
    day: date
    output_dir: Path | None = None  # default: the project's configuration
    base_url: str | None = None  # default: the project's configuration
    drafts: bool = False
    future: bool = False
    expired: bool = False
    strict: bool = False
    remembering: bool = True  # whether what was made before may be taken over
    jobs: int | None = None  # number of processes; default: as many as there are processors and pages to pay for them


class Report(Struct, frozen=True):
    """What a run found and did. Problems are sorted by file and line; with `ok` false nothing was written."""

    problems: tuple[Problem, ...]
    ok: bool
    output: str = ""  # the output folder as a user would name it
    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    seconds: float = 0.0
    base_url: str | None = None  # of the site that was made; None where nothing says it


class Listed(Struct, frozen=True):
    """A brief that is not published on the build day."""

    id: str
    file: str
    title: str
    date: str
    expires: str | None
