"""Text that is safe for a terminal, and its width."""

import pytest

from briefgen.cli.text import measure_width, printable, split_cells


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("Übergröße – “quoted”", "Übergröße – “quoted”"),
        ("Володимир Зеленський", "Володимир Зеленський"),
        ("\x1b[31mred\x1b[0m", "␛[31mred␛[0m"),
        ("\x1b]0;title\x07", "␛]0;title␇"),
        ("\x9b31m", "<U+009B>31m"),
        ("del\x7f", "del␡"),
        ("a\u202egpj.exe", "a<U+202E>gpj.exe"),
        ("zero\u200bwidth", "zero<U+200B>width"),
        ("two\nlines", "two lines"),
        ("a\u2028b", "a<U+2028>b"),
        ("a\tb", "a b"),
        ("\r\x08", "␍␈"),
        ("lone \udcff", "lone <U+DCFF>"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("e\u0301", "e\u0301"),
        ("\u0301e", "<U+0301>e"),
    ],
)
def test_invisible_and_control_characters_are_named(text: str, expected: str) -> None:
    assert printable(text) == expected


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("abc", 3),
        ("日本", 4),
        ("ｆｕｌｌ", 8),
        ("e\u0301", 1),
        ("한\u1112", 4),
        ("\u1112\u1161\u11ab", 2),
        ("👩\u200d🔬", 4),
    ],
)
def test_width_is_counted_in_columns(text: str, width: int) -> None:
    assert measure_width(text) == width


def test_a_tab_reaches_to_the_next_stop() -> None:
    assert [cell.width for cell in split_cells("\ta\tbcde\t日\t")] == [4, 1, 3, 1, 1, 1, 1, 4, 2, 2]


def test_there_is_a_cell_for_every_code_point() -> None:
    text = "a\t\x1b日e\u0301\u202e"
    assert len(split_cells(text)) == len(text)
