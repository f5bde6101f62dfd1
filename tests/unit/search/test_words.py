"""Words of texts as the index has them; `tests/browser/test_search.py` compares them with those of the script."""

import pytest

from briefgen.search.words import bucket_of, sound_of, split_words, text_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The 28-point plan, and G7's reply", ["the", "28", "point", "plan", "and", "g7", "reply"]),
        ("Résumé naïve Ångström", ["resume", "naive", "angstrom"]),
        ("straße Łódź Ærø İstanbul ﬁnal", ["strasse", "lodz", "aero", "istanbul", "final"]),
        ("Зеленський, Ёлка", ["зеленськии", "елка"]),
        ("Οδυσσεύς ΟΔΥΣΣΕΎΣ", ["οδυσσευσ", "οδυσσευσ"]),
        ("مُحَمَّد", ["محمد"]),
        ("北京大学", ["北京", "京大", "大学"]),
        ("abc北京", ["abc", "北京"]),
        ("한국어", ["한국어"]),
        ("", []),
        ("a 7 – ; _ 京", ["7", "京"]),
    ],
)
def test_words_are_without_case_and_marks(text: str, words: list[str]) -> None:
    assert split_words(text) == words


def test_markup_and_places_of_references_are_no_words() -> None:
    html = "<p class=intro>One&nbsp;<em>two</em>\x0012\x00three &amp; four</p><svg><text>five</text></svg>"

    assert split_words(text_of(html)) == ["one", "two", "three", "four"]


def test_words_with_one_beginning_are_in_one_file_and_filters_are_spread() -> None:
    assert len({bucket_of(word, 512) for word in ("sanction", "sanctions", "sanctioned", "san")}) == 1
    assert len({bucket_of(f"=actor:a{number}", 512) for number in range(50)}) > 40


@pytest.mark.parametrize(
    "names",
    [
        ["vyazmitina", "viazmitina", "wjasmitina"],
        ["golovaschenko", "golovashchenko"],
        ["khrushchev", "khrushchov", "chrushchev"],
        ["zelenskyy", "zelensky", "selenskyj"],
        ["trotsky", "trotzki", "trotskij"],
    ],
)
def test_spellings_of_a_name_sound_alike(names: list[str]) -> None:
    assert len({sound_of(name) for name in names}) == 1


@pytest.mark.parametrize("name", ["путин", "li", "aeiou", ""])
def test_a_word_that_says_too_little_or_is_in_another_script_has_no_sound(name: str) -> None:
    assert sound_of(name) == ""
