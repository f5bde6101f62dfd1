"""Markup that readers would see as it is written: what is found, where, and what is left alone."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.content import parse
from briefgen.load.markdown import render
from briefgen.load.markup import MOST, find_markup, markup_in_values, may_be_foreign, may_have_markup
from briefgen.load.shapes import keys
from briefgen.load.yaml import Value
from briefgen.model.content import Brief, ContentKind, Entry, KnownLink
from briefgen.model.problem import Place, Problem

FILE = "content/briefs/x.md"


def in_plain_text(text: str) -> list[tuple[str, str]]:
    """Weight and words of each problem of a key that takes plain text."""
    written = msgspec.json.encode(text).decode()
    source = f"title: x\ndate: 2025-12-03\nsource:\n  title: y\n  dating: {written}\n"
    found = parse("brief", "x", FILE, f"---\n{source}---\nText.\n".encode()).problems
    assert {problem.code for problem in found} <= {"markup-in-text"}
    return [(problem.severity.value, problem.message.split('"')[1]) for problem in found]


def in_body(text: str) -> list[str]:
    """The words of each warning of a body."""
    found = render(text, FILE, 4).problems
    return [problem.message.split('"')[1] for problem in found if problem.code == "foreign-markup"]


@pytest.mark.parametrize("text", ["[[nobody]]", "[[nobody|somebody]]", "[@minutes]", '[@minutes, "so"]'])
def test_a_reference_in_a_plain_text_is_an_error(text: str) -> None:
    assert in_plain_text(f"He said, {text}, no.") == [("error", text.split('"', maxsplit=1)[0])]


@pytest.mark.parametrize(
    "text",
    [
        "**bold**", "*Courier*", "__bold__", "_Courier_", "~~gone~~", "***both***", "`code`", "[words](https://a.example)",
        "[words](../actors/x.md)", "![map](../static/map.png)", "[^1]", "<b>", "<br/>", "<https://a.example>", "&nbsp;",
        "\\*", "==mark==", "%%note%%", "{{< x >}}", "{% x %}", "![[map.png]]", "<!-- x -->",
    ],
)  # fmt: skip
def test_markdown_in_a_plain_text_is_a_warning(text: str) -> None:
    assert in_plain_text(f"He said {text}, no.") == [("warning", text)]
    assert in_plain_text(text) == [("warning", text)]


@pytest.mark.parametrize("text", ["# Words", "- one\n- two"])
def test_a_block_in_a_plain_text_is_a_warning(text: str) -> None:
    assert in_plain_text(text) == [("warning", text.partition("\n")[0])]


ORDINARY = [
    "Grade C* and D*, 2 * 3 * 4, *.pdf and *.docx, M*A*S*H, f**k and s**t, prices from 5*",
    "*p < .05; **p < .01", "a_name_with_parts, __, _ and _", "he said [sic] that […] [they] agreed (see note)",
    "[the mayor] (of 2019)", "[emphasis added](sic)", "5 < 6 > 3, a<b and c>d, x <3, List<name>",
    "the company's and the firm`s and its rivals`", "AT&T; R&D; 5 % & more; Q&As;", "a == b, x=y, ==, === and ====",
    "100%%, 5% and 6%", "{a}, { x }, ${price}", "#1 and #2, C#", "x^2, 10 ^6, ^", "!!! and ??? and !?",
    "https://a.example/b_c_d?e==f==&g=%%20", "C:\\new\\file", "- a dash first", "Nobody | nobody", "~5, about ~10~15",
    "user@example.org and @handle", "[1] [a] []", "12:30::: and so on",
]  # fmt: skip


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_texts_hold_no_markup(text: str) -> None:
    assert in_plain_text(text) == []
    assert in_body(text) == []


def test_words_of_others_may_hold_anything_but_references() -> None:
    words = "**no** `x` [a](https://b.example) {{< x >}} <b> &amp; [^1] "
    values: Value = {
        "source": {"title": words, "author": words},
        "claims": [{"quote": f"{words}[[ada]]"}],
        "corrections": [{"was": words}],
    }

    found = list(markup_in_values(values, Brief, FILE))

    assert [(problem.severity, problem.message) for problem in found] == [
        ("warning", '"[[ada]]" is a reference, but "quote" takes exact words')
    ]


def test_markup_is_found_in_every_text_that_readers_see() -> None:
    """A key whose type says nothing about its text is one that readers do not see, or that is resolved."""

    def texts(struct: type[msgspec.Struct]) -> set[str]:
        return {name for name, key in keys(struct).items() if _is_silent(key.shape)}

    def _is_silent(shape: Any) -> bool:
        from briefgen.load.shapes import shape as of

        inner = of(shape.item) if shape.item is not None else shape
        return inner.kind == "text" and not inner.pattern and not inner.meta.extra

    found = {name for struct in Entry.__subclasses__() if struct is not KnownLink for name in texts(struct)}
    assert found == {"actor", "actors", "publisher", "theme", "themes", "for", "of", "file", "output_dir"}


def test_a_problem_is_placed_at_its_words_in_a_text_of_several_lines() -> None:
    lines = ["title: x", "date: 2025-12-03", "editor: '**A**'", "source:", "  title: y", "  dating: |"]
    lines += ["    One line,", "    then **bold**."]
    data = "\n".join(["---", *lines, "---", "Text."]).encode()

    places = [problem.at for problem in parse("brief", "x", FILE, data).problems]

    assert places == [Place(FILE, 4, 10, 5), Place(FILE, 9, 10, 8)]


def test_other_problems_of_a_file_are_reported_beside_its_markup() -> None:
    data = b"---\ntitle: '**x**'\ndate: soon\n---\nText.\n"

    assert {problem.code for problem in parse("brief", "x", FILE, data).problems} == {"markup-in-text", "bad-date"}


def test_of_very_many_problems_only_a_few_are_reported() -> None:
    values: Value = {"actors": [], "claims": [{"role": "**x**"}] * 100}

    assert len(list(markup_in_values(values, Brief, FILE))) == MOST
    assert len(in_body("==x== " * 100)) == MOST


FOREIGN_TEXTS = [
    ("> [!note]\n> x", "[!note]"),
    ("> [!WARNING]- Title\n> x", "[!WARNING]-"),
    ("a ==b c== d", "==b c=="),
    ("a %%b%% c", "%%b%%"),
    ("%%\na\n%%", "%%"),
    ("a ![[b.png]]", "![[b.png]]"),
    ("a ![[b#c|100]] d", "![[b#c|100]]"),
    ("a ^b-c", "^b-c"),
    ("- a\n- b ^37066d", "^37066d"),
    ("^abc", "^abc"),
    ('{{< figure src="a" >}}', "{{< figure src="),
    ("{{% a %}}", "{{% a %}}"),
    ("{{ page.title }}", "{{ page.title }}"),
    ("a {% include b %}", "{% include b %}"),
    ("!!! note\n    a", "!!! note"),
    ('??? info "A"\n    b', "??? info "),
    ("::: note\na\n:::", "::: note"),
    (":::{note}\na\n:::", ":::{note}"),
    ("```{note}\na\n```", "```{note}"),
    ("~~~ {.python}\na\n~~~", "~~~{.python}"),
    ("## A {#b}", "{#b}"),
    ("a\n{: .lead}", "{: .lead}"),
    ("{ref}`a`", "{ref}"),
    ("a [-@b] c", "[-@b]"),
    ("[TOC]", "[TOC]"),
    ("<!-- a -->", "<!-- a -->"),
    ("| a |\n|---|\n| ==b== |", "==b=="),
    ("a[^1]\n\n[^1]: ==b==", "==b=="),
    ("**==b==**", "==b=="),
    ("[==b==](https://a.example)", "==b=="),
]


@pytest.mark.parametrize(("text", "words"), FOREIGN_TEXTS)
def test_markup_of_other_programs_is_warned_of(text: str, words: str) -> None:
    assert in_body(text) == [words]


@pytest.mark.parametrize(("text", "_words"), FOREIGN_TEXTS)
def test_no_markup_is_warned_of_in_code(text: str, _words: str) -> None:
    indented = text.replace("\n", "\n    ")

    assert in_body(f"````markdown\n{text}\n````") == []
    assert in_body(f"````{{.python}}\n{text}\n````") == ["````{.python}"]
    assert in_body(f"    {indented}") == []
    if "`" not in text and "\n" not in text:
        assert in_body(f"a `{text}` b") == in_body(f"**`` {text} ``**") == in_body(f"[`{text}`](/b/)") == []


def test_markup_after_a_backslash_is_no_problem() -> None:
    assert in_body(r"\==a== \%%b%% \{{c}} \{% d %} \<br> \^abc") == []
    assert in_body("> \\[!note]\n\n\\!!! note\n\n\\::: note\n\n\\^abc") == []


def test_keys_below_the_front_matter_are_warned_of() -> None:
    def places(text: str) -> list[tuple[int, int]]:
        found = (problem.at for problem in render(text, FILE, 4).problems)
        return [(at.line, at.length) for at in found if isinstance(at, Place)]

    assert places("---\nlayout: post\ntags: [a]\n---\nText\n") == [(6, 12)]
    assert places("lede: x\n---\nText\n") == [(5, 7)]
    assert places("Update: what changed\n---\nText\n\n---\n\nMore: words\n") == []


def test_a_warning_is_placed_at_its_words() -> None:
    [problem] = render("One\n> two `==a==` ==b==\n", FILE, 4).problems

    assert problem == Problem(
        "foreign-markup",
        '"==b==" is a highlight of Obsidian, and readers would see it as it is written',
        Place(FILE, 6, 15, 5),
        "write **words**; if you mean it, put a backslash before it",
        problem.severity,
    )
    assert problem.severity == "warning"


@given(st.text("=%{}<>!^[]()|:#*_~`&;/@TOCabr1. \n", max_size=40))
def test_the_fast_search_finds_all_markup(text: str) -> None:
    if list(find_markup(text)):
        assert may_be_foreign(text)
    values: Value = {"title": text}
    if list(markup_in_values(values, Brief, FILE)):
        assert may_have_markup(f"title: {text}")


@pytest.mark.parametrize("text", ["a\nb", "a\n\nb"])
def test_a_text_shown_in_one_line_has_no_line_break(text: str) -> None:
    cases: list[tuple[ContentKind, Value]] = [
        ("theme", {"name": text}),
        ("theme", {"name": "x", "aliases": [text]}),
        ("source", {"title": text}),
    ]
    for kind, values in cases:
        [problem] = parse(kind, "x", f"content/{kind}s/x.yaml", msgspec.json.encode(values)).problems

        assert (problem.code, problem.message.partition("must be ")[2]) == ("wrong-type", "one line")

    assert in_plain_text(text) == []
