"""Rendering: what templates may do, what becomes of their mistakes, and what their bytes depend on."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from briefgen.model.failure import Failure
from briefgen.model.page import Page
from briefgen.model.problem import Place
from briefgen.render.html import Renderer, RenderError
from briefgen.render.site_theme import SiteTheme, Template
from briefgen.render.template_dependencies import TemplateDependencies, find_references


class Prose(Struct, frozen=True):
    digest: str
    fills: tuple[str, ...] = ()


class Markup(Struct, frozen=True):
    markup: str

    def __html__(self) -> str:
        return self.markup


class Inner(Struct, frozen=True):
    word: str = "deep"


class View(Struct, frozen=True):
    title: str = "A <b> & c"
    number: int = 3
    flag: bool = True
    nothing: str | None = None
    words: tuple[str, ...] = ("one", "two")
    inner: Inner = Inner()
    body: Prose = Prose("text", ("<a>filled</a>", "second"))
    html: Markup = Markup("<i>safe</i>")


TEXTS = {
    "text": "<p>\x000\x00, \x001\x00</p>\n<pre>a\n\n   b </pre>\n",
    "headed": '<h2 id="a-b">A &amp; <em>B</em></h2>\n<h3 id="c">C</h3>\n<h2 id="d">\x000\x00</h2>\n',
}


def site_theme(**templates: str) -> SiteTheme:
    named = {name.replace("__", "/") + ".html": text for name, text in templates.items()}
    return SiteTheme(
        "test",
        "Test",
        (Path("themes/test"),),
        {name: Template(text, f"themes/test/templates/{name}") for name, text in named.items()},
        {},
    )


def render(text: str, view: Struct | None = None, **others: str) -> str:
    renderer = Renderer(site_theme(page=text, **others), TEXTS.__getitem__)
    return renderer.render(page(view)).decode().removesuffix("\n")


def page(view: Struct | None = None, template: str = "page.html") -> Page:
    return Page(path="x/index.html", kind="x", template=template, view=lambda: view or View())


def failing(text: str, view: Struct | None = None, **others: str) -> RenderError:
    with pytest.raises(RenderError) as caught:
        render(text, view, **others)
    return caught.value


# What templates can do


def test_texts_are_escaped_and_markup_is_not() -> None:
    assert render("{{ view.title }}{{ view.html }}") == "A &lt;b&gt; &amp; c<i>safe</i>"


def test_prose_is_filled_and_keeps_its_line_breaks() -> None:
    assert render("  <div>\n  {{ view.body | prose }}\n\n  </div>") == (
        "<div>\n<p><a>filled</a>, second</p>\n<pre>a\n\n   b </pre>\n</div>"
    )


def test_headings_of_a_text_are_links_with_their_words() -> None:
    template = "{% for to in view.body | headings %}{{ to.url }} {{ to.text }};{% endfor %}"

    assert render(template, View(body=Prose("headed", ("<a>filled</a>",)))) == "#a-b A &amp; B;#d filled;"


def test_capital_leaves_all_but_the_first_letter_alone() -> None:
    assert render("{{ view.title | capital }}", View(title="état of NATO")) == "État of NATO"
    assert render("{{ view.title | capital }}", View(title="")) == ""


def test_no_line_is_blank_or_indented_and_the_last_one_ends() -> None:
    renderer = Renderer(site_theme(page="\n{% if view.flag %}\n   <p>\n\n\t</p>  \n{% endif %}\n"), TEXTS.__getitem__)

    assert renderer.render(page()) == b"<p>\n</p>\n"


def test_a_template_extends_includes_and_imports() -> None:
    assert (
        render(
            '{% extends "base.html" %}{% from "parts/m.html" import m %}{% block b %}{{ m(1) }}{% endblock %}',
            base='{% block b %}{% endblock %}{% include "parts/i.html" %}',
            parts__m="{% macro m(n) %}<{{ n }}>{% endmacro %}",
            parts__i="{{ view.inner.word }}",
        )
        == "<1>deep"
    )


@pytest.mark.parametrize("name", ["context", "obj"])
def test_a_parameter_of_a_macro_may_be_named_as_one_of_the_environment(name: str) -> None:
    assert render(f"{{% macro m({name}) %}}{{{{ {name} }}}}{{% endmacro %}}{{{{ m({name}=1) }}}}") == "1"


def test_bytes_are_utf8_whatever_the_text() -> None:
    renderer = Renderer(site_theme(page="{{ view.title }}"), TEXTS.__getitem__)

    assert renderer.render(page(View(title="Зеленський ✓"))).decode() == "Зеленський ✓\n"


# What they cannot


@pytest.mark.parametrize("name", ["range", "dict", "lipsum", "cycler", "joiner", "namespace", "config", "Page", "open"])
def test_there_are_no_globals(name: str) -> None:
    error = failing("line one\n{{ " + name + " }}")

    assert error.problem.code == "template-syntax"
    assert error.problem.at == Place("themes/test/templates/page.html", 2, 4, len(name))
    assert f'"{name}"' in error.problem.message


@pytest.mark.parametrize(
    "expression",
    [
        "view.__class__",
        "view.__struct_fields__",
        'view["__class__"]',
        "view.title.__class__.__mro__",
        'view.words | map(attribute="__class__") | list | join',
        "view.title.__len__()",
        "view.title.format.__globals__",
        '"{0.__class__}".format(view)',
        "self.__init__.__globals__",
        "view.inner.__html__",
    ],
)
def test_what_python_keeps_behind_a_value_is_out_of_reach(expression: str) -> None:
    assert failing("{{ " + expression + " }}").problem.code == "template-error"


@pytest.mark.parametrize("name", ["__class__", "__struct_fields__", "_hidden"])
def test_a_view_that_was_shown_before_hides_the_same(name: str) -> None:
    error = failing(
        "{{ view.title }}{% for word in view.words %}{{ loop.index }}{{ view.inner.word }}{% endfor %}\n"
        "{{ view." + name + " }}"
    )

    assert error.problem.at == Place("themes/test/templates/page.html", 2)


def test_a_list_that_pages_share_cannot_be_changed() -> None:
    module = "{% set seen = [] %}{% macro m(x) %}{{ seen.append(x) }}{{ seen | length }}{% endmacro %}"

    found = failing('{% from "parts/m.html" import m %}{{ m(view.title) }}', parts__m=module)

    assert found.problem.code == "template-error"
    assert "append" in found.problem.message


@pytest.mark.parametrize("name", ["__class__", "_length"])
def test_a_loop_hides_what_is_not_for_templates(name: str) -> None:
    assert failing("{% for word in view.words %}{{ loop." + name + " }}{% endfor %}").problem.code == "template-error"


def test_names_that_python_normalises_stay_different() -> None:
    assert render("{{ {'ﬁ': 1, 'fi': 2}.ﬁ }} {{ {'ﬁ': 1, 'fi': 2}.fi }} {{ {'class': 3}.class }}") == "1 2 3"


@pytest.mark.parametrize("name", ["safe", "random", "pprint", "attr", "urlize", "xmlattr", "format"])
def test_filters_are_those_of_the_list(name: str) -> None:
    error = failing("{{ view.title | " + name + " }}")

    assert error.problem.code == "template-syntax"
    assert f'no filter "{name}"' in error.problem.message


@pytest.mark.parametrize("name", ["nothing", "flag", "words", "inner", "title.upper"])
def test_only_text_numbers_and_markup_are_shown(name: str) -> None:
    error = failing("{{ view." + name + " }}")

    assert error.problem.code == "template-error"
    assert "only text and numbers can be shown" in error.problem.message


@pytest.mark.parametrize(
    "tag",
    [
        "{% include view.title %}",
        '{% include "a" ~ ".html" %}',
        "{% extends view.title %}",
        "{% import view.title as m %}",
        "{% from view.title import m %}",
        '{% include ["page.html", view.title] %}',
        '{% include "parts/\\x61.html" %}',
        '{% extends "a.html" if view.flag else "b.html" %}',
    ],
)
def test_names_of_other_templates_are_written_out(tag: str) -> None:
    error = failing("first line\n  " + tag)

    assert error.problem.code == "dynamic-include"
    assert error.problem.at == Place("themes/test/templates/page.html", 2, 3, 1)


# What becomes of mistakes


def test_a_missing_field_is_a_problem_at_its_line_with_a_hint() -> None:
    error = failing("first line\n\n{{ view.titel }}")

    assert error.problem.code == "template-error"
    assert error.problem.message == 'View has no field "titel"; did you mean "title"?'
    assert error.problem.at == Place("themes/test/templates/page.html", 3)
    assert "x/index.html" in error.problem.hint


def test_a_missing_field_has_the_same_hint_the_second_time() -> None:
    error = failing("{{ view.title }}{{ view.titel is defined | int }}\n\n{{ view.titel }}")

    assert error.problem.message == 'View has no field "titel"; did you mean "title"?'
    assert error.problem.at == Place("themes/test/templates/page.html", 3)


def test_a_mistake_in_an_included_template_is_found_there() -> None:
    error = failing('{% include "part.html" %}', part="\n{{ view.number.x }}")

    assert error.problem.at == Place("themes/test/templates/part.html", 2)


def test_a_mistake_in_a_macro_is_found_there() -> None:
    error = failing(
        '{% from "part.html" import m %}\n{{ m(view) }}', part="{% macro m(v) %}\n\n{{ v.wrong }}{% endmacro %}"
    )

    assert error.problem.at == Place("themes/test/templates/part.html", 3)


def test_an_exception_of_python_is_a_problem_too() -> None:
    error = failing("\n{{ view.number + view.title }}")

    assert error.problem.code == "template-error"
    assert error.problem.message.startswith("TypeError: ")
    assert error.problem.at == Place("themes/test/templates/page.html", 2)


@pytest.mark.parametrize(
    ("text", "line"), [("{% if %}", 1), ("\n{{ view.title }", 2), ("a\nb\n{% unknown %}", 3), ("{% block a %}", 1)]
)
def test_a_template_that_cannot_be_read_is_a_problem_with_its_line(text: str, line: int) -> None:
    error = failing(text)

    assert error.problem.code == "template-syntax"
    assert isinstance(error.problem.at, Place)
    assert (error.problem.at.file, error.problem.at.line) == ("themes/test/templates/page.html", line)


def test_a_missing_template_is_a_problem() -> None:
    renderer = Renderer(site_theme(other=""), TEXTS.__getitem__)

    (problem,) = renderer.missing([page(), page(), page(template="other.html")])

    assert problem.code == "missing-template"
    assert problem.message == 'the site theme "test" has no template "page.html"'
    with pytest.raises(RenderError) as caught:
        renderer.render(page())
    assert caught.value.problem == problem


def test_a_missing_part_is_a_problem_at_the_line_that_includes_it() -> None:
    error = failing('one\n{% include "gone.html" %}')

    assert error.problem.code == "missing-template"
    assert error.problem.at == Place("themes/test/templates/page.html", 2)


def test_a_check_finds_mistakes_in_all_templates_at_once() -> None:
    theme = site_theme(a="{% if %}", b='\n{% include "gone.html" %}', c="{{ clock }}", d="{{ view.whatever }}")

    problems = Renderer(theme, TEXTS.__getitem__).check()

    assert [(problem.code, problem.at) for problem in problems] == [
        ("template-syntax", Place("themes/test/templates/a.html", 1, 1, 1)),
        ("missing-template", Place("themes/test/templates/b.html", 2)),
        ("template-syntax", Place("themes/test/templates/c.html", 1, 4, 5)),
    ]


def test_a_failure_of_the_machine_is_no_problem_of_the_template() -> None:
    def refuse(_: str) -> str:
        raise Failure("the disk is gone")

    with pytest.raises(Failure):
        Renderer(site_theme(page="{{ view.body | prose }}"), refuse).render(page())


# What the bytes depend on


def test_template_dependencies_change_with_every_template_that_is_pulled_in_and_with_no_other() -> None:
    texts = {
        "page": '{% extends "base.html" %}{% from "m.html" import m %}',
        "base": "{% include 'deep.html' %}",
        "m": "{% macro m() %}{% endmacro %}",
        "deep": "deep",
        "other": "other",
    }
    before = TemplateDependencies(site_theme(**texts)).digest("page.html")

    changed = {
        name: TemplateDependencies(site_theme(**{**texts, name: f"{text} "})).digest("page.html")
        for name, text in texts.items()
    }

    assert {name for name, digest in changed.items() if digest != before} == {"page", "base", "m", "deep"}


def test_a_template_that_appears_later_changes_the_template_dependencies() -> None:
    text = '{% include "part.html" ignore missing %}'

    before, after = TemplateDependencies(site_theme(page=text)), TemplateDependencies(site_theme(page=text, part=""))

    assert before.digest("page.html") != after.digest("page.html")


def test_templates_may_include_each_other() -> None:
    dependencies = TemplateDependencies(site_theme(a='{% include "b.html" %}', b='{% include "a.html" %}'))

    assert dependencies.find_all("a.html") == ["a.html", "b.html"]


@pytest.mark.parametrize(
    "tag",
    [
        '{% include "x.html" %}',
        "{%- include 'x.html' -%}",
        '{%+ extends\n  "x.html" %}',
        '{% import "x.html" as x with context %}',
        '{%from "x.html" import a, b as c%}',
        '{% include ["x.html"] ignore missing %}',
    ],
)
def test_references_are_found_without_a_parser(tag: str) -> None:
    assert find_references(f"text {tag} text") == {"x.html"}


def test_template_dependencies_load_no_template_engine() -> None:
    """A build with nothing to render must not pay for one."""
    code = """
import sys
from pathlib import Path
from briefgen.model.page import Page
from briefgen.render.html import Renderer
from briefgen.render.site_theme import load, shipped
from msgspec import Struct
theme, problems = load("briefing", [shipped()], lambda content, file: ({"theme_api": "1"}, ()))
renderer = Renderer(theme, str)
assert renderer.template_dependencies(Page("index.html", "home", "home.html", Struct))
assert not {"jinja2", "markupsafe", "yaml"} & set(sys.modules), sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_pages_are_html_unless_they_say_otherwise() -> None:
    assert Page("briefs/x/index.html", "brief", "brief.html", Struct).format == "html"


# Compiled templates


@pytest.fixture
def compiled(tmp_path: Path) -> Callable[..., str]:
    folder = tmp_path / "compiled"

    def render(text: str = "{{ view.number }}") -> str:
        renderer = Renderer(site_theme(page=text), TEXTS.__getitem__, compiled=folder)
        return renderer.render(page()).decode()

    return render


def test_compiled_templates_are_cached(
    compiled: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert compiled() == "3\n"
    monkeypatch.setattr("jinja2.Environment.compile", None)

    assert compiled() == "3\n"
    assert len(list((tmp_path / "compiled").iterdir())) == 1


def test_a_changed_template_is_compiled_again(compiled: Callable[..., str], tmp_path: Path) -> None:
    compiled()

    assert compiled("{{ view.number }}!") == "3!\n"
    assert len(list((tmp_path / "compiled").iterdir())) == 1


@pytest.mark.parametrize("damage", [b"", b"\0", b"x" * 64, b"x" * 10_000])
def test_a_damaged_file_of_a_compiled_template_is_replaced(
    compiled: Callable[..., str], tmp_path: Path, damage: bytes
) -> None:
    compiled()
    (file,) = (tmp_path / "compiled").iterdir()
    file.write_bytes(damage)

    assert compiled() == "3\n"


def test_one_flipped_byte_is_noticed(compiled: Callable[..., str], tmp_path: Path) -> None:
    compiled()
    (file,) = (tmp_path / "compiled").iterdir()
    content = bytearray(file.read_bytes())
    content[-3] ^= 1
    file.write_bytes(content)

    assert compiled() == "3\n"
    assert file.read_bytes() != bytes(content)


def test_a_folder_that_others_may_write_to_is_not_used(compiled: Callable[..., str], tmp_path: Path) -> None:
    folder = tmp_path / "compiled"
    folder.mkdir()
    folder.chmod(0o777)

    assert compiled() == "3\n"
    assert list(folder.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_no_error(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")

    renderer = Renderer(site_theme(page="fine"), TEXTS.__getitem__, compiled=file / "below")

    assert renderer.render(page()) == b"fine\n"


MACRO = "{% macro m(a, b=2, c='c') %}{{ a }}{{ b }}{{ c }}{{ caller() if caller }}{% endmacro %}"
ARGUMENTS = ["1", "1, 3", "1, c='x'", "1, 3, 'x'", "c='x', a=1, b='<'", "a=1"]


@pytest.mark.parametrize("is_reference", [False, True])
def test_macros_take_arguments_by_place_and_by_name(monkeypatch: pytest.MonkeyPatch, *, is_reference: bool) -> None:
    monkeypatch.setenv("BRIEFGEN_REFERENCE", "1" if is_reference else "")
    plain = MACRO.replace("{{ caller() if caller }}", "")

    calls = "".join("{{ m(" + each + ") }};" for each in ARGUMENTS)
    assert render(plain + calls) == "12c;13c;12x;13x;1&lt;x;12c;"
    assert render(MACRO + "{% call m(1, c='x') %}<b>{% endcall %}") == "12x<b>"
    for wrong in ("1, 2, 3, 4", "1, d=3", "1, a=1"):
        error = failing(plain + "{{ m(" + wrong + ") }}")
        assert error.problem.code == "template-error"
        assert "macro 'm' takes no" in error.problem.message
