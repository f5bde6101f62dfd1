"""YAML → dicts, lists and texts, from the events of PyYAML's C parser.

Every scalar is a text, so `no`, `12:30` and `2025-12-03` mean what they say; the types of the content
give them a meaning. White space around a text is no part of it, and a key without a value is not given.
"""

from typing import Any, TypeAlias

from briefgen.load.yaml_nodes import Node, compose
from briefgen.load.yaml_syntax import MAX_DEPTH, Malformed, parser

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]


class _Irregular(Exception):
    """Something that only `load_with_places` can judge."""


def load(text: str, above: int = 0) -> Value:
    """Return the value of a text without mistakes; an empty text is an empty mapping.

    Raises:
        Malformed: its lines count from the top of a file that has `above` lines above the text.
    """
    from yaml import YAMLError

    try:
        return _load_plain(text)
    except (_Irregular, YAMLError):
        return load_with_places(text, above)


def _load_plain(text: str) -> Value:
    """Read a text without tags, anchors and mistakes, as nearly all are, in less time than with places."""
    from yaml import events

    get = parser()(text).get_event
    scalar, mapping, sequence = events.ScalarEvent, events.MappingStartEvent, events.SequenceStartEvent
    mapping_end, sequence_end = events.MappingEndEvent, events.SequenceEndEvent

    def read(event: Any, depth: int) -> Any:
        """Return a value, None for a plain scalar without text."""
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
                item = read(event, depth + 1)
                items.append("" if item is None else item)
            return items
        found: dict[str, Any] = {}
        while type(event := get()) is not mapping_end:
            key = read(event, MAX_DEPTH) or ""
            if key in found:
                raise _Irregular
            found[key] = read(get(), depth + 1)
        return {key: value for key, value in found.items() if value is not None}

    get()  # the start of the stream
    if type(get()) is events.StreamEndEvent:
        return {}
    value = read(get(), 0)
    get()  # the end of the document
    if type(get()) is not events.StreamEndEvent:
        raise _Irregular
    return {} if value is None else value


def load_with_places(text: str, above: int = 0) -> Value:
    """Return the same as `load`, which calls it for every text that is not plain and correct."""
    node, faults = compose(text, above)
    if faults:
        raise Malformed(faults)
    return {} if node is None or node.empty else _value(node)


def _value(node: Node) -> Value:
    if isinstance(node.value, str):
        return node.value
    if node.mapping:
        return {str(key.value): _value(value) for key, value in node.pairs if not value.empty}
    return [_value(item) for item in node.items]
