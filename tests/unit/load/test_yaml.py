"""YAML → dicts, lists and texts."""

import string
from typing import Any

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner

from briefgen.load import yaml as load_yaml
from briefgen.load.content import place
from briefgen.load.yaml import load, load_with_places
from briefgen.load.yaml_syntax import MAX_DEPTH, Malformed
from briefgen.model.problem import Place, Pointer, Problem


def fault(code: str, message: str, line: int, column: int, length: int = 1, hint: str = "") -> Problem:  # noqa: PLR0917
    return Problem(code, message, Place("x.yaml", line, column, length), hint)


def faults(text: str, above: int = 0) -> list[Problem]:
    with pytest.raises(Malformed) as caught:
        load(text, "x.yaml", above)
    return list(caught.value.problems)


@pytest.mark.parametrize(
    "word",
    [
        "no",
        "NO",
        "yes",
        "on",
        "off",
        "true",
        "null",
        "~",
        "12:30",
        "0777",
        "0x1F",
        "1_000",
        "1e3",
        ".inf",
        "2025-12-03",
        "2025-13-45",
        "=",
        "Norway",
    ],
)
def test_a_plain_word_is_a_text_and_never_another_type(word: str) -> None:
    assert load(f"a: {word}\n{word}: [{word}]") == {"a": word, word: [word]}


@pytest.mark.parametrize(
    "written", ["words", "'words'", '"words"', "' words '", "|\n  words\n", ">-\n  words", '" words\\n"']
)
def test_how_a_text_is_quoted_makes_no_difference(written: str) -> None:
    assert load(f"a: {written}") == {"a": "words"}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment\n", "---\n", "a:\n", "a:  # later\n", "a:\nb:\n"])
def test_a_key_without_a_value_is_not_given(text: str) -> None:
    assert load(text) == {}


def test_an_empty_text_in_quotes_is_given() -> None:
    assert load("a: ''\nb:\nc: ['', x, ]\nd:\n-\n- y") == {"a": "", "c": ["", "x"], "d": ["", "y"]}


def test_aliases_repeat_what_is_anchored() -> None:
    assert load("a: &people [x, &y z]\nb: *people\nc: {d: *y}\n") == {"a": ["x", "z"], "b": ["x", "z"], "c": {"d": "z"}}


def test_merge_keys_are_keys_like_any_other() -> None:
    assert load("a: &a {x: y}\n<<: *a\n") == {"a": {"x": "y"}, "<<": {"x": "y"}}


def test_all_faults_of_a_text_are_reported_at_once_with_the_lines_of_the_file() -> None:
    text = "title: x\nactors: !!set {a}\nb:\n  c: 1\n  c: 2\ntitle:\n? [k]\n: v\ne: *nobody\nf: &Foo bar\n"

    assert faults(text, above=10) == [
        fault("yaml-tag", "!!set is a tag", 12, 9, 5, "leave !!set out"),
        fault("duplicate-key", 'the key "c" is written twice', 15, 3, 1, "it is already in line 14; keep one of them"),
        fault(
            "duplicate-key", 'the key "title" is written twice', 16, 1, 5, "it is already in line 11; keep one of them"
        ),
        fault("yaml-syntax", "a key must be a text", 17, 3, 3, "put the text in quotes"),
        fault("yaml-syntax", "nothing is anchored as &nobody", 19, 4, 7, "put a text that begins with * in quotes"),
        fault("yaml-syntax", "nothing repeats the anchor &Foo", 20, 4, 4, "put a text that begins with & in quotes"),
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("a: !!int 3", fault("yaml-tag", "!!int is a tag", 1, 4, 5, "leave !!int out, or put the text in quotes")),
        (
            "a: !python/object:x {}",
            fault("yaml-tag", "!python/object:x is a tag", 1, 4, 16, "leave !python/object:x out"),
        ),
        (
            "a: [\n" + "[" * MAX_DEPTH,
            fault("yaml-limit", "more than 50 levels inside each other", 2, 49, 1, "content needs only a few levels"),
        ),
        ("a: &x\n  - b\n  - *x\n", fault("yaml-limit", "*x is inside the value that it repeats", 3, 5, 2)),
        (
            "a: x\n---\nb: y\n",
            fault(
                "yaml-syntax",
                "a second YAML document begins here",
                2,
                1,
                3,
                "keep one document in a file, without a second line ---",
            ),
        ),
        (
            "a: x\n...\nb: y\n",
            fault("yaml-syntax", "nothing can follow here", 3, 1, 1, "align the line with the keys above"),
        ),
    ],
)
def test_tags_and_other_unused_features_of_yaml_are_refused(text: str, fault: Problem) -> None:
    assert faults(text) == [fault]


def test_aliases_cannot_make_much_of_little() -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]" for old, new in zip("abcdefg", "bcdefgh", strict=True)]

    assert faults("\n".join(lines)) == [
        fault("yaml-limit", "aliases repeat more than 10000 values", 5, 8, 2, "write the values out")
    ]


def test_aliases_cannot_nest_deeper_than_text_may() -> None:
    lines = ["a0: &a0 [x]"] + [f"a{number}: &a{number} [*a{number - 1}]" for number in range(1, 60)]

    assert [fault.code for fault in faults("\n".join(lines))] == ["yaml-limit"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? ", "&a ", "a: ", "x: '", "!a ", "[a, "])
def test_a_monstrous_text_is_refused_and_not_suffered(opening: str) -> None:
    assert faults(opening * 100_000)


TEXTS = st.text(st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" \t:#-[]{}'\"&*!|>%@`,?~"), max_size=20)
VALUES: st.SearchStrategy[Any] = st.recursive(
    TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=12,
)


def stripped(value: Any) -> Any:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return [stripped(item) for item in value]
    return {key.strip(): stripped(item) for key, item in value.items()}


def one_key_remains_one(value: Any) -> bool:
    """Whether no two keys of a mapping differ only in the white space around them: they are the same key here."""
    if isinstance(value, dict):
        unlike = len({key.strip() for key in value}) == len(value)
        return unlike and all(map(one_key_remains_one, value.values()))
    return not isinstance(value, list) or all(map(one_key_remains_one, value))


@given(st.dictionaries(TEXTS, VALUES, max_size=4), st.booleans(), st.sampled_from([None, "'", '"', "|", ">"]))
def test_it_agrees_with_pyyaml_on_everything_that_pyyaml_writes(
    value: dict[str, Any], flow: bool, style: str | None
) -> None:
    text = yaml.dump(value, default_flow_style=flow, default_style=style, allow_unicode=True)
    expected = stripped(yaml.load(text, yaml.BaseLoader))  # noqa: S506  (makes nothing but texts)

    assume(one_key_remains_one(value))
    assert load(text) == expected


@given(st.text(st.sampled_from(string.ascii_lowercase[:4] + " :-\n\n[]{},'\"&*!#|>?\t%@~"), max_size=60))
def test_any_text_is_read_or_refused_the_same_way_with_and_without_places(text: str) -> None:
    def outcome(read: Any) -> Any:
        try:
            return read(text)
        except Malformed as malformed:
            return [fault.code for fault in malformed.problems]

    assert outcome(load) == outcome(load_with_places)
    line, column, length = locate(text, ("a", 0, "b"))
    assert length >= 1
    assert (line >= 1) == (column >= 1)


@given(st.text(st.sampled_from("ab: -\n[]{},'\"&*!|\té\u2028"), max_size=40))
def test_without_libyaml_values_are_the_same(text: str) -> None:
    class Pure(Reader, Scanner, Parser):
        def __init__(self, text: str) -> None:
            Reader.__init__(self, text)
            Scanner.__init__(self)
            Parser.__init__(self)

    def outcome() -> Any:
        try:
            return load(text)
        except Malformed:
            return None

    compiled = outcome()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(load_yaml, "parser", lambda: Pure)
        pure = outcome()

    # The two parsers differ in what they refuse (tabs, odd indentation), never in what they read.
    assert compiled is None or pure is None or compiled == pure


WHERE = """\
title: "Ö x"
source:
  url: unknown
claims:
  - id: a
    says: >
      long
      words
  - id: b
    disputes: [x, "y z"]
empty:
"""


def locate(text: str, keys: tuple[str | int, ...], *, key: bool = False, file: str = "x.yaml") -> tuple[int, int, int]:
    at = place(Pointer(file, keys, key), text.encode())
    return at.line, at.column, at.length


@pytest.mark.parametrize(
    ("keys", "key", "piece"),
    [
        (("title",), False, (1, 8, 5)),
        (("title",), True, (1, 1, 5)),
        (("source", "url"), False, (3, 8, 7)),
        (("source", "url"), True, (3, 3, 3)),
        (("source",), False, (3, 3, 12)),
        (("claims", 0, "says"), False, (6, 11, 1)),
        (("claims", 1), False, (9, 5, 5)),
        (("claims", 1, "disputes", 1), False, (10, 19, 5)),
        (("claims", 1, "disputes"), False, (10, 15, 10)),
        (("empty",), False, (11, 1, 5)),
        (("claims", 1, "nothing"), False, (9, 5, 5)),
        (("claims", 7), False, (5, 3, 7)),
        (("nothing", 3), False, (1, 1, 12)),
        (("title", "deeper"), False, (1, 8, 5)),
        ((), False, (1, 1, 12)),
    ],
)
def test_every_value_and_key_can_be_located(
    keys: tuple[str | int, ...], key: bool, piece: tuple[int, int, int]
) -> None:
    assert locate(WHERE, keys, key=key) == piece
    assert locate(f"---\n{WHERE}---\n", keys, key=key, file="x.md") == (piece[0] + 1, *piece[1:])


def test_lines_are_counted_as_in_an_editor() -> None:
    text = 'a: "x\u2028y\u2029z\x85"\nb: 1\n'

    assert locate(text, ("b",)) == (2, 4, 1)


def test_an_alias_is_located_where_it_is_written() -> None:
    text = "a: &x\n  b: c\nd: *x\n"

    assert locate(text, ("d",)) == (3, 4, 2)
    assert locate(text, ("d", "b")) == (2, 6, 1)


def test_a_malformed_text_has_no_places() -> None:
    assert locate("a: [", ("a",)) == (0, 0, 1)
