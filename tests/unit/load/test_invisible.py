"""Characters that have no business in a text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.document import parse
from briefgen.load.invisible import escaped, found, may_hold, without
from briefgen.load.yaml import Value
from briefgen.model.problem import Place

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
def test_a_character_is_found_raw_and_escaped(character: str) -> None:
    for title in (f"Ta{character}lks", f'"Ta\\u{ord(character):04x}lks"'):
        parsed = parse("page", "x", "content/pages/x.md", f"---\ntitle: {title}\n---\nText.\n".encode())

        assert [problem.code for problem in parsed.problems] == ["control-character"], title
        assert isinstance(at := parsed.problems[0].at, Place)
        assert at.line == 2


@pytest.mark.parametrize("character", GOOD)
def test_a_character_may_stand(character: str) -> None:
    assert list(found(character)) == []
    assert not may_hold(character.encode())


@given(st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from([*BAD, *GOOD]))))
def test_the_quick_look_misses_nothing_and_no_control_stays(text: str) -> None:
    text = text.replace("\r", "")
    assert may_hold(text.encode()) == bool(list(found(text)))
    assert len(without(text)) == len(text)
    assert {each for each in without(text) if unicodedata.category(each) == "Cc"} <= {"\t", "\n"}


def test_every_value_is_looked_at() -> None:
    raw: Value = {"a": "\x01", "b": [{"c": "fine"}, {"c": "\u202e"}]}

    assert [keys for keys, _, _ in escaped(raw)] == [("a",), ("b", 1, "c")]
