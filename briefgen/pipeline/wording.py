"""Whether files differ from what they were in words of their texts and in nothing else, so that the plan stands.

A plan depends on a text only by what stands in `Body` beside the digest: what it refers to and the ids that it
defines. Which pages show a text, see `pipeline.basis`.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefgen.load.discover import ContentFile
from briefgen.load.document import Parsed
from briefgen.model.problem import Problem
from briefgen.model.site import Body, Reference
from briefgen.pipeline.reading import Bodies, reparsed
from briefgen.pipeline.tools import Tools
from briefgen.plan.views import Prose

MOST_FILES = 50
"""More than anybody edits between two readings of everything; beyond it, reading everything is as quick."""


def changed(files: Iterable[ContentFile], before: Mapping[str, str], after: Mapping[str, str]) -> list[ContentFile]:
    """Those of the files that have other bytes; digests by file."""
    return [file for file in files if before[file.file] != after[file.file]]


def reworded(
    files: Collection[ContentFile],
    before: Mapping[str, str],
    after: Mapping[str, str],
    problems: Collection[Problem],
    *,
    tools: Tools,
    bodies: Bodies,
) -> dict[str, dict[str, str]] | None:
    """By file, the new digests of texts by the old ones; None where more than words of texts has changed.

    `before` and `after` have digests by file, `problems` are those that there were before.
    """
    if len(files) > MOST_FILES:
        return None
    reported = {problem.at.file for problem in problems}
    texts: dict[str, dict[str, str]] = {}
    for file in files:
        old = reparsed(file, before[file.file], tools, bodies)
        new = reparsed(file, after[file.file], tools, bodies)
        # A problem stands at a line of the file, which may be another now.
        if not old or not new or file.file in reported or not _same_plan(old, new, alone=not reported):
            return None
        texts[file.file] = {_digest(old): _digest(new)}
    return texts


def shown(view: Struct) -> dict[str, Prose]:
    """The texts that a view has, by field."""
    return {name: part for name in view.__struct_fields__ if type(part := getattr(view, name)) is Prose}


def with_texts(view: Struct, text: Mapping[str, str]) -> Struct:
    """A view with other texts: new digests by old ones."""
    prose = {name: part for name, part in shown(view).items() if part.digest in text}
    return replace(view, **{name: replace(part, digest=text[part.digest]) for name, part in prose.items()})


def _digest(parsed: Parsed[Any]) -> str:
    return parsed.document.body.digest if parsed.document else ""


def _same_plan(before: Parsed[Any], after: Parsed[Any], *, alone: bool) -> bool:
    """Whether two states of a file differ in words only. Without other problems (`alone`) new ids mend none either."""
    one, other = before.document, after.document
    if one is None or other is None or before.problems or after.problems or one.data != other.data:
        return False
    anchors = one.body.anchors == other.body.anchors or (alone and {*one.body.anchors} <= {*other.body.anchors})
    there = bool(one.body.digest) is bool(other.body.digest)
    return anchors and there and _references(one.body) == _references(other.body)


def _references(body: Body) -> list[Reference]:
    """What a text refers to, wherever in it that stands."""
    return [replace(reference, line=0, column=0, length=1) for reference in body.references]
