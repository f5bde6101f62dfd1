from briefgen.model.content import Config
from briefgen.model.page import Page
from briefgen.model.site import Site
from briefgen.pipeline.basis import Basis, Comparison, basis

PAGE = Page(
    path="a/index.html",
    kind="brief",
    template="brief.html",
    view=lambda: Config(title="x"),
    origin="content/briefs/a.md",
)
BEFORE = Basis("facts", ("one", "two"), {"content/briefs/a.md": "text", "content/briefs/b.md": "text"})


def test_a_view_stands_until_the_words_or_the_text_that_it_shows_are_others() -> None:
    same = Comparison(BEFORE, BEFORE)
    other_words = Comparison(BEFORE, Basis("facts", ("one", "2"), BEFORE.texts))
    other_text = Comparison(BEFORE, Basis("facts", BEFORE.words, BEFORE.texts | {"content/briefs/a.md": "other"}))
    text_of_another = Comparison(BEFORE, Basis("facts", BEFORE.words, BEFORE.texts | {"content/briefs/b.md": "other"}))

    assert same.stands(PAGE, (0, 1))
    assert other_words.stands(PAGE, (0,))
    assert not other_words.stands(PAGE, (0, 1))
    assert not other_text.stands(PAGE, ())
    assert text_of_another.stands(PAGE, (0, 1))


def test_on_other_facts_nothing_stands_and_neither_on_none() -> None:
    assert not Comparison(BEFORE, Basis("others", BEFORE.words, BEFORE.texts)).stands(PAGE, ())
    assert not Comparison(Basis(), BEFORE).stands(PAGE, ())
    assert not Comparison(Basis(), Basis()).stands(PAGE, ())


def test_no_site_is_without_facts() -> None:
    empty = Site(Config(title="x"), {}, {}, {}, {}, {}, {})

    assert basis(empty, {}).facts
