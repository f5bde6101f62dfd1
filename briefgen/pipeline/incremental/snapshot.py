"""One consistent state of a project for a preview: all pages are planned, and rendered when they are shown."""

import os
from collections.abc import Collection, Iterable
from pathlib import Path
from stat import S_ISREG
from typing import Any
from urllib.parse import urlsplit
from weakref import finalize

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.kernel.garbage import infrequent_gc
from briefgen.load.discover import CONTENT, MAX_SIZE
from briefgen.model.page import Copy, Output, Page
from briefgen.model.problem import Problem
from briefgen.pipeline.incremental.body_patch import MAX_FILES, body_only_changes, patch_preview
from briefgen.pipeline.incremental.content import HtmlStore, load_cached_content
from briefgen.pipeline.incremental.context import RunContext
from briefgen.pipeline.incremental.document_fingerprint import ParsedFile
from briefgen.pipeline.incremental.inputs import Inputs, take_inputs
from briefgen.pipeline.incremental.output_records import render_key, view_digest
from briefgen.pipeline.incremental.schemas import keep_schemas
from briefgen.pipeline.incremental.templates import template_problems
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

    def take(self, options: Options, paths: Collection[str] | None = None) -> Snapshot:
        """Return the project as it is now.

        If only files at certain `paths` (absolute, links resolved) have changed since the last snapshot, pass these;
        then no other file is looked at where that is enough.

        Raises:
            Failure: the machine refused something.
        """
        last = self._last if self._last and self._last.options == replace(options, jobs=None) else None
        with infrequent_gc():
            if last is None:
                return self._take_full(options, None)
            inputs = update_inputs(options.root, last.inputs, paths) if paths is not None else None
            if inputs is None:
                inputs = take_inputs(options.root, last.base.context)
            return self._patch(last, inputs) or self._take_full(options, inputs)

    def _patch(self, last: "_Last", inputs: Inputs) -> Snapshot | None:
        """Return a snapshot with new bodies in the last plan, or None if more may have changed."""
        base = last.base
        if not _has_same_files(base.inputs, inputs):
            return None
        changes = body_only_changes(inputs, base.inputs.content, base.snapshot.problems, base.context, base.html)
        if changes is None:
            return None
        # Later calls name only the files that have changed since this one.
        self._last = replace(last, inputs=inputs)
        return base.snapshot.with_outputs(patch_preview(base.outputs, changes))

    def _take_full(self, options: Options, inputs: Inputs | None) -> Snapshot:
        self._last = None
        context = RunContext.of_project(options.root)
        context.parsed = self._parsed
        inputs = inputs or take_inputs(options.root, context)
        content = load_cached_content(inputs, context, options.jobs)
        if content.content.site is not None:
            keep_schemas(options.root, content.content.site, context)
        planned = make_plan(options, content.content)
        problems, plan, renderer = list(planned.problems), planned.plan, None
        if plan is not None and not has_blocking(problems):
            renderer = OutputRenderer(options.root, plan.theme, content.html, context.disk)
            problems.extend(template_problems(renderer, plan, context.cache))
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
        base = _Base(inputs, context, content.html, plan.outputs, snapshot)
        self._last = _Last(replace(options, jobs=None), inputs, base)
        return snapshot


class _Base(Struct, frozen=True):
    """The last snapshot for which the whole site was planned, and what it was made from."""

    inputs: Inputs
    context: RunContext
    html: HtmlStore
    outputs: tuple[Output, ...]
    snapshot: Snapshot


class _Last(Struct, frozen=True):
    """The options and inputs of the last snapshot, and the one that it patches."""

    options: Options
    inputs: Inputs
    base: _Base


def update_inputs(root: Path, inputs: Inputs, paths: Collection[str]) -> Inputs | None:
    """Return the inputs after changes at these absolute paths only, or None if all files have to be looked at."""
    if len(paths) > MAX_FILES:
        return None
    top = os.path.realpath(root / CONTENT)
    known = {file.file: file for file in inputs.discovery.files}
    content = dict(inputs.content)
    for path in paths:
        name = f"{CONTENT}{path.removeprefix(top)}" if path.startswith(top + os.sep) else ""
        file = known.get(name)
        data = _read(file.path) if file else None
        if file and data is not None:
            content[file.file] = digest(data)
        elif file or not name or not _came_and_went(path, name, inputs):
            return None
    return replace(inputs, content=content, unread=None)


def _came_and_went(path: str, name: str, inputs: Inputs) -> bool:
    """Return whether a file was not there before and is gone again, like the temporary files of editors."""
    before = (
        *inputs.content,
        *(static.file for static in inputs.discovery.statics),
        *(problem.at.file for problem in inputs.discovery.problems),
    )
    return not os.path.lexists(path) and not any(other == name or other.startswith(f"{name}/") for other in before)


def _read(path: str) -> bytes | None:
    try:
        status = os.lstat(path)
        if not S_ISREG(status.st_mode) or status.st_size > MAX_SIZE:
            return None
        return Path(path).read_bytes()
    except OSError:
        return None


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
