"""YAML → dicts, lists and texts, from the events of PyYAML's C parser.

Every scalar is a text, so `no`, `12:30` and `2025-12-03` mean what they say; the types of the content
give them a meaning. White space around a text is no part of it, and a key without a value is not given.
"""

from functools import cache
from typing import Any, TypeAlias

Value: TypeAlias = str | list["Value"] | dict[str, "Value"]

MAX_DEPTH = 50  # of mappings and lists inside each other; content needs five
MAX_COPIES = 10_000  # nodes that aliases repeat


class Irregular(Exception):
    """Something that only the careful reading of `yaml_nodes` can judge."""


@cache
def parser() -> Any:
    """The parser class: `parser()(text).get_event()`; PyYAML's own where it was built without libyaml."""
    try:
        from yaml._yaml import CParser
    except ImportError:
        from yaml.parser import Parser
        from yaml.reader import Reader
        from yaml.scanner import Scanner

        class PureParser(Reader, Scanner, Parser):
            def __init__(self, text: str) -> None:
                Reader.__init__(self, text)
                Scanner.__init__(self)
                Parser.__init__(self)

        return PureParser
    return CParser


def load(text: str, above: int = 0) -> Value:
    """The value of a text without mistakes; an empty text is an empty mapping.

    Raises `yaml_nodes.Malformed`, whose lines count from the top of a file that has `above` lines above the text.
    """
    from yaml import YAMLError

    try:
        return _fast(text)
    except (Irregular, YAMLError):
        from briefgen.load.yaml_nodes import careful

        return careful(text, above)


@cache
def _events() -> tuple[type, ...]:
    from yaml import events

    return (
        events.ScalarEvent,
        events.MappingStartEvent,
        events.SequenceStartEvent,
        events.MappingEndEvent,
        events.SequenceEndEvent,
        events.StreamEndEvent,
    )


def _fast(text: str) -> Value:  # noqa: C901  (one loop: it runs once per node of all content)
    scalar, mapping, sequence, mapping_end, sequence_end, stream_end = _events()
    get = parser()(text).get_event
    get()
    if type(get()) is stream_end:
        return {}
    stack: list[Any] = []  # the containers around `here`, and the key that waits in each
    empty: list[tuple[dict[str, Value], str]] = []
    top: Value = {}
    here: Any = None
    key: str | None = None
    while True:
        event = get()
        kind = type(event)
        if kind is scalar:
            if event.tag is not None or event.anchor is not None:
                raise Irregular
            value: Any = event.value
            if event.style:
                value = value.strip()
            if type(here) is dict:
                if key is None:
                    if value in here:
                        raise Irregular
                    key = value
                    continue
                if not value and not event.style:
                    empty.append((here, key))
                here[key] = value
                key = None
            elif here is None:
                top = value if value or event.style else {}
                break
            else:
                here.append(value)
        elif kind is mapping or kind is sequence:
            if event.tag is not None or event.anchor is not None or len(stack) == MAX_DEPTH:
                raise Irregular
            value = {} if kind is mapping else []
            if type(here) is dict:
                if key is None:
                    raise Irregular
                here[key] = value
            elif here is not None:
                here.append(value)
            stack.append((here, key))
            here, key = value, None
        elif kind is mapping_end or kind is sequence_end:
            top = here
            here, _ = stack.pop()
            key = None
            if here is None:
                break
        else:
            raise Irregular
    get()
    if type(get()) is not stream_end:
        raise Irregular
    for owner, name in empty:
        del owner[name]
    return top
