"""What templates may show, and how much work one page may take."""

from pathlib import Path

import pytest

from briefgen.model.page import Page
from briefgen.model.problem import Problem
from briefgen.pipeline import SnapshotBuilder
from briefgen.render.html import Renderer, RenderError
from support.project import Project
from unit.render.test_html import View, site_theme

NO_BODIES: dict[str, str] = {}


def problem_of(text: str, **others: str) -> Problem:
    """Return the problem of a page whose template is this text."""
    renderer = Renderer(site_theme(page=text, **others), NO_BODIES.__getitem__)
    page = Page(path="a/index.html", kind="page", template="page.html", view=View)
    with pytest.raises(RenderError) as caught:
        renderer.render(page)
    return caught.value.problem


def rendered(text: str, **others: str) -> str:
    renderer = Renderer(site_theme(page=text, **others), NO_BODIES.__getitem__)
    page = Page(path="a/index.html", kind="page", template="page.html", view=View)
    return renderer.render(page).decode().strip()


@pytest.mark.parametrize(
    "expression",
    [
        "view.inner",
        "view.nothing",
        "view.inner ~ 1",
        "'Said: ' ~ view.nothing",
        "view.inner|string",
        "view.inner|upper",
        "view.inner|lower",
        "view.inner|trim",
        "view.inner|striptags",
        "view.inner|escape",
        "view.inner|urlencode",
        "[view.inner]|join",
        "[view.nothing]|join(', ')",
        "', '.join([view.inner])",
        "'%s' % view.inner",
        "'{}'.format(view.inner)",
        "'x'|replace('x', view.inner)",
        "'x'.replace('x', view.inner)",
        "'x'.replace('x', [view.inner])",
        "'x'.join([[view.inner]])",
        "'x'.ljust(3, view.words)",
        "view.words|map('upper')",
        "view.words",
        "view.words|string",
        "{'a': view.inner}",
    ],
)
def test_only_text_numbers_and_markup_become_text(expression: str) -> None:
    problem = problem_of("<p>\n{{ " + expression + " }}")

    assert (problem.code, problem.at.file, getattr(problem.at, "line", 0)) == (
        "template-error",
        "themes/test/templates/page.html",
        2,
    )


@pytest.mark.parametrize("value", ["false", "true", "view.words"])
def test_a_template_cannot_turn_escaping_off(value: str) -> None:
    problem = problem_of("<p>\n{% autoescape " + value + " %}{{ view.title }}{% endautoescape %}")

    assert (problem.code, problem.message) == (
        "template-syntax",
        "a template cannot turn escaping on or off; all texts are escaped",
    )


def test_values_other_than_text_do_not_pass_through_macros_and_blocks() -> None:
    for text in (
        "{% macro m(x) %}{{ x }}{% endmacro %}{{ m(view.inner) }}",
        "{% set x %}{{ view.inner }}{% endset %}{{ x }}",
        "{% call m() %}{{ view.inner }}{% endcall %}",
        "{% filter upper %}{{ view.inner }}{% endfilter %}",
    ):
        macro = "{% macro m() %}{{ caller() }}{% endmacro %}" if "call m" in text else ""
        assert problem_of(macro + text).code == "template-error"


def test_text_numbers_and_markup_are_joined_as_before() -> None:
    assert rendered("{{ view.title ~ view.number }}") == "A &lt;b&gt; &amp; c3"
    assert rendered("{{ view.html ~ '<b>' }}") == "<i>safe</i>&lt;b&gt;"
    assert rendered("{{ view.words|join(', ')|upper }}") == "ONE, TWO"
    assert rendered("{{ 'x'.join(view.words) }}") == "onextwo"
    assert rendered("{{ 7 % 3 }}") == "1"


@pytest.mark.parametrize(
    "text",
    [
        "{% for n in [0] * 10**9 %}{{ n }}{% endfor %}",
        "{% set many = [0] * 3000 %}{% for a in many %}{% for b in many %}{% endfor %}{% endfor %}",
        "{{ 9 ** 999999 }}",
        "{{ 'a' * 10**9 }}",
        "{{ 'a'.center(10**9) }}",
        "{{ view.words|batch(10**9, 'x')|list|length }}",
        "{{ 'a'|replace('a', 'b' * 50000000)|replace('b', 'c' * 100) }}",
        "{% macro again() %}{{ again() }}{% endmacro %}{{ again() }}",
        "{% macro twice(n) %}{% if n %}{{ twice(n - 1) }}{{ twice(n - 1) }}{% endif %}{% endmacro %}{{ twice(60) }}",
    ],
)
def test_a_page_that_takes_too_much_is_a_problem_of_its_template(text: str) -> None:
    problem = problem_of("<p>\n" + text)

    assert problem.code == "template-limit"
    assert (problem.at.file, getattr(problem.at, "line", 0)) == ("themes/test/templates/page.html", 2)
    assert "a/index.html" in problem.hint


def test_a_long_page_is_within_the_limits() -> None:
    assert rendered("{% for n in [0] * 50000 %}x{% endfor %}") == "x" * 50_000


def test_a_preview_goes_on_when_a_template_that_takes_too_much_is_mended(tmp_path: Path) -> None:
    endless = "{% for n in [0] * 10**9 %}{% endfor %}"
    template = "themes/own/templates/page.html"
    project = Project(
        tmp_path,
        {
            "content/site.yaml": "title: A site\nsite_theme: own\n",
            "content/pages/about.md": "---\ntitle: About\n---\nText.\n",
            "themes/own/theme.yaml": "{theme_api: 1, extends: briefing}",
            template: endless,
        },
    )
    planner = SnapshotBuilder()
    snapshot = planner.take_snapshot(project.options())
    with pytest.raises(RenderError) as caught:
        snapshot.render("about/index.html")
    assert caught.value.problem.code == "template-limit"
    assert snapshot.render("index.html")

    project.write({template: "Mended."})

    assert b"Mended." in planner.take_snapshot(project.options()).render("about/index.html")


def template_problems(**templates: str) -> list[tuple[str, str, int]]:
    theme = site_theme(**templates)
    found = Renderer(theme, NO_BODIES.__getitem__).check()
    return [(problem.code, problem.at.file, getattr(problem.at, "line", 0)) for problem in found]


@pytest.mark.parametrize(
    "text",
    ["{{ x|nope }}", "{{ 1 is nope }}", "{# open", "{% raw %}{%", "{% block a %}", "{% if 1 %}", "{{ 1", "{% nope %}"],
)
def test_a_template_that_does_not_compile_is_named_with_its_line(text: str) -> None:
    [(code, file, line)] = template_problems(page="<p>\n" + text)

    assert (code, file) == ("template-syntax", "themes/test/templates/page.html")
    assert line in (1, 2)


def test_templates_that_include_each_other_in_a_circle_are_named() -> None:
    theme = site_theme(page="{% include 'b.html' %}", b="{% include 'page.html' %}")

    [problem] = Renderer(theme, NO_BODIES.__getitem__).check()

    assert "b.html → page.html → b.html" in problem.message


def test_a_template_with_a_nul_byte_is_refused(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        {
            "content/site.yaml": "title: A site\nsite_theme: own\n",
            "themes/own/theme.yaml": "{theme_api: 1, extends: briefing}",
            "themes/own/templates/page.html": b"a\0b",
        },
    )

    assert "nul-byte" in [problem.code for problem in project.check().problems]


@pytest.mark.parametrize("value", ["view.nothing", "view.title"])
def test_the_error_of_the_prose_filter_names_what_it_takes(value: str) -> None:
    assert '"prose" takes the text of an entry' in problem_of("{{ " + value + " | prose }}").message
