"""Mentions without a link: which there are, and the links that are written for them."""

import json
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.content import parse
from briefgen.load.file_editor import FileEditor
from briefgen.load.known_names import KnownNames
from briefgen.load.mention_links import write_links
from briefgen.load.mentions import Unlinked, find_unlinked
from briefgen.model.content import Actor, Config, Theme
from briefgen.model.site import Document, Site
from briefgen.model.texts import MarkedText, plain

FILE = "content/briefs/b.md"
ACTORS = (
    ("ada", Actor(name="Ada Miller", kind="person", aliases=("Miller",), metonyms=("the town hall",))),
    ("board", Actor(name="Water Board", kind="organisation", metonyms=("the town hall",))),
    ("twin", Actor(name="Twin", kind="person")),
    ("iran", Actor(name="Iran", kind="state", aliases=("إيران", "イラン"))),
    ("clash", Actor(name="Clash", kind="group")),
)
THEMES = (
    ("dam", Theme(name="The dam")),
    ("twins", Theme(name="Twin")),
    ("water", Theme(name="Water", aliases=("drinking water",))),
    ("clash", Theme(name="The other clash")),
)
NAMES = KnownNames(
    Site(
        config=Config(title="x"),
        briefs={},
        actors={id: Document(id, f"content/actors/{id}.md", data) for id, data in ACTORS},
        themes={id: Document(id, f"content/themes/{id}.md", data) for id, data in THEMES},
        publishers={},
        sources={},
        pages={},
    )
)


def file_of(body: str, lede: str = "x") -> bytes:
    return f"---\ntitle: x\ndate: 2025-12-03\nlede: {lede}\n---\n{body}".encode()


def unlinked(data: bytes, own: tuple[str, ...] = ()) -> list[Unlinked]:
    return list(find_unlinked(FILE, data, (("lede",), ()), NAMES, lambda _: own))


def in_body(body: str) -> list[str]:
    return [one.link for one in unlinked(file_of(body))]


def linked(data: bytes) -> str:
    return write_links(FILE, data, unlinked(data), NAMES)[0].decode()


def body_after(body: str) -> str:
    return linked(file_of(body)).partition("---\n")[2].partition("---\n")[2]


def test_first_mention_of_each_target_in_a_text_is_proposed_with_its_place_and_number() -> None:
    [first, second] = unlinked(file_of("So.\n\nMiller spoke of the dam; Ada Miller left.\n"))

    assert (first.link, first.targets, first.way) == ("[[ada|Miller]]", ("actors/ada",), "name")
    assert [(spot.line, spot.column, spot.words) for spot in first.spots] == [(8, 1, "Miller"), (8, 26, "Ada Miller")]
    assert second.link == "[[dam|the dam]]"


@pytest.mark.parametrize(
    "body",
    [
        *('He "met Miller".', "He “met Miller, and”.", "«Miller»", "> Miller said so.", "# Miller", "`Miller`"),
        *("    Miller\n", "```\nMiller\n```\n", "[Miller](https://example.org/)", "![Miller](../static/x.png)"),
        *("https://example.org/Miller", "<https://example.org/Miller>", '[@log, "Miller"]', "[^Miller]"),
        *("[[ada]] met Miller.", "[[Ada Miller|The mayor]] met Miller.", "[Mayor](../actors/ada.md) Miller"),
        *("[Mayor](/actors/ada/#x) Miller", "<!-- Miller -->", "Millers", "miller", "water"),
    ],
)
def test_words_of_others_code_links_and_headings_hold_no_mentions(body: str) -> None:
    assert in_body(body) == []


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("Miller’s plan.", "[[ada|Miller]]’s plan."),
        ("**Miller** and *Iran*", "**[[ada|Miller]]** and *[[iran|Iran]]*"),
        ("- one\n- Ada\n  Miller\n", "- one\n- [[ada|Ada\n  Miller]]\n"),
        ("> Miller\n\nMiller", "> Miller\n\n[[ada|Miller]]"),
        (
            "| a |\n|---|\n| x | \n| Iran \\| Miller |\n",
            "| a |\n|---|\n| x | \n| [[iran\\|Iran]] \\| [[ada\\|Miller]] |\n",
        ),
        ("So[^1].\n\n[^1]: Miller said it.\n", "So[^1].\n\n[^1]: [[ada|Miller]] said it.\n"),
        ("# Iran\n\nIran.\r\nMiller.\r\n", "# Iran\n\n[[iran|Iran]].\r\n[[ada|Miller]].\r\n"),
        ("قالت إيران وايران", "قالت [[iran|إيران]] وايران"),
        ("\u200fايران\u200e قالت", "\u200f[[iran|ايران]]\u200e قالت"),
        ("今日イランは", "今日[[iran|イラン]]は"),
        ("\\* Miller &amp; Iran", "\\* [[ada|Miller]] &amp; [[iran|Iran]]"),
        ("The drinking water", "The [[water|drinking water]]"),
        ("[Miller] spoke", "[[[ada|Miller]]] spoke"),
        ('Miller\'s "Iran" is Iran', '[[ada|Miller]]\'s "Iran" is [[iran|Iran]]'),
    ],
)
def test_links_are_written_into_bodies_and_everything_else_stays(body: str, after: str) -> None:
    assert body_after(body) == after
    assert in_body(after) == []


@pytest.mark.parametrize(
    ("lede", "after"),
    [
        ("So said Miller. # why", "So said [[ada|Miller]]. # why"),
        ("Miller said so. # why", "'[[ada|Miller]] said so. # why"),
        ('"Miller \\"of\\" Iran"', '"[[ada|Miller]] \\"of\\" [[iran|Iran]]"'),
        ("'It''s Miller'", "'It''s [[ada|Miller]]'"),
        (">-\n  So said\n  Ada\n  Miller.\n", ">-\n  So said\n  [[ada|Ada\n  Miller]].\n"),
        ("|\n  So said Miller\n  of Iran\n", "|\n  So said [[ada|Miller]]\n  of [[iran|Iran]]\n"),
        ("It was\n  Miller\n", "It was\n  [[ada|Miller]]\n"),
        ('"\\u0049ran fell"', '"[[iran|\\u0049ran]] fell"'),
    ],
)
def test_links_are_written_into_sentences_in_every_style_of_yaml(lede: str, after: str) -> None:
    before, new = file_of("Text.", lede), linked(file_of("Text.", lede))

    if after.startswith("'[["):  # a plain text cannot begin with brackets
        after = after.replace(". #", ".' #")
    assert new == file_of("Text.", after).decode()
    assert parse("brief", "b", FILE, new.encode()).problems == ()
    assert plain(lede_of(before)).split() == plain(lede_of(new.encode())).split()


def lede_of(data: bytes) -> Any:
    document = parse("brief", "b", FILE, data).document
    assert document is not None
    return document.data.lede


def test_metonyms_and_shared_names_are_proposed_as_such_and_never_linked() -> None:
    data = file_of("In the town hall, Twin and the other clash.")

    assert [(one.way, one.targets) for one in unlinked(data)] == [
        ("metonym", ("actors/ada", "actors/board")),
        ("shared-name", ("actors/twin", "themes/twins")),
        ("name", ("themes/clash",)),  # whose id would lead to an actor
    ]
    assert linked(data) == data.decode()


def test_metonym_is_not_proposed_where_the_text_names_what_it_stands_for() -> None:
    assert in_body("Miller left the town hall.") == ["[[ada|Miller]]"]


def test_what_a_text_is_about_needs_no_link() -> None:
    assert unlinked(file_of("Miller left."), own=("actors/ada",)) == []


def test_mention_that_cannot_be_linked_leaves_its_place_to_the_next_one() -> None:
    # In this scalar, the first mention would have to be written into an escape.
    after = linked(file_of("[a]: https://example.org/\n\n[Iran][a] Miller][a], Miller\n"))

    assert "Miller" in after
    assert parse("brief", "b", FILE, after.encode()).problems == ()


def test_a_file_that_cannot_be_read_is_left_alone() -> None:
    with pytest.raises(Exception, match="cannot be read"):
        unlinked(b"\xff")


words = st.sampled_from(
    [
        *(
            "Miller",
            "Ada Miller",
            "Ada\nMiller",
            "Iran",
            "the dam",
            "drinking water",
            "إيران",
            "イラン",
            "the town hall",
        ),
        *('"', "“", "”", "'", "’s", "*", "**", "_", "`", "[", "]", "(", ")", "[[ada]]", "[[iran|x]]", "[@log]", "|"),
        *("[x](https://example.org/)", "> ", "- ", "1. ", "# ", "\\", "&amp;", "<", ">", "~~", ":", "#", "\n", "\n\n"),
        *("    ", "| a | b |\n|---|---|\n| Miller | x |\n", "[^1]", "\n[^1]: Iran\n", "said", "é", "\u200f", "！", ","),
    ]
)
texts = st.lists(words, max_size=12).map(" ".join) | st.lists(words, max_size=12).map("".join)


def links_removed(text: str, found: list[Unlinked]) -> str:
    for one in found:
        for bar in ("|", "\\|"):
            start = f"[[{one.id}{bar}{{}}]]"
            for spot in one.spots:
                text = text.replace(start.format(spot.words), spot.words, 1)
    return text


def read(data: bytes) -> list[list[str]]:
    parsed = parse("brief", "b", FILE, data)
    assert parsed.document is not None
    body = MarkedText(parsed.html, parsed.document.body.references)
    return [plain(text).split() for text in (body, parsed.document.data.lede)]


@given(texts.filter(str.strip), st.booleans())
def test_linked_bodies_have_the_same_words_and_a_second_run_proposes_nothing(body: str, is_windows: bool) -> None:
    data = file_of(body)
    if is_windows:
        data = data.replace(b"\n", b"\r\n")

    found = unlinked(data)
    new, done = write_links(FILE, data, found, NAMES)

    assert read(new) == read(data)
    assert [new.count(end) for end in (b"\r\n", b"\n")] == [data.count(end) for end in (b"\r\n", b"\n")]
    before, after = (each.decode().replace("\r\n", "\n") for each in (data, new))
    assert links_removed(after, done) == before
    left = {one.targets for one in unlinked(new)}
    assert left.isdisjoint(one.targets for one in done)


STYLES: Mapping[str, Any] = {
    "double": lambda text: json.dumps(text, ensure_ascii=False),
    "ascii": json.dumps,
    "single": lambda text: "'" + text.replace("'", "''").replace("\n", "\n\n  ") + "'",
    "folded": lambda text: ">-\n  " + text.replace("\n", "\n\n  "),
    "literal": lambda text: "|-\n  " + text.replace("\n", "\n  "),
    "plain": lambda text: text.replace("\n", "\n\n  "),
}


@given(texts.filter(str.strip), st.sampled_from(list(STYLES)))
def test_linked_sentences_have_the_same_words_in_every_style_of_yaml(text: str, style: str) -> None:
    data = file_of("Text.\n", STYLES[style](text) + "\neditor: Miller # Miller")
    document = parse("brief", "b", FILE, data).document
    if document is None or not document.data.lede:
        return

    new, done = write_links(FILE, data, unlinked(data), NAMES)

    assert read(new) == read(data)
    assert new.decode().endswith("editor: Miller # Miller\n---\nText.\n")
    before, after = (FileEditor(FILE, each).value(("lede",)) for each in (data, new))
    assert links_removed(after, done) == before
    assert {one.targets for one in unlinked(new)}.isdisjoint(one.targets for one in done)
