"""The report of a run: what it did, and its problems in order; and which problems keep a build from writing."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from msgspec import Struct

from briefgen.kernel.disk import Disk
from briefgen.model.problem import Place, Problem


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
    quotes: Mapping[str, int] = {}  # how many quotations have each result; see `check.quotations.count_quotations`
    drafts: tuple[str, ...] = ()  # the files of drafts, of a check


def has_blocking(problems: Iterable[Problem], *, strict: bool = False) -> bool:
    """Return whether any of the problems is an error, or under `strict` whether there is any."""
    return any(strict or problem.is_error for problem in problems)


def sort_problems(root: Path, problems: Iterable[Problem], disk: Disk) -> tuple[Problem, ...]:
    """Return the problems with their places in their files, by file and line, each once."""
    from briefgen.load.content import located

    @lru_cache(maxsize=1)
    def read(file: str) -> bytes:
        return disk.read(root / file)

    def order(problem: Problem) -> tuple[str, int, int, str, str]:
        at = problem.at
        where = (at.line, at.column) if isinstance(at, Place) else (0, 0)
        return at.file, *where, problem.code, problem.message

    # By file first, so that each file is read and parsed once.
    by_file = sorted(problems, key=lambda problem: problem.at.file)
    return tuple(sorted(dict.fromkeys(located(problem, read) for problem in by_file), key=order))
