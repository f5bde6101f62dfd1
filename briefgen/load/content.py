"""The files of a project → its content: typed documents, the site of them, and problems with their places."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Generic, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefgen.load.discover import Discovery, Failed
from briefgen.load.fields import typed
from briefgen.load.markup import markup_in_values, may_have_markup
from briefgen.load.references import resolve
from briefgen.load.sentences import mark_sentences
from briefgen.load.text import Parts, escaped_controls, read_parts
from briefgen.load.yaml import Node, Value, compose, load
from briefgen.load.yaml_syntax import Malformed, Text
from briefgen.model.checks import Capture, Checks, CopyInfo
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
from briefgen.model.failure import Failure
from briefgen.model.problem import Place, Pointer, Problem, Severity
from briefgen.model.site import Body, Document, Site

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
    "checks": Checks,
    "capture": Capture,
}
# The sentence in each new file that its curator is to replace.
PLACEHOLDERS: dict[str, str] = {
    "brief": "Write here, in your own words, what the article reports and what you make of it.",
    "actor": "Write a paragraph on who this is.",
    "theme": "Write a paragraph on what this theme is about.",
    "publisher": "Write what readers should know of this publisher.",
    "source": "Write what this source says, in your own words.",
    "page": "Write the text of this page.",
}
UNSAID = "Write here what is claimed, in your own words."  # in claims of a draft
STUBS: frozenset[ContentKind] = frozenset(("actor", "theme", "publisher", "source"))  # that may be `unwritten`
NEEDS_TEXT: frozenset[ContentKind] = frozenset(("brief", "page"))  # below the front matter


class Parsed(Struct, Generic[T], frozen=True, gc=False):
    """What one file holds: a document, or else `failed`. Problems have their places already."""

    document: Document[T] | None = None
    html: str = ""
    problems: tuple[Problem, ...] = ()
    failed: Failed | None = None


class Content(Struct, frozen=True):
    """The content of a project; `site` is None if `site.yaml` cannot be read.

    `html(digest)` returns a body, `text(source)` the text of a copy that has one.
    """

    site: Site | None
    problems: tuple[Problem, ...]
    html: Callable[[str], str]
    text: Callable[[Id], str]


def assemble(
    discovery: Discovery, parsed: Mapping[str, Parsed[Any]], copies: Mapping[Id, CopyInfo] | None = None
) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return the site of parsed files (by file), and the problems of all files and of the references between them."""
    problems = list(discovery.problems)
    config: Document[Config] | None = None
    documents: dict[str, list[Document[Any]]] = {}
    failed: list[Failed] = list(discovery.failed)
    for file in discovery.files:
        found = parsed[file.file]
        problems.extend(found.problems)
        if found.failed is not None:
            failed.append(found.failed)
        elif file.kind == "config":
            config = found.document
        elif found.document is not None:
            documents.setdefault(file.kind, []).append(found.document)
    if config is None:
        return None, tuple(problems)
    site, unresolved = resolve(config.data, documents, discovery.statics, failed)
    return replace(site, copies=dict(copies or {})), (*problems, *unresolved)


def parse(kind: ContentKind, id: Id, file: str, data: bytes) -> Parsed[Any]:
    """Parse the content of `file` (its path from the project's root). The result depends on the arguments alone."""
    parts, found = read_parts(data, file)
    problems = list(found)
    if parts is None:
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
        problems += [located(problem, lambda _: data) for problem in found]
    html, body, found = "", Body(), ()
    if is_too_large := len(parts.body) > MAX_BODY and bool(parts.body.strip()):
        message = f"the text has {len(parts.body):,} characters; the limit is {MAX_BODY:,}"
        hint = "divide it, or put long tables into content/static/ and link to them"
        found = (Problem("file-too-large", message, Place(file, parts.body_line + 1), hint),)
    elif file.endswith(".md"):
        html, body, found = _render(parts, content, kind, file)
    problems += found
    if content is None or is_too_large:
        names = None if raw is None or is_too_large else tuple(_names(raw))
        return Parsed(problems=tuple(problems), failed=Failed(kind, id, names))
    unwritten = None
    if not (isinstance(content, Brief) and content.status == "draft"):
        found = tuple(_find_placeholder(parts, kind, file))
        if kind in STUBS and not (getattr(content, "claims", ()) or getattr(content, "disputes", ())):
            unwritten = next((one for one in found if not one.is_error), None)
        problems += [one for one in found if one is not unwritten]
    return Parsed(Document(id, file, content, body, has_marks, unwritten), html, tuple(problems))


def _render(parts: Parts, content: Any, kind: ContentKind, file: str) -> tuple[str, Body, tuple[Problem, ...]]:
    if parts.body.strip():
        from briefgen.load.markdown import render
        from briefgen.load.mentioning import add_sentences

        reserved = [claim.id for claim in content.claims] if isinstance(content, Brief) else ()
        rendered = render(parts.body, file, parts.body_line, reserved)
        if rendered.html:
            # Only of briefs do other pages show a sentence.
            references = add_sentences(rendered.html, rendered.references) if kind == "brief" else rendered.references
            digest = blake2b(rendered.html.encode(), digest_size=16).hexdigest()
            body = Body(digest, references, rendered.anchors, rendered.outside)
            return rendered.html, body, rendered.problems
    if kind not in NEEDS_TEXT or (isinstance(content, Brief) and content.status == "retracted"):
        return "", Body(), ()
    message = "there is no text below the front matter"
    hint = "write at least one sentence below this line"
    return "", Body(), (Problem("empty-body", message, Place(file, parts.body_line, 1, 3), hint),)


def parse_yaml(data: bytes, file: str) -> tuple[Value, tuple[Problem, ...]]:
    """Return the plain value of a YAML file, an empty mapping if it cannot be read, and its problems."""
    parts, problems = read_parts(data, file)
    if parts is None:
        return {}, problems
    raw, found = _read_yaml(parts.front, file, 0)
    return ({} if raw is None else raw), (*problems, *found)


def _read_yaml(text: str, file: str, above: int) -> tuple[Value | None, tuple[Problem, ...]]:
    try:
        return load(text, file, above), ()
    except Malformed as malformed:
        return None, malformed.problems


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


def _find_placeholder(parts: Parts, kind: ContentKind, file: str) -> Iterator[Problem]:
    """Yield `placeholder` where a file still has the sentence of its kind, as its text or as a value.

    It is an error in a claim, because nothing shows that a person has read who is said to speak there.
    """
    message, hint = "this sentence of briefgen would be published", "write your own text in its place"
    wanted = [(UNSAID, ".*?", Severity.ERROR)]
    wanted += [(PLACEHOLDERS[kind], "(?:[a-z]+: )?", Severity.WARNING)] if kind in PLACEHOLDERS else []
    for sentence, before, severity in wanted:
        for text, above in ((parts.front, parts.front_line), (parts.body, parts.body_line)):
            if sentence in text:
                for found in re.finditer(f"^{before}({re.escape(sentence)})", text, re.MULTILINE):
                    line = above + text.count("\n", 0, found.start()) + 1
                    at = Place(file, line, found.start(1) - found.start() + 1, len(sentence))
                    yield Problem("placeholder", message, at, hint, severity)


def located(problem: Problem, read: Callable[[str], bytes]) -> Problem:
    """Return the problem with a `Place`: the whole file if it has changed or cannot be read any more."""
    at = problem.at
    if isinstance(at, Place):
        return problem
    try:
        data = read(at.file)
    except (OSError, Failure):
        return replace(problem, at=Place(at.file))
    return replace(problem, at=place(at, data))


def place(at: Pointer, data: bytes) -> Place:
    """Return where a pointer leads in the bytes of its file: the whole file if they cannot be read.

    For keys that do not exist it is the place of the last one that does.
    """
    found, source = _read_tree(at.file, data)
    if found is None:
        return Place(at.file)
    name: Node | None = None
    for step in at.keys:
        here, name = found, None
        if isinstance(step, str):
            if here.pairs is None or step not in here.pairs:
                break
            name, found = here.pairs[step]
        else:
            if here.items is None or not 0 <= step < len(here.items):
                break
            found = here.items[step]
    shown = name if name is not None and (at.key or found.empty) else found
    start = source.text.find(at.words, shown.start) if at.words else -1
    if start >= 0:
        return source.spot(start, start + len(at.words))
    return source.spot(shown.start, shown.end)


@lru_cache(maxsize=4)  # a file with one problem often has more
def _read_tree(file: str, data: bytes) -> tuple[Node | None, Text]:
    parts, _ = read_parts(data, file)
    text = Text(parts.front, file, parts.front_line) if parts else Text("", file, 0)
    return compose(text)[0] if parts else None, text
