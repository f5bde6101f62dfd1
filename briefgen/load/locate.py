"""Pointers into a file's YAML → places, when there is something to report."""

from collections.abc import Callable, Sequence
from functools import lru_cache

import msgspec

from briefgen.load.text import decode, split
from briefgen.load.yaml import Node, compose
from briefgen.load.yaml_syntax import Text
from briefgen.model.failure import Failure
from briefgen.model.problem import Place, Pointer, Problem


def located(problem: Problem, read: Callable[[str], bytes]) -> Problem:
    """Return the problem with a `Place`: the whole file if it has changed or cannot be read any more."""
    at = problem.at
    if isinstance(at, Place):
        return problem
    try:
        data = read(at.file)
    except (OSError, Failure):
        return msgspec.structs.replace(problem, at=Place(at.file))
    return msgspec.structs.replace(problem, at=place(at, data))


def place(at: Pointer, data: bytes) -> Place:
    """Return where a pointer leads in the bytes of its file."""
    text, above = _front(at.file, data)
    if text is None:
        return Place(at.file)
    line, column, length = locate(text, at.keys, key=at.key, above=above)
    return Place(at.file, line, column, length) if line else Place(at.file)


@lru_cache(maxsize=4)  # a file with one problem often has more
def _front(file: str, data: bytes) -> tuple[str | None, int]:
    text, _ = decode(data, file)
    if text is None or not file.endswith(".md"):
        return text, 0
    parts, _ = split(text, file)
    return (parts.front, parts.front_line) if parts else (None, 0)


@lru_cache(maxsize=2)  # a file with one problem often has more
def _tree(text: str) -> tuple[Node | None, Text]:
    return compose(text)[0], Text(text, 0)


def locate(text: str, keys: Sequence[str | int], *, key: bool = False, above: int = 0) -> tuple[int, int, int]:
    """Return line, column and length of the value that the keys lead to, or of its key.

    For keys that do not exist it is the place of the last one that does; line 0 if the text cannot be read.
    """
    found, source = _tree(text)
    if found is None:
        return 0, 0, 1
    name: Node | None = None
    for step in keys:
        here, name = found, None
        if isinstance(step, str):
            if here.pairs is None or step not in here.pairs:
                break
            name, found = here.pairs[step]
        else:
            if here.items is None or not 0 <= step < len(here.items):
                break
            found = here.items[step]
    shown = name if name is not None and (key or found.empty) else found
    line, column, length = source.spot(shown.start, shown.end)
    return above + line, column, length
