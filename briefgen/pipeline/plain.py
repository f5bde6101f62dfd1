"""The plain build: load, check, plan, render, write. It caches nothing, so it defines what every build must produce."""

import time
from collections.abc import Iterator

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.lock import hold_folder, hold_lock
from briefgen.load.content import Content
from briefgen.load.project import load_content
from briefgen.model.page import Copy, Page
from briefgen.model.problem import Problem
from briefgen.pipeline.options import LOCK, Options, Progress, no_progress
from briefgen.pipeline.report import Report, has_blocking, sort_problems
from briefgen.pipeline.search_index import make_index
from briefgen.pipeline.stages import OutputRenderer, Plan, check_content, plan_site
from briefgen.render.html import RenderError
from briefgen.render.markdown.llms import render_bundle
from briefgen.write.output_folder import OutputFolder
from briefgen.write.stage import Stage


def plain_build(options: Options, progress: Progress = no_progress, disk: Disk | None = None) -> Report:
    """Build the whole site. With an error, or any problem under `strict`, write nothing.

    Raises:
        Failure: the machine refused something, or another build of this project or into its output folder is running.
    """
    disk, started = disk or Disk(), time.monotonic()
    with hold_lock(options.root / LOCK):
        progress("Reading", 0, 0)
        content = load_content(options.root, disk)
        progress("Checking", 0, 0)
        checked = check_content(content, options.day)
        problems = list(checked.problems)
        progress("Planning", 0, 0)
        planned = plan_site(content, options)
        folder, changes = OutputFolder(options.output_path(planned.config), options.root, disk), None
        problems.extend((*planned.problems, *folder.problems()))
        if planned.plan and not has_blocking(problems, strict=options.strict):
            renderer = OutputRenderer(options.root, planned.plan.theme, content.html, disk)
            disk.make_folder(folder.path)
            with hold_folder(folder.path, folder.shown), folder.staging(planned.plan.paths()) as stage:
                files, found = _render(planned.plan, renderer, stage)
                for path, data in () if found else _make_last(planned.plan, content, stage):
                    stage.put(path, data)
                    files[path] = digest(data)
                problems.extend(found)
                if not has_blocking(problems, strict=options.strict):
                    owned = folder.owned() or {}
                    changes, found = folder.sync(stage, files, folder.scan({**files, **owned}, {}), owned)
                    problems.extend(found)
    return Report(
        problems=sort_problems(options.root, problems, disk),
        ok=changes is not None,
        output=folder.shown,
        written=changes.write if changes else (),
        unchanged=len(changes.unchanged) if changes else 0,
        removed=changes.remove if changes else (),
        seconds=time.monotonic() - started,
        base_url=planned.config.base_url if planned.config else None,
        quotes=checked.quotes,
    )


def _render(plan: Plan, renderer: OutputRenderer, stage: Stage) -> tuple[dict[str, str], list[Problem]]:
    """Put the bytes of all outputs on the stage. Return their digests by path, and the problems of templates."""
    problems = renderer.template_problems(plan.outputs)
    files: dict[str, str] = {}
    over_limit: set[str] = set()
    for output in () if problems else plan.outputs:
        if isinstance(output, Copy):
            files[output.path] = stage.copy(output.path, renderer.source(output))
            continue
        template = output.template if isinstance(output, Page) else ""
        if template and template in over_limit:
            continue
        try:
            made = renderer.files(output)
        except RenderError as error:
            problems.append(error.problem)
            if error.problem.code == "template-limit":
                over_limit.add(template)
        else:
            for path, data in made.items():
                stage.put(path, data)
                files[path] = digest(data)
    return files, problems


def _make_last(plan: Plan, content: Content, stage: Stage) -> Iterator[tuple[str, bytes]]:
    """Yield the files that are made when the outputs are on the stage."""
    for bundle in plan.bundles:
        yield bundle.path, render_bundle(bundle, stage.read)
    yield from make_index(plan.index_files, content.html)
