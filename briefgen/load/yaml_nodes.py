"""YAML as a tree with places, which takes longer to read and is needed only to report problems."""

from collections.abc import Sequence
from typing import Any, NoReturn

from msgspec import Struct

from briefgen.load.yaml_syntax import MAX_DEPTH, Fault, Text, explain, parser

MAX_COPIES = 10_000  # nodes that aliases repeat


class Node(Struct):
    """A value with the offsets of its text; an alias has its own place and the value of its anchor."""

    start: int
    end: int
    value: "str | list[Node] | list[tuple[Node, Node]]" = ""
    mapping: bool = False
    empty: bool = False  # a plain scalar without text
    size: int = 1  # nodes in it, aliases written out
    depth: int = 0
    _by_key: "dict[str, tuple[Node, Node]] | None" = None

    @property
    def pairs(self) -> "list[tuple[Node, Node]]":
        return self.value if self.mapping else []  # type: ignore[return-value]

    @property
    def items(self) -> "list[Node]":
        return [] if self.mapping or isinstance(self.value, str) else self.value  # type: ignore[return-value]

    @property
    def by_key(self) -> "dict[str, tuple[Node, Node]]":
        """The pairs of a mapping by key, the first of those with one key."""
        if self._by_key is None:
            self._by_key = {str(pair[0].value): pair for pair in reversed(self.pairs)}
        return self._by_key


class _Stop(Exception):
    """Raised to stop reading after a limit."""


class _Reader:
    def __init__(self, text: str, above: int, faults: list[Fault]) -> None:
        self.text = Text(text, above)
        self.faults = faults
        self.anchors: dict[str, Node | None] = {}
        self.unused: dict[str, tuple[int, int]] = {}
        self.copies = 0
        self.parser = parser()(text)

    def event(self) -> Any:
        return self.parser.get_event()

    def document(self) -> Node | None:
        """Return the only document; None without one."""
        self.event()
        if type(self.event()).__name__ == "StreamEndEvent":
            return None
        node = self.node(self.event(), 0)
        self.event()
        following = self.event()
        if type(following).__name__ != "StreamEndEvent":
            start = following.start_mark.index
            hint = "keep one document in a file, without a second line ---"
            self.complain("yaml-syntax", "a second YAML document begins here", start, start + 3, hint)
        for name, (start, end) in self.unused.items():
            hint = "put a text that begins with & in quotes"
            self.complain("yaml-syntax", f"nothing repeats the anchor &{name}", start, end, hint)
        return node

    def complain(self, code: str, message: str, start: int, end: int, hint: str = "") -> None:
        self.faults.append(self.text.fault(code, message, start, end, hint))

    def stop_at_depth(self, start: int, end: int) -> NoReturn:
        message = f"more than {MAX_DEPTH} levels inside each other"
        self.complain("yaml-limit", message, start, end, "content needs only a few levels")
        raise _Stop

    def node(self, event: Any, depth: int) -> Node:
        kind = type(event).__name__
        start, end = event.start_mark.index, event.end_mark.index
        if kind == "AliasEvent":
            return self.alias(event.anchor, start, end)
        if event.tag is not None:
            written = self.text.text[start:end].split()
            tag = written[0] if written and written[0].startswith("!") else event.tag
            hint = f"leave {tag} out, or put the text in quotes" if kind == "ScalarEvent" else f"leave {tag} out"
            self.complain("yaml-tag", f"{tag} is a tag", start, start + len(tag), hint)
        if kind == "ScalarEvent":
            text = event.value.strip() if event.style else event.value
            node = Node(start, end, text, empty=not text and not event.style)
        else:
            if depth >= MAX_DEPTH:
                self.stop_at_depth(start, end)
            if event.anchor:
                self.anchors[event.anchor] = None
            node = self.mapping(start, depth) if kind == "MappingStartEvent" else self.sequence(start, depth)
        if event.anchor:
            self.anchors[event.anchor] = node
            # An offset of the anchor itself: after a tag it is not the beginning of the value.
            at = max(start, self.text.text.find(f"&{event.anchor}", start))
            self.unused[event.anchor] = (at, at + len(event.anchor) + 1)
        return node

    def alias(self, name: str, start: int, end: int) -> Node:
        if name not in self.anchors:
            hint = "put a text that begins with * in quotes"
            self.complain("yaml-syntax", f"nothing is anchored as &{name}", start, end, hint)
            return Node(start, end)
        self.unused.pop(name, None)
        target = self.anchors[name]
        if target is None:
            self.complain("yaml-limit", f"*{name} is inside the value that it repeats", start, end)
            raise _Stop
        self.copies += target.size
        if self.copies > MAX_COPIES:
            self.complain(
                "yaml-limit", f"aliases repeat more than {MAX_COPIES} values", start, end, "write the values out"
            )
            raise _Stop
        return Node(start, end, target.value, target.mapping, target.empty, target.size, target.depth)

    def sequence(self, start: int, depth: int) -> Node:
        items: list[Node] = []
        while type(event := self.event()).__name__ != "SequenceEndEvent":
            items.append(self.node(event, depth + 1))
        return self.container(Node(start, event.end_mark.index, items), items, depth)

    def mapping(self, start: int, depth: int) -> Node:
        pairs: list[tuple[Node, Node]] = []
        first: dict[str, int] = {}
        while type(event := self.event()).__name__ != "MappingEndEvent":
            key = self.node(event, depth + 1)
            value = self.node(self.event(), depth + 1)
            if not isinstance(key.value, str):
                hint = "put the text in quotes" if self.text.text[key.start] in "[{" else "write a plain word"
                self.complain("yaml-syntax", "a key must be a text", key.start, key.end, hint)
                continue
            if key.value in first:
                line = self.text.spot(first[key.value], first[key.value])[0]
                hint = f"it is already in line {line}; keep one of them"
                self.complain("duplicate-key", f'the key "{key.value}" is written twice', key.start, key.end, hint)
            else:
                first[key.value] = key.start
            pairs.append((key, value))
        nodes = [node for pair in pairs for node in pair]
        return self.container(Node(start, event.end_mark.index, pairs, mapping=True), nodes, depth)

    def container(self, node: Node, inside: Sequence[Node], depth: int) -> Node:
        node.size = 1 + sum(child.size for child in inside)
        node.depth = 1 + max((child.depth for child in inside), default=0)
        if depth + node.depth > MAX_DEPTH:
            self.stop_at_depth(node.start, node.end)
        return node


def compose(text: str, above: int = 0) -> tuple[Node | None, tuple[Fault, ...]]:
    """Return the tree of a text and all faults in it; after a syntax error no tree and that error alone."""
    from yaml import YAMLError

    faults: list[Fault] = []
    try:
        return _Reader(text, above, faults).document(), tuple(faults)
    except _Stop:
        return None, tuple(faults)
    except YAMLError as error:
        return None, (explain(error, Text(text, above)),)
