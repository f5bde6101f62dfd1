"""Plain text that curators save, paste and print."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.web.documents import UnreadableDocument
from briefgen.web.plain_text import read_text

WRAPPED = "The dam on the river was opened on Monday, after ten years of work and\nthree changes of the plan."


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Dam opens\n\nIt opened.\n\nOn Monday.\n", ["Dam opens", "It opened.", "On Monday."]),
        ("Dam opens\r\nIt opened.\r\n", ["Dam opens", "It opened."]),
        ("A\rB\fC\x85D\u2028E", ["A", "B", "C", "D", "E"]),
        (WRAPPED, [WRAPPED.replace("\n", " ")]),
        (f"{'x' * 50} interna-\ntional help.", [f"{'x' * 50} interna-\u2028tional help."]),
        (f"{'x' * 500}\n{'y' * 500}", ["x" * 500, "y" * 500]),
        ("\ufeffDam opens", ["Dam opens"]),
        ("one\0two", ["onetwo"]),
        ("# Dam opens\n\n##\n\n### Background\n\n#dam is a word", ["Dam opens", "Background", "#dam is a word"]),
    ],
)
def test_lines_that_belong_together_are_one_paragraph(text: str, paragraphs: list[str]) -> None:
    assert read_text(text.encode()).text.split("\n") == paragraphs


def test_the_first_line_is_the_title_if_it_is_no_sentence() -> None:
    assert read_text(b"Dam opens\n\nIt opened.").title == "Dam opens"
    assert read_text(b"It opened.\n\nOn Monday.").title is None
    assert read_text(b"Only this").title is None


@pytest.mark.parametrize("data", [b"", b" \n\r\n\t", b"\xef\xbb\xbf"])
def test_a_file_without_text_cannot_be_read(data: bytes) -> None:
    with pytest.raises(UnreadableDocument, match="it is empty"):
        read_text(data)


def words_of(text: str) -> list[str]:
    return [word for word in text.split() if word.strip("#")]


@given(st.text(min_size=1))
def test_no_word_is_lost(text: str) -> None:
    try:
        found = read_text(text.encode("utf-8", "replace"))
    except UnreadableDocument:
        assert not text.replace("\0", "").split() or text.startswith("\ufeff")
        return
    sent = text.encode("utf-8", "replace").decode().removeprefix("\ufeff").replace("\0", "")
    assert words_of(found.text) == words_of(sent)
