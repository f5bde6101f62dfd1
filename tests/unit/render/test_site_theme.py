"""Site themes: where they are found, what they inherit, and what is said of bad ones."""

from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from msgspec import Struct

from briefgen.model.page import Page
from briefgen.model.problem import Place, Pointer, Problem
from briefgen.render.html import Renderer
from briefgen.render.site_theme import SiteTheme, find, load, names, shipped

Make = Callable[..., Path]


def parse(content: bytes, file: str) -> tuple[object, tuple[Problem, ...]]:
    try:
        return yaml.safe_load(content), ()
    except yaml.YAMLError:
        return None, (Problem("yaml-syntax", "no YAML", Place(file, 1)),)


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes a site theme below `tmp_path/<folder>/`; the files are given by their path in it."""

    def make(folder: str, name: str, manifest: str = "theme_api: 1\n", **files: str) -> Path:
        theme = tmp_path / folder / name
        theme.mkdir(parents=True)
        theme.joinpath("theme.yaml").write_text(manifest)
        for path, text in files.items():
            file = theme / path.replace("__", "/").replace("_html", ".html").replace("_css", ".css")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)
        return theme

    return make


def loaded(name: str, *folders: Path, root: Path | None = None) -> SiteTheme:
    theme, problems = load(name, folders, parse, root=root)
    assert problems == []
    assert theme is not None
    return theme


def texts(theme: SiteTheme) -> dict[str, str]:
    return {name: template.text for name, template in theme.templates.items() if name.endswith(".html")}


def refused(name: str, *folders: Path, root: Path | None = None) -> list[Problem]:
    theme, problems = load(name, folders, parse, root=root)
    assert theme is None
    return problems


def test_a_theme_holds_its_templates_and_assets_by_their_paths(make: Make, tmp_path: Path) -> None:
    make(
        "own", "plain", "theme_api: 1\ntitle: Plain\n",
        templates__home_html="home", templates__parts__base_html="base", assets__style_css="p {}",
    )  # fmt: skip

    theme = loaded("plain", tmp_path / "own")

    assert theme.title == "Plain"
    assert texts(theme) == {"home.html": "home", "parts/base.html": "base"}
    assert theme.assets == {"style.css": tmp_path / "own/plain/assets/style.css"}


def test_the_projects_own_theme_comes_before_a_shipped_one(make: Make, tmp_path: Path) -> None:
    make("own", "plain", templates__home_html="own")
    make("shipped", "plain", templates__home_html="shipped", templates__brief_html="shipped")

    theme = loaded("plain", tmp_path / "own", tmp_path / "shipped")

    assert texts(theme) == {"home.html": "own"}


@pytest.mark.parametrize("name", ["briefing", "mine"])
def test_a_theme_overrides_the_one_it_extends_file_by_file(make: Make, tmp_path: Path, name: str) -> None:
    """Also when it bears the name of the shipped one."""
    make("own", name, "theme_api: 1\nextends: briefing\n", templates__home_html="own", assets__own_css="")
    make(
        "shipped", "briefing", templates__home_html="shipped", templates__brief_html="shipped",
        assets__style_css="", assets__own_css="",
    )  # fmt: skip

    theme = loaded(name, tmp_path / "own", tmp_path / "shipped")

    assert texts(theme) == {"brief.html": "shipped", "home.html": "own"}
    assert theme.assets["own.css"] == tmp_path / "own" / name / "assets/own.css"
    assert theme.assets["style.css"] == tmp_path / "shipped/briefing/assets/style.css"
    assert theme.folders == (tmp_path / "own" / name, tmp_path / "shipped/briefing")


def test_inheritance_goes_through_several_themes(make: Make, tmp_path: Path) -> None:
    make("own", "third", "theme_api: 1\nextends: second\n", templates__c_html="third")
    make("own", "second", "theme_api: 1\nextends: first\n", templates__b_html="second", templates__c_html="second")
    make("shipped", "first", templates__a_html="first", templates__b_html="first", templates__c_html="first")

    theme = loaded("third", tmp_path / "own", tmp_path / "shipped")

    assert [template.text for template in theme.templates.values()] == ["first", "second", "third"]


def test_a_circle_is_a_problem_where_it_closes(make: Make, tmp_path: Path) -> None:
    make("own", "one", "theme_api: 1\nextends: two\n")
    make("own", "two", "theme_api: 1\nextends: one\n")

    (problem,) = refused("one", tmp_path / "own", root=tmp_path)

    assert problem.code == "site-theme-config"
    assert problem.message == "site themes extend each other in a circle: one → two → one"
    assert problem.at == Pointer("own/two/theme.yaml", ("extends",))


def test_a_theme_that_extends_its_own_name_needs_another_one(make: Make, tmp_path: Path) -> None:
    make("own", "one", "theme_api: 1\nextends: one\n")

    make("shipped", "three")

    (problem,) = refused("one", tmp_path / "own", tmp_path / "shipped")

    assert problem.code == "unknown-site-theme"
    assert problem.message == 'no other site theme "one"'
    assert problem.hint == "known here: three"


def test_an_unknown_theme_is_a_problem_where_it_was_asked_for(make: Make, tmp_path: Path) -> None:
    make("own", "briefing")
    asked = Pointer("content/site.yaml", ("site_theme",))

    theme, (problem,) = load("breifing", [tmp_path / "own"], parse, asked_in=asked)

    assert theme is None
    assert problem == Problem("unknown-site-theme", 'no site theme "breifing"', asked, hint='did you mean "briefing"?')


@pytest.mark.parametrize("name", ["../own/plain", "", ".", "Plain", "plain/", "/etc"])
def test_a_name_never_leaves_the_folders(make: Make, tmp_path: Path, name: str) -> None:
    make("own", "plain")

    assert find(name, [tmp_path / "own"]) is None


@pytest.mark.parametrize(
    ("manifest", "message"),
    [
        ("title: No version\n", 'theme.yaml needs the key "theme_api"'),
        ("theme_api: 2\n", "the site theme is made for theme_api 2; this briefgen offers 1"),
        ("theme_api: one\n", "the site theme is made for theme_api one; this briefgen offers 1"),
        ("theme_api: 1\nextend: briefing\n", 'theme.yaml has no key "extend"'),
        ("theme_api: 1\nname: other\n", 'the site theme calls itself "other", its folder "plain"'),
        ("- a\n- list\n", "theme.yaml holds no keys"),
    ],
)
def test_a_wrong_manifest_is_a_problem(make: Make, tmp_path: Path, manifest: str, message: str) -> None:
    make("own", "plain", manifest)

    (problem,) = refused("plain", tmp_path / "own", root=tmp_path)

    assert (problem.code, problem.message) == ("site-theme-config", message)
    assert problem.at.file == "own/plain/theme.yaml"


def test_numbers_may_be_texts_as_our_own_parser_gives_them(make: Make, tmp_path: Path) -> None:
    make("own", "plain", 'theme_api: "1"\n')

    assert loaded("plain", tmp_path / "own").name == "plain"


def test_problems_of_the_yaml_are_passed_on(make: Make, tmp_path: Path) -> None:
    make("own", "plain", "theme_api: [1\n")

    (problem,) = refused("plain", tmp_path / "own", root=tmp_path)

    assert (problem.code, problem.at.file) == ("yaml-syntax", "own/plain/theme.yaml")


def test_a_template_that_is_not_utf8_is_a_problem_with_its_line(make: Make, tmp_path: Path) -> None:
    theme = make("own", "plain", templates__home_html="")
    theme.joinpath("templates/home.html").write_bytes(b"fine\n\xff\n")

    (problem,) = refused("plain", tmp_path / "own", root=tmp_path)

    assert problem.code == "not-utf8"
    assert problem.at == Place("own/plain/templates/home.html", 2)


@pytest.mark.parametrize("part", ["templates", "assets"])
def test_a_link_out_of_the_theme_is_a_problem(make: Make, tmp_path: Path, part: str) -> None:
    theme = make("own", "plain")
    secret = tmp_path / "secret.html"
    secret.write_text("secret")
    theme.joinpath(part).mkdir()
    theme.joinpath(part, "leak.html").symlink_to(secret)

    (problem,) = refused("plain", tmp_path / "own")

    assert problem.code == "outside-project"


def test_a_link_to_nothing_is_a_problem(make: Make, tmp_path: Path) -> None:
    theme = make("own", "plain")
    theme.joinpath("assets").mkdir()
    theme.joinpath("assets/gone.css").symlink_to("nowhere.css")

    (problem,) = refused("plain", tmp_path / "own")

    assert problem.code == "not-a-file"


def test_hidden_files_and_backups_of_a_site_theme_are_ignored(make: Make, tmp_path: Path) -> None:
    theme = make("own", "plain", templates__home_html="home")
    for name in (".home.html.swp", "home.html~", ".DS_Store", "README.md"):
        theme.joinpath("templates", name).write_bytes(b"\xff")

    assert list(loaded("plain", tmp_path / "own").templates) == ["home.html"]


def test_the_default_theme_is_shipped() -> None:
    assert "briefing" in names([shipped()])
    assert find("briefing", [shipped()]) == shipped() / "briefing"


def test_a_page_can_have_a_stylesheet_inside_itself_and_changes_with_it(make: Make, tmp_path: Path) -> None:
    page = (
        '{% set style %}{% include "assets/style.css" %}{% endset %}'
        "<meta content=\"style-src '{{ style | csp_hash }}'\">\n<style>{{ style }}</style>\n"
    )
    css = "p {\n  color: red;\n\n}\n.a > .b::after { content: '</style>{{ x }}' }\n"
    make("own", "base", templates__page_html=page, assets__style_css="p {}")
    theme = make("own", "mine", "theme_api: 1\nextends: base\n", assets__style_css=css)
    shown = Page(path="p.html", kind="page", template="page.html", view=Struct)

    first = Renderer(loaded("mine", tmp_path / "own"), str)
    html = first.render(shown).decode()

    style = html.partition("<style>")[2].partition("</style>")[0]
    assert style == "p {\ncolor: red;\n}\n.a > .b::after { content: '<\\/style>{{ x }}' }"
    assert f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'" in html
    (theme / "assets" / "style.css").write_text("p { color: blue }")
    assert Renderer(loaded("mine", tmp_path / "own"), str).template_dependencies(shown) != first.template_dependencies(
        shown
    )


def test_a_folder_without_a_manifest_is_a_problem_and_not_passed_over(make: Make, tmp_path: Path) -> None:
    make("shipped", "briefing")
    (tmp_path / "own/briefing/assets").mkdir(parents=True)

    _, problems = load("briefing", (tmp_path / "own", tmp_path / "shipped"), parse)

    assert [problem.code for problem in problems] == ["site-theme-config"]
    assert "has no theme.yaml" in problems[0].message
