"""Names that differ by one slip of the pen, found without comparing each with each."""

import re
from collections import defaultdict
from collections.abc import Iterable

from briefgen.model.names import fold

_TRIFLES = re.compile(r"^the\b|[\W_]+")
_SHORTEST = 5  # AP and AFP are two agencies
_LONGEST = 100  # the pieces of a name take space with the square of its length


class Near:
    """Finds a known name that is a letter more, less, other or swapped away."""

    def __init__(self, known: Iterable[str]) -> None:
        # The first two names of a piece are enough to find one that is not the name itself.
        self._known: dict[str, list[str]] = defaultdict(list)
        for name in sorted(set(known)):
            for piece in _pieces(name):
                if len(self._known[piece]) < 2:
                    self._known[piece].append(name)

    def find(self, name: str) -> str | None:
        """Return the first such name by the alphabet."""
        found = {near for piece in _pieces(name) for near in self._known.get(piece, ())}
        return min(found - {name}, default=None)


def _pieces(name: str) -> set[str]:
    """Return the name, and the name without each of its letters: names one slip apart have a piece in common."""
    bare = _TRIFLES.sub("", fold(name))
    if not _SHORTEST <= len(bare) <= _LONGEST:
        return set()
    return {bare} | {bare[:index] + bare[index + 1 :] for index in range(len(bare))}
