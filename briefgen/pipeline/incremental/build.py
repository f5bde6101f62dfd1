"""The incremental build and check: the results of the plain build, with as little work as the changes need."""

import time
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.garbage import collect_garbage, infrequent_gc, release_memory
from briefgen.kernel.lock import hold_folder, hold_lock
from briefgen.kernel.workers import in_background
from briefgen.model.claimed import forget_claims
from briefgen.model.page import Copy
from briefgen.model.problem import Problem
from briefgen.pipeline.incremental.context import RunContext, open_context
from briefgen.pipeline.incremental.inputs import Inputs, input_fingerprint, scan_inputs
from briefgen.pipeline.incremental.last_build import LastBuild, last_build_key
from briefgen.pipeline.options import LOCK, SCHEMA_FOLDER, Options, Progress, no_progress
from briefgen.pipeline.report import Report, has_blocking, sort_problems
from briefgen.write.changes import Changes
from briefgen.write.output_folder import OutputFolder, files_digest
from briefgen.write.stage import Stage

if TYPE_CHECKING:
    from briefgen.pipeline.incremental.cached_content import ContentCache
    from briefgen.pipeline.incremental.output_records import OutputRecord
    from briefgen.pipeline.incremental.view_invalidation import SiteFingerprint
    from briefgen.pipeline.stages import Plan

# Most builds have nothing to do, so modules that only some builds need are imported in their methods.
MANY_OUTPUTS = 100_000  # with more, the content is released as soon as it is no longer needed, which takes seconds
MIN_BACKGROUND_OUTPUTS = 1500  # with more, another process that compares them saves more time than its start takes


def build(options: Options, progress: Progress = no_progress, disk: Disk | None = None) -> Report:
    """Build the site. With an error, or any problem under `strict`, write nothing.

    Raises:
        Failure: the machine refused something, or another build of this project or into its output folder is running.
    """
    with (
        infrequent_gc(),
        hold_lock(options.root / LOCK),
        open_context(options.root, progress, disk) as context,
        ExitStack() as output_lock,
    ):
        return _Build(options, context, output_lock).build()


def check(options: Options, progress: Progress = no_progress) -> Report:
    """Find everything that a build would report, without writing anything to the output folder."""
    with infrequent_gc(), open_context(options.root, progress) as context:
        return _Build(options, context, ExitStack()).check()


class _Build:
    """One build or check: its output folder, and the problems that it has found so far."""

    def __init__(self, options: Options, context: RunContext, output_lock: ExitStack) -> None:
        self.options = options
        self.context = context
        self.output_lock = output_lock
        self.problems: list[Problem] = []
        self.base_url: str | None = None
        self.quotes: Mapping[str, int] = {}
        self.drafts: tuple[str, ...] = ()
        self.started = time.monotonic()
        self.folder = self.open_folder(options.output_path(None))
        self.is_folder_unchanged = False

    def open_folder(self, path: Path) -> OutputFolder:
        return OutputFolder(path, self.options.root, self.context.disk, self.context.cache)

    def use_folder(self, path: Path) -> None:
        """Change to the output folder that the configuration names, if it is another one."""
        if path != self.folder.path:
            self.folder = self.open_folder(path)
            self.is_folder_unchanged = False

    def build(self) -> Report:
        """Do nothing, render pages with new bodies again, or build everything that has changed, whichever is enough."""
        last = self.context.cache.load(last_build_key(self.options), LastBuild)
        # Only a full build writes the schemas for editors again if they were removed.
        if last is None or not (self.options.root / SCHEMA_FOLDER).exists():
            return self.plan_and_build(scan_inputs(self.options.root, self.context))
        self.use_folder(Path(last.output_dir))
        self.base_url, self.quotes = last.base_url, last.quotes
        self.lock_folder()

        def is_unchanged() -> bytes:
            return b"yes" if self.folder.is_unchanged(last.files_digest) else b""

        with in_background(is_unchanged, is_worthwhile=last.output_count > MIN_BACKGROUND_OUTPUTS) as answer:
            inputs = scan_inputs(self.options.root, self.context)
            fingerprint = input_fingerprint(self.options, inputs)
            only_content = last.fingerprint.has_same_rest(fingerprint) and bool(answer())
        if not only_content:
            return self.plan_and_build(inputs)
        if last.fingerprint == fingerprint:
            return replace(self.report(Changes()), problems=last.problems, unchanged=last.output_count)
        self.folder.assume_unchanged()
        self.is_folder_unchanged = True
        return self.rerender_bodies(last, inputs) or self.plan_and_build(inputs)

    def rerender_bodies(self, last: LastBuild, inputs: Inputs) -> Report | None:
        """Render only the pages whose bodies have changed; return None if more than bodies may have changed."""
        from briefgen.pipeline.incremental.body_fast_path import rerender_body_pages, save_fast_path_state

        rerendered = rerender_body_pages(self.options, last, inputs, self.context, self.folder)
        if rerendered is None:
            return None
        pages, state, theme_files = rerendered
        owned = self.folder.owned() or {}
        wanted = owned | {path: digest(data) for path, data in pages.items()}
        with self.folder.staging(pages) as stage:
            for path, data in pages.items():
                stage.put(path, data)
            changes, _ = self.folder.sync(stage, wanted, owned, owned)
        if changes is None:
            return None
        now = replace(
            last,
            fingerprint=input_fingerprint(self.options, inputs.with_others(theme_files)),
            files_digest=files_digest(wanted),
            fast_path_state=save_fast_path_state(self.context.cache, last.output_dir, state),
        )
        self.context.cache.store(last_build_key(self.options), now)
        return replace(self.report(changes), problems=last.problems)

    def plan_and_build(self, inputs: Inputs) -> Report:
        """Plan the whole site and make what differs."""
        from briefgen.pipeline.incremental.body_fast_path import fast_path_state, save_fast_path_state
        from briefgen.pipeline.incremental.output_records import OutputRecords, file_digests, save_records

        cache = self.context.cache
        site = self.plan(inputs)
        self.problems.extend(self.folder.problems())
        if site is None or self.is_blocked():
            return self.report()
        if not self.is_folder_unchanged:
            self.context.disk.make_folder(self.folder.path)
            self.lock_folder()
        owned = self.folder.owned() or {}
        paths = site.plan.paths()
        present = self.folder.scan(dict.fromkeys((*paths, *owned)), owned if self.is_folder_unchanged else {})
        with self.folder.staging(paths) as stage:
            records, inputs = self.make_outputs(site, present, stage)
            if self.is_blocked():
                return self.report()
            files = file_digests(records)
            files |= self.make_bundles(site, files, present, stage)
            files |= self.make_index(site, present, stage)
            self.context.progress("Writing", 0, 0)
            changes, problems = self.folder.sync(stage, files, present, owned)
        self.problems.extend(problems)
        report = self.report(changes)
        if changes is not None:
            output, state = str(self.folder.path), fast_path_state(inputs, site.plan, records, cache)
            saved = OutputRecords(site.fingerprint, records)
            if len(records) > MANY_OUTPUTS:
                # What is saved is in memory three times until it is on the disk.
                del site
                forget_claims()
                collect_garbage()
            cache.prune()
            save_records(cache, output, saved)
            now = LastBuild(
                fingerprint=input_fingerprint(self.options, inputs),
                output_dir=output,
                output_count=len(files),
                files_digest=files_digest(files),
                fast_path_state=save_fast_path_state(cache, output, state),
                base_url=self.base_url,
                problems=report.problems,
                quotes=self.quotes,
            )
            cache.store(last_build_key(self.options), now)
        return report

    def check(self) -> Report:
        """Plan the site and make every page that has changed, without keeping its bytes."""
        from briefgen.pipeline.incremental.output_records import OutputRecords, save_records

        site = self.plan(scan_inputs(self.options.root, self.context))
        if site is not None and not self.is_blocked():
            records, _ = self.make_outputs(site, {}, None)
            if not self.is_blocked():
                save_records(self.context.cache, str(self.folder.path), OutputRecords(site.fingerprint, records))
        return replace(self.report(), ok=not self.is_blocked(), output="")

    def plan(self, inputs: Inputs) -> "_Site | None":
        """Load and check the content, and plan the site; return None if there can be none."""
        from briefgen.pipeline.editor_schemas import update_schemas
        from briefgen.pipeline.incremental.cached_content import ContentCache
        from briefgen.pipeline.incremental.cached_copies import check_cached
        from briefgen.pipeline.incremental.view_invalidation import site_fingerprint
        from briefgen.pipeline.stages import plan_site

        self.context.progress("Reading", 0, 0)
        cached = ContentCache(self.context)
        content, inputs = cached.load(inputs, self.options.jobs)
        update_schemas(self.options.root, content.site, self.context.disk)
        self.context.progress("Checking", 0, 0)
        checked = check_cached(content, self.options.day, self.context.cache)
        self.problems.extend(checked.problems)
        self.quotes = checked.quotes
        briefs = content.site.briefs.values() if content.site else ()
        self.drafts = tuple(brief.file for brief in briefs if brief.data.status == "draft")
        self.context.progress("Planning", 0, 0)
        planned = plan_site(content, self.options)
        self.problems.extend(planned.problems)
        self.base_url = planned.config.base_url if planned.config else None
        self.use_folder(self.options.output_path(planned.config))
        if planned.plan is None:
            return None
        fingerprint = site_fingerprint(planned.plan.site, cached.files, planned.plan.theme.messages.digest)
        return _Site(inputs.with_others(planned.plan.theme.read), cached, planned.plan, fingerprint)

    def make_outputs(
        self, site: "_Site", present: Mapping[str, str], stage: Stage | None
    ) -> "tuple[dict[str, OutputRecord], Inputs]":
        """Make every output whose bytes are not `present`. Return all records by path, and the inputs as read.

        With blocking problems the records are incomplete.
        """
        from briefgen.pipeline.incremental.output_builder import OutputBuilder, PreviousState
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
        records = load_records(cache, str(self.folder.path))
        invalidation = ViewInvalidation(records.site, site.fingerprint)
        last = PreviousState(records.records, invalidation, present, site.inputs.others)
        builder = OutputBuilder(site.plan, renderer, last, cache, stage)
        made, problems = builder.build(site.content.prefetch, self.options.jobs, self.context.progress)
        # What is kept for further pages takes as much memory as the search index, which is made next.
        site.plan.dependencies.forget_results()
        renderer.forget_parts()
        self.problems.extend(problems)
        copies = (each for each in site.plan.outputs if isinstance(each, Copy) and each.path in made)
        copied = {str(renderer.source(copy)): made[copy.path].digest for copy in copies}
        return made, site.inputs.with_others(copied)

    def make_index(self, site: "_Site", present: Mapping[str, str], stage: Stage) -> dict[str, str]:
        """Put the files of the search index that are not `present` on the stage. Return the digests of all by path."""
        from briefgen.pipeline.incremental.cached_index import load_state, make_index, save_state

        self.context.progress("Indexing", 0, 0)
        if len(site.plan.outputs) > MANY_OUTPUTS:
            release_memory()
        cache, folder = self.context.cache, str(self.folder.path)
        before = load_state(cache, folder, present)
        read, put = self.folder.read, stage.put
        state = make_index(site.plan.index_files, cache, site.content.html, before, read=read, put=put)
        # It is compared with the files that are there when it is loaded.
        save_state(cache, folder, state)
        return dict(state.files)

    def make_bundles(
        self, site: "_Site", files: Mapping[str, str], present: Mapping[str, str], stage: Stage
    ) -> dict[str, str]:
        """Put the bundles that are not `present` on the stage. Return the digests of all by path.

        `files` are the digests of the files that they may hold.
        """
        from briefgen.render.markdown.llms import render_bundle

        def read(path: str) -> bytes:
            return self.folder.read(path) if files[path] == present.get(path) else stage.read(path)

        digests = {}
        for bundle in site.plan.bundles:
            data = render_bundle(bundle, read)
            digests[bundle.path] = digest(data)
            if digests[bundle.path] != present.get(bundle.path):
                stage.put(bundle.path, data)
        return digests

    def lock_folder(self) -> None:
        """Keep other builds out of the output folder until the run ends, and release the one locked before."""
        self.output_lock.close()
        self.output_lock.enter_context(hold_folder(self.folder.path, self.folder.shown))

    def is_blocked(self) -> bool:
        """Return whether the problems keep the build from writing."""
        return has_blocking(self.problems, strict=self.options.strict)

    def report(self, changes: Changes | None = None) -> Report:
        """Return the report of a build; without changes it wrote nothing."""
        return Report(
            problems=sort_problems(self.options.root, self.problems, self.context.disk),
            ok=changes is not None,
            output=self.folder.shown,
            written=changes.write if changes else (),
            unchanged=len(changes.unchanged) if changes else 0,
            removed=changes.remove if changes else (),
            seconds=time.monotonic() - self.started,
            base_url=self.base_url,
            quotes=self.quotes,
            drafts=self.drafts,
        )


class _Site(Struct, frozen=True):
    """A planned site, and what it was made from."""

    inputs: Inputs
    content: "ContentCache"
    plan: "Plan"
    fingerprint: "SiteFingerprint"
