"""Names that differ by one slip of the pen, found without comparing each with each."""

import re
from collections import defaultdict
from collections.abc import Iterable

from briefgen.model.names import fold

_TRIFLES = re.compile(r"^the\b|[\W_]+")
_SHORTEST = 5  # AP and AFP are two agencies


class Near:
    """Finds a known name that is a letter more, less, other or swapped away."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known: dict[str, set[str]] = defaultdict(set)
        for name in known:
            for piece in _pieces(name):
                self._known[piece].add(name)

    def find(self, name: str) -> str | None:
        found = {near for piece in _pieces(name) for near in self._known.get(piece, ())}
        return min(found - {name}, default=None)


def _pieces(name: str) -> set[str]:
    """The name, and the name without each of its letters: names one slip apart have a piece in common."""
    bare = _TRIFLES.sub("", fold(name))
    if len(bare) < _SHORTEST:
        return set()
    return {bare} | {bare[:index] + bare[index + 1 :] for index in range(len(bare))}
