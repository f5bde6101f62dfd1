"""The word that was probably meant."""

from collections.abc import Iterable


def closest(word: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The known word that is spelled most like `word`, case aside."""
    from difflib import get_close_matches

    folded = {one.casefold(): one for one in known}
    found = get_close_matches(word.casefold(), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


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
