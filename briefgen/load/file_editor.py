"""Change values in a content file where they are written; everything else stays as it is, byte for byte.

Nothing is written to the disk here: an editor takes bytes and returns bytes.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from briefgen.load.scalars import CannotEdit, Replacement, find_written, quoted, replace_all, rewrite
from briefgen.load.text import read_parts
from briefgen.load.yaml import Node, compose, load
from briefgen.load.yaml_syntax import Malformed, Text
from briefgen.model.problem import Place
from briefgen.model.references import Keys


class FileEditor:
    """Collects changes of the values and the body of a file; `result` returns the bytes with all of them.

    Offsets are those of the values and of the body as `load` gives them to the parser of Markdown, before any change.

    Raises:
        CannotEdit: the file has no front matter, or mistakes in its YAML.
    """

    def __init__(self, file: str, data: bytes) -> None:
        parts, _ = read_parts(data, file)
        if parts is None:
            raise CannotEdit("the file cannot be read")
        try:
            self.values: Any = load(parts.front, file, parts.front_line)
        except Malformed as malformed:
            raise CannotEdit(malformed.problems[0].message) from None
        self.file = file
        self.body = parts.body
        self.lines_above = parts.body_line  # the body
        self._front = parts.front
        self._text_of_front = Text(parts.front, file, parts.front_line)
        self._tree = compose(self._text_of_front)[0]
        self._source = _Source(data)
        is_markdown = file.endswith(".md")
        self._front_start = self._source.text.index("\n") + 1 if is_markdown else 0
        self._body_start = len(self._source.text) - len(parts.body)
        self._scalars: dict[Keys, list[Replacement]] = defaultdict(list)
        self._insertions: list[Replacement] = []  # in the front matter
        self._in_body: list[Replacement] = []

    def value(self, keys: Keys) -> Any:
        """Return the value at these keys as the file has it, None without one."""
        found = self.values
        for key in keys:
            if isinstance(found, dict):
                found = found.get(key)
            else:
                found = found[key] if isinstance(found, list) and isinstance(key, int) and key < len(found) else None
        return found

    def place(self, keys: Keys, start: int, end: int) -> Place:
        """Return where the characters from `start` to `end` of a scalar are written."""
        node, _ = self._find(keys)
        at = node.start + find_written(self._front[node.start : node.end], node.text, start)
        return self._text_of_front.spot(at, at + end - start)

    def set_value(self, keys: Keys, text: str) -> None:
        """Give a scalar another text of one line; it keeps its quotes."""
        self.replace_words(keys, 0, len(self._text(keys)), text)

    def replace_words(self, keys: Keys, start: int, end: int, new: str) -> None:
        """Replace the characters from `start` to `end` of a scalar by words of one line."""
        self._text(keys)
        replacement = Replacement(start, end, new)
        if replacement not in self._scalars[keys]:
            self._scalars[keys].append(replacement)

    def replace_in_body(self, start: int, end: int, new: str) -> None:
        """Replace the characters from `start` to `end` of the body."""
        replacement = Replacement(start, end, new)
        if replacement not in self._in_body:
            self._in_body.append(replacement)

    def add(self, keys: Keys, name: str, value: str | list[str]) -> None:
        """Add a key with a text of one line, or a list of them, to the mapping at `keys`, which lacks that key."""
        mapping, is_in_flow = self._find(keys)
        self.value(keys)[name] = value
        if isinstance(value, str):
            written = quoted(value, is_in_flow=is_in_flow)
        else:
            written = f"[{', '.join(quoted(item, is_in_flow=True) for item in value)}]"
        self._add_key(mapping, name, written, is_in_flow=is_in_flow)

    def append(self, keys: Keys, text: str) -> None:
        """Add a text of one line to the end of the list at `keys`."""
        node, is_in_flow = self._find(keys)
        items = node.items
        if items is None:
            raise CannotEdit("there is no list")
        self.value(keys).append(text)
        value = quoted(text, is_in_flow=is_in_flow)
        if is_in_flow:
            at = items[-1].end if items else node.start + self._front[node.start : node.end].index("[") + 1
            self._insert(at, f", {value}" if items else value)
        else:
            line = self._front.rfind("\n", 0, items[-1].start) + 1
            self._insert(self._line_end(items[-1].end), f"\n{self._front[line : items[-1].start]}{value}")

    def result(self) -> bytes:
        """Return the bytes of the changed file.

        Raises:
            CannotEdit: with these changes, another value or the body would be read in another way.
        """
        edits = self._scalar_edits()
        front = [*(Replacement(*span, new) for span, new in edits.items()), *self._insertions]
        body = replace_all(self.body, self._in_body)
        moved = [*_moved(front, self._front_start), *_moved(self._in_body, self._body_start)]
        new = self._source.replace(moved)
        parts, _ = read_parts(new, self.file)
        try:
            is_right = parts is not None and parts.body == body and load(parts.front, self.file) == self.values
        except Malformed:
            is_right = False
        if not is_right:
            raise CannotEdit("a value has a form in which it cannot be changed")
        return new

    def _scalar_edits(self) -> dict[tuple[int, int], str]:
        edits: dict[tuple[int, int], str] = {}
        aliases: dict[tuple[int, int], str] = {}
        texts: dict[int, str] = {}  # by the place of the scalar
        for keys, replacements in self._scalars.items():
            node, is_in_flow = self._find(keys)
            raw = self._front[node.start : node.end]
            expected = replace_all(node.text, replacements)
            span = node.start, node.end
            new = rewrite(raw, node.text, replacements, is_in_flow=is_in_flow)
            if edits.get(span, new) != new:
                raise CannotEdit("two changes differ")
            (aliases if raw.startswith("*") else edits)[span] = new
            texts[node.start] = expected
            self.value(keys[:-1])[keys[-1]] = expected
        for (start, end), new in aliases.items():
            # An alias repeats the text of its anchor, which may have changed to the same one.
            anchor = re.search(rf"&{re.escape(self._front[start + 1 : end].strip())}(?!\S)", self._front)
            if anchor is None or texts.get(anchor.start()) != texts[start]:
                edits[start, end] = new
        return edits

    def _text(self, keys: Keys) -> str:
        node, _ = self._find(keys)
        if node.items is not None or node.pairs is not None or node.empty:
            raise CannotEdit("there is no text")
        return node.text

    def _find(self, keys: Keys) -> tuple[Node, bool]:
        """Return the node at these keys, and whether it is inside brackets or braces, or is such a one itself."""
        found, is_in_flow = self._tree, False
        for key in (None, *keys):
            if key is not None:
                found = _step(found, key)
            if found is None:
                raise CannotEdit(f"nothing is at {'.'.join(map(str, keys))}")
            is_in_flow = is_in_flow or self._is_flow(found)
        return found, is_in_flow  # type: ignore[return-value]  # not None, as the first step has no key

    def _is_flow(self, node: Node) -> bool:
        has_values = node.items is not None or node.pairs is not None
        return has_values and re.match(r"(?:[&!]\S*\s+)*[\[{]", self._front[node.start : node.end]) is not None

    def _add_key(self, mapping: Node, name: str, value: str, *, is_in_flow: bool) -> None:
        pairs = mapping.pairs
        if not pairs:
            raise CannotEdit("there is no mapping with keys")
        if name in pairs:  # with no value
            self._insert(self._front.index(":", pairs[name][0].end) + 1, f" {value}")
        elif is_in_flow:
            last = list(pairs.values())[-1]
            self._insert(max(node.end for node in last), f", {name}: {value}")
        else:
            first = next(iter(pairs.values()))[0]
            indent = " " * (first.start - self._front.rfind("\n", 0, first.start) - 1)
            after = next((node for _, node in pairs.values() if self._is_in_line(node)), None)
            if after is None:
                self._insert(first.start, f"{name}: {value}\n{indent}")
            else:
                self._insert(self._line_end(after.end), f"\n{indent}{name}: {value}")

    def _is_in_line(self, node: Node) -> bool:
        """Return whether a value ends where the parser says, which a block does not."""
        if node.items is not None or node.pairs is not None:
            return self._is_flow(node)
        return not node.empty and re.match(r"(?:[&!]\S*\s+)*[|>]", self._front[node.start : node.end]) is None

    def _line_end(self, offset: int) -> int:
        end = self._front.find("\n", offset)
        return len(self._front) if end < 0 else end

    def _insert(self, at: int, text: str) -> None:
        self._insertions.append(Replacement(at, at, text))


def _step(node: Node | None, key: str | int) -> Node | None:
    if node is None:
        return None
    if isinstance(key, str):
        pair = (node.pairs or {}).get(key)
        return pair[1] if pair else None
    return node.items[key] if node.items is not None and 0 <= key < len(node.items) else None


def _moved(replacements: Sequence[Replacement], offset: int) -> list[Replacement]:
    return [Replacement(one.start + offset, one.end + offset, one.new) for one in replacements]


class _Source:
    """The bytes of a file as a text with line feeds, whose offsets lead back to the bytes."""

    def __init__(self, data: bytes) -> None:
        self._whole = data.decode()
        self._mark = int(self._whole.startswith("\ufeff"))
        pairs = [match.start() - self._mark for match in re.finditer("\r\n", self._whole)]
        self._breaks = [place - number for number, place in enumerate(pairs)]
        self.text = self._whole[self._mark :].replace("\r\n", "\n").replace("\r", "\n")
        self._end = "\r\n" if len(pairs) * 2 > self.text.count("\n") else "\n"

    def replace(self, replacements: Sequence[Replacement]) -> bytes:
        moved = [
            Replacement(self._offset(one.start), self._offset(one.end), one.new.replace("\n", self._end))
            for one in replacements
        ]
        return replace_all(self._whole, moved).encode()

    def _offset(self, offset: int) -> int:
        return offset + self._mark + bisect_left(self._breaks, offset)
