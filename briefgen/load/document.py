"""The bytes of one content file → its typed document, or all that is wrong with it. Nothing else is looked at."""

from collections.abc import Iterable
from hashlib import blake2b
from typing import Any, Generic, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefgen.load.discover import Failed
from briefgen.load.fields import typed
from briefgen.load.markup import markup_in_values
from briefgen.load.placeholders import placeholder_in
from briefgen.load.text import decode, escaped_controls, split
from briefgen.load.yaml import Value, load
from briefgen.load.yaml_syntax import Malformed
from briefgen.model.content import (
    Actor,
    Brief,
    Config,
    ContentKind,
    FreePage,
    Id,
    KnownLinks,
    Publisher,
    Source,
    Theme,
)
from briefgen.model.problem import Place, Pointer, Problem
from briefgen.model.site import Body, Document

__all__ = ["NEEDS_TEXT", "STRUCTS", "Failed", "Parsed", "parse", "parse_yaml"]

T = TypeVar("T")

MAX_BODY = 500_000  # characters, 80,000 words: parsing short table rows takes about 800 bytes for each character
STRUCTS: dict[ContentKind, type[Struct]] = {
    "brief": Brief,
    "actor": Actor,
    "theme": Theme,
    "publisher": Publisher,
    "source": Source,
    "page": FreePage,
    "config": Config,
    "links": KnownLinks,
}

NEEDS_TEXT: frozenset[ContentKind] = frozenset(("brief", "page"))  # below the front matter


class Parsed(Struct, Generic[T], frozen=True):
    """What one file holds: a document, or else `failed`. Problems have their places already."""

    document: Document[T] | None = None
    html: str = ""
    problems: tuple[Problem, ...] = ()
    failed: Failed | None = None


def parse(kind: ContentKind, id: Id, file: str, data: bytes) -> Parsed[Any]:
    """Parse the content of `file` (its path from the project's root). The result depends on the arguments alone."""
    text, problems = decode(data, file)
    if text is None:
        return Parsed(problems=problems, failed=Failed(kind, id))
    parsed = _parse(_Unread(kind, id, file, data), text, problems)
    if parsed.document is None:
        return parsed
    content = parsed.document.data
    is_draft = isinstance(content, Brief) and content.status == "draft"
    problems = parsed.problems if is_draft else (*parsed.problems, *placeholder_in(text, kind, file))
    return replace(parsed, problems=problems)


def _parse(unread: "_Unread", text: str, problems: tuple[Problem, ...]) -> Parsed[Any]:
    kind, id, file, _ = unread
    if not file.endswith(".md"):
        return _from_yaml(unread, text, 0, problems)
    parts, found = split(text, file)
    if parts is None:
        return Parsed(problems=(*problems, *found), failed=Failed(kind, id))
    parsed = _from_yaml(unread, parts.front, parts.front_line, problems)
    if not parts.body.strip():
        return _without_body(parsed, kind, file, parts.body_line)
    if len(parts.body) > MAX_BODY:
        problems = (*parsed.problems, _too_large(parts.body, Place(file, parts.body_line + 1)))
        return Parsed(problems=problems, failed=Failed(kind, id))
    from briefgen.load.markdown import render

    content = parsed.document.data if parsed.document else None
    reserved = [claim.id for claim in content.claims] if isinstance(content, Brief) else ()
    body = render(parts.body, file, parts.body_line, reserved)
    if not body.html:
        return _without_body(parsed, kind, file, parts.body_line)
    problems = (*parsed.problems, *body.problems)
    if parsed.document is None:
        return replace(parsed, problems=problems)
    digest = blake2b(body.html.encode(), digest_size=16).hexdigest()
    document = replace(parsed.document, body=Body(digest, body.references, body.anchors, body.outside))
    return Parsed(document, body.html, problems)


def parse_yaml(data: bytes, file: str) -> tuple[Value, tuple[Problem, ...]]:
    """A YAML file's plain value and what is wrong with it; an empty mapping where it cannot be read."""
    text, problems = decode(data, file)
    if text is None:
        return {}, problems
    raw, found = _raw(text, file, 0)
    return ({} if raw is None else raw), (*problems, *found)


def _raw(text: str, file: str, above: int) -> tuple[Value | None, tuple[Problem, ...]]:
    try:
        return load(text, above), ()
    except Malformed as malformed:
        return None, tuple(
            Problem(fault.code, fault.message, Place(file, fault.line, fault.column, fault.length), fault.hint)
            for fault in malformed.faults
        )


class _Unread(NamedTuple):
    kind: ContentKind
    id: Id
    file: str
    data: bytes


def _from_yaml(unread: _Unread, text: str, above: int, before: tuple[Problem, ...]) -> Parsed[Any]:
    kind, id, file, data = unread
    raw, problems = _raw(text, file, above)
    if raw is None:
        return Parsed(problems=(*before, *problems), failed=Failed(kind, id))
    content, problems = typed(raw, STRUCTS[kind], file)
    if "\\" in text:
        before = (*before, *(_placed(problem, data) for problem in escaped_controls(raw, file)))
    marked = [(_placed(problem, data), words) for problem, words in markup_in_values(text, raw, STRUCTS[kind], file)]
    before = (*before, *(_narrowed(problem, words, text, above) for problem, words in marked))
    if content is None:
        places = (_placed(problem, data) for problem in problems)
        return Parsed(problems=(*before, *places), failed=Failed(kind, id, tuple(_names(raw))))
    return Parsed(Document(id, file, content), problems=before)


def _placed(problem: Problem, data: bytes) -> Problem:
    from briefgen.load.locate import place

    return replace(problem, at=place(problem.at, data)) if isinstance(problem.at, Pointer) else problem


def _narrowed(problem: Problem, words: str, text: str, above: int) -> Problem:
    """Return the problem at some words of its value, where they stand in the YAML as they are."""
    at = problem.at
    if isinstance(at, Pointer) or not at.line:
        return problem
    lines = text.split("\n")
    row, column = at.line - above - 1, at.column - 1
    while row < len(lines) and (found := lines[row].find(words, column)) < 0:
        row, column = row + 1, 0
    return problem if row == len(lines) else replace(problem, at=Place(at.file, row + above + 1, found + 1, len(words)))


def _without_body(parsed: Parsed[Any], kind: ContentKind, file: str, fence: int) -> Parsed[Any]:
    content = parsed.document.data if parsed.document else None
    retracted = isinstance(content, Brief) and content.status == "retracted"
    if kind not in NEEDS_TEXT or retracted:
        return parsed
    message = "there is no text below the front matter"
    problem = Problem("empty-body", message, Place(file, fence, 1, 3), "write at least one sentence below this line")
    return replace(parsed, problems=(*parsed.problems, problem))


def _too_large(body: str, at: Place) -> Problem:
    message = f"the text has {len(body):,} characters; the limit is {MAX_BODY:,}"
    return Problem("file-too-large", message, at, "divide it, or put long tables into content/static/ and link to them")


def _names(raw: Value) -> Iterable[str]:
    """Whatever other files may call this one, as far as it can be read."""
    if not isinstance(raw, dict):
        return
    yield from _texts(raw.get("name"))
    yield from _texts(raw.get("aliases"))
    yield from _texts(raw.get("former_ids"))
    source = raw.get("source")
    if isinstance(source, dict):
        yield from _texts(source.get("id"))
    claims = raw.get("claims")
    for claim in claims if isinstance(claims, list) else ():
        if isinstance(claim, dict):
            yield from (f"#{text}" for text in _texts(claim.get("id")))


def _texts(value: Value | None) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))
