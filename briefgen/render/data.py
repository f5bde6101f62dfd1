"""Data as JSON (RFC 8259): the view as it is, indented for those who read it."""

import msgspec
from msgspec import Struct


def render(view: Struct) -> bytes:
    """The view, its keys in the order of its fields."""
    return msgspec.json.format(msgspec.json.encode(view), indent=1) + b"\n"
