"""Translations have something to translate, and words come from another source."""

from typing import Any

import pytest

from briefgen.check.sources import unknown_languages
from briefgen.check.translations import misplaced_translations, words_from_themselves
from support.sites import a_site


def faults(claim: dict[str, Any], language: str | None = "uk") -> list[tuple[str | int, str]]:
    source = {"language": language} if language else {}
    site = a_site(briefs={"dam": {"source": source, "claims": [claim]}})
    return [(problem.at.keys[-1], problem.message) for problem in misplaced_translations(site)]  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "claim",
    [
        {"quote": "так"},
        {"quote": "так", "translation": "yes"},
        {"quote": "так", "translation": "yes", "translated_by": "machine"},
        {"quote": "ja", "quote_language": "de", "translation": "yes", "translated_by": "Ada"},
        {"quote": "yes", "quote_language": "en"},
    ],
)
def test_a_translation_stands_beside_a_quote_in_another_language(claim: dict[str, Any]) -> None:
    assert faults(claim) == []


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        ({"translation": "yes"}, [("translation", "`translation` stands without a quote")]),
        ({"quote_language": "de"}, [("quote_language", "`quote_language` stands without a quote")]),
        (
            {"quote": "так", "translated_by": "Ada"},
            [("translated_by", "a translator is named, but there is no `translation`")],
        ),
        (
            {"quote": "yes", "quote_language": "en", "translation": "yes"},
            [("translation", "a quote in the language of the site (en) has a translation")],
        ),
    ],
)
def test_a_misplaced_translation_is_a_problem(claim: dict[str, Any], expected: list[tuple[str, str]]) -> None:
    assert faults(claim) == expected


def test_the_language_of_a_translated_quote_must_be_known() -> None:
    claim = {"quote": "так", "translation": "yes"}

    assert faults(claim, None) == [("translation", "the language of the quote is not known")]
    assert faults(claim, "en") == [("translation", "a quote in the language of the site (en) has a translation")]


def test_a_title_is_translated_only_where_it_is_in_another_language() -> None:
    site = a_site(
        sources={
            "a": {"language": "uk", "title_translation": "x"},
            "b": {"title_translation": "x"},
            "c": {"language": "en", "title_translation": "x"},
            "d": {"title": "unknown", "title_translation": "x"},
        }
    )

    assert [(problem.at.file, problem.message) for problem in misplaced_translations(site)] == [
        ("content/sources/c.yaml", "a title in the language of the site (en) has a translation"),
        ("content/sources/d.yaml", "a title that is not known has a translation"),
    ]


def test_words_do_not_come_through_the_source_itself() -> None:
    site = a_site(briefs={"dam": {"source": {}, "claims": [{"via": "dam"}, {"via": "log"}]}}, sources={"log": {}})

    assert [problem.message for problem in words_from_themselves(site)] == ['"dam" is the source of the claim itself']


def test_the_language_of_a_quote_must_exist() -> None:
    site = a_site(briefs={"dam": {"claims": [{"quote": "так", "quote_language": "ua"}]}})

    assert [problem.message for problem in unknown_languages(site)] == ['"quote_language" cannot be "ua"']
