"""One consistent state of a project for a preview: everything planned, each page rendered when it is asked for."""

from collections.abc import Collection, Iterable
from pathlib import Path
from urllib.parse import urlsplit
from weakref import finalize

from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.disk import Disk
from briefgen.kernel.garbage import few_cycles
from briefgen.model.page import Copy, Output
from briefgen.model.problem import Problem, Severity
from briefgen.pipeline.building import sorted_problems
from briefgen.pipeline.exchange import Ground, exchanged, touched
from briefgen.pipeline.inputs import Inputs, take
from briefgen.pipeline.options import Options
from briefgen.pipeline.planning import planned
from briefgen.pipeline.rendering import Rendering
from briefgen.pipeline.tools import Known, Tools, memory
from briefgen.render.html import RenderError

__all__ = ["PageError", "Snapshot", "Snapshots"]

PageError = RenderError


class Snapshot:
    """A project at one moment. With `ok` false there is nothing to show but the problems."""

    def __init__(
        self,
        problems: tuple[Problem, ...],
        base_path: str,
        outputs: Iterable[Output] = (),
        rendering: Rendering | None = None,
    ) -> None:
        self.problems = problems
        self.ok = rendering is not None
        self.base_path = base_path
        self._outputs = {output.path: output for output in outputs}
        self._rendering = rendering

    @property
    def paths(self) -> Collection[str]:
        """Paths of all outputs from the site's root, such as `actors/putin/index.html`."""
        return self._outputs.keys()

    def file(self, path: str) -> Path | None:
        """Return the file that an output is a copy of, or None if the output is made.

        Raises:
            KeyError: there is no such output.
        """
        output = self._outputs[path]
        return self._made().source(output) if isinstance(output, Copy) else None

    def render(self, path: str) -> bytes:
        """The bytes of one output.

        Raises:
            KeyError: there is no such output.
            PageError: a template failed on this page.
            Failure: a file that is to be copied cannot be read.
        """
        return self._made().data(self._outputs[path])

    def fingerprint(self, path: str) -> str:
        """Return a text that differs where the output's bytes differ; see `Rendering.fingerprint`.

        Raises:
            KeyError: there is no such output.
            OSError: a file that is to be copied is gone.
        """
        return self._made().fingerprint(self._outputs[path])

    def _made(self) -> Rendering:
        if self._rendering is None:
            raise LookupError("there is nothing to show")
        return self._rendering


class Snapshots:
    """Snapshots of one project, one after the other; each takes over what has not changed since the one before.

    To be used by one thread at a time, and so are all snapshots of one project.
    """

    def __init__(self) -> None:
        self._known: Known = {}
        self._last: _Last | None = None

    def take(self, options: Options, paths: Collection[str] | None = None) -> Snapshot:
        """The project as it is now.

        Whoever is sure that nothing has changed since the last snapshot but files at certain `paths` (absolute, links
        resolved) says so, and no other file is looked at where that is enough.

        Raises:
            Failure: the machine refused something.
        """
        asked = replace(options, jobs=None)
        last = self._last if self._last and self._last.asked == asked else None
        with few_cycles():
            if last is None:
                return self._whole(options, None)
            inputs = touched(options.root, last.inputs, paths) if paths is not None else None
            if inputs is None:
                inputs = take(options.root, last.ground.tools)
            return self._exchanged(last, inputs) or self._whole(options, inputs)

    def _exchanged(self, last: "_Last", inputs: Inputs) -> Snapshot | None:
        whole = exchanged(last.ground, inputs)
        if whole is None:
            return None
        # Whoever asks next names only what has changed since now.
        self._last = replace(last, inputs=inputs)
        return Snapshot(last.ground.problems, last.base_path, whole.outputs, last.rendering)

    def _whole(self, options: Options, inputs: Inputs | None) -> Snapshot:
        self._last = None
        tools = Tools(Disk(), memory(options.root), known=self._known)
        inputs = inputs or take(options.root, tools)
        problems, whole, written = planned(options, inputs, tools)
        rendering = None
        if whole is not None and not _wrong(problems):
            rendering = Rendering(options.root, whole.theme, whole.body, tools.disk)
            problems.extend(rendering.problems(whole.outputs, tools.memo))
            # Texts are fetched from the memory as pages are rendered, so it stays open as long as that can happen.
            finalize(rendering, tools.memo.close)
        tools.memo.keep()
        base_path = urlsplit((written.config.base_url if written else None) or "/").path.rstrip("/") + "/"
        found = sorted_problems(options.root, problems, tools.disk)
        if whole is None or rendering is None or _wrong(found):
            return Snapshot(found, base_path)
        ground = Ground(inputs, found, whole, tools)
        self._last = _Last(replace(options, jobs=None), inputs, ground, rendering, base_path)
        return Snapshot(found, base_path, whole.outputs, rendering)


class _Last(Struct, frozen=True):
    """What the last snapshot was made of, and `ground`, the last one that was read and planned whole."""

    asked: Options
    inputs: Inputs
    ground: Ground
    rendering: Rendering
    base_path: str


def _wrong(problems: Collection[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
