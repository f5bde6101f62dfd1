"""The forms that the annotations of the content's structs require, read once per type."""

from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct

from briefgen.model import content
from briefgen.model.texts import MarkedText

DAY, DATE, ID, BASE_URL, CLAIM_REF = (
    str(get_args(form)[1].pattern)
    for form in (content.Day, content.Date, content.Id, content.BaseUrl, content.ClaimRef)
)
LARGEST = 1_000_000_000  # of numbers written by hand, and small enough for every format that stores them


class Shape(Struct, frozen=True):
    """One of the few forms that a value can have; `words` are those that a `word` may be, if it is no `struct`."""

    kind: Literal["text", "number", "word", "list", "mapping"]
    words: tuple[str | int, ...] = ()
    item: Any = None
    struct: type[Struct] | None = None
    meta: Meta = Meta()

    @property
    def pattern(self) -> str:
        return self.meta.pattern or ""

    @property
    def is_line(self) -> bool:
        return bool(self.meta.extra and self.meta.extra.get("is_line"))

    @property
    def is_sentence(self) -> bool:
        return bool(self.meta.extra and self.meta.extra.get("takes") == "inline Markdown")

    @property
    def inner(self) -> type[Struct] | None:
        """The struct that lies in it: itself, or as an item of its list."""
        return self.struct or (shape(self.item).struct if self.item is not None else None)


def shape(annotation: Any) -> Shape:
    """Return the form behind an annotation; that a value may be missing follows from the default of its field."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, UnionType):
        first, *others = [one for one in arguments if one not in (NoneType, MarkedText)]
        return msgspec.structs.replace(shape(first), struct=others[0]) if others else shape(first)
    if origin is Annotated:
        inner = shape(arguments[0])
        return msgspec.structs.replace(inner, meta=arguments[1])
    if origin is Literal:
        return Shape("word", words=arguments)
    if origin is tuple:
        return Shape("list", item=arguments[0])
    if annotation is bool:
        return Shape("word", words=("true", "false"))
    if annotation is int:
        return Shape("number")
    if annotation is str:
        return Shape("text")
    return Shape("mapping", struct=annotation)


class Key(Struct, frozen=True):
    """A key of a struct as it is written in YAML; `attribute` is the field behind it."""

    attribute: str
    shape: Shape
    required: bool


@cache
def keys(struct: type[Struct]) -> dict[str, Key]:
    """Return the keys of a struct in the order of its definition."""
    return {
        field.encode_name: Key(field.name, shape(field.type), field.required)
        for field in msgspec.structs.fields(struct)
    }


@cache
def homes(struct: type[Struct]) -> dict[str, str]:
    """Return the keys of inner structs, each with the first key of the struct that has it."""
    inner_structs = [(name, key.shape.inner) for name, key in reversed(keys(struct).items()) if key.shape.inner]
    return {inner: name for name, home in inner_structs for inner in keys(home)}
