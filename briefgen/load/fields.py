"""Raw YAML → typed content."""

from functools import cache
from typing import TypeVar

from msgspec import Struct, ValidationError, convert

from briefgen.load.shapes import DATE, DAY, keys, shape
from briefgen.load.yaml import Value
from briefgen.model.dates import parse
from briefgen.model.problem import Problem

T = TypeVar("T", bound=Struct)


def typed(raw: Value, struct: type[T], file: str) -> tuple[T | None, tuple[Problem, ...]]:
    """The content that a file's keys spell, or all that is wrong with them."""
    try:
        # Not strict: every scalar is a text here, so `order: 3` is made a number now.
        value = convert(raw, struct, strict=False)
    except ValidationError as error:
        from briefgen.load.mistakes import mistakes

        return None, mistakes(raw, struct, file, str(error))
    if _dates_hold(value):
        return value, ()
    from briefgen.load.mistakes import mistakes

    return None, mistakes(raw, struct, file, "a date is no day of the calendar")


def _dates_hold(value: Struct) -> bool:
    own, one, many = _dates(type(value))
    for name in own:
        text = getattr(value, name)
        if text is not None and parse(text) is None:
            return False
    for name in one:
        inner = getattr(value, name)
        if inner is not None and not _dates_hold(inner):
            return False
    return all(_dates_hold(inner) for name in many for inner in getattr(value, name))


@cache
def _dates(struct: type[Struct]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Fields that are dates, structs with dates in them, and lists of such structs."""
    own, one, many = [], [], []
    for key in keys(struct).values():
        if key.shape.pattern in (DAY, DATE):
            own.append(key.attribute)
        elif key.shape.struct and any(_dates(key.shape.struct)):
            one.append(key.attribute)
        elif key.shape.item and (inner := shape(key.shape.item).struct) and any(_dates(inner)):
            many.append(key.attribute)
    return tuple(own), tuple(one), tuple(many)
