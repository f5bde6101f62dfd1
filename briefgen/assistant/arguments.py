"""The arguments of a tool: read once, with everything that is wrong with them."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, TypeVar

import msgspec
from msgspec import Meta, Struct, ValidationError

from briefgen.assistant.answers import Complaint, Refused
from briefgen.load.slugs import check_id
from briefgen.model.names import did_you_mean

T = TypeVar("T", bound=Struct)

MAX_ARGUMENTS = 1_000_000  # characters of all values and keys
MAX_DEPTH = 20
MAX_NUMBER = 1_000_000_000
_SHOWN = 60  # characters of a value in a message
_FORBIDDEN = dict.fromkeys(range(0xD800, 0xE000))

Words = Annotated[str, Meta(min_length=1, max_length=5_000)]
SearchText = Annotated[str, Meta(max_length=500, description="words to look for; all of them must be there")]
Limit = Annotated[int, Meta(ge=1, le=100, description="how many to return at most")]
AnyId = Annotated[str, Meta(min_length=1, max_length=100, description="an id")]
Name = Annotated[str, Meta(min_length=1, max_length=300, description="an id, a name or an alias")]


def read_arguments(raw: Mapping[str, Any], struct: type[T]) -> T:
    """Return the arguments as a struct.

    Raises:
        Refused: with a complaint for each that is unknown, missing or of the wrong form.
    """
    check_size(raw)
    complaints = list(_find_complaints(raw, struct))
    if complaints:
        raise Refused(complaints)
    return msgspec.convert({name: value for name, value in raw.items() if value is not None}, struct)


def _find_complaints(raw: Mapping[str, Any], struct: type[Struct]) -> Iterator[Complaint]:
    fields = {field.encode_name: field for field in msgspec.structs.fields(struct)}
    yield from find_unknown(raw, fields)
    for name, field in fields.items():
        if raw.get(name) is None:
            if field.required:
                yield Complaint(code="missing-key", message=f'the argument "{name}" is missing', at=name)
            continue
        try:
            msgspec.convert(raw[name], field.type)
        except ValidationError as error:
            message = str(error).partition(" - at")[0]
            yield Complaint(code="wrong-type", message=message[:1].lower() + message[1:], at=name)


def find_unknown(raw: Iterable[str], known: Iterable[str]) -> Iterator[Complaint]:
    """Yield a complaint for each argument that is not known."""
    known = list(known)
    for name in raw:
        if name not in known:
            hint = did_you_mean(name, known) or f"known here: {', '.join(known)}"
            yield Complaint(code="unknown-key", message=f'there is no argument "{shorten(name)}"', hint=hint)


def check_size(raw: Any) -> None:
    """Refuse arguments that are too long, too deeply nested, or hold what is no text.

    Raises:
        Refused: they are.
    """
    total, waiting = 0, [(raw, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > MAX_DEPTH:
            raise Refused((Complaint(code="yaml-limit", message=f"there are more than {MAX_DEPTH} levels"),))
        if isinstance(value, dict):
            waiting += [(part, depth + 1) for pair in value.items() for part in pair]
        elif isinstance(value, list):
            waiting += [(part, depth + 1) for part in value]
        elif isinstance(value, str):
            total += len(value)
            if any(map("\0\ufffd".__contains__, value)) or (not value.isascii() and _has_surrogate(value)):
                message = "a text has a NUL, a replacement character or half of a character"
                raise Refused((Complaint(code="control-character", message=message, hint="send plain Unicode text"),))
        elif isinstance(value, int | float) and not -MAX_NUMBER <= value <= MAX_NUMBER:
            raise Refused((Complaint(code="wrong-type", message="a number is too large, or none"),))
        total += 1
        if total > MAX_ARGUMENTS:
            message = f"the arguments have more than {MAX_ARGUMENTS:,} characters"
            raise Refused((Complaint(code="file-too-large", message=message, hint="send less at once"),))


def _has_surrogate(text: str) -> bool:
    return text.translate(_FORBIDDEN) != text


def require_id(id: str, at: str = "id") -> str:
    """Return a text that is an id.

    Raises:
        Refused: it is none, as a path is not.
    """
    complaint, better = check_id(id, id[:200])
    if complaint:
        message = complaint.replace(id, shorten(id), 1)
        raise Refused(
            (Complaint(code="bad-id", message=message, hint=f'for example "{better}"' if better else "", at=at),)
        )
    return id


def shorten(text: str) -> str:
    """Return a text in one line, cut where it is too long for a message."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN]}…"
