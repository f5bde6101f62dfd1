"""Mappings that note what is looked up in them, while somebody wants to know."""

from collections.abc import Callable, ItemsView, Iterable, Mapping, ValuesView
from typing import Any, TypeVar, overload

T = TypeVar("T")
V = TypeVar("V")
D = TypeVar("D")


class Notes:
    """The names of what was looked up."""

    def __init__(self) -> None:
        self._open: set[str] | None = None

    def during(self, make: Callable[[], T]) -> tuple[T, set[str]]:
        """What `make` gives, and all that it looked up on the way; whoever calls it has looked that up, too."""
        outer, self._open = self._open, set()
        try:
            return make(), self._open
        finally:
            if outer is not None:
                outer |= self._open
            self._open = outer

    def add(self, names: Iterable[str]) -> None:
        """Note several names."""
        if self._open is not None:
            self._open.update(names)


class Noting(dict[str, V]):
    """A mapping that notes for every value that it hands out the names that `names` has for it, by default its key.

    To see which keys there are, and in which order, is not noted.
    """

    def __init__(
        self, values: Mapping[str, V], notes: Notes, names: Callable[[V], Iterable[str]] | None = None
    ) -> None:
        super().__init__(values)
        self._notes = notes
        self._names = names

    def __getitem__(self, key: str) -> V:
        value = super().__getitem__(key)
        self._notes.add((key,) if self._names is None else self._names(value))
        return value

    @overload
    def get(self, key: str, default: None = None, /) -> V | None: ...
    @overload
    def get(self, key: str, default: D, /) -> V | D: ...
    def get(self, key: str, default: Any = None, /) -> Any:
        return self[key] if key in self else default  # noqa: SIM401 (that would not note)

    def values(self) -> ValuesView[V]:  # type: ignore[override]
        self._note_all()
        return super().values()

    def items(self) -> ItemsView[str, V]:  # type: ignore[override]
        self._note_all()
        return super().items()

    def _note_all(self) -> None:
        if self._names is None:
            self._notes.add(self)
        else:
            for value in super().values():
                self._notes.add(self._names(value))
