"""Parts of messages and pointers that several checks share."""

from collections.abc import Iterable

from briefgen.model.dates import parsed


def quoted(words: Iterable[str]) -> str:
    """Return the words in quotation marks, as a list: "a", "b" and "c"."""
    marked = [f'"{word}"' for word in words]
    return " and ".join((", ".join(marked[:-1]), marked[-1])) if len(marked) > 1 else "".join(marked)


def on(date: str) -> str:
    """Return a checked, known date with its preposition: "on 2025-12-03", "in 2025-12"."""
    when = parsed(date)
    return f"{'on' if when.day else 'in'} {when.iso}"
