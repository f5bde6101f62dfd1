"""A preview after most saves: words of a text changed and nothing else; see `pipeline.wording`."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from stat import S_ISREG

from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.load.discover import CONTENT, MAX_SIZE
from briefgen.model.page import Output, Page
from briefgen.model.problem import Problem
from briefgen.pipeline.inputs import Inputs
from briefgen.pipeline.planning import Planned
from briefgen.pipeline.tools import Tools
from briefgen.pipeline.wording import MOST_FILES, changed, reworded, with_texts


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
    return replace(inputs, content=content, unread=None)


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
    if not _same_files(ground.inputs, inputs):
        return None
    before, after, tools, bodies = ground.inputs.content, inputs.content, ground.tools, ground.whole.body
    files = changed(inputs.discovery.files, before, after)
    texts = reworded(files, before, after, ground.problems, tools=tools, bodies=bodies)
    return None if texts is None else replace(ground.whole, outputs=tuple(_exchanged(ground.whole.outputs, texts)))


def _bytes(path: str) -> bytes | None:
    try:
        status = os.lstat(path)
        if not S_ISREG(status.st_mode) or status.st_size > MAX_SIZE:
            return None
        return Path(path).read_bytes()
    except OSError:
        return None


def _same_files(before: Inputs, after: Inputs) -> bool:
    """Whether there are the same files, and those that are no content are the same, too."""
    if before.discovery is not after.discovery:
        one, other = before.discovery, after.discovery
        if (
            [file.file for file in one.files] != [file.file for file in other.files]
            or one.statics != other.statics
            or one.problems != other.problems
        ):
            return False
    return before.others == after.others


def _exchanged(outputs: Iterable[Output], texts: Mapping[str, Mapping[str, str]]) -> Iterator[Output]:
    for output in outputs:
        text = texts.get(output.origin) if isinstance(output, Page) else None
        yield replace(output, view=partial(_view, output, text)) if isinstance(output, Page) and text else output


def _view(page: Page, text: Mapping[str, str]) -> Struct:
    return with_texts(page.view(), text)
