"""Inline Markdown in values: what it becomes, and where its problems are."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefgen.load.content import parse
from briefgen.load.markdown import render_sentence
from briefgen.load.markup import may_have_markup
from briefgen.load.schema import schemas
from briefgen.model.content import Brief
from briefgen.model.problem import Place, Pointer
from briefgen.model.texts import MarkedText, Reference, plain

FILE = "content/briefs/b.md"


def parsed(text: str) -> Any:
    """The lede of a brief whose YAML has it as a block, and its problems."""
    data = f"---\ntitle: x\ndate: 2025-12-03\nlede: |-\n  {text}\n---\nText.\n".encode()
    found = parse("brief", "b", FILE, data)
    assert found.document is not None
    data_of: Brief = found.document.data
    assert found.document.has_marks or not isinstance(data_of.lede, MarkedText)
    return data_of.lede, found.problems


@pytest.mark.parametrize(
    ("text", "html", "words"),
    [
        ("It *rises* **fast**.", "It <em>rises</em> <strong>fast</strong>.", "It rises fast."),
        ("So says [[mayor]].", "So says \x000\x00.", "So says mayor."),
        ("So says [[mayor|the mayor]].", "So says \x000\x00.", "So says the mayor."),
        ("It rose [@log].", "It rose \x000\x00.", "It rose."),
        ('It rose [@log, "by a foot"].', "It rose \x000\x00.", "It rose “by a foot”."),
        ("See [this](../x.md).", 'See <a href="\x000\x00">this</a>.', "See this."),
        ("`a < b` & c", "<code>a &lt; b</code> &amp; c", "a < b & c"),
    ],
)
def test_marks_become_markup(text: str, html: str, words: str) -> None:
    found, problems = parsed(text)

    assert problems == ()
    assert isinstance(found, MarkedText)
    assert (found.html, plain(found)) == (html, words)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Grade C* and 2 * 3, a_b, AT&T, 5 < 6, [sic]", "Grade C* and 2 * 3, a_b, AT&T, 5 < 6, [sic]"),
        (r"a \*b\* c", "a *b* c"),
        ("a &amp; b", "a & b"),
    ],
)
def test_a_sentence_without_marks_stays_a_text(text: str, shown: str) -> None:
    assert parsed(text) == (shown, ())


def test_references_and_addresses_are_kept_without_places() -> None:
    found, _ = parsed('[[dam]] [@log, "so"] [x](https://a.example) [y](/about/#z)')

    assert found.references == (
        Reference("entity", "dam"),
        Reference("cite", "log", quote="so"),
        Reference("link", "/about/#z"),
    )
    assert found.outside == ("https://a.example",)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("A [link](javascript:x) here.", "bad-url", "[link](javascript:x)"),
        ("A [@log, so] here.", "wrong-type", "[@log, so]"),
        ("A ==mark== here.", "markup-in-text", "==mark=="),
        ("A <b>tag</b> here.", "markup-in-text", "<b>"),
        ("A note[^1] here.", "markup-in-text", "[^1]"),
        ("A ![map](../static/map.png) here.", "markup-in-text", "![map](../static/map.png)"),
    ],
)
def test_what_is_wrong_is_told_at_its_words(text: str, code: str, words: str) -> None:
    _, problems = parsed(text)

    assert [problem.code for problem in problems][:1] == [code]
    assert problems[0].at == Place(FILE, 5, 3 + text.index(words), len(words))


def test_code_may_hold_anything() -> None:
    assert parsed("Write `<b>` and `==x==`.")[1] == ()


@pytest.mark.parametrize("value", ["[<b>x</b>, [], []]", "{html: x}"])
def test_markup_cannot_be_written_as_a_list(value: str) -> None:
    found = parse("brief", "b", FILE, f"---\ntitle: x\ndate: 2025-12-03\nlede: {value}\n---\nText.\n".encode())

    assert [problem.code for problem in found.problems] == ["wrong-type"]


def test_the_schemas_know_sentences_as_texts() -> None:
    made = schemas()["brief"]

    assert "MarkedText" not in str(made)
    assert made["$defs"]["Assessment"]["properties"]["says"]["type"] == "string"


def test_problems_point_at_the_value() -> None:
    _, [problem] = render_sentence("[x]()", FILE, ("lede",))

    assert problem.at == Pointer(FILE, ("lede",), words="[x]()")


@given(st.text("a *_`[]()<>&;~!\\@^#\n-x.", max_size=30))
def test_nothing_that_markdown_changes_is_passed_over(text: str) -> None:
    """A sentence is parsed only if the search of the whole file finds a sign."""
    stock = MarkdownIt("commonmark", {"html": False}).enable("strikethrough").disable("newline")
    shown = re.sub(r"\n", " ", stock.renderInline(text))
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
    if shown != re.sub(r"\n", " ", escaped):
        assert may_have_markup(f"lede: {text}")
