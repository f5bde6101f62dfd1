"""Every site theme renders every kind of page, full and empty, and what comes out is sound."""

import re
from functools import cache
from html import unescape

import pytest
import yaml
from lxml import html
from msgspec import Struct, structs

from briefgen.model.page import Page
from briefgen.model.vocabulary import RELIABILITY
from briefgen.render.html import Renderer
from briefgen.render.sandbox.environment import FILTER_NAMES, TEST_NAMES
from briefgen.render.site_theme import load, names, shipped
from briefgen.views import pages as views
from briefgen.views.parts import Grade
from support import components, example_views, view_tables
from support.markup import Markup

THEMES = names([shipped()])
EXAMPLES = {f"{template}-{which}": (template, view) for template, which, view in example_views.every()}


@cache
def renderer(theme: str) -> Renderer:
    loaded, problems = load(theme, [shipped()], lambda content, _: (yaml.safe_load(content), ()))
    assert not problems
    assert loaded is not None
    return Renderer(loaded, example_views.stored)


def rendered(theme: str, template: str, view: Struct) -> str:
    return renderer(theme).render(Page(path=template, kind="", template=template, view=lambda: view)).decode()


def test_a_site_theme_is_found() -> None:
    assert "briefing" in THEMES


@pytest.mark.parametrize("theme", THEMES)
def test_templates_of_a_site_theme_compile(theme: str) -> None:
    assert renderer(theme).check() == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("template", example_views.TEMPLATES)
def test_a_site_theme_has_a_template_for_every_page_kind(theme: str, template: str) -> None:
    assert template in renderer(theme).site_theme.templates


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_view_renders_to_valid_html(theme: str, example: str) -> None:
    template, view = EXAMPLES[example]

    page = Markup(rendered(theme, template, view), is_email=template == "digest.html")

    assert page.faults == []


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("template", example_views.TEMPLATES)
def test_ids_that_templates_make_begin_with_an_underscore(theme: str, template: str) -> None:
    """So that they meet neither the ids of claims nor those of headings in texts."""
    page = Markup(rendered(theme, template, example_views.full()[template]))
    others = {claim.anchor for claim in getattr(example_views.full()[template], "claims", ())}
    in_texts = {each for text in example_views.BODIES.values() for each in Markup(text).ids}

    assert {each for each in page.ids if not each.startswith("_")} <= others | in_texts


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("template", example_views.TEMPLATES)
def test_texts_in_views_are_escaped(theme: str, template: str) -> None:
    page = rendered(theme, template, example_views.hostile("<script>alert(1)</script>")[template])

    assert "<script>alert(1)" not in page


@pytest.mark.parametrize("theme", THEMES)
def test_every_component_renders_in_every_state(theme: str) -> None:
    page = Markup(components.render_components(components.load_theme(theme)).decode())

    assert page.faults == []
    assert {"Grades", "Claims", "Matrix cells"} <= {text for _, text in page.headings}


@pytest.mark.parametrize("theme", THEMES)
def test_a_claim_shows_everything_that_a_reader_needs_to_weigh_it(theme: str) -> None:
    view = example_views.full()["brief.html"]
    assert isinstance(view, views.BriefView)
    page = unescape(rendered(theme, "brief.html", view)).replace("\N{NO-BREAK SPACE}", " ")

    assert view.source is not None
    for text in (view.source.link.publisher.text, view.source.link.published.words):
        assert text in page
    for claim in view.claims:
        assert isinstance(claim.says, str)
        for text in (claim.speaker.text, claim.role, claim.answer.words, claim.says, claim.quote, claim.date.words):
            assert text in page
        assert f'id="{claim.anchor}"' in page
        assert f'href="{claim.url}"' in page
        if claim.translation and theme == "briefing":
            assert f'<q lang="en">{claim.translation.text}</q>' in page
            assert claim.translation.label in page
        if claim.credibility:
            assert f">{claim.credibility.mark}</b> {claim.credibility.words}" in page
        if claim.finding:
            assert f"{claim.finding.label}: {claim.finding.words}" in page
            assert str(claim.finding.note) in page


@pytest.mark.parametrize("theme", THEMES)
def test_grades_that_cannot_be_judged_are_shown_in_words(theme: str) -> None:
    view = example_views.full()["brief.html"]
    assert isinstance(view, views.BriefView)
    claim = structs.replace(view.claims[0], credibility=Grade("6", "cannot be judged", judged=False))

    page = rendered(theme, "brief.html", structs.replace(view, claims=(claim,)))

    assert "cannot be judged" in page


def test_the_legend_of_letters_has_the_words_of_the_scale() -> None:
    page = rendered("briefing", "sources.html", example_views.full()["sources.html"])

    assert [words for words in RELIABILITY.values() if words not in page] == []


@pytest.mark.parametrize("theme", THEMES)
def test_a_retracted_brief_shows_only_its_notice(theme: str) -> None:
    page = rendered(theme, "retracted.html", example_views.full()["retracted.html"])

    assert "withdrawn by its publisher" in page
    assert len(Markup(page).headings) == 1


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("mark", ["draft", "scheduled", "expired"])
def test_an_unpublished_page_in_a_preview_is_marked(theme: str, mark: str) -> None:
    view = example_views.full()["brief.html"]
    assert isinstance(view, views.BriefView)
    marked = structs.replace(view, frame=structs.replace(view.frame, mark=mark))
    published = structs.replace(view, frame=structs.replace(view.frame, mark=""))

    assert f"{mark.capitalize()}." in rendered(theme, "brief.html", marked)
    assert f"{mark.capitalize()}." not in rendered(theme, "brief.html", published)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("template", example_views.TEMPLATES)
def test_a_page_with_its_stylesheets_is_small(theme: str, template: str) -> None:
    assets, page = renderer(theme).site_theme.assets, rendered(theme, template, example_views.full()[template])
    sheets = (path.stat().st_size for name, path in assets.items() if name.endswith(".css") and f"/{name}" in page)
    weight = sum(sheets) + len(page.encode())

    assert weight < 60_000


@pytest.mark.parametrize("theme", THEMES)
def test_a_class_of_a_body_element_is_that_of_no_element_in_it(theme: str) -> None:
    """So that no rule for a part of a page applies to a whole page."""
    trees = [html.document_fromstring(rendered(theme, *example)) for example in EXAMPLES.values()]
    of_pages = {name for tree in trees for body in tree.iter("body") for name in body.classes}
    of_parts = {name for tree in trees for each in tree.iterfind("body//*") for name in each.get("class", "").split()}

    assert of_pages & of_parts == set()


@pytest.mark.parametrize("theme", THEMES)
def test_rules_for_a_page_kind_begin_with_the_class_of_its_body(theme: str) -> None:
    """So that a class name in a stylesheet is either that of a page kind or that of a part of pages."""
    trees = [html.document_fromstring(rendered(theme, *example)) for example in EXAMPLES.values()]
    kinds = {name for tree in trees for body in tree.iter("body") for name in body.classes}
    sheets = [path.read_text() for name, path in renderer(theme).site_theme.assets.items() if name.endswith(".css")]
    used = {(before, name) for sheet in sheets for before, name in re.findall(r"(\S*?)\.([a-z-]+)(?=[^{}]*\{)", sheet)}

    assert {(before, name) for before, name in used if name in kinds and before} == set()


@pytest.mark.parametrize("theme", THEMES)
def test_the_fonts_of_a_site_theme_are_small_and_have_their_licence_beside_them(theme: str) -> None:
    assets = renderer(theme).site_theme.assets
    fonts = [path for name, path in assets.items() if name.endswith(".woff2")]

    assert sum(path.stat().st_size for path in fonts) < 60_000
    assert not fonts or "fonts/OFL.txt" in assets


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("template", example_views.TEMPLATES)
def test_a_page_loads_nothing_from_elsewhere(theme: str, template: str) -> None:
    page = rendered(theme, template, example_views.full()[template])
    sheets = [path.read_text() for name, path in renderer(theme).site_theme.assets.items() if name.endswith(".css")]

    assert 'src="http' not in page
    # `Markup` finds a script that the page's policy does not allow.
    assert not re.search(r'<script[^>]* src="(?!(\.\./)+assets/|\./assets/)', page)
    assert not any("@import" in sheet for sheet in sheets)
    loaded = [target for sheet in sheets for target in re.findall(r"url\(\s*[\"']?([^)\"']*)", sheet)]
    assert [target for target in loaded if target not in renderer(theme).site_theme.assets] == []


def test_documented_views_match_the_code() -> None:
    text = view_tables.DOCUMENT.read_text(encoding="utf-8")

    assert text == view_tables.renewed(text), "run: python -m support.view_tables in tests/"


def test_every_filter_and_test_is_documented() -> None:
    text = view_tables.DOCUMENT.read_text(encoding="utf-8")

    assert [name for name in (*FILTER_NAMES, *TEST_NAMES) if f"`{name}`" not in text] == []
