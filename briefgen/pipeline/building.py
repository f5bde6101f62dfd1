"""Build a site, or look for everything that is wrong with it."""

import time
from collections.abc import Iterable
from pathlib import Path

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.kernel.memo import Memo
from briefgen.kernel.places import user_cache
from briefgen.load.locate import located
from briefgen.model.content import Config
from briefgen.model.page import Copy, Output, Page
from briefgen.model.problem import Place, Problem, Severity
from briefgen.pipeline.options import Options, Progress, Report
from briefgen.pipeline.planning import Planned, planned
from briefgen.render.html import Renderer, RenderError
from briefgen.write import changes as diff
from briefgen.write import folder, manifest
from briefgen.write.stage import Stage

CACHE = ".briefgen"


def build(options: Options, progress: Progress | None = None, disk: Disk | None = None) -> Report:
    """Build the site. With any error, or any problem under `strict`, nothing is written.

    Raises:
        Failure: the machine refused something.
    """
    started = time.monotonic()
    disk, tell = disk or Disk(), progress or _silent
    with Memo(options.root / CACHE / "cache.sqlite3") as memo:
        problems, whole, written = planned(options, disk, memo, tell)
        output = output_folder(options, written.config if written else None)
        report = Report((), ok=False, output=_shown(output, options.root))
        danger = folder.dangerous(output, options.root, report.output)
        if danger:
            problems.append(danger)
        if whole is not None and not stops(problems, options):
            report = _written(options, whole, output, report.output, problems, disk, tell)
    return _finished(report, options, problems, disk, started)


def check(options: Options, progress: Progress | None = None) -> Report:
    """Everything that a build would find, without writing anything to the output folder.

    Raises:
        Failure: the machine refused something.
    """
    started = time.monotonic()
    disk, tell = Disk(), progress or _silent
    with Memo(options.root / CACHE / "cache.sqlite3") as memo:
        problems, whole, _ = planned(options, disk, memo, tell)
        if whole is not None and not stops(problems, options):
            _rendered(options, whole, None, problems, disk, tell)
    return _finished(Report((), ok=not stops(problems, options)), options, problems, disk, started)


def output_folder(options: Options, config: Config | None) -> Path:
    """Where a build writes to."""
    return options.output_dir or options.root / (config.output_dir if config else "site")


def stops(problems: Iterable[Problem], options: Options) -> bool:
    """Whether these problems keep a build from writing."""
    return any(options.strict or problem.severity is Severity.ERROR for problem in problems)


def _written(
    options: Options, whole: Planned, output: Path, shown: str, problems: list[Problem], disk: Disk, tell: Progress
) -> Report:
    stage = Stage(output, disk)
    try:
        wanted = _rendered(options, whole, stage, problems, disk, tell)
        before = manifest.read(output, disk)
        ours = before.files if before else {}
        found = diff.changes(wanted, folder.survey(output, (*wanted, *ours), disk), ours)
        problems.extend(diff.foreign_problems(found, shown))
        if stops(problems, options):
            return Report((), ok=False, output=shown)
        stage.commit(found, wanted, ours)
    finally:
        stage.clear()
    return Report(
        (), ok=True, output=shown, written=found.write, unchanged=len(found.unchanged), removed=found.remove
    )


def _rendered(
    options: Options, whole: Planned, stage: Stage | None, problems: list[Problem], disk: Disk, tell: Progress
) -> dict[str, str]:
    """Digest of every output by path; their bytes go to the stage. Problems of templates are added to `problems`."""
    renderer = Renderer(whole.theme, whole.body, bytecode=user_cache())
    problems.extend(renderer.missing(output for output in whole.outputs if isinstance(output, Page)))
    problems.extend(renderer.check())
    if stops(problems, options):
        return {}
    wanted: dict[str, str] = {}
    for number, output in enumerate(whole.outputs):
        tell("Rendering", number, len(whole.outputs))
        try:
            data = _bytes(options, whole, renderer, output, disk)
        except RenderError as error:
            problems.append(error.problem)
            continue
        wanted[output.path] = digest(data)
        if stage:
            stage.put(output.path, data)
    return wanted


def _bytes(options: Options, whole: Planned, renderer: Renderer, output: Output, disk: Disk) -> bytes:
    if isinstance(output, Page):
        return renderer.render(output)
    if isinstance(output, Copy):
        return disk.read(whole.theme.assets[output.file] if output.asset else options.root / output.file)
    return output.content


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _finished(report: Report, options: Options, problems: Iterable[Problem], disk: Disk, started: float) -> Report:
    """The report with every problem at its place in its file, sorted, each once."""
    from msgspec.structs import replace

    def read(file: str) -> bytes:
        return disk.read(options.root / file)

    def order(problem: Problem) -> tuple[str, int, int, str, str]:
        at = problem.at
        where = (at.line, at.column) if isinstance(at, Place) else (0, 0)
        return at.file, *where, problem.code, problem.message

    found = dict.fromkeys(located(problem, read) for problem in problems)
    return replace(report, problems=tuple(sorted(found, key=order)), seconds=time.monotonic() - started)


def _silent(_stage: str, _done: int, _total: int) -> None: ...
