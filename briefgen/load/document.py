"""The bytes of one content file → its typed document, or all problems of the file."""

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefgen.load.discover import Failed
from briefgen.load.fields import typed
from briefgen.load.markup import markup_in_values, may_have_markup
from briefgen.load.placeholders import placeholder_in
from briefgen.load.sentences import mark_sentences
from briefgen.load.text import Parts, decode, escaped_controls, split
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
    SourceFile,
    Theme,
)
from briefgen.model.problem import Place, Pointer, Problem
from briefgen.model.site import Body, Document

T = TypeVar("T")

MAX_BODY = 500_000  # characters, 80,000 words: parsing short table rows takes about 800 bytes for each character
STRUCTS: dict[ContentKind, type[Struct]] = {
    "brief": Brief,
    "actor": Actor,
    "theme": Theme,
    "publisher": Publisher,
    "source": SourceFile,
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
    text, found = decode(data, file)
    problems = list(found)
    parts: Parts | None = None
    is_markdown = file.endswith(".md")
    if text is not None and is_markdown:
        parts, found = split(text, file)
        problems += found
    elif text is not None:
        parts = Parts(text, 0, "", 0)
    if text is None or parts is None:
        return Parsed(problems=tuple(problems), failed=Failed(kind, id))
    raw, found = _read_yaml(parts.front, file, parts.front_line)
    problems += found
    content: Any = None
    has_marks = False
    if raw is not None:
        content, found = typed(raw, STRUCTS[kind], file)
        if "\\" in parts.front:
            found += tuple(escaped_controls(raw, file))
        if may_have_markup(parts.front):
            found += tuple(markup_in_values(raw, STRUCTS[kind], file))
            plain = content
            content, more = mark_sentences(content, file) if content is not None else (None, ())
            found += more
            has_marks = content is not plain
        problems += [_placed(problem, data) for problem in found]
    html, body, found = "", Body(), ()
    if is_too_large := len(parts.body) > MAX_BODY and bool(parts.body.strip()):
        found = (_too_large(parts.body, Place(file, parts.body_line + 1)),)
    elif is_markdown:
        html, body, found = _render(parts, content, kind, file)
    problems += found
    if content is None or is_too_large:
        names = None if raw is None or is_too_large else tuple(_names(raw))
        return Parsed(problems=tuple(problems), failed=Failed(kind, id, names))
    if not (isinstance(content, Brief) and content.status == "draft"):
        problems += placeholder_in(text, kind, file)
    return Parsed(Document(id, file, content, body, has_marks), html, tuple(problems))


def _render(parts: Parts, content: Any, kind: ContentKind, file: str) -> tuple[str, Body, tuple[Problem, ...]]:
    if parts.body.strip():
        from briefgen.load.markdown import render

        reserved = [claim.id for claim in content.claims] if isinstance(content, Brief) else ()
        rendered = render(parts.body, file, parts.body_line, reserved)
        if rendered.html:
            digest = blake2b(rendered.html.encode(), digest_size=16).hexdigest()
            body = Body(digest, rendered.references, rendered.anchors, rendered.outside)
            return rendered.html, body, rendered.problems
    if kind not in NEEDS_TEXT or (isinstance(content, Brief) and content.status == "retracted"):
        return "", Body(), ()
    message = "there is no text below the front matter"
    hint = "write at least one sentence below this line"
    return "", Body(), (Problem("empty-body", message, Place(file, parts.body_line, 1, 3), hint),)


def parse_yaml(data: bytes, file: str) -> tuple[Value, tuple[Problem, ...]]:
    """Return the plain value of a YAML file, an empty mapping if it cannot be read, and its problems."""
    text, problems = decode(data, file)
    if text is None:
        return {}, problems
    raw, found = _read_yaml(text, file, 0)
    return ({} if raw is None else raw), (*problems, *found)


def _read_yaml(text: str, file: str, above: int) -> tuple[Value | None, tuple[Problem, ...]]:
    try:
        return load(text, above), ()
    except Malformed as malformed:
        return None, tuple(
            Problem(fault.code, fault.message, Place(file, fault.line, fault.column, fault.length), fault.hint)
            for fault in malformed.faults
        )


def _placed(problem: Problem, data: bytes) -> Problem:
    from briefgen.load.locate import place

    return replace(problem, at=place(problem.at, data)) if isinstance(problem.at, Pointer) else problem


def _too_large(body: str, at: Place) -> Problem:
    message = f"the text has {len(body):,} characters; the limit is {MAX_BODY:,}"
    return Problem("file-too-large", message, at, "divide it, or put long tables into content/static/ and link to them")


def _names(raw: Value) -> Iterator[str]:
    """Yield all names that other files may have for this one, as far as they can be read."""
    if not isinstance(raw, dict):
        return
    for key in ("name", "aliases", "former_ids"):
        yield from _texts(raw.get(key))
    source = raw.get("source")
    if isinstance(source, dict):
        yield from _texts(source.get("id"))
    claims = raw.get("claims")
    for claim in claims if isinstance(claims, list) else ():
        if isinstance(claim, dict):
            yield from (f"#{text}" for text in _texts(claim.get("id")))


def _texts(value: Value | None) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        yield from (item for item in value if isinstance(item, str))
