"""Content → the outputs of its site, planned but not yet rendered, and everything that is wrong with it."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from briefgen import check, plan
from briefgen.kernel.dependencies import DependencyTracker
from briefgen.load.content import Content
from briefgen.load.document import parse_yaml
from briefgen.load.references import drop_broken_references
from briefgen.model.content import Config
from briefgen.model.page import Output
from briefgen.model.problem import Place, Pointer, Problem, Severity
from briefgen.model.site import Site
from briefgen.pipeline.options import CONFIG, Options, Progress, no_progress
from briefgen.plan import output_checks
from briefgen.render import card, site_theme
from briefgen.render.site_theme import SiteTheme


class Plan(Struct, frozen=True):
    """A published site and its outputs."""

    site: Site
    theme: SiteTheme
    outputs: tuple[Output, ...]
    dependencies: DependencyTracker  # records which briefs a view reads while it is made


class Planned(Struct, frozen=True):
    """The result of planning: `plan` is None if there can be none, `config` if it cannot be read."""

    problems: tuple[Problem, ...]
    config: Config | None = None
    plan: Plan | None = None


def make_plan(options: Options, content: Content, progress: Progress = no_progress) -> Planned:
    """Check the content and plan the outputs of the site that readers may see."""
    problems = list(content.problems)
    if content.site is None:
        if not any(problem.at.file == CONFIG for problem in problems):
            problems.append(Problem("missing-key", "there is no content/site.yaml", Place(CONFIG)))
        return Planned(tuple(problems))
    is_complete = all(problem.severity is not Severity.ERROR for problem in problems)
    progress("Checking", 0, 0)
    # Check the site as it was loaded, so that pointers into the files hold.
    problems.extend(check.run(content.site, options.day, complete=is_complete))
    site = content.site if is_complete else drop_broken_references(content.site)
    if options.base_url is not None:
        site = replace(site, config=replace(site.config, base_url=options.base_url))
    config = site.config
    theme, found = load_site_theme(options, config)
    problems.extend(found)
    if theme is None:
        return Planned(tuple(problems), config)
    progress("Planning", 0, 0)
    site, found = plan.filter_published(
        site, plan.Admission(options.day, options.drafts, options.future, options.expired)
    )
    problems.extend(found)
    dependencies = DependencyTracker()
    outputs = tuple(plan.plan_outputs(site, theme.assets, can_draw=card.can_draw(), dependencies=dependencies))
    problems.extend(output_checks.find_collisions(outputs))
    targets = {output.path for output in outputs} | output_checks.paths_of_unreadable(
        problem.at.file for problem in content.problems
    )
    problems.extend(output_checks.find_broken_links(site, targets))
    return Planned(tuple(problems), config, Plan(site, theme, outputs, dependencies))


def load_site_theme(options: Options, config: Config) -> tuple[SiteTheme | None, Iterable[Problem]]:
    """Return the site theme that a project chooses, and what is wrong with it."""
    return site_theme.load(
        config.site_theme,
        (options.root / "themes", site_theme.shipped()),
        parse_yaml,
        root=options.root,
        asked_in=Pointer(CONFIG, ("site_theme",)),
    )
