"""With and without the cache of shared parts and the faster code, templates give the same pages and problems."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markupsafe import Markup
from msgspec import Struct

from briefgen.model.page import Page
from briefgen.model.problem import Problem
from briefgen.render.html import Renderer, RenderError
from briefgen.render.sandbox import budget, memoized_parts
from briefgen.render.sandbox.fast_code import FastCodeGenerator
from briefgen.render.site_theme import SiteTheme, Template, load, names, shipped
from briefgen.views import MemoizedPart
from support import example_views


class Card(MemoizedPart, frozen=True):
    title: str
    words: tuple[str, ...] = ()


class View(Struct, frozen=True):
    title: str
    cards: tuple[Card, ...]
    number: int = 3
    markup: Markup = Markup("<i>&amp;</i>")
    none: None = None
    _hidden: str = "hidden"


CARDS = tuple(Card(title, (title, "word")) for title in ("one", "<b>two</b>", "three & more", "<" * 1_100))
MACROS = """
{% macro card(c, level=2, note="") %}<h{{ level }}>{{ c.title }}{{ note }}</h{{ level }}>{% endmacro %}
{% macro listed(c) %}{% for word in c.words %}{{ word }}{{ card(c, loop.index) }}{% endfor %}{% endmacro %}
{% macro wrong(c) %}{{ c.nothing }}{% endmacro %}
{% macro wordless(c) %}{{ c.words }}{% endmacro %}
{% macro again(c, n=1) %}{{ again(c, n + 1) }}{% endmacro %}
{% macro costly(c) %}{% for n in [0] * 400 %}{% endfor %}{{ c.title }}{% endmacro %}
{% macro long(c) %}{{ "y" * 2000 }}{% endmacro %}
{% macro around(c) %}<p>{{ caller() }}{{ c.title }}</p>{% endmacro %}
{% macro title_of(any) %}{{ any.title }}{% endmacro %}
"""
IMPORT = '{% from "parts/m.html" import card, listed, wrong, wordless, again, costly, long, around, title_of %}'
PIECES = (
    *("text ", "{{ view.title }}", "{{ view.number + 1 }}", "{{ view.title|upper }}", "{{ view.cards|length }}"),
    *("{{ view.nothing }}", "{{ view.cards }}", "{{ view.cards[9] }}", '{% include "parts/i.html" %}', "{{ card }}"),
    *("{{ view._hidden }}", "{{ view.__class__ }}", "{{ view.none }}", "{{ view.markup ~ view.title }}"),
    *("{{ view.class }}", "{{ view.ｔitle }}", "{{ view.nothing.more }}", "{{ view.title.upper() }}", "{{ 1.5 }}"),
    *("{{ view.nothing is defined and view.nothing }}", "{{ (view.cards|first).words|join(view.markup) }}"),
    *(
        "{{ title_of(view) }}",
        "{{ title_of(view.cards[1]) }}",
        "{{ title_of('text') }}",
        "{{ title_of({'title': 1}) }}",
    ),
    *("{{ title_of(none) }}", "{{ view.cards|map(attribute='title')|join }}", "{{ view.cards[2].title[2:] }}"),
    *("{{ card(view.cards[0]) }}", "{{ card(view.cards[1], 3) }}", "{{ card(c=view.cards[0]) }}", "{{ card() }}"),
    *("{{ card(view.cards[0], note=view.title) }}", "{{ card(view.cards[0], note=view.cards[1]) }}"),
    *("{{ card(view.cards[0], level=true) }}", "{{ card(view.cards[0], 1) }}", "{{ card(view, note=1) }}"),
    *("{{ card(view.cards[0]) ~ view.title }}", "{{ card(view.cards[2])|length }}", "{{ listed(view.cards[1]) }}"),
    *("{{ wrong(view.cards[0]) }}", "{{ wordless(view.cards[0]) }}", "{{ again(view.cards[0]) }}"),
    *("{{ costly(view.cards[0]) }}", "{{ costly(view) }}", "{{ long(view.cards[0]) }}", "{{ long(view) }}"),
    "{% call around(view.cards[0]) %}{{ view.title }}{% endcall %}",
    '{% import "parts/m.html" as m %}{{ m.card(view.cards[1]) }}',
    '{% import "parts/m.html" as m with context %}{{ m.card(view.cards[1]) }}',
    "{% macro own(c) %}{{ c.title }}{{ view.title }}{% endmacro %}{{ own(view.cards[0]) }}",
)
WRAPPERS = (
    "{{% for c in view.cards %}}{{{{ card(c, note=loop.index) }}}}{}{{% endfor %}}",
    "{{% for n in [0] * 5 %}}{{{{ card(view.cards[0], loop.index) }}}}{}{{% endfor %}}",
    "{{% if view.title %}}{}{{% endif %}}",
    "{{% filter upper %}}{}{{% endfilter %}}",
    "{{% set x %}}{}{{% endset %}}{{{{ x }}}}{{{{ x }}}}",
)
templates = st.recursive(
    st.lists(st.sampled_from(PIECES), max_size=4).map("".join),
    lambda inner: st.builds(lambda wrapper, text: wrapper.format(text), st.sampled_from(WRAPPERS), inner),
    max_leaves=3,
)
views = st.builds(View, st.sampled_from(("title", "<i>&", "")), st.lists(st.sampled_from(CARDS), max_size=4).map(tuple))


@contextmanager
def small_limits() -> Iterator[None]:
    """Small limits, so that pages over the budget are refused soon.

    The reference renders each shared part again, which no limit of the page counts: so parts must be small as well.
    """
    with (
        patch.multiple(budget, MOST_STEPS=2_000, MOST_TEXT=50_000),
        patch.object(memoized_parts, "_MOST_VARIANTS", 3),
    ):
        yield


def renderer(theme: SiteTheme, *, reference: bool) -> Renderer:
    with patch.dict(os.environ, {"BRIEFGEN_REFERENCE": "1" if reference else ""}):
        made = Renderer(theme, example_views.stored)
        made.check()  # as the mode is read when templates are loaded
    return made


def result(renderer: Renderer, template: str, view: Struct) -> bytes | Problem:
    try:
        return renderer.render(Page(path="x/index.html", kind="x", template=template, view=lambda: view))
    except RenderError as error:
        return error.problem


def spent(renderer: Renderer) -> tuple[int, int]:
    budget = renderer._environment.budget
    return budget.steps, budget.text


@settings(max_examples=200, deadline=None)
@given(templates, st.lists(views, min_size=1, max_size=4))
@example("{{ costly(view.cards[0]) }}" * 6, [View("a", CARDS), View("b", CARDS[1:])])
@example("{{ costly(view) }}" * 6, [View("a", CARDS)] * 2)
@example("{{ long(view.cards[0]) }}" * 4, [View("a", CARDS)] * 2)
@example("{{ again(view.cards[0]) }}", [View("a", CARDS)] * 2)
def test_any_template_gives_the_same_pages_and_problems(text: str, pages: list[View]) -> None:
    texts = {
        "page.html": IMPORT + text,
        "parts/m.html": MACROS,
        "parts/i.html": f"{IMPORT}{{{{ card(view.cards[0]) }}}}",
    }
    sources = {name: Template(source, f"themes/test/templates/{name}") for name, source in texts.items()}
    theme = SiteTheme("test", "Test", (Path("themes/test"),), sources, {})
    cached, reference = renderer(theme, reference=False), renderer(theme, reference=True)

    with small_limits():
        for view in (*pages, *pages):
            assert result(cached, "page.html", view) == result(reference, "page.html", view)
            assert spent(cached) == spent(reference)


@cache
def site_theme(name: str) -> SiteTheme:
    theme, problems = load(name, [shipped()], lambda content, _: (yaml.safe_load(content), ()))
    assert theme is not None, problems
    return theme


@pytest.mark.parametrize("theme", names([shipped()]))
def test_site_themes_give_the_same_pages(theme: str) -> None:
    cached, reference = (renderer(site_theme(theme), reference=mode) for mode in (False, True))
    examples = list(example_views.every())

    for template, _, view in (*examples, *examples):
        page = result(cached, template, view)
        assert page == result(reference, template, view)
        assert isinstance(page, bytes)


def test_only_the_reference_renders_a_shared_part_again() -> None:
    sources = {"page.html": Template(IMPORT + "{{ card(view.cards[0]) }}", "p"), "parts/m.html": Template(MACROS, "m")}
    theme = SiteTheme("test", "Test", (Path("themes/test"),), sources, {})
    view = View("a", CARDS)
    for reference, other in ((False, "seen"), (True, "unseen")):
        made = renderer(theme, reference=reference)
        result(made, "page.html", view)
        results = made._environment.memoized_parts._results
        for key, (part, _) in results.items():
            results[key] = part, "seen"
        page = result(made, "page.html", view)
        assert isinstance(page, bytes)
        assert (b"seen" in page) == (other == "seen")


def test_only_the_reference_compiles_as_jinja2_does() -> None:
    theme = SiteTheme("test", "Test", (Path("themes/test"),), {"page.html": Template("{{ view.title }}", "p")}, {})
    for reference in (False, True):
        environment = renderer(theme, reference=reference)._environment
        code = environment.compile("{{ view.title }}", raw=True)
        assert (environment.code_generator_class is FastCodeGenerator) != reference
        assert ("environment.getattr" in code) == reference
