"""The fast parser gives the same result for every text as the stock parser."""

from functools import cache

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from briefgen.load import markdown
from briefgen.load.fast_markdown import blocks, inlines, make_fast
from briefgen.load.markdown import Rendered
from briefgen.load.markdown_rules.collect import Job

FILE = "content/briefs/a.md"
# What rules begin with and end at, in pieces that often make something of each other.
WORDS = "a", "word", "Two words", "é", "1", "12.", "2)", "x.y", "http://a.example/b_c", "", "\u2003", "\x1c"
SPACES = "\n", "\n\n", "\n\n\n", " ", "  ", "    ", "\t"
BLOCKS = "- ", "* ", "+ ", "1. ", "> ", "# ", "## ", "#", "---", "***", "___", "===", "```", "~~~", "|"
MARKS = "*", "**", "***", "_", "__", "~~", "`", "``", "\\", "\\*", "\\\n", "&amp;", "&#35;", "&", "!", "![", "["
LINKS = "]", "](", ")", "(", "<", ">", "<https://a.example>", "<b>", "[x]: /y", "[x]", "[^1]", "[^1]: note", "[a](b)"
OURS = "[[mayor]]", "[[mayor|x]]", "[@minutes]", '[@minutes, "so"]', "[@a; @b]", ": term", "\n: defined", "~"
LARGER = (
    *(
        "| a | b |\n| - | :-: |\n| 1 | 2 |",
        "**bold**",
        " *slanted words* ",
        "(_so_)",
        "[plain words](https://a.example/b)",
    ),
    *("- one\n- two\n", "* one\n", "3. three\n4. four\n", "1) one\n", "Heading\n---\n", "Heading\n===", "\n\n- item"),
)
texts = st.lists(st.sampled_from((*WORDS, *SPACES, *BLOCKS, *MARKS, *LINKS, *OURS, *LARGER)), max_size=25).map("".join)


@cache
def parser() -> MarkdownIt:
    return markdown.reference_parser()


def reference(text: str) -> Rendered:
    job = Job(text, FILE, 0, ())
    html = str(parser().render(text, {"job": job}))
    return Rendered(html, tuple(job.references), tuple(job.anchors), tuple(job.outside), tuple(job.problems))


@settings(max_examples=400, deadline=None)
@given(texts)
@example("Term\n\n: defined\n\n- a\n\n  b\n- c")
@example("> quoted\nlazily\n\n1. one\n   - two\n\n     three\n10. ten")
@example("| a |\n| - |\n| *b* |\n\n    code\n\ntext\n===\n\n[x]: /y\n[x] ![x](y) <b> &copy; ~~gone~~")
@example("- one\n- two\n\n\n- three\n* four\n\n    five\n\n1. one\n2) two\n3) three\n   four\n\n\n5. five\n:  six")
@example('**a** *b **c** d* **e*f*** _g_h_ (*i*), *j*k [a *b*](c) [d [e](f)](g) ![h [i](j)](k) [l](m "n") [o](p)q')
@example("Word\n---\nWord\n***\nWord\n- - -\nWord\n> ---\n===\n\n- Word\n  ===\n- Word\n===\n\n\tcode\n \t- Word")
@example("> Term\n> : \t- Word\n\n> Term\n> ~ \t1. Word\n>   ===\n")
def test_any_text_gives_the_same_html_in_both_parsers(text: str) -> None:
    assert markdown.render(text, FILE) == reference(text)


@pytest.mark.parametrize("depth", [10, 150])
def test_both_parsers_limit_nesting_at_the_same_depth(depth: int) -> None:
    for text in ("> " * depth + "deep", "*a " * depth + "b*" * depth, "- " * depth + "deep", "[" * depth + "x"):
        assert markdown.render(text, FILE) == reference(text)


@pytest.mark.parametrize("depth", range(18, 23))
@pytest.mark.parametrize("inner", ["[a](b)", "`a`", "*a*", "[[mayor]]", "[@minutes]", "<https://a.example>"])
def test_short_cuts_limit_nesting_at_the_same_depth(depth: int, inner: str) -> None:
    for begin in ("[", "!["):
        for end in ("", f" {inner}", "](c)" * depth):
            text = begin * depth + inner + end
            assert markdown.render(text, FILE) == reference(text)


def test_every_rule_is_tried_where_it_can_begin() -> None:
    text = "\\* `a` ~~b~~ *c* _d_ [[mayor]] [@minutes] [e](/f) ![g](../static/h.png)\n[^1] [^2] <https://i.example> &"
    rendered = markdown.render(f"{text}\n\n[^1]: note\n", FILE)

    assert [reference.kind for reference in rendered.references] == ["entity", "cite", "link", "image"]
    assert [problem.code for problem in rendered.problems] == ["broken-link"]
    for piece in ("* <code>a</code>", "<s>b</s>", "<em>c</em>", "<em>d</em>", "footnote-ref", "i.example", "&amp;"):
        assert piece in rendered.html


def test_the_tables_of_first_characters_name_only_existing_rules() -> None:
    parser = make_fast(markdown.reference_parser())

    assert set(blocks._BEGIN) <= set(parser.block.ruler.get_active_rules())
    assert set(inlines._BEGIN) <= set(parser.inline.ruler.get_active_rules())
