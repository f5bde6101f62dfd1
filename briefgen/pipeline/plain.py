"""The plain build: load, check, plan, render, write. It caches nothing, so it defines what every build must produce."""

import time

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.lock import hold_folder, hold_lock
from briefgen.load.project import load_content
from briefgen.model.page import Copy, Page
from briefgen.model.problem import Problem
from briefgen.pipeline.options import LOCK, Options, Progress, no_progress
from briefgen.pipeline.report import Report, has_blocking, sort_problems
from briefgen.pipeline.search_index import make_index
from briefgen.pipeline.stages import OutputRenderer, Plan, check_content, plan_site
from briefgen.render.html import RenderError
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
            paths = [output.path for output in (*planned.plan.outputs, *planned.plan.index_files)]
            with hold_folder(folder.path, folder.shown), folder.staging(paths) as stage:
                files, found = _render(planned.plan, renderer, stage)
                for path, data in () if found else make_index(planned.plan.index_files, content.html):
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
            data = renderer.render(output)
        except RenderError as error:
            problems.append(error.problem)
            if error.problem.code == "template-limit":
                over_limit.add(template)
        else:
            stage.put(output.path, data)
            files[output.path] = digest(data)
    return files, problems
