"""The options of a run and its report."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct

from briefgen.model.content import Config
from briefgen.model.problem import Problem

CONFIG = "content/site.yaml"
"""The configuration of a project, from its root."""

CACHE = ".briefgen/cache.sqlite3"
"""The cache of a project, from its root."""

LOCK = ".briefgen/lock"
"""The file that a build locks while it runs, from the project's root."""

Progress = Callable[[str, int, int], None]
"""(stage in words, done, total); the total is 0 while it is unknown."""


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Report no progress."""


class Options(Struct, frozen=True):
    """The options of a run. `day` is the build day: it tells what is scheduled, expired or in the future."""

    root: Path
    day: date
    output_dir: Path | None = None  # default: the project's configuration
    base_url: str | None = None  # default: the project's configuration
    drafts: bool = False
    future: bool = False
    expired: bool = False
    strict: bool = False
    jobs: int | None = None  # number of processes; default: by the number of processors and pages


class Report(Struct, frozen=True):
    """What a run found and did. Problems are sorted by file and line; if `ok` is false, nothing was written."""

    problems: tuple[Problem, ...]
    ok: bool
    output: str = ""  # the output folder as a user would name it
    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    seconds: float = 0.0
    base_url: str | None = None  # of the site that was made; None if nothing says it


def output_path(options: Options, config: Config | None) -> Path:
    """Return the output folder that the options or the configuration name."""
    return options.output_dir or options.root / (config.output_dir if config else "site")


class ListedBrief(Struct, frozen=True):
    """A brief that is not published on the build day."""

    id: str
    file: str
    title: str
    date: str
    expires: str | None
