"""New claims → the lines of a file, put behind the claims that it has; no other byte changes."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from briefgen.load.scalars import CannotEdit, quoted
from briefgen.load.text import Parts, read_parts
from briefgen.load.yaml import Node, compose, load
from briefgen.load.yaml_syntax import Malformed, Text

_FORM = "its claims have a form to which nothing can be added here"


def format_yaml(values: Mapping[str, Any]) -> str:
    """Return front matter of texts, lists and mappings, as a curator would write it.

    Raises:
        CannotEdit: a text would be read in another way.
    """
    text = "\n".join((*_format_mapping(values), ""))
    if not _reads_as(text, values):
        raise CannotEdit("a text has characters that YAML cannot hold")
    return text


def insert_claims(data: bytes, file: str, claims: Sequence[Mapping[str, Any]]) -> bytes:
    """Return the bytes of a brief with more claims.

    Raises:
        CannotEdit: that cannot be done without changing something else.
    """
    parts, _ = read_parts(data, file)
    if parts is None:
        raise CannotEdit("the file cannot be read")
    try:
        values: Any = load(parts.front, file, parts.front_line)
    except Malformed as malformed:
        raise CannotEdit(malformed.problems[0].message) from None
    tree = compose(Text(parts.front, file, parts.front_line))[0]
    pairs = tree.pairs if tree else None
    if not pairs or not isinstance(values, dict):
        raise CannotEdit("the file has no front matter")
    expected = {**values, "claims": [*(values.get("claims") or []), *claims]}
    lines = data.decode().splitlines(keepends=True)
    for number, new in _places(parts, pairs, list(_format_list(claims))):
        end = "\r\n" if lines[number - 1].endswith("\r\n") else "\n"
        found = "".join((*lines[:number], *(f"{line}{end}" for line in new), *lines[number:])).encode()
        after, _ = read_parts(found, file)
        if after is not None and after.body == parts.body and _reads_as(after.front, expected):
            return found
    raise CannotEdit(_FORM)


def _places(parts: Parts, pairs: Mapping[str, tuple[Node, Node]], items: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Yield where the new lines may go, as a number of lines above them, and how they are indented there."""
    front = parts.front.split("\n")
    last = len(front) - (front[-1] == "")
    if "claims" not in pairs:
        yield parts.front_line + last, ["claims:", *items]
        return
    key, value = pairs["claims"]
    if value.empty:
        yield parts.front_line + _line_of(parts, key) + 1, items
        return
    if not value.items:
        return
    line = front[_line_of(parts, value.items[0])]
    indent = " " * (len(line) - len(line.lstrip(" ")))
    following = [_line_of(parts, name) for name, _ in pairs.values() if name.start > key.start]
    end = min(following, default=last)
    trimmed = end
    while trimmed and (not front[trimmed - 1].strip() or front[trimmed - 1].lstrip().startswith("#")):
        trimmed -= 1
    new = [f"{indent}{item.removeprefix('  ')}" if item else "" for item in items]
    for number in dict.fromkeys((trimmed, end)):
        yield parts.front_line + number, new


def _line_of(parts: Parts, node: Node) -> int:
    return parts.front.count("\n", 0, node.start)


def _reads_as(text: str, values: Mapping[str, Any]) -> bool:
    try:
        return load(text) == values
    except Malformed:
        return False


def _format_mapping(values: Mapping[str, Any]) -> Iterator[str]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield f"{name}:"
            yield from (f"  {line}" for line in _format_mapping(value))
        elif isinstance(value, list):
            yield f"{name}:"
            yield from _format_list(value)
        else:
            yield f"{name}: {_format_text(value)}"


def _format_list(values: Sequence[Any]) -> Iterator[str]:
    for value in values:
        if isinstance(value, Mapping):
            first, *rest = _format_mapping(value)
            yield f"  - {first}"
            yield from (f"    {line}" for line in rest)
        else:
            yield f"  - {_format_text(value)}"


def _format_text(text: str) -> str:
    return json.dumps(text, ensure_ascii=False) if "\n" in text else quoted(text, is_in_flow=False)
