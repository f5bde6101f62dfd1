"""The texts of the interface: every word of a template can be translated, and the catalogues have all of them."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from jinja2 import Environment, nodes

from briefgen.kernel.messages import list_languages
from briefgen.render.sandbox.translation import EXTENSION
from support import messages

ROOT = Path(__file__).parents[2]
TEMPLATES = sorted((ROOT / "themes").glob("*/templates/**/*.html"))

_PLACEHOLDER = re.compile(r"\{\w+\}|%\(\w+\)s|##?")
_TAG = re.compile(r"</?\w+")

# Blocks of a template that are no texts: a class, and parts of the security policy.
_NO_TEXTS = ("kind", "scripts", "policy", "connect", "keys", "here")
_SHOWN = re.compile(r'\b(?:alt|title|aria-label|placeholder|label|data-(?:some|none|error|n\d+))="([^"]*)"')
_WORDS = re.compile(r"[A-Za-z]{2,}")
_ELEMENT = re.compile(
    r"<(script|style|code)\b.*?</\1>|<!--.*?-->|<(?:[^>\"]|\"[^\"]*\")*>|&#?\w+;|[\w-]+=\"[^\"]*\"", re.DOTALL
)
_SENTENCE = re.compile(r"[A-Z]?[a-z’]+(?: [A-Za-z’]+)+[.:?]?")


@pytest.fixture(scope="module")
def extracted() -> Catalog:
    return messages.make_template(messages.extract_all())


def texts_of(one: Message) -> tuple[str, ...]:
    return (one.id,) if isinstance(one.id, str) else tuple(one.id)


def forms_of(one: Message) -> tuple[str, ...]:
    return (one.string,) if isinstance(one.string, str) else tuple(one.string or ())


def test_the_extracted_texts_are_current(extracted: Catalog) -> None:
    """If not: `make messages`."""
    assert messages.TEMPLATE.read_bytes() == messages.to_bytes(extracted)


def test_there_is_a_catalogue_for_each_language_of_the_interface() -> None:
    assert list_languages() == sorted(("en", *messages.LANGUAGES))


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_a_catalogue_has_all_texts_and_no_others(language: str, extracted: Catalog) -> None:
    found = {(one.context, texts_of(one)) for one in messages.read_catalogue(language) if one.id}
    assert found == {(one.context, texts_of(one)) for one in extracted if one.id}


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_every_text_is_translated(language: str) -> None:
    catalogue = messages.read_catalogue(language)
    assert [texts_of(one)[0] for one in messages.find_missing(catalogue)] == []
    forms = get_plural(language).num_plurals
    assert [one.id for one in catalogue if one.pluralizable and len(forms_of(one)) != forms] == []


@pytest.mark.parametrize("language", messages.LANGUAGES)
def test_translations_have_the_values_and_the_markup_of_their_texts(language: str) -> None:
    faults = [
        (texts[-1], form)
        for one in messages.read_catalogue(language)
        if one.id
        for texts in (texts_of(one),)
        for form in forms_of(one)
        if form and not _has_same_parts(texts, form)
    ]
    assert faults == []


def _has_same_parts(texts: tuple[str, ...], form: str) -> bool:
    """Return whether a translation has the values and tags of a text; a plural form may say a number in words."""
    *_, many = texts
    tags = Counter(_TAG.findall(form)) in [Counter(_TAG.findall(text)) for text in texts]
    values, wanted = ({*_PLACEHOLDER.findall(text)} for text in (form, many))
    return tags and (values == wanted or (len(texts) > 1 and values < wanted))


def find_words(template: str) -> Iterator[str]:
    """Yield the words of a template that are in no text to be translated."""
    environment = Environment(extensions=[EXTENSION], autoescape=True)
    text = "".join(_outside_of_texts(environment, template))
    for shown in _SHOWN.findall(text):
        yield from _WORDS.findall(shown)
    yield from _WORDS.findall(_ELEMENT.sub(" ", text))
    tree = environment.parse(template)
    no_texts = (nodes.Call, nodes.Compare)  # what is marked, and words of closed lists
    passed = {id(one) for node in tree.find_all(no_texts) for one in node.find_all(nodes.Const)}
    for const in tree.find_all(nodes.Const):
        if isinstance(const.value, str) and id(const) not in passed and _SENTENCE.fullmatch(const.value):
            yield const.value


def _outside_of_texts(environment: Environment, template: str) -> Iterator[str]:
    """Yield what a template has outside of tags, texts to be translated and blocks that are no texts."""
    is_in_text, blocks = False, [""]
    tag: list[str] = []
    for _, kind, value in environment.lex(template):
        if kind == "data" and not is_in_text and blocks[-1] not in _NO_TEXTS:
            yield value
        elif kind == "variable_begin":
            yield "\0"
        elif kind == "block_begin":
            tag = []
        elif kind in ("name", "operator", "string"):
            tag.append(value)
        elif kind == "block_end":
            is_in_text = tag[0] != "endtrans" and (is_in_text or tag[0] == "trans")
            if tag[0] == "block" or (tag[0] == "set" and "=" not in tag):
                blocks.append(tag[1])
            elif tag[0] in ("endblock", "endset"):
                blocks.pop()


@pytest.mark.parametrize("file", TEMPLATES, ids=[file.relative_to(ROOT / "themes").as_posix() for file in TEMPLATES])
def test_every_word_of_a_template_can_be_translated(file: Path) -> None:
    assert list(find_words(file.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "template",
    [
        "<p>Said by {{ view.name }}</p>",
        '<img alt="A map of {{ view.name }}">',
        '{% macro a(copy="our copies of it") %}{{ copy }}{% endmacro %}',
        "{% if view.name %}said{% endif %}",
        "{% trans %}Known{% endtrans %} unknown",
    ],
)
def test_a_word_outside_of_texts_is_noticed(template: str) -> None:
    assert list(find_words(template))


@pytest.mark.parametrize(
    "template",
    [
        '<p class="lede" title="{{ _("A map") }}">{% trans name=view.name %}By <b>{{ name }}</b>{% endtrans %}</p>',
        "{% block kind %}search{% endblock %}<code>data.json</code>&nbsp;{{ view.name }}: –",
        '{% trans n=view.n %}{{ n }} claim{% pluralize %}{{ n }} claims{% endtrans %}{{ find((("a", _("A b")),)) }}',
    ],
)
def test_markup_and_marked_texts_pass(template: str) -> None:
    assert list(find_words(template)) == []
