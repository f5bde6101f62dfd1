"""One consistent state of a project for a preview: all pages are planned, and rendered when they are shown."""

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import finalize

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.kernel.garbage import infrequent_gc
from briefgen.model.page import Copy, Output, Page
from briefgen.model.problem import Problem
from briefgen.pipeline.editor_schemas import save_schemas
from briefgen.pipeline.incremental.body_patch import MAX_FILES, body_only_changes, patch_preview
from briefgen.pipeline.incremental.cached_content import HtmlStore, load_cached_content
from briefgen.pipeline.incremental.context import RunContext
from briefgen.pipeline.incremental.inputs import Inputs, take_inputs, update_inputs
from briefgen.pipeline.incremental.output_records import render_key, view_digest
from briefgen.pipeline.incremental.site_fingerprint import ParsedFile
from briefgen.pipeline.options import Options
from briefgen.pipeline.planning import make_plan
from briefgen.pipeline.problems import has_blocking, sort_problems
from briefgen.pipeline.rendering import OutputRenderer
from briefgen.render.html import RenderError

__all__ = ["PageError", "Snapshot", "Snapshots"]

PageError = RenderError


class Snapshot:
    """A project at one moment. If `ok` is false, there is nothing to show but the problems."""

    def __init__(
        self,
        problems: tuple[Problem, ...],
        base_path: str,
        outputs: Iterable[Output] = (),
        renderer: OutputRenderer | None = None,
    ) -> None:
        self.problems = problems
        self.ok = renderer is not None
        self.base_path = base_path
        self._outputs = {output.path: output for output in outputs}
        self._optional_renderer = renderer

    @property
    def paths(self) -> Collection[str]:
        """Return the paths of all outputs from the site's root, such as `actors/putin/index.html`."""
        return self._outputs.keys()

    def file(self, path: str) -> Path | None:
        """Return the file that an output is a copy of, or None if the output is made.

        Raises:
            KeyError: there is no such output.
        """
        output = self._outputs[path]
        return self._renderer.source(output) if isinstance(output, Copy) else None

    def render(self, path: str) -> bytes:
        """Return the bytes of one output.

        Raises:
            KeyError: there is no such output.
            PageError: a template failed on this page.
            Failure: a file that is to be copied cannot be read.
        """
        return self._renderer.render(self._outputs[path])

    def fingerprint(self, path: str) -> str:
        """Return a text that differs if the output's bytes differ, without rendering it or reading what is copied.

        That of a file that is copied also changes when the file is written anew with the same bytes.

        Raises:
            KeyError: there is no such output.
            OSError: a file that is to be copied is gone.
        """
        output = self._outputs[path]
        key: Any = output
        if isinstance(output, Page):
            key = render_key(self._renderer, output, view_digest(output.view()))
        elif isinstance(output, Copy):
            stat = self._renderer.source(output).stat()
            key = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
        return digest(msgspec.msgpack.encode(key))

    def with_outputs(self, outputs: Iterable[Output]) -> "Snapshot":
        """Return this snapshot with other outputs."""
        return Snapshot(self.problems, self.base_path, outputs, self._optional_renderer)

    @property
    def _renderer(self) -> OutputRenderer:
        if self._optional_renderer is None:
            raise LookupError("there is nothing to show")
        return self._optional_renderer


class Snapshots:
    """Snapshots of one project, one after the other; each reuses what has not changed since the one before.

    Only one thread at a time may use it, or any of the snapshots.
    """

    def __init__(self) -> None:
        self._parsed: dict[bytes, ParsedFile] = {}
        self._last: _Last | None = None
        self._inputs: Inputs | None = None  # now, if the last snapshot was patched

    def take(self, options: Options, paths: Collection[str] | None = None) -> Snapshot:
        """Return the project as it is now.

        If only files at certain `paths` (absolute, links resolved) have changed since the last snapshot, pass these;
        then no other file is looked at where that is enough.

        Raises:
            Failure: the machine refused something.
        """
        options, jobs = replace(options, jobs=None), options.jobs
        last = self._last if self._last and self._last.options == options else None
        with infrequent_gc():
            if last is None:
                return self._take_full(options, jobs)
            before, inputs = self._inputs or last.inputs, None
            if paths is not None and len(paths) <= MAX_FILES:
                inputs = update_inputs(options.root, before, paths)
            if inputs is None:
                inputs = take_inputs(options.root, last.context)
            return self._patch(last, inputs) or self._take_full(options, jobs, inputs)

    def _patch(self, last: "_Last", inputs: Inputs) -> Snapshot | None:
        """Return a snapshot with new bodies in the last plan, or None if more may have changed."""
        if not _has_same_files(last.inputs, inputs):
            return None
        changes = body_only_changes(inputs, last.inputs.content, last.snapshot.problems, last.context, last.html)
        if changes is None:
            return None
        # Later calls name only the files that have changed since this one.
        self._inputs = inputs
        return last.snapshot.with_outputs(patch_preview(last.outputs, changes))

    def _take_full(self, options: Options, jobs: int | None, inputs: Inputs | None = None) -> Snapshot:
        self._last = self._inputs = None
        context = RunContext.of_project(options.root)
        context.parsed = self._parsed
        inputs = inputs or take_inputs(options.root, context)
        content = load_cached_content(inputs, context, jobs)
        self._parsed = context.parsed
        save_schemas(options.root, content.content.site, context.disk)
        planned = make_plan(options, content.content)
        problems, plan, renderer = list(planned.problems), planned.plan, None
        if plan is not None and not has_blocking(problems):
            renderer = OutputRenderer(options.root, plan.theme, content.html, context.disk)
            problems.extend(renderer.template_problems(plan.outputs))
            # Rendering reads bodies from the cache, so it stays open as long as the renderer exists.
            finalize(renderer, context.cache.close)
        context.cache.flush()
        base_url = planned.config.base_url if planned.config else None
        base_path = urlsplit(base_url or "/").path.rstrip("/") + "/"
        found = sort_problems(options.root, problems, context.disk)
        if plan is None or renderer is None or has_blocking(found):
            return Snapshot(found, base_path)
        snapshot = Snapshot(found, base_path, plan.outputs, renderer)
        inputs = inputs.observed(content=content.digests, others=plan.theme.read)
        self._last = _Last(options, inputs, context, content.html, plan.outputs, snapshot)
        return snapshot


class _Last(Struct, frozen=True):
    """The last snapshot for which the whole site was planned, and what it was made from."""

    options: Options
    inputs: Inputs
    context: RunContext
    html: HtmlStore
    outputs: tuple[Output, ...]
    snapshot: Snapshot


def _has_same_files(before: Inputs, after: Inputs) -> bool:
    """Return whether both have the same files, of which at most content files have changed."""
    if before.discovery is not after.discovery:
        old, new = before.discovery, after.discovery
        if (
            [file.file for file in old.files] != [file.file for file in new.files]
            or old.statics != new.statics
            or old.problems != new.problems
        ):
            return False
    return before.others == after.others
