"""Pointers into a file's YAML → places, when there is something to report."""

from collections.abc import Callable

import msgspec

from briefgen.load.text import decode, split
from briefgen.model.problem import Failure, Place, Pointer, Problem


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

    text, _ = decode(data, at.file)
    if text is None:
        return Place(at.file)
    above = 0
    if at.file.endswith(".md"):
        parts, _ = split(text, at.file)
        if parts is None:
            return Place(at.file)
        text, above = parts.front, parts.front_line
    line, column, length = locate(text, at.keys, key=at.key, above=above)
    return Place(at.file, line, column, length) if line else Place(at.file)
