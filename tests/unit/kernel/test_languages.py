"""Languages by their tags."""

import pytest

from briefgen.kernel.languages import date_in_words, direction, is_known, likely_script, number_in_digits, suggestion


@pytest.mark.parametrize(
    "tag",
    ["en", "uk", "de-AT", "es-419", "zh-Hant-TW", "sr-Latn", "ckb", "tlh", "mul", "und", "qaa", "de-u-co-phonebk"],
)
def test_a_language_of_bcp_47_is_known(tag: str) -> None:
    assert is_known(tag)


@pytest.mark.parametrize(
    ("tag", "meant"),
    [
        ("ua", "uk"),
        ("jp", "ja"),
        ("cz", "cs"),
        ("deu", "de"),
        ("en-UK", "en-GB"),
        ("de-XX", "de"),
        ("cz-XX", "cs"),
        ("xx", ""),
        ("xx-DE", ""),
        ("en-Abcd", ""),
    ],
)
def test_a_tag_that_is_no_language_may_be_taken_for_one(tag: str, meant: str) -> None:
    assert not is_known(tag)
    assert suggestion(tag) == meant


@pytest.mark.parametrize(
    ("tag", "wanted"),
    [
        ("en", "ltr"),
        ("uk-UA", "ltr"),
        ("ar", "rtl"),
        ("he-IL", "rtl"),
        ("fa", "rtl"),
        ("dv", "rtl"),
        ("az", "ltr"),
        ("az-Arab", "rtl"),
        ("pa-PK", "rtl"),
        ("ar-Latn", "ltr"),
        ("und", "auto"),
        ("mul", "auto"),
        ("xx", "auto"),
        (None, "auto"),
    ],
)
def test_a_language_is_written_the_way_its_script_is(tag: str | None, wanted: str) -> None:
    assert direction(tag) == wanted


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("de-US", "14. März 2025"),
        ("fr-PL", "14 mars 2025"),
        ("tlh", "14 March 2025"),
    ],
)
def test_a_date_is_in_the_language_even_where_it_is_not_spoken(tag: str, words: str) -> None:
    assert date_in_words(2025, 3, 14, tag) == words


def test_an_extension_of_a_tag_is_no_country() -> None:
    assert suggestion("deu-u-co-phonebk") == "de"
    assert number_in_digits(1234, "de-u-co-phonebk") == "1.234"


@pytest.mark.parametrize(("tag", "script"), [("uk", "Cyrl"), ("uk-Latn", "Latn"), ("zh-TW", "Hant"), ("und", "")])
def test_a_language_has_the_script_that_it_is_usually_written_in(tag: str, script: str) -> None:
    assert likely_script(tag) == script


@pytest.mark.parametrize(
    ("tag", "digits"),
    [
        ("en", "1,234,567"),
        ("de", "1.234.567"),
        ("uk", "1\u00a0234\u00a0567"),
        ("ar", "1,234,567"),
        ("qaa", "1,234,567"),
    ],
)
def test_a_number_has_its_digits_in_groups(tag: str, digits: str) -> None:
    assert number_in_digits(1234567, tag) == digits
