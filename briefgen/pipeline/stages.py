"""The stages check, plan and render, as every build runs them; the ways to load and to write differ."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from briefgen import check, plan
from briefgen.check import quotations
from briefgen.check.proofs import NO_PROOFS, Proofs, prove_quotations
from briefgen.kernel.dependencies import DependencyTracker
from briefgen.kernel.disk import Disk
from briefgen.kernel.folders import user_cache
from briefgen.load.content import Content, parse_yaml
from briefgen.load.references import drop_broken_references
from briefgen.model.content import Config
from briefgen.model.page import Bundle, Constant, Copy, IndexFile, Output, Page, output_paths
from briefgen.model.problem import Place, Pointer, Problem
from briefgen.model.quotations import find_quotations
from briefgen.model.site import Site
from briefgen.pipeline.options import CONFIG, Options
from briefgen.pipeline.report import has_blocking
from briefgen.plan import output_checks
from briefgen.render import card, site_theme
from briefgen.render.formats import FORMATS
from briefgen.render.html import Renderer
from briefgen.render.markdown.pages import convert
from briefgen.render.site_theme import SiteTheme

SEARCH_TEMPLATE = "search.html"


class CheckResult(Struct, frozen=True):
    """What is wrong with content, and what was found of its quotations: how many have each result, and the proofs."""

    problems: tuple[Problem, ...]
    quotes: Mapping[str, int] = {}
    proofs: Proofs = NO_PROOFS


def check_content(content: Content, day: date, known: Proofs = NO_PROOFS) -> CheckResult:
    """Check single files and the site as a whole. Proofs that are `known` are not made again."""
    problems, site = list(content.problems), content.site
    if site is None:
        if not any(problem.at.file == CONFIG for problem in problems):
            problems.append(
                Problem(
                    "missing-key",
                    "there is no content/site.yaml",
                    Place(CONFIG),
                    "restore it, or write `title: …` into it",
                )
            )
        return CheckResult(tuple(problems))
    complete = not has_blocking(problems)
    problems.extend(check.run(site, day, complete=complete))
    found = tuple(find_quotations(site))
    proofs = prove_quotations(site, found, content.text, known)
    problems.extend(quotations.find_problems(site, found, proofs, complete=complete))
    return CheckResult(tuple(problems), quotations.count_quotations(site, found, proofs), proofs)


class Plan(Struct, frozen=True):
    """The site that readers may see, and what will be made of it: outputs, and what is made when these are there."""

    site: Site
    theme: SiteTheme
    outputs: tuple[Output, ...]
    bundles: tuple[Bundle, ...]
    index_files: tuple[IndexFile, ...]  # of the search index
    dependencies: DependencyTracker  # records which briefs a view reads while it is made

    def paths(self) -> list[str]:
        """Return the path of every file."""
        return list(output_paths((*self.outputs, *self.bundles, *self.index_files)))


class PlanResult(Struct, frozen=True):
    """A plan, or None if there can be none, and the problems that planning found; no `config` if it cannot be read."""

    problems: tuple[Problem, ...] = ()
    config: Config | None = None
    plan: Plan | None = None


def plan_site(content: Content, options: Options) -> PlanResult:
    """Load the site theme, filter what is published, and plan the outputs of that."""
    if content.site is None:
        return PlanResult()
    site = drop_broken_references(content.site) if has_blocking(content.problems) else content.site
    if options.base_url is not None:
        site = replace(site, config=replace(site.config, base_url=options.base_url))
    theme, found = load_site_theme(options, site.config)
    if theme is None:
        return PlanResult(tuple(found), site.config)
    problems = [*found, *output_checks.find_untranslated(theme.messages)]
    day = options.day
    if options.as_of is not None:
        site, day = plan.rewind(site, options.as_of), min(day, options.as_of)
    site, found = plan.filter_published(site, plan.Admission(day, options.drafts, options.future, options.expired))
    if options.as_of is None:  # in an earlier edition, what comes later is missing on purpose
        problems.extend(found)
    dependencies = DependencyTracker()
    # A site theme that was made before there was a search has no template for its page.
    has_search = options.search and SEARCH_TEMPLATE in theme.templates
    plan_outputs = partial(
        plan.plan_outputs,
        asset_paths=theme.assets,
        can_draw=card.can_draw(),
        has_search=has_search,
        dependencies=dependencies,
        messages=theme.messages,
    )
    outputs = tuple(plan_outputs(site))
    problems.extend(output_checks.find_collisions(outputs))
    targets = set(output_paths(outputs)) | output_checks.paths_of_unreadable(
        problem.at.file for problem in content.problems
    )
    if options.as_of is not None and (missing := output_checks.find_missing_targets(site, targets)):
        site = plan.without_links(site, missing)  # what they lead to comes later
        outputs = tuple(plan_outputs(site))
    problems.extend(output_checks.find_broken_links(site, targets))
    rendered = tuple([output for output in outputs if not isinstance(output, IndexFile | Bundle)])
    bundles = tuple([output for output in outputs if isinstance(output, Bundle)])
    index_files = tuple([output for output in outputs if isinstance(output, IndexFile)])
    return PlanResult(tuple(problems), site.config, Plan(site, theme, rendered, bundles, index_files, dependencies))


def load_site_theme(options: Options, config: Config) -> tuple[SiteTheme | None, Iterable[Problem]]:
    """Return the site theme that a project chooses, and what is wrong with it."""
    return site_theme.load(
        config.site_theme,
        (options.root / "themes", site_theme.shipped()),
        parse_yaml,
        language=config.language,
        root=options.root,
        asked_in=Pointer(CONFIG, ("site_theme",)),
    )


class OutputRenderer:
    """Makes the bytes of outputs with one site theme. `body(digest)` returns the HTML of a text."""

    def __init__(self, root: Path, theme: SiteTheme, body: Callable[[str], str], disk: Disk) -> None:
        self._root = root
        self._theme = theme
        self._disk = disk
        self._html = Renderer(theme, body, compiled=user_cache())

    def template_dependencies(self, page: Page) -> str:
        """Return a digest of what the bytes of a page depend on in the site theme; empty if that is nothing."""
        return self._html.template_dependencies(page) if page.format == "html" else ""

    def forget_parts(self) -> None:
        """Release what is kept because further pages may show it as well."""
        self._html.forget_parts()

    def template_problems(self, outputs: Iterable[Output]) -> list[Problem]:
        """Return what is wrong with the templates of the site theme, used or not, and which of them are missing."""
        pages = [output for output in outputs if isinstance(output, Page) and output.format == "html"]
        return [*self._html.missing(pages), *self._html.check()]

    def source(self, copy: Copy) -> Path:
        """Return the file that an output is copied from."""
        return self._theme.assets[copy.file] if copy.asset else self._root / copy.file

    def files(self, output: Output) -> dict[str, bytes]:
        """Return the bytes of an output by path: of a page with those of its Markdown, if it has any.

        Raises:
            RenderError: a template failed on this page.
        """
        if not isinstance(output, Page) or not output.has_markdown:
            return {output.path: self.render(output)}
        view: Any = output.view()
        data = self.render(replace(output, view=lambda: view))
        return {output.path: data, output.markdown: convert(data, view.frame)}

    def render(self, output: Output) -> bytes:
        """Return the bytes of an output.

        Raises:
            RenderError: a template failed on this page.
        """
        match output:
            case Page():
                return self._html.render(output) if output.format == "html" else FORMATS[output.format](output.view())
            case Copy():
                return self._disk.read(self.source(output))
            case Constant():
                return output.content
