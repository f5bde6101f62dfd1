"""What an imported macro makes of a part that pages share is made once; all else is made where it stands."""

from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec import Struct

from briefgen.model.page import Page
from briefgen.render.html import Renderer
from briefgen.render.site_theme import SiteTheme, Template
from briefgen.views import MemoizedPart


class Counted:
    """Text that counts how often it was rendered."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.times = 0

    def __html__(self) -> str:
        self.times += 1
        return self.text


class Card(MemoizedPart, frozen=True):
    title: Counted


class Single(Struct, frozen=True):
    title: Counted


class View(Struct, frozen=True):
    cards: tuple[Card | Single, ...]
    note: str = "note"
    flag: bool = True


MACRO = '{% macro card(c, level=2, note="") %}<h{{ level }}>{{ c.title }}{{ note }}</h{{ level }}>{% endmacro %}'
IMPORT = '{% from "parts/card.html" import card %}'


@pytest.fixture
def rendered(monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    monkeypatch.delenv("BRIEFGEN_REFERENCE", raising=False)
    renderers: dict[str, Renderer] = {}

    def render(text: str, view: View, part: str = MACRO) -> str:
        if text not in renderers:
            texts = {"page.html": text, "parts/card.html": part}
            templates = {name: Template(text, f"themes/test/templates/{name}") for name, text in texts.items()}
            renderers[text] = Renderer(SiteTheme("test", "Test", (Path("themes/test"),), templates, {}), str)
        page = Page(path="x/index.html", kind="x", template="page.html", view=lambda: view)
        return renderers[text].render(page).decode().removesuffix("\n")

    return render


def test_a_shared_part_is_made_once_for_all_pages(rendered: Callable[..., str]) -> None:
    title, other = Counted("one"), Counted("two")
    one, two = Card(title), Card(other)
    text = IMPORT + "{% for c in view.cards %}{{ card(c) }}{% endfor %}"

    assert rendered(text, View((one, two))) == "<h2>one</h2><h2>two</h2>"
    assert rendered(text, View((two, one, one))) == "<h2>two</h2><h2>one</h2><h2>one</h2>"
    assert (title.times, other.times) == (1, 1)


def test_an_equal_part_is_rendered_by_itself(rendered: Callable[..., str]) -> None:
    title = Counted("one")

    assert rendered(IMPORT + "{% for c in view.cards %}{{ card(c) }}{% endfor %}", View((Card(title), Card(title))))
    assert title.times == 2


def test_other_arguments_make_another_text(rendered: Callable[..., str]) -> None:
    card = Card(Counted("one"))
    text = IMPORT + '{% set c = view.cards[0] %}{{ card(c, 3) }}{{ card(c, "3", note=view.note) }}{{ card(c) }}'

    assert rendered(text, View((card,))) == "<h3>one</h3><h3>onenote</h3><h2>one</h2>"
    assert rendered(text, View((card,), note="other")) == "<h3>one</h3><h3>oneother</h3><h2>one</h2>"


def test_few_of_many_other_arguments_are_kept_so_that_memory_does_not_grow_with_each_page(
    rendered: Callable[..., str],
) -> None:
    title = Counted("one")
    text = IMPORT + "{{ card(view.cards[0], note=view.note) }}{{ card(view.cards[0]) }}"

    for number in range(100):
        assert rendered(text, View((Card(title),), note=f"{number}")).startswith(f"<h2>one{number}</h2>")
    title.times = 0
    card = Card(title)
    for number in (0, 99, 0, 99):
        assert rendered(text, View((card,), note=f"{number}")) == f"<h2>one{number}</h2><h2>one</h2>"
    # Once without a note, once with the first, each time with the last.
    assert title.times == 4


def test_true_and_1_are_different_arguments(rendered: Callable[..., str]) -> None:
    part = (
        "{% macro card(c, what) %}{{ c.title }}{% if what is boolean %}yes{% else %}{{ what }}{% endif %}{% endmacro %}"
    )
    text = IMPORT + "{% set c = view.cards[0] %}{{ card(c, 1) }} {{ card(c, view.flag) }} {{ card(c, none is none) }}"

    assert rendered(text, View((Card(Counted("one")),)), part) == "one1 oneyes oneyes"


@pytest.mark.parametrize(
    "text",
    [
        "{% macro card(c) %}{{ c.title }} {{ view.note }}{% endmacro %}{{ card(view.cards[0]) }}",
        '{% from "parts/card.html" import card with context %}{{ card(view.cards[0]) }}',
        '{% include "parts/card.html" %}{% from "parts/card.html" import card with context %}{{ card(view.cards[0]) }}',
    ],
)
def test_a_macro_that_sees_the_view_is_rendered_for_each_page(rendered: Callable[..., str], text: str) -> None:
    card = Card(Counted("one"))
    part = "{% macro card(c) %}{{ c.title }} {{ view.note }}{% endmacro %}"

    assert rendered(text, View((card,)), part) == "one note"
    assert rendered(text, View((card,), note="other"), part) == "one other"


def test_a_macro_that_gets_more_of_the_view_is_rendered_for_each_page(rendered: Callable[..., str]) -> None:
    part = "{% macro card(c, all) %}{{ c.title }}{{ all | length }}{% endmacro %}"
    text = IMPORT + "{{ card(view.cards[0], view.cards) }}"
    card = Card(Counted("one"))

    assert rendered(text, View((card,)), part) == "one1"
    assert rendered(text, View((card, card)), part) == "one2"


def test_a_part_that_is_not_shared_is_rendered_each_time(rendered: Callable[..., str]) -> None:
    title = Counted("one")
    text = IMPORT + "{% for c in view.cards %}{{ card(c) }}{% endfor %}"

    for _ in range(2):
        assert rendered(text, View((Single(title),))) == "<h2>one</h2>"
    assert title.times == 2


def test_many_parts_are_dropped_so_that_memory_does_not_grow_with_the_site(
    rendered: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.render.sandbox.memoized_parts._MOST_RESULTS", 2)
    titles = [Counted(name) for name in ("one", "two", "three")]
    cards = tuple(map(Card, titles))
    text = IMPORT + "{% for c in view.cards %}{{ card(c) }}{% endfor %}"

    for _ in range(2):
        assert rendered(text, View(cards)) == "<h2>one</h2><h2>two</h2><h2>three</h2>"
    assert sum(title.times for title in titles) > len(titles)
