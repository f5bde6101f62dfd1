"""Raw YAML → typed content."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any, TypeVar

from msgspec import Struct, ValidationError, convert

from briefgen.load.forms import followable, has_own_host
from briefgen.load.shapes import BASE_URL, DATE, DAY, LARGEST, Shape, keys, shape
from briefgen.load.yaml import Value
from briefgen.model.dates import parse
from briefgen.model.problem import Problem
from briefgen.model.references import REQUIRED

T = TypeVar("T", bound=Struct)


def typed(raw: Value, struct: type[T], file: str) -> tuple[T | None, tuple[Problem, ...]]:
    """Return the typed content of a file, or all problems with its keys and values."""
    try:
        # Not strict: every scalar is a text here, so `order: 3` is made a number now.
        value = convert(raw, struct, strict=False)
    except ValidationError as error:
        reason = str(error)
    else:
        if _is_valid(value):
            return value, ()
        reason = "a date is no day of the calendar"
    from briefgen.load.mistakes import mistakes

    return None, mistakes(raw, struct, file, reason)


def _is_valid(value: Struct) -> bool:
    """Return whether a value passes the tests that msgspec lacks: lines, dates, addresses, one key of several."""
    one_of = REQUIRED.get(type(value))
    if one_of and sum(getattr(value, name) is not None for name in one_of) != 1:
        return False
    own, one, many = _tests(type(value))
    for name, test in own:
        found = getattr(value, name)
        if found is not None and not test(found):
            return False
    for name in one:
        inner = getattr(value, name)
        if inner is not None and not _is_valid(inner):
            return False
    return all(_is_valid(inner) for name in many for inner in getattr(value, name))


@cache
def _tests(
    struct: type[Struct],
) -> tuple[tuple[tuple[str, Callable[[Any], bool]], ...], tuple[str, ...], tuple[str, ...]]:
    """Return the fields with tests; structs with such fields in them; and lists of such structs."""
    own, one, many = [], [], []
    for key in keys(struct).values():
        if (test := _test(key.shape)) is not None:
            own.append((key.attribute, test))
        elif key.shape.item and (test := _test(shape(key.shape.item))) is not None:
            own.append((key.attribute, partial(_all, test)))
        elif key.shape.struct and any(_tests(key.shape.struct)):
            one.append(key.attribute)
        elif key.shape.item and (inner := shape(key.shape.item).struct) and any(_tests(inner)):
            many.append(key.attribute)
    return tuple(own), tuple(one), tuple(many)


def _test(wanted: Shape) -> Callable[[Any], bool] | None:
    if wanted.pattern in (DAY, DATE):
        return _is_date
    if wanted.kind == "number":
        return _is_small
    if wanted.is_line:
        return _is_line
    if wanted.is_sentence:
        return _is_text
    if wanted.pattern == BASE_URL:
        return has_own_host
    return followable if "https?" in wanted.pattern else None


def _all(test: Callable[[Any], bool], values: tuple[Any, ...]) -> bool:
    return all(map(test, values))


def _is_line(text: str) -> bool:
    return "\n" not in text


def _is_text(text: object) -> bool:
    # msgspec would take a list for a sentence that is marked up already.
    return type(text) is str


def _is_date(text: str) -> bool:
    return parse(text) is not None


def _is_small(number: int) -> bool:
    return abs(number) <= LARGEST
