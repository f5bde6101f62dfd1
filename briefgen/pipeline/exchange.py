"""What is left to do after most saves: words of a text changed and nothing else, so the plan stands but for that text.

A plan depends on a text only by what stands in `Body` beside the digest: what it refers to and the ids that it
defines. Which pages show a text, see `pipeline.basis`.
"""

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from stat import S_ISREG
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.load.discover import CONTENT, MAX_SIZE, ContentFile
from briefgen.load.document import Parsed
from briefgen.model.page import Output, Page
from briefgen.model.problem import Problem
from briefgen.model.site import Body, Reference
from briefgen.pipeline.inputs import Inputs
from briefgen.pipeline.planning import Planned
from briefgen.pipeline.reading import reparsed
from briefgen.pipeline.tools import Tools
from briefgen.plan.views import Prose

MOST_FILES = 50
"""More than anybody edits between two readings of everything; beyond it, reading everything is as quick."""


class Ground(Struct, frozen=True):
    """A project that was read and planned whole, and has no errors: what texts are exchanged in."""

    inputs: Inputs
    problems: tuple[Problem, ...]
    whole: Planned
    tools: Tools


def touched(root: Path, inputs: Inputs, paths: Collection[str]) -> Inputs | None:
    """The inputs after changes at these absolute paths and at no others; None where that takes a look at everything."""
    if len(paths) > MOST_FILES:
        return None
    top = os.path.realpath(root / CONTENT)
    known = {file.file: file for file in inputs.discovery.files}
    content = dict(inputs.content)
    for path in paths:
        name = f"{CONTENT}{path.removeprefix(top)}" if path.startswith(top + os.sep) else ""
        file = known.get(name)
        data = _bytes(file.path) if file else None
        if file and data is not None:
            content[file.file] = digest(data)
        elif file or not name or not _passing(path, name, inputs):
            return None
    return replace(inputs, content=content)


def _passing(path: str, name: str, inputs: Inputs) -> bool:
    """Whether what came was not there before and is not there now, as editors' new files that replace old ones."""
    there = (
        *inputs.content,
        *(static.file for static in inputs.discovery.statics),
        *(problem.at.file for problem in inputs.discovery.problems),
    )
    return not os.path.lexists(path) and not any(other == name or other.startswith(f"{name}/") for other in there)


def exchanged(ground: Ground, inputs: Inputs) -> Planned | None:
    """The plan with the texts that `inputs` have; None where more than words of texts has changed."""
    changed = _changed(ground.inputs, inputs)
    if changed is None or len(changed) > MOST_FILES:
        return None
    reported = {problem.at.file for problem in ground.problems}
    texts: dict[str, dict[str, str]] = {}
    for file in changed:
        before = reparsed(file, ground.inputs.content[file.file], ground.tools, ground.whole.body)
        after = reparsed(file, inputs.content[file.file], ground.tools, ground.whole.body)
        # A problem stands at a line of the file, which may be another now.
        if not before or not after or file.file in reported or not _same_plan(before, after, alone=not reported):
            return None
        texts[file.file] = {_digest(before): _digest(after)}
    return replace(ground.whole, outputs=tuple(_exchanged(ground.whole.outputs, texts)))


def _bytes(path: str) -> bytes | None:
    try:
        status = os.lstat(path)
        if not S_ISREG(status.st_mode) or status.st_size > MAX_SIZE:
            return None
        return Path(path).read_bytes()
    except OSError:
        return None


def _changed(before: Inputs, after: Inputs) -> list[ContentFile] | None:
    """Content files with other bytes; None if anything else differs."""
    if before.discovery is not after.discovery:
        one, other = before.discovery, after.discovery
        if (
            [file.file for file in one.files] != [file.file for file in other.files]
            or one.statics != other.statics
            or one.problems != other.problems
        ):
            return None
    if before.others != after.others:
        return None
    return [file for file in after.discovery.files if before.content[file.file] != after.content[file.file]]


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


def _exchanged(outputs: Iterable[Output], texts: Mapping[str, Mapping[str, str]]) -> Iterator[Output]:
    for output in outputs:
        text = texts.get(output.origin) if isinstance(output, Page) else None
        yield replace(output, view=partial(_view, output.view, text)) if isinstance(output, Page) and text else output


def _view(make: Callable[[], Struct], text: Mapping[str, str]) -> Struct:
    """A view with other texts: new digests by old ones."""
    view = make()
    parts = {name: getattr(view, name) for name in view.__struct_fields__}
    prose = {name: part for name, part in parts.items() if isinstance(part, Prose) and part.digest in text}
    return replace(view, **{name: replace(part, digest=text[part.digest]) for name, part in prose.items()})
