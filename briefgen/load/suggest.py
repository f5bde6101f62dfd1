"""The word that was probably meant."""

import re
from collections.abc import Iterable, Mapping

from briefgen.model.names import fold

_BETWEEN_WORDS = re.compile(r"[\W_]+")


def closest(word: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    """Return the known word that is spelled most like `word`, case aside."""
    from difflib import get_close_matches

    folded = {fold(one): one for one in known}
    found = get_close_matches(fold(word), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def closest_name(name: str, known: Mapping[str, str]) -> str | None:
    """Return the known name that is spelled most like `name`, else the first that has all its words.

    `known` has the id of each name. Where names of several ids have the words, none is returned.
    """
    if found := closest(name, known):
        return found
    words = _words(name)
    longer = [one for one in known if words and words <= _words(one)]
    return longer[0] if len({known[one] for one in longer}) == 1 else None


def _words(name: str) -> set[str]:
    return {word for word in _BETWEEN_WORDS.split(fold(name)) if word}


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`did you mean "x"?`, or nothing."""
    found = closest(word, known)
    return f'did you mean "{found}"?' if found else ""


def either(words: Iterable[str]) -> str:
    """`a, b or c`."""
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}" if listed else ""


def few(words: list[str], most: int = 3) -> list[str]:
    """The words, or the first of them and how many more there are."""
    return words if len(words) <= most + 1 else [*words[:most], f"{len(words) - most} more"]


def joined(*sentences: str) -> str:
    """Hints one after the other, empty ones left out."""
    return " ".join(sentence for sentence in sentences if sentence)
