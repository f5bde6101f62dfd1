"""Suggestions: the word that was probably meant."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from briefgen.model.names import LONGEST, closest, fold

_BETWEEN_WORDS = re.compile(r"[\W_]+")
_MOST_LOOKS = 200
_MOST_COMPARISONS = 300_000
_TRIFLES = re.compile(r"^the\b|[\W_]+")
_SHORTEST = 5  # AP and AFP are two agencies


def closest_name(name: str, known: Mapping[str, str]) -> str | None:
    """Return the known name that is spelled most like `name`, else the first that has all its words.

    `known` has the id of each name. Where names of several ids have the words, none is returned.
    """
    if found := closest(name, known):
        return found
    words = _words(name)
    longer = [one for one in known if words and words <= _words(one)]
    return longer[0] if len({known[one] for one in longer}) == 1 else None


class Suggestions:
    """Suggestions for many words. After some hundred no more are made, because each compares with all known words.

    `known` is called each time, so the words may grow in number; `find` is `closest` or `closest_name`.
    """

    def __init__(self, known: Callable[[], Any], find: Callable[[str, Any], str | None] = closest) -> None:
        self._known = known
        self._find = find
        self._found: dict[str, str | None] = {}

    def find(self, word: str) -> str | None:
        """Return the known word that is most like `word`."""
        if word in self._found:
            return self._found[word]
        known = self._known()
        if len(self._found) >= max(10, min(_MOST_LOOKS, _MOST_COMPARISONS // max(1, len(known)))):
            return None
        return self._found.setdefault(word, self._find(word, known))


class SimilarNames:
    """Finds a known name with one letter added, left out, changed or swapped, without comparing every pair."""

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
    if not _SHORTEST <= len(bare) <= LONGEST:
        return set()
    return {bare} | {bare[:index] + bare[index + 1 :] for index in range(len(bare))}


def _words(name: str) -> set[str]:
    return {word for word in _BETWEEN_WORDS.split(fold(name)) if word}


def either(words: Iterable[str]) -> str:
    """Return `a, b or c`."""
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}" if listed else ""


def few(words: Sequence[str], total: int | None = None) -> Sequence[str]:
    """Return the words, or three of them and how many more there are; `words` may be but the first of `total`."""
    total = len(words) if total is None else total
    return words if total <= 4 else [*words[:3], f"{total - 3} more"]


def shorten(text: str) -> str:
    """Return at most 60 characters of a text that a message quotes."""
    return text if len(text) <= 60 else text[:59] + "…"


def joined(*sentences: str) -> str:
    """Return the hints one after the other, without empty ones."""
    return " ".join(sentence for sentence in sentences if sentence)
