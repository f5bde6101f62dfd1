"""No text on a page can become markup in its Markdown, and none is lost."""

from html import escape
from urllib.parse import unquote

from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefgen.render.markdown.pages import convert
from briefgen.views.parts import Frame
from support import markdown

MARKS = "*", "**", "_", "__", "`", "``", "```", "~~~", "\\", "\\\\", "[", "]", "](", "](/x)", "![", "!", "<", ">", "<b>"
STARTS = (
    "#",
    "# ",
    "## ",
    "- ",
    "+ ",
    "* ",
    "1. ",
    "12) ",
    "> ",
    "    ",
    "\t",
    "===",
    "---",
    "***",
    "|",
    "|-|",
    ":-",
    "=",
)
ENTITIES = (
    "&",
    "&amp;",
    "&copy;",
    "&#35;",
    "<!--",
    "-->",
    "<script>",
    "</main>",
    "<https://a.example>",
    "[x]: /y",
    "[^1]",
)
WORDS = (
    "a",
    "word",
    "two words",
    "é",
    "漢字",
    "…",
    "“q”",
    "\u00a0",
    "\u2028",
    "\u200f",
    "😀",
    "1",
    "2025.",
    " ",
    "\n",
    "\r\n",
)
texts = st.lists(st.sampled_from((*MARKS, *STARTS, *ENTITIES, *WORDS)), max_size=8).map("".join)
shown = texts.map(lambda text: f"{text}w")  # a block without text would not be there
addresses = st.lists(
    st.sampled_from(("a", "/", "?", "&copy;", "#", "(", ")", "<", ">", "\\", " ", "%20", "`")), max_size=6
)

PAGE = """<!doctype html><html><body><nav>Menu</nav><main>
<h1>{0}</h1>
<p>{1}</p><p>{2}<br>{3}</p>
<ul><li>{4}</li><li><p>{5}</p><ol start="7"><li>{6}</li><li>{7}</li></ol></li></ul><ul><li>{8}</li></ul>
<blockquote><p>{9}</p></blockquote><blockquote>{10}</blockquote>
<p><b>{11}</b>{12}<i>{13}</i> <em><b>{14}</b></em>{15}</p>
<p>{16}<a href="{address}">{17}</a>{18}</p>
<h3>{19}</h3><details><summary>{20}</summary><div>{21}</div></details>
<dl><dt>{22}</dt><dd>{23}</dd></dl>
<table><thead><tr><th>{24}</th><th>{25}</th></tr></thead>
<tbody><tr><th>{26}</th><td>{27}</td></tr><tr><td>{28}</td><td><ul><li>{29}</li></ul></td></tr></tbody></table>
<p>{30}<code>{31}</code>{32}</p><pre><code>{33}</code></pre><p>{34}</p>
</main></body></html>"""
FRAME = Frame("A site", "en", "A page", "A page · A site", "", "../", "../assets/", "briefs", (), (), None)
COUNT = 35
JOINED = ((2, 3), (11, 12, 13, 14, 15), (16, 17, 18), (22, 23), (30, 31, 32))  # in one block


def page(texts: list[str], address: str = "/x") -> str:
    html = PAGE.format(*map(escape, texts), address=escape(address))
    return convert(html.encode(), FRAME).decode()


def squeezed(text: str) -> str:
    """A text as any reader shows it, whatever white space is in it."""
    return "".join(text.split())


@settings(max_examples=100, deadline=None)
@given(st.lists(shown, min_size=COUNT, max_size=COUNT))
@example(["# w"] * COUNT)
@example(["1. w"] * COUNT)
@example(["**w"] * COUNT)
@example(["a!w"] * COUNT)
@example(["`w"] * COUNT)
@example([r"\w"] * COUNT)
def test_no_text_can_become_markup(texts: list[str]) -> None:
    found = page(texts)

    assert markdown.structure(found) == markdown.structure(page(["w"] * COUNT))
    read = squeezed("".join(markdown.lines(found)))
    for text in texts:
        assert squeezed(text) in read


@settings(max_examples=100, deadline=None)
@given(st.lists(texts, min_size=COUNT, max_size=COUNT))
def test_no_text_is_lost_or_changed(texts: list[str]) -> None:
    numbers = [f"({number}){text}({number})" for number, text in enumerate(texts)]
    read = squeezed("".join(markdown.lines(page(numbers))))

    for number in numbers:
        assert squeezed(number) in read


@given(addresses.map("".join), texts)
def test_an_address_leads_where_it_led(address: str, text: str) -> None:
    [found] = markdown.links(page(["w"] * 17 + [f"{text}w"] + ["w"] * (COUNT - 18), f"https://a.example/{address}"))

    assert unquote(found) == unquote(f"https://a.example/{address}".strip())
