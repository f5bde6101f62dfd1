"""The word that was probably meant."""

from collections.abc import Callable, Collection, Iterable, Sequence

_LONGEST = 100  # difflib takes time with the square of the length
_MOST_LOOKS = 200
_MOST_COMPARISONS = 300_000


class Suggestions:
    """Suggestions for many words; after some hundred no more are made, as each takes a look at all that is known.

    `known` is called with each look, so it may grow.
    """

    def __init__(self, known: Callable[[], Collection[str]]) -> None:
        self._known = known
        self._found: dict[str, str | None] = {}

    def find(self, word: str) -> str | None:
        """Return the known word that is spelled most like `word`."""
        if word in self._found:
            return self._found[word]
        known = self._known()
        if len(self._found) >= max(10, min(_MOST_LOOKS, _MOST_COMPARISONS // max(1, len(known)))):
            return None
        return self._found.setdefault(word, closest(word, known))


def closest(word: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    """Return the known word that is spelled most like `word`, case aside; None for a very long word."""
    if len(word) > _LONGEST:
        return None
    from difflib import get_close_matches

    folded = {one.casefold(): one for one in known}
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return `did you mean "x"?`, or nothing."""
    return question(closest(word, known))


def question(found: str | None) -> str:
    """Return the question that offers a suggestion; empty without one."""
    return f'did you mean "{found}"?' if found else ""


def either(words: Iterable[str]) -> str:
    """`a, b or c`."""
    listed = list(words)
    return listed[0] if len(listed) == 1 else f"{', '.join(listed[:-1])} or {listed[-1]}" if listed else ""


def few(words: Sequence[str], most: int = 3, total: int | None = None) -> Sequence[str]:
    """Return the words, or the first of them and how many more there are; `words` may be but the first of `total`."""
    total = len(words) if total is None else total
    return words if total <= most + 1 else [*words[:most], f"{total - most} more"]


def joined(*sentences: str) -> str:
    """Hints one after the other, empty ones left out."""
    return " ".join(sentence for sentence in sentences if sentence)
