"""Excerpts of lines, with carets below the problem."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.cli.text import cut_excerpt, measure_width

LONG = "".join(chr(ord("a") + number % 26) for number in range(500))


@pytest.mark.parametrize(
    ("line", "column", "length", "expected"),
    [
        ("    actor: witkof", 12, 6, ("    actor: witkof", "           ^^^^^^")),
        ("actor:", 7, 1, ("actor:", "      ^")),
        ("actor:", 99, 5, ("actor:", "      ^")),
        ("", 1, 1, ("", "^")),
        ("ab", 1, 99, ("ab", "^^")),
        ("ab", 1, 0, ("ab", "^")),
        ("ab", 0, 1, ("ab", "")),
        ("a: b   ", 4, 1, ("a: b", "   ^")),
        ("a\tb", 3, 1, ("a   b", "    ^")),
        ("\t\tb", 2, 2, ("        b", "    ^^^^^")),
        ("日本: 東京", 5, 2, ("日本: 東京", "      ^^^^")),
        ("e\u0301e\u0301 x", 6, 1, ("e\u0301e\u0301 x", "   ^")),
        ("a\x1b[31mb", 7, 1, ("a␛[31mb", "      ^")),
        ("a\u202eb", 3, 1, ("a<U+202E>b", "         ^")),
    ],
)
def test_carets_are_below_the_characters_of_a_problem(
    line: str, column: int, length: int, expected: tuple[str, str]
) -> None:
    assert cut_excerpt(line, column, length, 80) == expected


@pytest.mark.parametrize(
    ("column", "length", "expected"),
    [
        (1, 3, ("abcdefghijklmnopq…", "^^^")),
        (10, 3, ("…efghijklmnopqrstu…", "      ^^^")),
        (250, 3, ("…klmnopqrstuvwxyza…", "      ^^^")),
        (250, 15, ("…nopqrstuvwxyzabcd…", "   ^^^^^^^^^^^^^^^")),
        (250, 400, ("…pqrstuvwxyzabcdef…", " ^^^^^^^^^^^^^^^^^")),
        (500, 1, ("…pqrstuvwxyzabcdef", "                 ^")),
        (501, 1, ("…pqrstuvwxyzabcdef", "                  ^")),
        (0, 1, ("abcdefghijklmnopq…", "")),
    ],
)
def test_a_long_line_is_cut_around_the_place(column: int, length: int, expected: tuple[str, str]) -> None:
    assert cut_excerpt(LONG, column, length, 19) == expected


def test_a_line_of_ten_million_characters_is_cut_quickly() -> None:
    text, carets = cut_excerpt("x" * 5_000_000 + "here" + "y" * 5_000_000, 5_000_001, 4, 60)

    assert text == "…" + "x" * 19 + "here" + "y" * 35 + "…"
    assert carets == " " * 20 + "^^^^"


@given(
    line=st.text(alphabet=st.sampled_from("ab \t日e\u0301\x1b\u202e\u200d👩"), max_size=120),
    column=st.integers(0, 130),
    length=st.integers(0, 130),
    width=st.integers(20, 60),
)
def test_no_excerpt_is_wider_than_the_terminal(line: str, column: int, length: int, width: int) -> None:
    text, carets = cut_excerpt(line, column, length, width)

    assert measure_width(text) <= width
    assert len(carets) <= width
    assert bool(carets.strip()) == bool(column)
    assert set(carets) <= {" ", "^"}
    assert "\x1b" not in text


@given(before=st.integers(0, 200), after=st.integers(0, 200), width=st.integers(20, 60))
def test_the_underlined_word_is_always_visible(before: int, after: int, width: int) -> None:
    text, carets = cut_excerpt("日" * before + "needle" + "本" * after, before + 1, 6, width)

    start = carets.index("^")
    skipped = 0
    for index, char in enumerate(text):
        if skipped == start:
            assert text[index : index + 6] == "needle"
            break
        skipped += measure_width(char)
    assert carets.count("^") == 6
