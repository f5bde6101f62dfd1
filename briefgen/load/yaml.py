"""YAML → dicts, lists and texts, from the events of PyYAML's C parser; and the same as a tree with places.

Every scalar is a text, so `no`, `12:30` and `2025-12-03` mean what they say; the types of the content
give them a meaning. White space around a text is no part of it, and a key without a value is not given.
The tree takes longer to read and is needed only to report problems.
"""

from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from briefgen.load.yaml_syntax import MAX_DEPTH, Malformed, Text, explain, parser
from briefgen.model.problem import Problem

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]
MAX_COPIES = 10_000  # nodes that aliases repeat


class Node(Struct):
    """A value with the offsets of its text; an alias has its own place and the value of its anchor."""

    start: int
    end: int
    text: str = ""
    items: "list[Node] | None" = None  # of a list
    pairs: "dict[str, tuple[Node, Node]] | None" = None  # of a mapping: its keys and values, the first of equal keys
    empty: bool = False  # a plain scalar without text
    size: int = 1  # nodes in it, aliases written out
    depth: int = 0


class _Irregular(Exception):
    """Something that only `load_with_places` can judge."""


def load(text: str, file: str = "", above: int = 0) -> Value:
    """Return the value of a text without mistakes; an empty text is an empty mapping.

    Raises:
        Malformed: its places are in `file`, which has `above` lines above the text.
    """
    from yaml import YAMLError

    try:
        return _load_plain(text)
    except (_Irregular, YAMLError):
        return load_with_places(text, file, above)


def _load_plain(text: str) -> Value:
    """Read a text without tags, anchors and mistakes, as nearly all are, in less time than with places."""
    from yaml import events

    get = parser()(text).get_event
    kinds = (
        events.ScalarEvent,
        events.MappingStartEvent,
        events.MappingEndEvent,
        events.SequenceStartEvent,
        events.SequenceEndEvent,
    )
    get()  # the start of the stream
    if type(get()) is events.StreamEndEvent:
        return {}
    value = _read(get(), get, kinds, 0)
    get()  # the end of the document
    if type(get()) is not events.StreamEndEvent:
        raise _Irregular
    return {} if value is None else value


# Not inside `_load_plain`: a function that refers to itself would keep the parser until garbage is collected.
def _read(event: Any, get: Callable[[], Any], kinds: tuple[type, type, type, type, type], depth: int) -> Any:
    """Return a value, None for a plain scalar without text."""
    scalar, mapping, mapping_end, sequence, sequence_end = kinds
    kind = type(event)
    if kind not in (scalar, mapping, sequence) or event.tag or event.anchor:
        raise _Irregular
    if kind is scalar:
        return event.value.strip() if event.style else event.value or None
    if depth == MAX_DEPTH:
        raise _Irregular
    if kind is sequence:
        items = []
        while type(event := get()) is not sequence_end:
            item = _read(event, get, kinds, depth + 1)
            items.append("" if item is None else item)
        return items
    found: dict[str, Any] = {}
    while type(event := get()) is not mapping_end:
        key = _read(event, get, kinds, MAX_DEPTH) or ""
        if key in found:
            raise _Irregular
        found[key] = _read(get(), get, kinds, depth + 1)
    return {key: value for key, value in found.items() if value is not None}


def load_with_places(text: str, file: str = "", above: int = 0) -> Value:
    """Return the same as `load`, which calls it for every text that is not plain and correct."""
    node, problems = compose(Text(text, file, above))
    if problems:
        raise Malformed(problems)
    return {} if node is None or node.empty else _value(node)


def _value(node: Node) -> Value:
    if node.pairs is not None:
        return {key.text: _value(value) for key, value in node.pairs.values() if not value.empty}
    return node.text if node.items is None else [_value(item) for item in node.items]


class _Stop(Exception):
    """Raised to stop reading after a limit."""


class _Reader:
    def __init__(self, text: Text, problems: list[Problem]) -> None:
        self.text = text
        self.problems = problems
        self.anchors: dict[str, Node | None] = {}
        self.unused: dict[str, tuple[int, int]] = {}
        self.copies = 0
        self.event: Callable[[], Any] = parser()(text.text).get_event

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
            self.complain("a second YAML document begins here", start, start + 3, hint)
        for name, (start, end) in self.unused.items():
            hint = "put a text that begins with & in quotes"
            self.complain(f"nothing repeats the anchor &{name}", start, end, hint)
        return node

    def complain(self, message: str, start: int, end: int, hint: str = "", code: str = "yaml-syntax") -> None:
        self.problems.append(self.text.problem(message, start, end, hint, code))

    def stop(self, message: str, start: int, end: int, hint: str = "") -> NoReturn:
        self.complain(message, start, end, hint, "yaml-limit")
        raise _Stop

    def stop_at_depth(self, start: int, end: int) -> NoReturn:
        self.stop(f"more than {MAX_DEPTH} levels inside each other", start, end, "content needs only a few levels")

    def node(self, event: Any, depth: int) -> Node:
        kind = type(event).__name__
        start, end = event.start_mark.index, event.end_mark.index
        if kind == "AliasEvent":
            return self.alias(event.anchor, start, end)
        if event.tag is not None:
            written = self.text.text[start:end].split()
            tag = written[0] if written and written[0].startswith("!") else event.tag
            hint = f"leave {tag} out, or put the text in quotes" if kind == "ScalarEvent" else f"leave {tag} out"
            self.complain(f"{tag} is a tag", start, start + len(tag), hint, "yaml-tag")
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
            self.complain(f"nothing is anchored as &{name}", start, end, hint)
            return Node(start, end)
        self.unused.pop(name, None)
        target = self.anchors[name]
        if target is None:
            self.stop(f"*{name} is inside the value that it repeats", start, end)
        self.copies += target.size
        if self.copies > MAX_COPIES:
            self.stop(f"aliases repeat more than {MAX_COPIES} values", start, end, "write the values out")
        return replace(target, start=start, end=end)

    def sequence(self, start: int, depth: int) -> Node:
        items: list[Node] = []
        while type(event := self.event()).__name__ != "SequenceEndEvent":
            items.append(self.node(event, depth + 1))
        return self.container(Node(start, event.end_mark.index, items=items), items, depth)

    def mapping(self, start: int, depth: int) -> Node:
        pairs: dict[str, tuple[Node, Node]] = {}
        while type(event := self.event()).__name__ != "MappingEndEvent":
            key = self.node(event, depth + 1)
            value = self.node(self.event(), depth + 1)
            if key.items is not None or key.pairs is not None:
                hint = "put the text in quotes" if self.text.text[key.start] in "[{" else "write a plain word"
                self.complain("a key must be a text", key.start, key.end, hint)
            elif key.text in pairs:
                first = pairs[key.text][0].start
                hint = f"it is already in line {self.text.spot(first, first).line}; keep one of them"
                self.complain(f'the key "{key.text}" is written twice', key.start, key.end, hint, "duplicate-key")
            else:
                pairs[key.text] = key, value
        nodes = [node for pair in pairs.values() for node in pair]
        return self.container(Node(start, event.end_mark.index, pairs=pairs), nodes, depth)

    def container(self, node: Node, inside: Sequence[Node], depth: int) -> Node:
        node.size = 1 + sum(child.size for child in inside)
        node.depth = 1 + max((child.depth for child in inside), default=0)
        if depth + node.depth > MAX_DEPTH:
            self.stop_at_depth(node.start, node.end)
        return node


def compose(text: Text) -> tuple[Node | None, tuple[Problem, ...]]:
    """Return the tree of a text and all problems in it; after a syntax error no tree and that error alone."""
    from yaml import YAMLError

    problems: list[Problem] = []
    try:
        return _Reader(text, problems).document(), tuple(problems)
    except _Stop:
        return None, tuple(problems)
    except YAMLError as error:
        return None, (explain(error, text),)
