"""Pointers into a file's YAML → places, when there is something to report."""

from collections.abc import Callable
from functools import lru_cache

import msgspec

from briefgen.load.text import decode, split
from briefgen.model.failure import Failure
from briefgen.model.problem import Place, Pointer, Problem


def located(problem: Problem, read: Callable[[str], bytes]) -> Problem:
    """The problem with a `Place`; the file as a whole where the file has changed or cannot be read by now."""
    at = problem.at
    if isinstance(at, Place):
        return problem
    try:
        data = read(at.file)
    except (OSError, Failure):
        return msgspec.structs.replace(problem, at=Place(at.file))
    return msgspec.structs.replace(problem, at=place(at, data))


def place(at: Pointer, data: bytes) -> Place:
    """Where in a file's bytes a pointer leads."""
    from briefgen.load.yaml_nodes import locate

    text, above = _front(at.file, data)
    if text is None:
        return Place(at.file)
    line, column, length = locate(text, at.keys, key=at.key, above=above)
    return Place(at.file, line, column, length) if line else Place(at.file)


@lru_cache(maxsize=4)  # a file with one problem often has more
def _front(file: str, data: bytes) -> tuple[str | None, int]:
    """The YAML of a file, and how many lines stand above it."""
    text, _ = decode(data, file)
    if text is None or not file.endswith(".md"):
        return text, 0
    parts, _ = split(text, file)
    return (parts.front, parts.front_line) if parts else (None, 0)
