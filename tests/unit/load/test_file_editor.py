"""Values are changed where they are written; everything else stays as it is, byte for byte."""

import re
import string

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.file_editor import FileEditor
from briefgen.load.scalars import CannotEdit
from briefgen.load.yaml import load

FILE = "content/briefs/x.md"


def editor(text: str, file: str = "x.yaml") -> FileEditor:
    return FileEditor(file, text.encode())


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: ada # who\n", "a: bob # who\n"),
        ("a: 'ada'\n", "a: 'bob'\n"),
        ('a: "ada"\n', 'a: "bob"\n'),
        ("a:   ada", "a:   bob"),
        ("{b: x, a: ada}\n", "{b: x, a: bob}\n"),
        ("# first\na: |\n  ada\nb: x\n", "# first\na: |\n  bob\nb: x\n"),
        ("a: >-  # folded\n  ada\n", "a: >-  # folded\n  bob\n"),
        ("b: &x ada\na: *x\n", "b: &x bob\na: *x\n"),
    ],
)
def test_another_value_keeps_the_style_and_the_comments(before: str, after: str) -> None:
    file = editor(before)
    file.set_value(("a",), "bob")
    if "&x" in before:
        file.set_value(("b",), "bob")

    assert file.result().decode() == after


def test_an_alias_whose_anchor_keeps_its_text_is_written_out() -> None:
    file = editor("b: &x ada\na: *x\nc: *x\n")
    file.set_value(("a",), "bob")

    assert file.result() == b"b: &x ada\na: bob\nc: *x\n"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("s: It was Ada who said it.\n", "s: It was [[ada]] who said it.\n"),
        ("s: Ada said it.\n", "s: '[[ada]] said it.'\n"),
        ("s: Ada's friend.\n", 's: "[[ada]]\'s friend."\n'),
        ('s: Ada\'s "friend".\n', "s: '[[ada]]''s \"friend\".'\n"),
        ("[{s: It was Ada.}]\n", "[{s: 'It was [[ada]].'}]\n"),
        ("s: 'It''s Ada''s.'\n", "s: 'It''s [[ada]]''s.'\n"),
        ('s: "\\u0041da\\tor\\x20\\"Ada\\"."\n', 's: "[[ada]]\\tor\\x20\\"Ada\\"."\n'),
        ('s: "So \\\n   it is \\\n\n   Ada"\n', 's: "So \\\n   it is \\\n\n   [[ada]]"\n'),
        ("s: Over\n  two lines,\n\n  says Ada\n", "s: Over\n  two lines,\n\n  says [[ada]]\n"),
        ("s: Ada\n  over\n  lines\n", "s: '[[ada]]\n  over\n  lines'\n"),
        ("s: |2\n    A poem\n   by Ada\n", "s: |2\n    A poem\n   by [[ada]]\n"),
        ("s: >\n  Folded\n  words\n\n  of Ada\n", "s: >\n  Folded\n  words\n\n  of [[ada]]\n"),
    ],
)
def test_words_inside_a_text_of_any_style_are_replaced(before: str, after: str) -> None:
    file = editor(before)
    keys = (0, "s") if before.startswith("[") else ("s",)
    start = file.value(keys).index("Ada")
    file.replace_words(keys, start, start + 3, "[[ada]]")

    assert file.result().decode() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("name: Ada # so\nkind: person\n", "name: Ada # so\nformer_ids: [a-miller]\nkind: person\n"),
        ("name: Ada", "name: Ada\nformer_ids: [a-miller]"),
        ("{name: Ada}\n", "{name: Ada, former_ids: [a-miller]}\n"),
        ("roles:\n  - of: x\n", "former_ids: [a-miller]\nroles:\n  - of: x\n"),
        (
            "note: >\n  long\n\nname: Ada\n  Miller\nk: x\n",
            "note: >\n  long\n\nname: Ada\n  Miller\nformer_ids: [a-miller]\nk: x\n",
        ),
        ("former_ids: # none\nname: Ada\n", "former_ids: [a-miller] # none\nname: Ada\n"),
    ],
)
def test_a_key_is_added_below_the_first_line(before: str, after: str) -> None:
    file = editor(before)
    file.add((), "former_ids", ["a-miller"])

    assert file.result().decode() == after


def test_a_key_is_added_to_a_mapping_inside_another() -> None:
    file = editor("source:\n    title: T\n    url: u\nclaims:\n- id: x\n  says: y\n")
    file.add(("source",), "id", "new")
    file.add(("claims", 0), "contradicts", ["a#b", "c"])

    assert file.result().decode() == (
        "source:\n    title: T\n    id: new\n    url: u\nclaims:\n- id: x\n  contradicts: [a#b, c]\n  says: y\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("f: [a]\n", "f: [a, b]\n"),
        ("f: []\n", "f: [b]\n"),
        ("f: [\n  a,  # old\n]\n", "f: [\n  a, b,  # old\n]\n"),
        ("f:\n- a # old\nx: y\n", "f:\n- a # old\n- b\nx: y\n"),
        ("f:\n  -   a", "f:\n  -   a\n  -   b"),
    ],
)
def test_an_item_is_added_to_a_list(before: str, after: str) -> None:
    file = editor(before)
    file.append(("f",), "b")

    assert file.result().decode() == after


def test_front_matter_and_body_are_changed_together_with_windows_line_ends_and_a_mark() -> None:
    data = "\ufeff---\r\nname: Ada\r\nkind: person\r\n---  \r\nOne\r\nof Ada’s 🎈 texts\r\nby Ada.\r\n".encode()
    file = FileEditor(FILE, data)
    file.set_value(("name",), "Bob")
    file.add((), "former_ids", ["ada"])
    for found in re.finditer("Ada", file.body):
        file.replace_in_body(*found.span(), "[[bob]]")

    assert file.result().decode() == (
        "\ufeff---\r\nname: Bob\r\nformer_ids: [ada]\r\nkind: person\r\n---  \r\n"
        "One\r\nof [[bob]]’s 🎈 texts\r\nby [[bob]].\r\n"
    )


def test_a_file_without_changes_is_the_same() -> None:
    data = b"---\r\na: |\n  x\r\n\r\n---\nmixed\r\nends\rhere"

    assert FileEditor(FILE, data).result() == data


@pytest.mark.parametrize("text", ["a: [", "a: 1\na: 2\n", "a: !tag x\n", "\0"])
def test_a_file_with_mistakes_is_refused(text: str) -> None:
    with pytest.raises(CannotEdit):
        editor(text)


@pytest.mark.parametrize("keys", [("b",), ("a", 0), ("l",), ("l", 7), ("m", "x", "y"), ()])
def test_what_is_no_text_is_not_changed(keys: tuple[str | int, ...]) -> None:
    with pytest.raises(CannotEdit):
        editor("a: text\nl: [x]\nm: {x: y}\nb:\n").set_value(keys, "b")


def test_changes_that_overlap_are_refused() -> None:
    file = editor("a: one two three\n")
    file.replace_words(("a",), 0, 7, "x")
    file.replace_words(("a",), 4, 13, "y")

    with pytest.raises(CannotEdit):
        file.result()


def test_a_value_that_an_alias_repeats_elsewhere_is_not_changed_alone() -> None:
    file = editor("a: &x {s: ada}\nb: *x\n")
    file.set_value(("a", "s"), "bob")

    with pytest.raises(CannotEdit):
        file.result()


_WORDS = st.lists(st.text(string.ascii_letters + "'\"\\#:,[]{}-|>é\u05d0🎈", min_size=1, max_size=8), min_size=1)


@given(_WORDS, st.sampled_from([None, "'", '"', "|", ">"]), st.integers(20, 90), st.booleans(), st.data())
def test_a_word_of_any_text_in_any_style_can_be_replaced(
    words: list[str],
    style: str | None,
    width: int,
    in_flow: bool,
    data: st.DataObject,
) -> None:
    text = " ".join(words)
    values = {"first": "x", "a": {"s": text, "t": [text]}, "last": "y"}
    source = yaml.dump(values, default_style=style, width=width, default_flow_style=in_flow, allow_unicode=True)
    number = data.draw(st.integers(0, len(words) - 1))
    start = sum(len(word) + 1 for word in words[:number])

    file = editor(source)
    file.replace_words(("a", "s"), start, start + len(words[number]), "[[ada|Ada's]]")
    new = file.result().decode()

    expected = " ".join([*words[:number], "[[ada|Ada's]]", *words[number + 1 :]])
    assert load(new) == {"first": "x", "a": {"s": expected, "t": [text]}, "last": "y"}


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("k: one two", 1, 8),
        ("k: 'it''s two'", 1, 11),
        ('k: "\\u0069t two"', 1, 13),
        ("k: one\n  two", 2, 3),
        ("k: >-\n  one\n  two\n", 3, 3),
        ("k: |\n  one\n  two\n", 3, 3),
        ("k: &a one two\nj: *a", 1, 11),
        ("j: &a one two\nk: *a", 2, 4),
    ],
)
def test_words_of_a_value_are_found_in_its_source(text: str, line: int, column: int) -> None:
    found = editor(text)
    start = found.value(("k",)).index("two")

    place = found.place(("k",), start, start + 3)

    assert (place.line, place.column) == (line, column)
