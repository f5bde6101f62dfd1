"""Problems in content, configuration or templates, as values that can be collected, sorted and shown."""

from enum import StrEnum

from msgspec import Struct


class Severity(StrEnum):
    """The weight of a problem: an error stops the build, a warning does so only under `--strict`."""

    ERROR = "error"
    WARNING = "warning"


class Place(Struct, frozen=True, tag=True):
    """A place in a file: 1-based line and column in code points; `length` code points to underline.

    Line 0 means the file as a whole.
    """

    file: str
    line: int = 0
    column: int = 0
    length: int = 1


class Pointer(Struct, frozen=True, tag=True):
    """A value inside a file's YAML by its keys, e.g. `("claims", 0, "actor")`.

    A pointer costs nothing while all is well; `load.content` turns it into a `Place` when there is something to
    report. With `key` true the key itself is meant, not its value; with `words` only these in it, if its YAML has
    them so.
    """

    file: str
    keys: tuple[str | int, ...] = ()
    key: bool = False
    words: str = ""


class Problem(Struct, frozen=True):
    """Something wrong. `code` is one of `model.codes.CODES`."""

    code: str
    message: str
    at: Place | Pointer
    hint: str = ""
    severity: Severity = Severity.ERROR

    @property
    def is_error(self) -> bool:
        return self.severity is Severity.ERROR

    @property
    def place(self) -> Place:
        """The place in the file; the whole file for a pointer that was not resolved."""
        return self.at if isinstance(self.at, Place) else Place(self.at.file)
