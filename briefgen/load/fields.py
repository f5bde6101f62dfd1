"""Raw YAML → typed content."""

from collections.abc import Callable
from functools import cache
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
    for name, test in _tests(type(value)):
        found = getattr(value, name)
        if found is not None and not test(found):
            return False
    return True


@cache
def _tests(struct: type[Struct]) -> tuple[tuple[str, Callable[[Any], bool]], ...]:
    """Return the fields with tests of their own or of values in them."""
    found = ((key.attribute, _make_test(key.shape)) for key in keys(struct).values())
    return tuple((name, test) for name, test in found if test is not None)


def _make_test(wanted: Shape) -> Callable[[Any], bool] | None:
    if wanted.struct is not None:
        return _is_valid if _tests(wanted.struct) else None
    if wanted.item is not None:
        test = _make_test(shape(wanted.item))
        return test and (lambda values: all(map(test, values)))
    if wanted.pattern in (DAY, DATE):
        return lambda text: parse(text) is not None
    if wanted.kind == "number":
        return lambda number: abs(number) <= LARGEST
    if wanted.is_line:
        return lambda text: "\n" not in text
    if wanted.is_sentence:
        # msgspec would take a list for a sentence that is marked up already.
        return lambda text: type(text) is str
    if wanted.pattern == BASE_URL:
        return has_own_host
    return followable if "https?" in wanted.pattern else None
