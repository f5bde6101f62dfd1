"""Texts of templates in other languages: translated when the template is compiled."""

from pathlib import Path

import pytest
from msgspec import Struct

from briefgen.kernel.messages import Messages
from briefgen.model.page import Page
from briefgen.render.html import Renderer, RenderError
from briefgen.render.site_theme import SiteTheme, Template

GERMAN = """
msgid "Sources"
msgstr "Quellen & mehr"

msgctxt "verb"
msgid "Open"
msgstr "Öffnen"

msgid "%(name)s in <b>%(n)s</b> claim"
msgid_plural "%(name)s in <b>%(n)s</b> claims"
msgstr[0] "In <b>%(n)s</b> Aussage: %(name)s"
msgstr[1] "In <b>%(n)s</b> Aussagen: %(name)s"

msgid "100 %% of %(name)s"
msgstr "100 %% von %(name)s"
""".encode()


class View(Struct, frozen=True):
    n: int = 1
    name: str = "<Ann>"


def _render(template: str, view: View | None = None, *catalogues: bytes, language: str = "de") -> str:
    messages = Messages(language, catalogues)
    theme = SiteTheme("test", "Test", (Path("t"),), {"page.html": Template(template, "t")}, {}, messages=messages)
    page = Page(path="p", kind="p", template="page.html", view=lambda: view or View())
    return Renderer(theme, str).render(page).decode().strip()


COUNT = (
    "{% trans name=view.name, n=view.n %}{{ name }} in <b>{{ n }}</b> claim"
    "{% pluralize n %}{{ name }} in <b>{{ n }}</b> claims{% endtrans %}"
)


def test_without_a_catalogue_texts_are_as_they_are_written() -> None:
    assert _render("{% trans %}Sources{% endtrans %}: {{ _('Sources') }}") == "Sources: Sources"
    assert _render(COUNT, View(1)) == "&lt;Ann&gt; in <b>1</b> claim"
    assert _render(COUNT, View(0)) == "&lt;Ann&gt; in <b>0</b> claims"


def test_values_are_escaped_and_the_text_of_a_tag_is_markup() -> None:
    assert _render(COUNT, View(1), GERMAN) == "In <b>1</b> Aussage: &lt;Ann&gt;"
    assert _render(COUNT, View(2), GERMAN) == "In <b>2</b> Aussagen: &lt;Ann&gt;"


def test_the_text_of_an_expression_is_no_markup() -> None:
    assert _render('<p title="{{ _("Sources") }}">', None, GERMAN) == '<p title="Quellen &amp; mehr">'
    assert _render("{% trans %}Sources{% endtrans %}", None, GERMAN) == "Quellen & mehr"


def test_an_expression_has_values_by_name() -> None:
    assert _render("{{ _('100 %% of %(name)s', name=view.name) }}", None, GERMAN) == "100 % von &lt;Ann&gt;"


def test_a_context_tells_two_meanings_of_a_word_from_each_other() -> None:
    text = "{% trans 'verb' %}Open{% endtrans %} {{ pgettext('verb', 'Open') }} {% trans %}Open{% endtrans %}"
    assert _render(text, None, GERMAN) == "Öffnen Öffnen Open"


def test_an_expression_takes_the_plural_form() -> None:
    text = "{{ ngettext('claim', 'claims', view.n) }}"
    assert _render(text, View(1)) == "claim"
    assert _render(text, View(3)) == "claims"


def test_lines_of_a_text_are_joined() -> None:
    assert _render("{% trans %}\nOne\n  line\n{% endtrans %}") == "One line"


def test_a_percent_sign_is_a_percent_sign() -> None:
    assert _render("{% trans %}5 % of all{% endtrans %}") == "5 % of all"
    assert _render("{% trans n=view.n %}{{ n }} % of all{% endtrans %}") == "1 % of all"


def test_a_computed_text_is_refused() -> None:
    with pytest.raises(RenderError, match="must be written out"):
        _render("{{ _(view.name) }}")


def test_a_text_with_a_placeholder_that_nothing_fills_is_refused() -> None:
    with pytest.raises(RenderError, match=r"%\(name\)s.*does not fill"):
        _render('{{ _("100 %% of %(name)s", nome=view.name) }}', None, GERMAN)


def test_the_bytes_of_a_page_depend_on_the_catalogues() -> None:
    def dependencies(*catalogues: bytes) -> str:
        templates = {"page.html": Template("x", "t")}
        theme = SiteTheme("test", "Test", (Path("t"),), templates, {}, messages=Messages("de", catalogues))
        return Renderer(theme, str).template_dependencies(Page("p", "p", "page.html", view=View))

    assert dependencies() != dependencies(GERMAN) != dependencies(GERMAN, GERMAN)


def test_whole_numbers_are_written_as_the_language_does() -> None:
    text = "{% trans n=view.n %}{{ n }} of a{% pluralize %}{{ n }} of all{% endtrans %}"
    text += "; {{ view.n | number }}; {{ view.n }}"
    assert _render(text, View(12345)) == "12.345 of all; 12.345; 12345"
    assert _render(text, View(12345), language="en") == "12,345 of all; 12,345; 12345"
    assert (
        _render("{{ _('%(n)s of all', n=view.n) }} {{ view.name | number }}", View(1000)) == "1.000 of all &lt;Ann&gt;"
    )
