"""Control characters in texts."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.content import parse
from briefgen.load.text import _CONTROL, decode, escaped_controls, may_have_controls
from briefgen.load.yaml import Value
from briefgen.model.problem import Place, Pointer

BAD = ["\x01", "\x07", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\x9f", "\u202d", "\u202e", "\ufffe", "\uffff"]
# White space, marks and isolates that right-to-left words need, joiners of emoji and of Persian, and a private sign.
GOOD = [
    "\t",
    "\n",
    "\xa0",
    "\xad",
    "\u200c",
    "\u200d",
    "\u200e",
    "\u200f",
    "\u2028",
    "\u2067",
    "\u2069",
    "\ue000",
    "é",
    "¿",
]


@pytest.mark.parametrize("character", BAD)
def test_a_control_character_is_found_raw_and_escaped(character: str) -> None:
    for title in (f"Ta{character}lks", f'"Ta\\u{ord(character):04x}lks"'):
        parsed = parse("page", "x", "content/pages/x.md", f"---\ntitle: {title}\n---\nText.\n".encode())

        assert [problem.code for problem in parsed.problems] == ["control-character"], title
        assert isinstance(at := parsed.problems[0].at, Place)
        assert at.line == 2


@pytest.mark.parametrize("character", GOOD)
def test_other_characters_are_no_problem(character: str) -> None:
    assert decode(character.encode(), "x") == (character, ())
    assert not may_have_controls(character.encode())


@given(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from([*BAD, *GOOD]))))
def test_the_fast_search_finds_every_control_character_and_none_remains(text: str) -> None:
    text = text.replace("\r", "").replace("\0", "")
    assert may_have_controls(text.encode()) == bool(_CONTROL.search(text))
    decoded = decode(b"x" + text.encode(), "x")[0]
    assert decoded is not None
    assert len(decoded) == 1 + len(text)
    assert {each for each in decoded if unicodedata.category(each) == "Cc"} <= {"\t", "\n"}


def test_control_characters_are_found_in_every_value() -> None:
    raw: Value = {"a": "\x01", "b": [{"c": "fine"}, {"c": "\u202e"}]}

    places = [problem.at for problem in escaped_controls(raw, "x")]
    assert places == [Pointer("x", ("a",)), Pointer("x", ("b", 1, "c"))]
