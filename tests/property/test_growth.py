"""Twice as much content takes twice the work, whatever it is made of: see `support.work` for how that is counted."""

from collections.abc import Callable
from pathlib import Path

import pytest

from briefgen.check.likelihood import sentences
from briefgen.cli.output import format_text
from briefgen.cli.terminal import Style
from briefgen.load import suggest
from briefgen.load.markdown import render
from briefgen.load.suggest import SimilarNames
from briefgen.model.problem import Place, Problem
from support.project import Project
from support.work import Read, growth

# The square of twice as much is four times as much; what is sorted grows a bit more than what is read.
MOST = 2.4

REFERENCES = [
    *("[[x]] ", "[@a] ", '[@a, "b"] ', "[@a b] ", "[^1] ", "[a](/x) ", "[a](javascript:x) ", "<http://a.example> "),
    *("![a](../static/x.png) ", "![[a]](b) "),
]
MARKDOWN = [
    *("[[x|y]]\n", '[@a, "b"]\n', "[a][b] ", "[a](<b", '[a](b "t', "`a` ", "``a` ", "&amp; ", "|[[x]]|[[y]]|\n"),
    *(
        "[",
        "![",
        "[[",
        "[[a|",
        "[@",
        "[@a, ",
        "[^",
        "[^a",
        "<",
        "\\",
        "*a ",
        "**a ",
        "a*b*",
        "_a_",
        "~~a ",
        "***a** b* ",
    ),
    *(
        "# a\n\n",
        "# a 2\n\n# a\n\n",
        "a\n===\n",
        "---\n",
        "- a\n",
        "- a\n* a\n",
        "- a\n\n",
        "1. a\n\n",
        "- [[x]]\n\n",
        "> a\n\n",
    ),
    *("> ", "- ", "> - ", "a\n: b\n\n", ": b\n", "```\na\n", "    a\n", "[^a]: b\n", "[a]: /x\n"),
]


def rendering(start: str, unit: str) -> Callable[[int], Callable[[], object]]:
    """Return what makes, for a size, the rendering of as many units; each has its own number where it has a `{}`."""

    def make(size: int) -> Callable[[], object]:
        text = start + "".join(unit.replace("{}", str(number)) for number in range(size))
        return lambda: render(text, "content/briefs/x.md")

    return make


@pytest.mark.parametrize("unit", [*REFERENCES, *MARKDOWN])
def test_twice_as_much_of_any_markdown_takes_twice_the_work(unit: str) -> None:
    assert growth(rendering("", unit), 120) < MOST


@pytest.mark.parametrize("unit", REFERENCES)
@pytest.mark.parametrize("start", ["# ", "|a|\n|-|\n|", "a[^1]\n\n[^1]: "], ids=["heading", "cell", "note"])
def test_twice_as_many_references_on_one_line_take_twice_the_work(start: str, unit: str) -> None:
    assert growth(rendering(start, unit), 120) < MOST


@pytest.mark.parametrize("unit", ["[^{}]: a\n\n", "[^{}]: a [^{}]\n\n", "[a{}]: /x\n", "# a {}\n\n", "[[a{}]]\n\n"])
def test_twice_as_many_different_names_in_a_text_take_twice_the_work(unit: str) -> None:
    assert growth(rendering("", unit), 120) < MOST


def test_parsing_a_part_of_a_text_does_not_search_the_whole_text() -> None:
    def searches(size: int) -> int:
        text = Read("- a\n\n> b\n\n[^1]: c\n\n" * size)
        render(text, "content/briefs/x.md")
        return text.searches

    assert searches(20) == searches(10)


def brief(front: str = "", text: str = "Text.") -> str:
    return f"---\ntitle: A brief\ndate: 2025-12-01\n{front}---\n{text}\n"


def claims(size: int, more: str = "") -> str:
    each = "- id: c{0}\n  actor: anna\n  says: It is so.\n  theme: talks\n" + more
    return "claims:\n" + "".join(each.format(number) for number in range(size))


def actor(name: str, more: str = "") -> str:
    return f"---\nname: {name}\n{more}---\nText.\n"


def source(publisher: str, more: str = "") -> str:
    return f"title: An article\npublisher: {publisher}\n{more}"


def listed(each: str, size: int) -> str:
    return ", ".join(each.format(number) for number in range(size))


def numbered(path: str, size: int, text: Callable[[int], str]) -> dict[str, str]:
    return {path.format(number): text(number) for number in range(size)}


def one(front: str = "", text: str = "Text.") -> dict[str, str]:
    return {"content/briefs/b.md": brief(front, text)}


def roles(each: str, size: int) -> dict[str, str]:
    return {
        "content/actors/anna.md": actor("Anna", "roles:\n" + "".join(each.format(number) for number in range(size)))
    }


SITES: dict[str, Callable[[int], dict[str, str]]] = {
    "unknown keys": lambda n: one("".join(f"key{number}: x\n" for number in range(n))),
    "keys written twice": lambda n: one("lede: x\n" * n),
    "values of the wrong type": lambda n: one(claims(n).replace("actor: anna", "actor: [anna]")),
    "values on one line": lambda n: one(f"actors: [{listed('[x{}]', n)}]\n"),
    "control characters": lambda n: one("key_points:\n" + '- "a\\x07"\n' * n),
    "tags": lambda n: one("key_points:\n" + "- !a b\n" * n),
    "anchors": lambda n: one("key_points:\n" + "".join(f"- &x{number} b\n" for number in range(n))),
    "unknown aliases": lambda n: one("key_points:\n" + "".join(f"- *x{number}\n" for number in range(n))),
    "equal ids of claims": lambda n: one(claims(n) + claims(n).removeprefix("claims:\n")),
    "unknown actors": lambda n: one(claims(n).replace("actor: anna", "actor: anni")),
    "unknown claims": lambda n: one(claims(n, "  contradicts: [d{0}, b#d{0}]\n")),
    "unknown sources": lambda n: (
        one(claims(n, "  confirmed_by: [s-{0}]\n"))
        | numbered("content/sources/s{}.yaml", n // 8, lambda _: source("P"))
    ),
    "unknown names in a text": lambda n: one("", "[[Anni]] [@anni] " * n),
    "broken links in a text": lambda n: one("", "[x](../actors/x.md) [y](#z) " * n),
    "citations that cannot be read": lambda n: one("", "[@a b] " * n),
    "references to what is a draft": lambda n: (
        one("", "[@d] " * n) | {"content/briefs/d.md": brief("status: draft\nsource:\n  title: T\n")}
    ),
    "claims in roles": lambda n: one(claims(n, "  role: r{0}\n")) | roles("- title: r{}\n", n),
    "claims in unknown roles": lambda n: one(claims(n, "  role: x{0}\n")) | roles("- title: r{}\n", n + 100),
    "claims in roles that were not held": lambda n: (
        one(claims(n, "  role: r{0}\n  date: 2020\n")) | roles("- title: r{}\n  from: 2021\n", n + 100)
    ),
    "claims confirmed by a chain of sources": lambda n: (
        one(claims(n, "  credibility: 1\n  confirmed_by: [s0, s1]\n"))
        | numbered("content/sources/s{}.yaml", n, lambda number: source("P", f"cites: [s{min(number + 1, n - 1)}]\n"))
    ),
    "a claim confirmed by sources of one publisher": lambda n: (
        one(claims(1, f"  credibility: 1\n  confirmed_by: [{listed('s{}', 3 * n)}]\n"))
        | numbered("content/sources/s{}.yaml", 3 * n, lambda _: source("P"))
    ),
    "actors of one name": lambda n: numbered("content/actors/a{}.md", n, lambda _: actor("Anna")) | one(),
    "actors of the same aliases": lambda n: (
        numbered("content/actors/a{}.md", 6, lambda number: actor(f"Anna {number}", f"aliases: [{listed('n{}', n)}]\n"))
        | one()
    ),
    "actors of one metonym": lambda n: (
        numbered("content/actors/a{}.md", n, lambda number: actor(f"Anna {number}", "metonyms: [Moscow]\n"))
        | one("", "[[Moscow]] " * n)
    ),
    "broken files beside many actors": lambda n: (
        numbered("content/actors/a{}.md", n, lambda number: actor(f"Anna {number}"))
        | numbered("content/briefs/b{}.md", n, lambda _: brief("actors: [nobody]\n"))
    ),
    "sentences": lambda n: one(f"lede: {'Confidence Mr. A was. ' * n}\n"),
    "problems of one long value": lambda n: one(f"lede: {'It is likely with high confidence. ' * n}\n"),
    "disputes of one claim": lambda n: (
        one(claims(2))
        | {
            "content/themes/talks.md": "---\nname: Talks\ndisputes:\n"
            + "".join(f"- {{id: d{number}, question: So?, kind: fact, claims: [b#c0, b#c1]}}\n" for number in range(n))
            + "---\nText.\n"
        }
    ),
}


@pytest.mark.parametrize("name", SITES)
def test_twice_as_much_of_any_content_takes_a_check_twice_the_work(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As with thousands of names: few suggestions are looked for.
    monkeypatch.setattr(suggest, "_MOST_LOOKS", 0)

    def checking(size: int) -> Callable[[], object]:
        project = Project(tmp_path / str(size), {**ANNA, **SITES[name](size)})
        return lambda: format_text(project.plain_build().problems, project.root, Style())

    assert growth(checking, 60) < MOST


ANNA = {
    "content/actors/anna.md": actor("Anna"),
    "content/themes/talks.md": "---\nname: Talks\n---\nText.\n",
}


def test_problems_on_one_long_line_are_printed_with_a_part_of_it_that_is_laid_out_once(tmp_path: Path) -> None:
    def printing(size: int) -> Callable[[], object]:
        (tmp_path / f"{size}.md").write_text("[@ж] " * size)
        problems = [
            Problem("wrong-type", "Wrong.", Place(f"{size}.md", 1, 1 + 5 * number, 4)) for number in range(size)
        ]
        return lambda: format_text(problems, tmp_path, Style())

    assert growth(printing, 200) < MOST


@pytest.mark.parametrize("text", ["Mr. ", "A.", ".", "It is. "])
def test_finding_the_sentences_of_a_text_takes_linear_work(text: str) -> None:
    def read(size: int) -> int:
        whole = Read(text * size)
        list(sentences(whole))
        return whole.read

    assert read(400) < MOST * read(200)


def test_suggesting_a_name_among_many_similar_ones_takes_linear_work() -> None:
    def finding(size: int) -> Callable[[], object]:
        names = [f"Gazette {chr(0x4E00 + number)}" for number in range(size)]
        near = SimilarNames(names)
        return lambda: [near.find(f"Gazette {chr(0x7000 + number)}") for number in range(size)]

    assert growth(finding, 100) < MOST
