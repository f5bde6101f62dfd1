"""The encoding of documents, which say what is not so."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.web.charsets import decode

RUSSIAN = "Плотина открыта после десяти лет работы, сообщил министр журналистам в понедельник. " * 5
GERMAN = "Der Damm wurde geöffnet, sagte die Ministerin – „endlich“. "


def html(charset: str, text: str, encoded: str) -> bytes:
    return f'<html><head><meta charset="{charset}"></head><body>{text}</body></html>'.encode(encoded)


@pytest.mark.parametrize(
    ("data", "declared", "text", "charset"),
    [
        (GERMAN.encode(), None, GERMAN, "utf-8"),
        (GERMAN.encode(), "iso-8859-1", GERMAN, "utf-8"),
        (codecs.BOM_UTF8 + GERMAN.encode(), "windows-1251", GERMAN, "utf-8"),
        (GERMAN.encode("utf-16"), None, GERMAN, "utf-16-le"),
        (GERMAN.encode("cp1252"), "ISO-8859-1", GERMAN, "cp1252"),
        (RUSSIAN.encode("cp1251"), "windows-1251", RUSSIAN, "cp1251"),
        (RUSSIAN.encode("koi8-r"), "KOI8-R", RUSSIAN, "koi8-r"),
        ("日本語の文章です。".encode("iso2022_jp"), "iso-2022-jp", "日本語の文章です。", "iso2022_jp"),
        ("中文文章。".encode("gb18030"), "gb2312", "中文文章。", "gb18030"),
    ],
)
def test_a_text_is_read_in_its_real_encoding(data: bytes, declared: str | None, text: str, charset: str) -> None:
    found = decode(data, declared)

    assert (found.text, found.charset, found.remarks) == (text, charset, ())


@pytest.mark.parametrize("declared", [None, "utf-8", "no-such-charset", "rot13", "utf-7", "unicode_escape", "é", ""])
def test_the_encoding_in_the_page_counts_if_that_of_the_server_is_wrong(declared: str | None) -> None:
    found = decode(html("windows-1251", RUSSIAN, "cp1251"), declared, is_html=True)

    assert RUSSIAN in found.text


def test_a_page_that_claims_two_bytes_for_each_character_is_read_as_utf_8() -> None:
    assert GERMAN in decode(html("utf-16", GERMAN, "utf-8"), is_html=True).text


def test_an_encoding_that_nothing_names_is_a_guess_with_a_remark() -> None:
    found = decode(RUSSIAN.encode("cp1251"))

    assert found.text == RUSSIAN
    assert found.remarks == ("the character encoding is a guess: cp1251",)


def test_a_broken_character_does_not_change_the_encoding_of_a_long_text() -> None:
    found = decode((GERMAN * 50).encode() + b"\xff", "utf-8")

    assert found.text == GERMAN * 50 + "\ufffd"
    assert found.remarks == ("characters that could not be read are \ufffd in the text: 1",)


@given(st.binary(max_size=200), st.sampled_from([None, "utf-8", "shift_jis", "big5", "euc-kr", "iso-8859-8", "utf-16"]))
def test_all_bytes_are_some_text(data: bytes, declared: str | None) -> None:
    assert isinstance(decode(data, declared, is_html=True).text, str)
