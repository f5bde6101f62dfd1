"""The options of a run, and the paths of a project that they share."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec import Struct

from briefgen.model.content import Config

# From the root of a project.
CONFIG = "content/site.yaml"
CACHE = ".briefgen/cache.sqlite3"
LOCK = ".briefgen/lock"  # held by a build while it runs
SCHEMA_FOLDER = ".briefgen/schema"

Progress = Callable[[str, int, int], None]
"""(stage in words, done, total); the total is 0 while it is unknown."""


def no_progress(_stage: str, _done: int, _total: int) -> None:
    """Report no progress."""


def usable_output(name: object) -> str:
    """Return the output folder that the configuration names, or the default where that is no path."""
    # A NUL character, which YAML may write as an escape, is a problem of its own; the machine knows no such path.
    return name if isinstance(name, str) and "\0" not in name else "site"


class Options(Struct, frozen=True):
    """The options of a run. `day` is the build day: it tells what is scheduled, expired or in the future."""

    root: Path
    day: date
    output_dir: Path | None = None  # default: the project's configuration
    base_url: str | None = None  # default: the project's configuration
    drafts: bool = False
    future: bool = False
    expired: bool = False
    as_of: date | None = None  # build the site as it stood on this day
    search: bool = True  # whether to make the search page and its index
    strict: bool = False
    jobs: int | None = None  # number of processes; default: by the number of processors and pages

    def output_path(self, config: Config | None) -> Path:
        """Return the output folder that these options or the configuration name."""
        return self.output_dir or self.root / usable_output(config.output_dir if config else None)
