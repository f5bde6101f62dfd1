"""Markdown → HTML."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from briefgen.load.markdown import Rendered, render
from briefgen.model.problem import Place
from briefgen.model.texts import OutsideLink, Reference

FILE = "content/briefs/b.md"


def html(text: str, reserved: Iterable[str] = ()) -> str:
    """The HTML with `<0>` where reference 0 stands."""
    return re.sub("\x00(\\d+)\x00", r"<\1>", render(text, FILE, reserved=reserved).html)


def references(text: str) -> list[tuple[Any, ...]]:
    return [
        tuple(part for part in (one.kind, one.target, one.label, one.quote) if part)
        for one in render(text, FILE).references
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A *b* **c** `d`\ne\\\nf", "<p>A <em>b</em> <strong>c</strong> <code>d</code>\ne<br>\nf</p>\n"),
        ("~~gone~~", "<p><s>gone</s></p>\n"),
        ("Term\n: Meaning", "<dl>\n<dt>Term</dt>\n<dd>Meaning</dd>\n</dl>\n"),
        ("***", "<hr>\n"),
        ("```py\na < b\n```", '<pre tabindex="0"><code class="language-py">a &lt; b\n</code></pre>\n'),
        ("    a < b", '<pre tabindex="0"><code>a &lt; b\n</code></pre>\n'),
        ("3. c\n4. d", '<ol start="3">\n<li>c</li>\n<li>d</li>\n</ol>\n'),
        ("{a} $b$ 5 % – e@f.g: h #i +j =k", "<p>{a} $b$ 5 % – e@f.g: h #i +j =k</p>\n"),
        ("", ""),
        ("[r]: https://x.org\n", ""),
    ],
)
def test_commonmark_and_a_little_more_is_read(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "a <b onclick=x>c</b>",
        "<!-- private -->",
        "<div>\n*x*\n</div>",
        "<?php ?>",
        "&lt;i&gt;",
    ],
)
def test_raw_html_is_shown_as_text(text: str) -> None:
    assert not re.search(r"<(?!/?(p|em)>)", html(text))


def test_a_table_has_headers_and_can_be_scrolled_by_keyboard() -> None:
    table = "| a | b | c |\n|---|--:|:-:|\n| 1 | 2 | 3 |"

    assert html(f"{table}\n\n{table}").startswith(
        '<div class="table" tabindex="0" role="region" aria-label="Table 1">\n<table>\n<thead>\n<tr>\n'
        '<th scope="col">a</th>\n<th scope="col" class="align-right">b</th>\n'
        '<th scope="col" class="align-center">c</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n'
        '<td>1</td>\n<td class="align-right">2</td>\n<td class="align-center">3</td>\n</tr>\n</tbody>\n'
        '</table>\n</div>\n<div class="table" tabindex="0" role="region" aria-label="Table 2">'
    )


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("## What Moscow *wants*", ["what-moscow-wants"]),
        ("## Twice\n\n## Twice\n\n## Twice 2", ["twice", "twice-2", "twice-2-2"]),
        ("## Taken", ["taken-2"]),
        ("## …\n\n## …", ["section", "section-2"]),
        ("## Путин и `код`", ["путин-и-код"]),
        ("## On [[putin|the president]] and [[x]][@a][^1] ![pic](/a.png)\n\n[^1]: n", ["on-the-president-and-x-pic"]),
        ("Under\nlined\n---", ["under-lined"]),
    ],
)
def test_headings_have_unique_ids_made_of_their_words(text: str, ids: list[str]) -> None:
    rendered = render(text, FILE, reserved=["taken"])

    assert re.findall(r'<h\d id="([^"]*)"', rendered.html) == ids
    assert [anchor for anchor in rendered.anchors if not anchor.startswith("fn")] == ids


def test_a_page_keeps_its_one_title() -> None:
    levels = re.compile(r"<(h\d) .*</(h\d)>")

    assert levels.findall(html("# a\n\n## b\n\n###### c\n\nd\n=\n")) == [
        ("h2", "h2"), ("h3", "h3"), ("h6", "h6"), ("h2", "h2"),
    ]  # fmt: skip
    assert levels.findall(html("## b\n\n#### c\n")) == [("h2", "h2"), ("h4", "h4")]


def test_footnotes_are_numbered_as_they_are_met_and_lead_back() -> None:
    rendered = render("A[^x] b[^y] c[^x].\n\n[^y]: Two[^z]\n[^x]: One\n[^z]: Three\n[^unused]: No\n", FILE)

    def ref(number: int, at: str) -> str:
        return (
            f'<sup class="footnote-ref"><a href="#fn_{number}" id="{at}" role="doc-noteref" '
            f'aria-label="Footnote {number}">{number}</a></sup>'
        )

    def back(at: str, where: str) -> str:
        return (
            f' <a href="#{at}" class="footnote-back" role="doc-backlink" '
            f'aria-label="Back to footnote {where} in the text">↩\ufe0e</a>'
        )

    assert rendered.html == (
        f"<p>A{ref(1, 'fnref_1')} b{ref(2, 'fnref_2')} c{ref(1, 'fnref_1_2')}.</p>\n"
        '<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">\n<ol>\n'
        f'<li id="fn_1"><p>One{back("fnref_1", "1")}{back("fnref_1_2", "1, place 2")}</p>\n</li>\n'
        f'<li id="fn_2"><p>Two{ref(3, "fnref_3")}{back("fnref_2", "2")}</p>\n</li>\n'
        f'<li id="fn_3"><p>Three{back("fnref_3", "3")}</p>\n</li>\n'
        "</ol>\n</section>\n"
    )
    assert rendered.anchors == ("fnref_1", "fnref_2", "fnref_1_2", "fn_1", "fn_2", "fnref_3", "fn_3")


def test_a_footnote_that_is_not_there_is_a_problem_and_shown_as_it_is() -> None:
    rendered = render("Text[^1] and \\[^2]\n\n[^2]: x", FILE, 4)

    assert rendered.html == "<p>Text[^1] and [^2]</p>\n"
    (problem,) = rendered.problems
    assert (problem.code, problem.message, problem.at) == ("broken-link", 'no footnote "1"', Place(FILE, 5, 5, 4))
    assert problem.hint == "write [^1]: and its text on a line of its own; \\[^ shows it as it is"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[[putin]]", [("entity", "putin")]),
        ("[[ Vladimir  Putin | the\npresident ]]", [("entity", "Vladimir Putin", "the president")]),
        ("[[a|]] [[b]][[c]]", [("entity", "a"), ("entity", "b"), ("entity", "c")]),
        ("*[[a]]* **x [[b|c]]**", [("entity", "a"), ("entity", "b", "c")]),
        ("[@a]", [("cite", "a")]),
        ('[@a, "exact words"]', [("cite", "a", "exact words")]),
        ('[@a , "exact\n words; x]" ]', [("cite", "a", "exact words; x]")]),
        ('[@a, "say \\"x\\" \\\\"]', [("cite", "a", 'say "x" \\')]),
        ('[@a, “curly "x"”]', [("cite", "a", 'curly "x"')]),
        ("[@a, „low“] [@b, «angular»]", [("cite", "a", "low"), ("cite", "b", "angular")]),
        ('[@a; @b, "x"; @c]', [("cite", "a"), ("cite", "b", "x"), ("cite", "c")]),
    ],
)
def test_actors_and_sources_are_referred_to_in_order(text: str, expected: list[tuple[str, ...]]) -> None:
    assert references(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A [[putin]].", "<p>A <0>.</p>\n"),
        ("[@a; @b]", "<p><0> <1></p>\n"),
        ('[x](../actors/p.md "t")', '<p><a href="<0>" title="t">x</a></p>\n'),
        ("![x](/p.png)", '<p><img src="<0>" alt="x"></p>\n'),
        ("![](/p.png)", '<p><img src="<0>" alt=""></p>\n'),
        ("![a *b* [[c|d]] [[e]]](/p.png)", '<p><img src="<0>" alt="a b d e"></p>\n'),
        ("[![a](/p.png)](/x/)", '<p><a href="<0>"><img src="<1>" alt="a"></a></p>\n'),
    ],
)
def test_a_place_is_left_for_each_reference(text: str, expected: str) -> None:
    assert html(text) == expected


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("`[[a]] [@b]`", "<code>[[a]] [@b]</code>"),
        ("\\[[a]] \\[@b]", "[[a]] [@b]"),
        ("[\\[a]] [\\@b]", "[[a]] [@b]"),
        ("[[]] [[ ]] [[a] [[a", "[[]] [[ ]] [[a] [[a"),
        ("[@] [@ 5 pm] a@b.org", "[@] [@ 5 pm] a@b.org"),
        ("[[1]](https://x.org)", '<a href="https://x.org" rel="noopener">[1]</a>'),
        ("[@bob](https://x.org)", '<a href="https://x.org" rel="noopener">@bob</a>'),
        ("[@bob, me](https://x.org)", '<a href="https://x.org" rel="noopener">@bob, me</a>'),
    ],
)
def test_text_that_resembles_a_reference_stays_text(text: str, shown: str) -> None:
    rendered = render(text, FILE)

    assert replace(rendered, outside=()) == Rendered(f"<p>{shown}</p>\n")


def test_links_to_elsewhere_have_their_places() -> None:
    text = "A [b](https://x.org/#c) <https://y.org>\n\n| d |\n| - |\n| [e](/f) [g](http://z.org) |\n\n<a@b.org>"
    assert render(text, FILE, above=4).outside == (
        OutsideLink("https://x.org/#c", 5, 3, 21),
        OutsideLink("https://y.org", 5, 25, 15),
        OutsideLink("http://z.org", 9, 11, 17),
    )


@pytest.mark.parametrize("quote", ['""', '" "', "“…”", "« »", '"\u200b"', '" — "'])
def test_a_citation_without_words_between_its_marks_is_a_problem(quote: str) -> None:
    rendered = render(f"x\ny [@a; @b, {quote}; @c] z\n", FILE)

    (problem,) = rendered.problems
    assert (problem.code, problem.at) == ("wrong-type", Place(FILE, 2, 8, len(f"@b, {quote}")))
    assert problem.hint == "write the exact words of the source, or leave the marks and the comma out: [@source-id]"
    assert [one.target for one in rendered.references] == ["a", "c"]


def test_a_word_in_brackets_may_follow_a_reference() -> None:
    assert html("[[a]](x y)") == "<p><0>(x y)</p>\n"


@pytest.mark.parametrize(
    ("text", "length"),
    [("[@a, p. 3]", 10), ("[@a, “open]", 11), ('[@a, "x" y]', 11), ("[@a; b]", 7), ("[@a", 3), ("[@a;]", 5)],
)
def test_a_citation_that_cannot_be_read_is_a_problem_and_shown_as_it_is(text: str, length: int) -> None:
    rendered = render(f"x\ny {text} z\n", FILE, 4)

    (problem,) = rendered.problems
    assert (problem.code, problem.message) == ("wrong-type", "this citation cannot be read")
    assert isinstance(problem.at, Place)
    assert (problem.at.line, problem.at.column) == (6, 3)
    assert problem.hint == 'write [@source-id] or [@source-id, "exact words"]; \\[@ shows it as it is'
    assert rendered.references == ()
    assert problem.at.length >= length


LINES = """\
Intro [[a]] and *x* [[a]]
é [[b]] wraps `[[no]]` [@c].

  # Title [[d]] ##

- item [@e, "words"] x
  and [@f; @g]
   1. deep [[h]]

> quote [[i]]
> > deep [[j]]
lazy [[k]]

>\ttab [[l]]

| a | [[m\\|n]] |
|:--|--:|
| [[o]] | x [[o]] y |
| `a\\|b` [[p]] | [[p]] |
| [[q]]

Set [[r]]
more [[s]]
===

Foot[^1]. ![pic](/a.png) [text
on](x.md) <https://x.org> [y](#z)

Term [[t]]
: Def [[u]]

[^1]: Note [[v]]

    more [[w|x
    y]]

[ref]: x.md
[ref] and [z][ref]
"""


def test_every_reference_has_its_line_and_column() -> None:
    rendered = render(LINES, FILE, above=10)

    lines = LINES.split("\n")
    found = [(one.line - 10, lines[one.line - 11][one.column - 1 :][: one.length]) for one in rendered.references]
    assert found == [
        (1, "[[a]]"), (1, "[[a]]"), (2, "[[b]]"), (2, "[@c]"), (4, "[[d]]"), (6, '[@e, "words"]'), (7, "[@f"),
        (7, "@g"), (8, "[[h]]"), (10, "[[i]]"), (11, "[[j]]"), (12, "[[k]]"), (14, "[[l]]"), (16, "[[m\\|n]]"),
        (18, "[[o]]"), (18, "[[o]]"), (19, "[[p]]"), (19, "[[p]]"), (20, "[[q]]"), (22, "[[r]]"), (23, "[[s]]"),
        (26, "![pic](/a.png)"), (26, "[text"), (27, "[y](#z)"), (29, "[[t]]"),
        (30, "[[u]]"), (38, "[ref]"), (38, "[z][ref]"), (32, "[[v]]"), (34, "[[w|x"),
    ]  # fmt: skip
    assert [one.column for one in rendered.references[:4]] == [7, 21, 3, 24]


@given(
    st.lists(
        st.sampled_from(
            ["> ", "- ", "1. ", "  ", "    ", "\t", "# ", "| ", " |", "|", "|---|---|\n", "\n", "\n\n", "x ", "é"]
        )
        | st.sampled_from(
            [" ##", "*", "`", "\\", ": ", "~ ", "[^1]: ", "[^1]", "[[a]]", "[@b]", "[[c|d]]", "===\n", "---\n"]
        ),
        max_size=30,
    ).map("".join)
)
def test_the_place_of_every_reference_has_its_text(text: str) -> None:
    lines = text.split("\n")
    for one in render(text, FILE, above=3).references:
        written = lines[one.line - 4][one.column - 1 :][: one.length].replace("\\|", "|")
        assert written in ("[[a]]", "[@b]", "[[c|d]]")


class Reader(HTMLParser):
    """What a browser would make of a body."""

    VOID = ("br", "hr", "img")

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert not (tag == "a" and "a" in self.open)
        self.tags.add(tag)
        for name, value in attrs:
            assert name in {
                "dir",
                "id",
                "href",
                "src",
                "alt",
                "title",
                "rel",
                "class",
                "scope",
                "start",
                "tabindex",
                "role",
                "aria-label",
            }
            if name == "id":
                self.ids.append(value or "")
            if name in ("href", "src"):
                self.links.append(value or "")
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


PIECES = [
    *("[[", "]]", "[@a", "]", "(", ")", "[", "!", '"', ", ", ";", "|", "\n", "\n\n", "# ", "* ", "> ", "<", ">", "&"),
    *(
        "[^1]",
        "[^1]: ",
        "javascript:",
        "https://x.org",
        "data:",
        "//",
        "\\",
        "&#9;",
        "&#0;",
        "\t",
        "`",
        "~~",
        "_",
        "**",
    ),
    *("../a.md", "/x/", "#y", "mailto:", "| a | b |\n|---|---|\n| c | d |\n", "Term\n: "),
]
MARKUP = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=40).map("".join)


@given(MARKUP)
def test_any_text_gives_well_formed_and_harmless_html(text: str) -> None:
    # As every text is that `decode` made.
    text = text.replace("\0", "").replace("\r", "\n")
    rendered = render(text, FILE, above=2, reserved=["x"])

    seen = Reader(rendered.html)
    assert not seen.open
    assert not seen.tags & {"script", "style", "iframe", "form", "input", "svg", "h1"}
    assert len(seen.ids) == len(set(seen.ids))
    assert "x" not in seen.ids
    assert sorted(seen.ids) == sorted(rendered.anchors)
    places = [int(number) for number in re.findall("\x00(\\d+)\x00", rendered.html)]
    assert places == list(range(len(rendered.references)))
    assert rendered.html.count("\x00") == 2 * len(places)
    for address in seen.links:
        assert re.match(r"https?://|mailto:|\x00\d+\x00$|#fn(ref)?_\d", address, re.IGNORECASE), address
    assert {address[1:] for address in seen.links if address.startswith("#")} <= set(seen.ids)
    lines = text.count("\n") + 1
    for at in (*rendered.references, *(problem.at for problem in rendered.problems)):
        assert isinstance(at, (Reference, Place))
        assert 3 <= at.line <= lines + 2
        assert at.column >= 1
        assert at.length >= 1


@given(st.from_regex(r"https?://[a-z0-9.-]{1,9}(/[A-Za-z0-9/._~%-]{0,9})?", fullmatch=True))
def test_plain_addresses_that_are_let_through_are_as_the_library_would_have_them(url: str) -> None:
    stock = MarkdownIt("commonmark")
    stock.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 (the library's name)
    [href] = re.findall('href="([^"]*)"', stock.renderInline(f"[x](<{url}>)"))
    assert f'href="{href}"' in html(f"[x](<{url}>)")
