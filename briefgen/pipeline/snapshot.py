"""One consistent state of a project for a preview: everything planned, each page rendered when it is asked for."""

from collections.abc import Collection
from threading import Lock
from urllib.parse import urlsplit
from weakref import finalize

from briefgen.kernel.disk import Disk
from briefgen.kernel.garbage import few_cycles
from briefgen.model.problem import Problem, Severity
from briefgen.pipeline.building import sorted_problems
from briefgen.pipeline.inputs import take
from briefgen.pipeline.options import Options
from briefgen.pipeline.planning import Planned, planned
from briefgen.pipeline.rendering import Rendering
from briefgen.pipeline.tools import Known, Tools, memory
from briefgen.render.html import RenderError

__all__ = ["PageError", "Snapshot", "snapshot"]

PageError = RenderError


class Snapshot:
    """A project at one moment. With `ok` false there is nothing to show but the problems."""

    def __init__(self, options: Options, problems: tuple[Problem, ...], whole: Planned | None, base_path: str) -> None:
        self.problems = problems
        self.ok = whole is not None
        self.base_path = base_path
        self._outputs = {output.path: output for output in whole.outputs} if whole else {}
        self._rendering = Rendering(options.root, whole.theme, whole.body, Disk()) if whole else None
        # One page at a time: templates and views share lookups that are made on first use.
        self._lock = Lock()

    @property
    def paths(self) -> Collection[str]:
        """Paths of all outputs from the site's root, such as `actors/putin/index.html`."""
        return self._outputs.keys()

    def render(self, path: str) -> bytes:
        """The bytes of one output.

        Raises:
            KeyError: there is no such output.
            PageError: a template failed on this page.
            Failure: a file that is to be copied cannot be read.
        """
        output = self._outputs[path]
        with self._lock:
            return self._made().data(output)

    def fingerprint(self, path: str) -> str:
        """Equal as long as the output's bytes are; without rendering it.

        Raises:
            KeyError: there is no such output.
        """
        output = self._outputs[path]
        with self._lock:
            return self._made().fingerprint(output)

    def _made(self) -> Rendering:
        if self._rendering is None:
            raise LookupError("there is nothing to show")
        return self._rendering


def snapshot(options: Options, known: Known | None = None) -> Snapshot:
    """The project as it is now; what was parsed before is not parsed again, and if `known` holds it, not even read.

    Raises:
        Failure: the machine refused something.
    """
    tools = Tools(Disk(), memory(options.root), known={} if known is None else known)
    with few_cycles():
        problems, whole, written = planned(options, take(options.root, tools), tools)
        if whole is not None and not _wrong(problems):
            rendering = Rendering(options.root, whole.theme, whole.body, tools.disk)
            problems.extend(rendering.problems(whole.outputs, tools.memo))
    tools.memo.keep()
    base_path = urlsplit((written.config.base_url if written else None) or "/").path.rstrip("/") + "/"
    found = sorted_problems(options.root, problems, tools.disk)
    state = Snapshot(options, found, None if _wrong(found) else whole, base_path)
    # Texts are fetched from the memory as pages are rendered, so it stays open as long as the snapshot is in use.
    finalize(state, tools.memo.close)
    return state


def _wrong(problems: Collection[Problem]) -> bool:
    return any(problem.severity is Severity.ERROR for problem in problems)
