"""The incremental build and check: the results of the plain build, with as little work as the changes need."""

import time
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.garbage import infrequent_gc
from briefgen.kernel.lock import hold_lock
from briefgen.kernel.workers import in_background
from briefgen.model.page import Copy
from briefgen.model.problem import Problem
from briefgen.pipeline.incremental.context import RunContext
from briefgen.pipeline.incremental.inputs import Inputs, input_fingerprint, scan_inputs
from briefgen.pipeline.incremental.last_build import LastBuild, load_last_build, save_last_build
from briefgen.pipeline.options import LOCK, SCHEMA_FOLDER, Options, Progress
from briefgen.pipeline.report import Report, has_blocking, sort_problems
from briefgen.write.changes import Changes
from briefgen.write.output_folder import OutputFolder, files_digest
from briefgen.write.stage import Stage

if TYPE_CHECKING:
    from briefgen.pipeline.incremental.cached_content import CachedContent
    from briefgen.pipeline.incremental.output_records import OutputRecord
    from briefgen.pipeline.incremental.view_invalidation import SiteFingerprint
    from briefgen.pipeline.stages import Plan

# Most builds have nothing to do, so modules that only some builds need are imported in their methods.

MIN_BACKGROUND_OUTPUTS = 1500
"""From this number of outputs on, another process that compares them saves more time than its start takes."""


def build(options: Options, progress: Progress | None = None, disk: Disk | None = None) -> Report:
    """Build the site. With an error, or any problem under `strict`, write nothing.

    Raises:
        Failure: the machine refused something, or another build of this project or into its output folder is running.
    """
    with (
        infrequent_gc(),
        hold_lock(options.root / LOCK),
        RunContext.of_project(options.root, progress, disk) as context,
        ExitStack() as output_lock,
    ):
        return _Build(options, context, output_lock).build()


def check(options: Options, progress: Progress | None = None) -> Report:
    """Find everything that a build would report, without writing anything to the output folder.

    Raises:
        Failure: the machine refused something.
    """
    with infrequent_gc(), RunContext.of_project(options.root, progress) as context, ExitStack() as output_lock:
        return _Build(options, context, output_lock).check()


class _Build:
    """One build or check, and the problems that it has found so far."""

    def __init__(self, options: Options, context: RunContext, output_lock: ExitStack) -> None:
        self.options = options
        self.context = context
        self.output_lock = output_lock
        self.problems: list[Problem] = []
        self.base_url: str | None = None
        self.started = time.monotonic()

    def build(self) -> Report:
        """Do nothing, render pages with new bodies again, or build everything that has changed, whichever is enough."""
        last = load_last_build(self.context.cache, self.options)
        # Only a full build writes the schemas for editors again if they were removed.
        if last is None or not (self.options.root / SCHEMA_FOLDER).exists():
            return self.full_build(scan_inputs(self.options.root, self.context))
        folder, self.base_url = self.output_folder(Path(last.output)), last.base_url
        self.lock(folder)

        def is_unchanged() -> bytes:
            return b"yes" if folder.is_unchanged(last.files) else b""

        with in_background(is_unchanged, is_worthwhile=last.outputs > MIN_BACKGROUND_OUTPUTS) as answer:
            inputs = scan_inputs(self.options.root, self.context)
            fingerprint = input_fingerprint(self.options, inputs)
            only_content = last.fingerprint.rest == fingerprint.rest and bool(answer())
        if not only_content:
            return self.full_build(inputs)
        if last.fingerprint == fingerprint:
            return replace(self.report((), folder, Changes()), problems=last.problems, unchanged=last.outputs)
        folder.assume_unchanged()
        return self.rerender_bodies(last, folder, inputs) or self.full_build(inputs, folder)

    def rerender_bodies(self, last: LastBuild, folder: OutputFolder, inputs: Inputs) -> Report | None:
        """Render only the pages whose bodies have changed; return None if more than bodies may have changed."""
        from briefgen.pipeline.incremental.body_fast_path import rerender_pages, save_fast_path_state

        rerendered = rerender_pages(self.options, last, inputs, self.context)
        if rerendered is None:
            return None
        owned = folder.owned() or {}
        wanted = owned | {path: digest(data) for path, data in rerendered.pages.items()}
        with folder.staging(rerendered.pages) as stage:
            for path, data in rerendered.pages.items():
                stage.put(path, data)
            changes, _ = folder.sync(stage, wanted, owned, owned)
        if changes is None:
            return None
        now = replace(
            last,
            fingerprint=input_fingerprint(self.options, inputs.observed(others=rerendered.theme_files)),
            files=files_digest(wanted),
            fast_path_state=save_fast_path_state(self.context.cache, last.output, rerendered.state),
        )
        save_last_build(self.context.cache, self.options, now)
        return replace(self.report((), folder, changes), problems=last.problems)

    def full_build(self, inputs: Inputs, unchanged: OutputFolder | None = None) -> Report:
        """Plan the whole site and make what differs; `unchanged` is a folder known to be as it was left."""
        from briefgen.pipeline.incremental.body_fast_path import fast_path_state, save_fast_path_state
        from briefgen.pipeline.incremental.output_records import OutputRecords, save_records

        cache = self.context.cache
        site, folder = self.plan(inputs, unchanged)
        self.problems.extend(folder.problems())
        if site is None or self.is_blocked():
            return self.report(self.problems, folder)
        if folder is not unchanged:
            folder.make()
            self.lock(folder)
        owned = folder.owned() or {}
        paths = dict.fromkeys((*(output.path for output in site.plan.outputs), *owned))
        present = folder.scan(paths, owned if folder is unchanged else {})
        with folder.staging([output.path for output in site.plan.outputs]) as stage:
            records, inputs = self.make_outputs(site, present, stage)
            if self.is_blocked():
                return self.report(self.problems, folder)
            self.context.progress("Writing", 0, 0)
            files = {path: record.digest for path, record in records.items()}
            changes, problems = folder.sync(stage, files, present, owned)
        self.problems.extend(problems)
        report = self.report(self.problems, folder, changes)
        if changes is not None:
            output, base = str(folder.path), fast_path_state(inputs, site.plan.outputs, records, cache)
            cache.prune()
            save_records(cache, output, OutputRecords(site.fingerprint, records))
            now = LastBuild(
                fingerprint=input_fingerprint(self.options, inputs),
                output=output,
                outputs=len(records),
                files=files_digest(files),
                fast_path_state=save_fast_path_state(cache, output, base),
                base_url=self.base_url,
                problems=report.problems,
            )
            save_last_build(cache, self.options, now)
        return report

    def check(self) -> Report:
        """Plan the site and make every page that has changed, without keeping its bytes."""
        from briefgen.pipeline.incremental.output_records import OutputRecords, save_records

        site, folder = self.plan(scan_inputs(self.options.root, self.context))
        if site is not None and not self.is_blocked():
            records, _ = self.make_outputs(site, {}, None)
            if not self.is_blocked():
                save_records(self.context.cache, str(folder.path), OutputRecords(site.fingerprint, records))
        problems = sort_problems(self.options.root, self.problems, self.context.disk)
        return Report(problems, not self.is_blocked(), seconds=self.seconds, base_url=self.base_url)

    def plan(self, inputs: Inputs, unchanged: OutputFolder | None = None) -> "tuple[_Site | None, OutputFolder]":
        """Return the planned site, None if there can be none, and its output folder: `unchanged` if it is that one."""
        from briefgen.pipeline.editor_schemas import update_schemas
        from briefgen.pipeline.incremental.cached_content import load_cached_content
        from briefgen.pipeline.incremental.view_invalidation import site_fingerprint
        from briefgen.pipeline.stages import check_content, plan_site

        self.context.progress("Reading", 0, 0)
        content = load_cached_content(inputs, self.context, self.options.jobs)
        update_schemas(self.options.root, content.content.site, self.context.disk)
        self.context.progress("Checking", 0, 0)
        self.problems.extend(check_content(content.content, self.options.day))
        self.context.progress("Planning", 0, 0)
        planned = plan_site(content.content, self.options)
        self.problems.extend(planned.problems)
        self.base_url = planned.config.base_url if planned.config else None
        path = self.options.output_path(planned.config)
        folder = unchanged if unchanged and unchanged.path == path else self.output_folder(path)
        if planned.plan is None:
            return None, folder
        return _Site(
            inputs=inputs.observed(content=content.digests, others=planned.plan.theme.read),
            content=content,
            plan=planned.plan,
            fingerprint=site_fingerprint(planned.plan.site, content.files),
            folder=folder,
        ), folder

    def make_outputs(
        self, site: "_Site", present: Mapping[str, str], stage: Stage | None
    ) -> "tuple[dict[str, OutputRecord], Inputs]":
        """Make every output whose bytes are not `present`. Return all records by path, and the inputs as read.

        With blocking problems the records are incomplete.
        """
        from briefgen.pipeline.incremental.output_builder import LastOutputs, OutputBuilder
        from briefgen.pipeline.incremental.output_records import load_records
        from briefgen.pipeline.incremental.view_invalidation import ViewInvalidation
        from briefgen.pipeline.stages import OutputRenderer

        cache = self.context.cache
        renderer = OutputRenderer(self.options.root, site.plan.theme, site.content.html, self.context.disk)
        self.problems.extend(renderer.template_problems(site.plan.outputs))
        if self.is_blocked():
            return {}, site.inputs
        # Other processes read the cache from the disk.
        cache.flush()
        last = load_records(cache, str(site.folder.path))
        invalidation = ViewInvalidation(last.site, site.fingerprint)
        previous = LastOutputs(last.records, invalidation, present, site.inputs.others)
        builder = OutputBuilder(site.plan, renderer, previous, cache, stage)
        records, problems = builder.build(site.content.html.prefetch, self.options.jobs, self.context.progress)
        self.problems.extend(problems)
        copies = (each for each in site.plan.outputs if isinstance(each, Copy) and each.path in records)
        copied = {str(renderer.source(copy)): records[copy.path].digest for copy in copies}
        return records, site.inputs.observed(others=copied)

    def output_folder(self, path: Path) -> OutputFolder:
        return OutputFolder(path, self.options.root, self.context.disk, self.context.cache)

    def lock(self, folder: OutputFolder) -> None:
        """Keep other builds out of this output folder until the run ends, and release the one locked before."""
        self.output_lock.close()
        self.output_lock.enter_context(folder.lock())

    def is_blocked(self) -> bool:
        """Return whether the problems keep the build from writing."""
        return has_blocking(self.problems, strict=self.options.strict)

    @property
    def seconds(self) -> float:
        """Return the time since the start."""
        return time.monotonic() - self.started

    def report(self, problems: Iterable[Problem], folder: OutputFolder, changes: Changes | None = None) -> Report:
        """Return the report of a build; without changes it wrote nothing."""
        return Report(
            problems=sort_problems(self.options.root, problems, self.context.disk),
            ok=changes is not None,
            output=folder.shown,
            written=changes.write if changes else (),
            unchanged=len(changes.unchanged) if changes else 0,
            removed=changes.remove if changes else (),
            seconds=self.seconds,
            base_url=self.base_url,
        )


class _Site(Struct, frozen=True):
    """A planned site, and what it was made from."""

    inputs: Inputs
    content: "CachedContent"
    plan: "Plan"
    fingerprint: "SiteFingerprint"
    folder: OutputFolder
