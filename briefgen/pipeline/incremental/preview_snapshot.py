"""The site as a preview shows it at one moment: all pages are planned, and each is rendered when it is requested."""

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from weakref import finalize

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.cache import Cache
from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.garbage import infrequent_gc
from briefgen.kernel.stat_cache import stamp
from briefgen.load.discover_copies import copies_fingerprint
from briefgen.model.page import Bundle, Copy, IndexFile, Page, PlannedFile, output_paths
from briefgen.model.problem import Problem
from briefgen.pipeline.editor_schemas import update_schemas
from briefgen.pipeline.incremental.body_fast_path import BodyChanges, body_only_changes, replace_bodies
from briefgen.pipeline.incremental.cached_content import ContentCache, ParsedFile
from briefgen.pipeline.incremental.cached_copies import check_cached
from briefgen.pipeline.incremental.context import RunContext
from briefgen.pipeline.incremental.inputs import Inputs, rescan_files, scan_inputs
from briefgen.pipeline.incremental.output_records import page_fingerprint
from briefgen.pipeline.incremental.preview_index import PreviewIndex
from briefgen.pipeline.options import CACHE, Options
from briefgen.pipeline.report import has_blocking, sort_problems
from briefgen.pipeline.stages import OutputRenderer, plan_site
from briefgen.render.markdown.llms import render_bundle


class PreviewSnapshot:
    """A project at one moment. If `ok` is false, there is nothing to show but the problems.

    Methods raise a KeyError if there is no output at a path, and an OSError or `Failure` if a copied file is gone.
    """

    def __init__(
        self,
        problems: tuple[Problem, ...],
        base_path: str,
        outputs: Iterable[PlannedFile] = (),
        renderer: OutputRenderer | None = None,
        index: PreviewIndex | None = None,
    ) -> None:
        self.problems = problems
        self.ok = renderer is not None
        self.base_path = base_path
        self._planned = tuple(outputs)
        self._outputs = {path: output for output in self._planned for path in output_paths((output,))}
        self._optional_renderer = renderer
        self.index = index

    @property
    def paths(self) -> Collection[str]:
        """Return the paths of all outputs from the site's root, such as `actors/putin/index.html`."""
        return self._outputs.keys()

    def refresh_index(self) -> Iterator[None]:
        """Bring the search index up to date, some of it with each step."""
        if self.index is not None:
            yield from self.index.refresh()

    def file(self, path: str) -> Path | None:
        """Return the file that an output is a copy of, or None if the output is made."""
        output = self._outputs[path]
        return self._renderer.source(output) if isinstance(output, Copy) else None

    def render(self, path: str) -> bytes:
        """Return the bytes of one output.

        Raises:
            RenderError: a template failed on this page.
        """
        output = self._outputs[path]
        if isinstance(output, Bundle):
            return render_bundle(output, self.render)
        if not isinstance(output, IndexFile):
            return self._renderer.render(output) if path == output.path else self._renderer.files(output)[path]
        if self.index is None:
            raise LookupError("there is no search index")
        return self.index.file(path)

    def fingerprint(self, path: str) -> str:
        """Return a text that differs if the output's bytes differ, without rendering it or reading what is copied.

        That of a file that is copied also changes when the file is written again with the same bytes. That of a file of
        the search index never changes, as a page that has searched need not search again at each save, and that of a
        bundle never does, as no page shows it.
        """
        output = self._outputs[path]
        if isinstance(output, IndexFile | Bundle):
            return "made last"
        depends_on: Any = output
        if isinstance(output, Page):
            depends_on = page_fingerprint(self._renderer, output)
        elif isinstance(output, Copy):
            depends_on = stamp(self._renderer.source(output).stat())
        return digest(msgspec.msgpack.encode(depends_on))

    def replace_bodies(self, changes: BodyChanges) -> "PreviewSnapshot":
        """Return this snapshot with other bodies."""
        outputs = replace_bodies(self._planned, changes)
        index = self.index.with_bodies(changes) if self.index else None
        return PreviewSnapshot(self.problems, self.base_path, outputs, self._optional_renderer, index)

    @property
    def _renderer(self) -> OutputRenderer:
        if self._optional_renderer is None:
            raise LookupError("there is nothing to show")
        return self._optional_renderer


class SnapshotBuilder:
    """Takes snapshots of one project, one after the other; each reuses what has not changed since the one before.

    Only one thread at a time may use it, or any of the snapshots.
    """

    def __init__(self) -> None:
        self._recent: dict[bytes, ParsedFile] = {}
        self._last: _Last | None = None
        self._inputs: Inputs | None = None  # now, if only bodies have changed since the last plan
        self._is_first = True

    def take_snapshot(self, options: Options, paths: Collection[str] | None = None) -> PreviewSnapshot:
        """Return the project as it is now.

        If only files at certain `paths` (absolute, links resolved) have changed since the last snapshot, pass these;
        then no other file is looked at where that is enough.
        """
        last = self._last if self._last and self._last.options == options else None
        with infrequent_gc():
            if last is None:
                return self._take_full(options)
            before = self._inputs or last.inputs
            inputs = rescan_files(options.root, before, paths) if paths is not None else None
            inputs = inputs or scan_inputs(options.root, last.content.context)
            return self._replace_bodies(last, inputs) or self._take_full(options, inputs)

    def _replace_bodies(self, last: "_Last", inputs: Inputs) -> PreviewSnapshot | None:
        """Return a snapshot with new bodies in the last plan, or None if more may have changed."""
        if not _has_same_files(last.inputs, inputs):
            return None
        changes = body_only_changes(inputs, last.inputs.content, last.snapshot.problems, last.content)
        if changes is None:
            return None
        # Later calls name only the files that have changed since this one.
        self._inputs = inputs
        return last.snapshot.replace_bodies(changes)

    def _take_full(self, options: Options, inputs: Inputs | None = None) -> PreviewSnapshot:
        index = self._last.snapshot.index if self._last else None
        self._last = self._inputs = None
        context = RunContext(Disk(), Cache(options.root / CACHE))
        cached = ContentCache(context, self._recent)
        # Only the first may use several processes. Later ones run beside the threads of a server, and a process that is
        # forked then may inherit locks that no thread releases.
        jobs, self._is_first = options.jobs if self._is_first else 1, False
        # The copies may be in a folder that is not watched.
        inputs = (
            replace(inputs, copies=copies_fingerprint(options.root)) if inputs else scan_inputs(options.root, context)
        )
        content, inputs = cached.load(inputs, jobs)
        self._recent = cached.recent
        update_schemas(options.root, content.site, context.disk)
        checked = check_cached(content, options.day, context.cache)
        problems = list(checked.problems)
        planned = plan_site(content, options)
        problems.extend(planned.problems)
        plan, renderer = planned.plan, None
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
            return PreviewSnapshot(found, base_path)
        index = PreviewIndex(plan.index_files, context.cache, content.html, index)
        snapshot = PreviewSnapshot(found, base_path, (*plan.outputs, *plan.bundles, *plan.index_files), renderer, index)
        self._last = _Last(options, inputs.with_others(plan.theme.read), cached, snapshot)
        return snapshot


class _Last(Struct, frozen=True):
    """The last snapshot for which the whole site was planned, and what it was made from."""

    options: Options
    inputs: Inputs
    content: ContentCache
    snapshot: PreviewSnapshot


def _has_same_files(before: Inputs, after: Inputs) -> bool:
    """Return whether both have the same files, of which at most content files have changed."""
    old, new = before.discovery, after.discovery
    return (
        before.others == after.others
        and before.copies == after.copies
        and (
            old is new
            or ([file.file for file in old.files], old.statics, old.problems)
            == ([file.file for file in new.files], new.statics, new.problems)
        )
    )
