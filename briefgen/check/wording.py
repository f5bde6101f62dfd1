"""Parts of messages and pointers that several checks share."""

from collections.abc import Iterable, Sequence

from briefgen.model.dates import parsed

_LONGEST = 100  # difflib takes time with the square of the length


def quoted(words: Iterable[str]) -> str:
    """Return the words in quotation marks, as a list: "a", "b" and "c"."""
    marked = [f'"{word}"' for word in words]
    return " and ".join((", ".join(marked[:-1]), marked[-1])) if len(marked) > 1 else "".join(marked)


def did_you_mean(word: str, known: Sequence[str]) -> str:
    """Return a question that offers the nearest of the known words, whatever their case; empty if none is near."""
    if len(word) > _LONGEST:
        return ""
    from difflib import get_close_matches  # only where something is wrong

    folded = {one.casefold(): one for one in known}
    near = get_close_matches(word.casefold(), folded, n=1, cutoff=0.6)
    return f'did you mean "{folded[near[0]]}"?' if near else ""


def on(date: str) -> str:
    """Return a checked, known date with its preposition: "on 2025-12-03", "in 2025-12"."""
    when = parsed(date)
    return f"{'on' if when.day else 'in'} {when.iso}"
