"""What the preview asks of the pipeline."""

from collections.abc import Collection
from pathlib import Path
from typing import Protocol

from briefgen.model.problem import Problem


class Snapshot(Protocol):
    """One consistent state of the project. Used by one thread at a time."""

    @property
    def ok(self) -> bool:
        """False where content, configuration or templates are wrong; `paths` is empty then."""
        ...

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong, with places, sorted."""
        ...

    @property
    def paths(self) -> Collection[str]:
        """Every file of the site, such as `actors/putin/index.html`."""
        ...

    @property
    def base_path(self) -> str:
        """The path of the site's address, such as `/` or `/ukraine/`."""
        ...

    def file(self, path: str) -> Path | None:
        """Return the file that a file of the site is a copy of, or None if it has to be rendered."""
        ...

    def render(self, path: str) -> bytes:
        """The bytes of one file. An exception with a `problem` says why a page cannot be rendered."""
        ...

    def fingerprint(self, path: str) -> str:
        """A text that differs where the file's bytes differ, and that is the same in another run."""
        ...


class Read(Protocol):
    """Reads the project as it is now. `paths` are all that has changed since the last time, if that is known."""

    def __call__(self, paths: Collection[str] | None = None) -> Snapshot: ...
