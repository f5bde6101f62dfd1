"""Asking fewer rules gives the same HTML as asking all of them."""

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline

from briefgen.load import markdown
from briefgen.load.markdown_rules.collect import Job

FILE = "content/briefs/a.md"
# What rules begin with and end at, in pieces that often make something of each other.
PIECES = (
    *("a", "word", "Two words", "é", "1", "12.", "2)", "x.y", "http://a.example/b_c", "\n", "\n\n", "\n\n\n"),
    *(
        " ",
        "  ",
        "    ",
        "\t",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "> ",
        "# ",
        "## ",
        "#",
        "---",
        "***",
        "___",
        "===",
        "```",
        "~~~",
    ),
    *(
        "*",
        "**",
        "***",
        "_",
        "__",
        "~~",
        "`",
        "``",
        "\\",
        "\\*",
        "\\\n",
        "&amp;",
        "&#35;",
        "&",
        "!",
        "![",
        "[",
        "]",
        "](",
    ),
    *(
        ")",
        "(",
        "<",
        ">",
        "<https://a.example>",
        "<b>",
        "[x]: /y",
        "[x]",
        "[^1]",
        "[^1]: note",
        "[[mayor]]",
        "[[mayor|x]]",
    ),
    *(
        "[@minutes]",
        '[@minutes, "so"]',
        "[@a; @b]",
        "| a | b |\n| - | :-: |\n| 1 | 2 |",
        "|",
        ": term",
        "\n: defined",
        "~",
    ),
)
texts = st.lists(st.sampled_from(PIECES), max_size=25).map("".join)


@cache
def asking_all() -> MarkdownIt:
    parser = markdown._parser.__wrapped__()
    block, inline = ParserBlock(), ParserInline()
    block.ruler = parser.block.ruler
    inline.ruler, inline.ruler2 = parser.inline.ruler, parser.inline.ruler2
    inline.terminator_re = parser.inline.terminator_re
    parser.block, parser.inline = block, inline
    return parser


def all_asked(text: str) -> str:
    return str(asking_all().render(text, {"job": Job(text, FILE, 0, ())}))


@settings(max_examples=400, deadline=None)
@given(texts)
@example("Term\n\n: defined\n\n- a\n\n  b\n- c")
@example("> quoted\nlazily\n\n1. one\n   - two\n\n     three\n10. ten")
@example("| a |\n| - |\n| *b* |\n\n    code\n\ntext\n===\n\n[x]: /y\n[x] ![x](y) <b> &copy; ~~gone~~")
def test_any_text_gives_the_same(text: str) -> None:
    assert markdown.render(text, FILE).html == all_asked(text)


@pytest.mark.parametrize("depth", [10, 150])
def test_nesting_ends_at_the_same_depth(depth: int) -> None:
    for text in ("> " * depth + "deep", "*a " * depth + "b*" * depth, "- " * depth + "deep", "[" * depth + "x"):
        assert markdown.render(text, FILE).html == all_asked(text)


def test_every_rule_is_asked_where_it_begins() -> None:
    text = "\\* `a` ~~b~~ *c* _d_ [[mayor]] [@minutes] [e](/f) ![g](../static/h.png)\n[^1] [^2] <https://i.example> &"
    rendered = markdown.render(f"{text}\n\n[^1]: note\n", FILE)

    assert [reference.kind for reference in rendered.references] == ["entity", "cite", "link", "image"]
    assert [problem.code for problem in rendered.problems] == ["broken-link"]
    for piece in ("* <code>a</code>", "<s>b</s>", "<em>c</em>", "<em>d</em>", "footnote-ref", "i.example", "&amp;"):
        assert piece in rendered.html
