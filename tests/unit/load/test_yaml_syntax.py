"""What the parser's complaints become."""

import pytest

from briefgen.load.yaml import load
from briefgen.load.yaml_syntax import Malformed
from briefgen.model.problem import Place, Problem

QUOTE = "put the text in quotes"
ALIGN = "align it with the keys above"


@pytest.mark.parametrize(
    ("text", "line", "column", "message", "hint"),
    [
        ("a: Foo: bar\n", 1, 7, "a colon inside a text without quotes", f'{QUOTE}: a: "Foo: bar"'),
        ("b: 1\n  a: x\n", 2, 3, "this key is indented more than its neighbours", None),
        ('t: Say "x": y', 1, 11, "a colon inside a text without quotes", f"{QUOTE}: t: 'Say \"x\": y'"),
        ('t: It\'s "x": y', 1, 12, "a colon inside a text without quotes", f'{QUOTE}: t: "It\'s \\"x\\": y"'),
        ("é: ü: x", 1, 5, "a colon inside a text without quotes", f'{QUOTE}: é: "ü: x"'),
        ("key\nb: 1\n", 1, 1, "this line is no key with a value", "write `key: value`"),
        ("a: 1\nkey\n", 2, 1, "a key without a colon", "write `key: value`; indent a text that goes on"),
        ("a:\n\t- b\n", 2, 1, "a tab cannot indent", "indent with spaces"),
        ("a: |\n  x\n\tb\n", 3, 1, "a tab cannot indent", "indent with spaces"),
        ("a: 'x\nb: 1\n", 1, 4, "this quote is never closed", "close it with the same quote"),
        ('a: "x\n---\nb: 1\n', 1, 4, "this quote is never closed", "close it with the same quote"),
        (
            "t: 'it's'\n",
            1,
            8,
            "this line does not fit the lines above",
            "inside single quotes write '' for an apostrophe, or use double quotes",
        ),
        (
            't: "a "b" c"\n',
            1,
            8,
            "this line does not fit the lines above",
            'inside double quotes write \\" for a quote, or use single quotes',
        ),
        ("a:\n  - b\n c: d\n", 3, 2, "this line does not fit the lines above", ALIGN),
        ("a: b\n- c\n", 2, 1, "this line does not fit the lines above", ALIGN),
        ("- a\nb: c\n", 2, 1, "this line is no item of the list above", "align the hyphens, or indent the line"),
        ("a: - b\n", 1, 4, "a list cannot begin here", "put each `- item` on a line of its own"),
        (
            "a: [b, c\nd: e\n",
            1,
            4,
            "a list in brackets is not closed",
            "write commas between the items and ] at the end",
        ),
        ("a: {b: c\n", 1, 4, "a mapping in braces is not closed", "write commas between the keys and } at the end"),
        ("a: [\n", 1, 4, "a list in brackets is not closed", "write commas between the items and ] at the end"),
        ("a: [b,\n", 1, 4, "a list in brackets is not closed", "write commas between the items and ] at the end"),
        ("a: {\n", 1, 4, "a mapping in braces is not closed", "write commas between the keys and } at the end"),
        ("a: [,]", 1, 5, "a value is missing here", "write a value, or remove what waits for one"),
        ('a: "x\\q"', 1, 6, "no such escape in double quotes", "write \\\\ for a backslash, or use single quotes"),
        ("a: @x", 1, 4, "a text cannot begin with @", QUOTE),
        ("a: `x`", 1, 4, "a text cannot begin with `", QUOTE),
        ("a: %x", 1, 4, "a text cannot begin with %", QUOTE),
        ("a: & x", 1, 4, "a text cannot begin with * or &", QUOTE),
        ("a: *", 1, 4, "a text cannot begin with * or &", QUOTE),
        ("a: !x!y z", 1, 4, "a text cannot begin with !", QUOTE),
        ("a: ? b", 1, 4, "a text cannot begin with ? here", QUOTE),
        ("a: é\nb: ü\x01", 2, 5, "the control character U+0001 cannot stand in YAML", "delete it"),
    ],
)
def test_a_syntax_error_has_a_plain_message_a_place_and_a_hint(
    text: str, line: int, column: int, message: str, hint: str | None
) -> None:
    with pytest.raises(Malformed) as caught:
        load(text, "x.yaml", 3)

    (fault,) = caught.value.problems
    assert isinstance(fault.at, Place)
    assert (fault.code, fault.at.line - 3, fault.at.column) == ("yaml-syntax", line, column)
    assert fault.message == message
    assert hint is None or fault.hint == hint


def test_after_a_syntax_error_no_other_fault_is_reported() -> None:
    with pytest.raises(Malformed) as caught:
        load("a: 1\na: 2\nb: !x y\nc: [\n")

    assert [fault.code for fault in caught.value.problems] == ["yaml-syntax"]


def test_an_unforeseen_error_is_reported_with_the_message_of_the_parser() -> None:
    with pytest.raises(Malformed) as caught:
        load("%YAML 3.0\n---\na: b\n", "x.yaml")

    assert caught.value.problems == (
        Problem("yaml-syntax", "the YAML cannot be read: found incompatible YAML document", Place("x.yaml", 1, 1, 1)),
    )
