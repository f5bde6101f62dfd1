"""Joins the stages: load, check, plan, render, write. The only file that knows their order."""

import time
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from briefgen import check as checks
from briefgen import plan
from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.load import load, located
from briefgen.model.content import Config
from briefgen.model.page import Copy, Output, Page
from briefgen.model.problem import Failure, Place, Pointer, Problem, Severity
from briefgen.model.site import Site
from briefgen.plan import paths, prose
from briefgen.render import site_theme
from briefgen.render.html import Renderer, RenderError
from briefgen.write import changes as diff
from briefgen.write import folder, manifest
from briefgen.write.stage import Stage

Progress = Callable[[str, int, int], None]


class Options(Struct, frozen=True):
    """What a run is asked to do. `day` is the build day, which matters only to scheduled and expired briefs."""

    root: Path
    day: date
    output_dir: Path | None = None  # default: the project's configuration
    base_url: str | None = None  # default: the project's configuration
    drafts: bool = False
    future: bool = False
    expired: bool = False
    strict: bool = False


class Report(Struct, frozen=True):
    """What a run found and did. Problems are sorted by file and line; with `ok` false nothing was written."""

    problems: tuple[Problem, ...]
    ok: bool
    output: str = ""  # the output folder as a user would name it
    written: tuple[str, ...] = ()
    unchanged: int = 0
    removed: tuple[str, ...] = ()
    seconds: float = 0.0


class Listed(Struct, frozen=True):
    """A brief that is not published on the build day."""

    id: str
    file: str
    title: str
    date: str
    expires: str | None


class _Planned(Struct, frozen=True):
    """A whole site, ready to be rendered."""

    site: Site
    bodies: dict[str, str]
    theme: site_theme.SiteTheme
    outputs: tuple[Output, ...]


def build(options: Options, progress: Progress | None = None) -> Report:
    """Build the site. With any error, or any problem under `strict`, nothing is written.

    Raises:
        Failure: the machine refused something.
    """
    started = time.monotonic()
    disk = Disk()
    tell = progress or _silent
    problems, planned = _plan(options, disk, tell)
    output = _output_folder(options, planned.site.config if planned else None)
    shown = _shown(output, options.root)
    if planned:
        danger = folder.dangerous(output, options.root, shown)
        problems.extend([danger] if danger else [])
    if planned is None or _stops(problems, options):
        return _report(options, problems, disk, ok=False, output=shown, started=started)
    stage = Stage(output, disk)
    try:
        wanted = _render(options, planned, stage, problems, disk, tell)
        before = manifest.read(output, disk)
        ours = before.files if before else {}
        found = diff.changes(wanted, folder.survey(output, (*wanted, *ours), disk), ours)
        problems.extend(diff.foreign_problems(found, shown))
        if _stops(problems, options):
            return _report(options, problems, disk, ok=False, output=shown, started=started)
        stage.commit(found, wanted, ours)
    finally:
        stage.clear()
    return _report(
        options,
        problems,
        disk,
        ok=True,
        output=shown,
        started=started,
        written=found.write,
        unchanged=len(found.unchanged),
        removed=found.remove,
    )


def check(options: Options, progress: Progress | None = None) -> Report:
    """Everything that a build would find, without writing anything.

    Raises:
        Failure: the machine refused something.
    """
    started = time.monotonic()
    disk = Disk()
    tell = progress or _silent
    problems, planned = _plan(options, disk, tell)
    if planned and not _stops(problems, options):
        _render(options, planned, None, problems, disk, tell)
    return _report(options, problems, disk, ok=not _stops(problems, options), started=started)


def list_briefs(options: Options, which: Literal["drafts", "scheduled", "expired"]) -> tuple[Listed, ...]:
    """Briefs that a build of this day leaves out for this reason, newest first; content that is wrong is left aside.

    Raises:
        Failure: the machine refused something, or the site cannot be read at all.
    """
    loaded = load(options.root, Disk())
    if loaded.site is None:
        raise Failure("content/site.yaml cannot be read", "Run `briefgen check` to see what is wrong.")
    state = {"drafts": "draft"}.get(which, which)
    return tuple(
        Listed(id, document.file, document.data.title, document.data.date, document.data.expires)
        for id, document in loaded.site.briefs.items()
        if plan.state(document.data, options.day) == state
    )


def schemas(root: Path) -> dict[str, dict[str, object]]:
    """JSON Schemas of `site.yaml` and of each kind of front matter, with this site's ids, by name.

    Raises:
        Failure: the machine refused something.
    """
    from briefgen.load.schema import schemas as make

    return make(load(root, Disk()).site)


def _plan(options: Options, disk: Disk, tell: Progress) -> tuple[list[Problem], _Planned | None]:
    """The whole site as outputs; None if what was read cannot be planned."""
    tell("Reading", 0, 0)
    loaded = load(options.root, disk)
    problems = list(loaded.problems)
    if loaded.site is None:
        return problems, None
    site = loaded.site
    if options.base_url is not None:
        site = replace(site, config=replace(site.config, base_url=options.base_url))
    problems.extend(checks.run(site))
    theme, found = site_theme.load(
        site.config.site_theme,
        (options.root / "themes", site_theme.shipped()),
        parse_yaml=loaded.parse_yaml,
        root=options.root,
        asked_in=Pointer("content/site.yaml", ("site_theme",)),
    )
    problems.extend(found)
    if theme is None:
        return problems, None
    tell("Planning", 0, 0)
    admission = plan.Admission(options.day, options.drafts, options.future, options.expired)
    site, found = plan.published(site, admission)
    problems.extend(found)
    outputs = tuple(plan.outputs(site, theme.assets))
    problems.extend(paths.collisions(outputs))
    problems.extend(prose.broken(site, plan.anchors(site, outputs)))
    return problems, _Planned(site, loaded.bodies, theme, outputs)


def _render(
    options: Options, planned: _Planned, stage: Stage | None, problems: list[Problem], disk: Disk, tell: Progress
) -> dict[str, str]:
    """Digest of every output by path; their bytes go to the stage. Problems of templates are added to `problems`."""
    renderer = Renderer(planned.theme, planned.bodies.__getitem__)
    problems.extend(renderer.missing(output for output in planned.outputs if isinstance(output, Page)))
    problems.extend(renderer.check())
    if _stops(problems, options):
        return {}
    wanted: dict[str, str] = {}
    for number, output in enumerate(planned.outputs):
        tell("Rendering", number, len(planned.outputs))
        try:
            data = _bytes(options, planned, renderer, output, disk)
        except RenderError as error:
            problems.append(error.problem)
            continue
        wanted[output.path] = digest(data)
        if stage:
            stage.put(output.path, data)
    return wanted


def _bytes(options: Options, planned: _Planned, renderer: Renderer, output: Output, disk: Disk) -> bytes:
    if isinstance(output, Page):
        return renderer.render(output)
    if isinstance(output, Copy):
        return disk.read(planned.theme.assets[output.file] if output.asset else options.root / output.file)
    return output.content


def _output_folder(options: Options, config: Config | None) -> Path:
    if options.output_dir is not None:
        return options.output_dir
    return options.root / (config.output_dir if config else "site")


def _shown(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def _stops(problems: Iterable[Problem], options: Options) -> bool:
    return any(options.strict or problem.severity is Severity.ERROR for problem in problems)


def _report(
    options: Options,
    problems: Iterable[Problem],
    disk: Disk,
    *,
    ok: bool,
    started: float,
    output: str = "",
    written: tuple[str, ...] = (),
    unchanged: int = 0,
    removed: tuple[str, ...] = (),
) -> Report:
    """The report, with every problem at its place in its file, sorted, each once."""

    def read(file: str) -> bytes:
        return disk.read(options.root / file)

    def order(problem: Problem) -> tuple[str, int, int, str, str]:
        at = problem.at
        where = (at.line, at.column) if isinstance(at, Place) else (0, 0)
        return at.file, *where, problem.code, problem.message

    found = dict.fromkeys(located(problem, read) for problem in problems)
    return Report(
        problems=tuple(sorted(found, key=order)),
        ok=ok,
        output=output,
        written=written,
        unchanged=unchanged,
        removed=removed,
        seconds=time.monotonic() - started,
    )


def _silent(_stage: str, _done: int, _total: int) -> None: ...
