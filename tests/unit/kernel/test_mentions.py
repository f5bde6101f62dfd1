from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.kernel.mentions import NameIndex
from briefgen.model.names import fold

NAMES = {
    "Ada Miller": "ada",
    "Miller": "ada",
    "US": "us",
    "U.S.": "us",
    "the White House": "house",
    "River-Watch": "watch",
    "O'Brien": "brien",
    "Iran": "iran",
    "Ankara": "ankara",
    "Мар’яна": "mariana",
    "أحمد": "ahmad",
    "中国": "china",
    "中国银行": "bank",
    "プーチン": "putin",
    "AT&T": "att",
    'צה"ל': "army",
    "मोदी": "modi",
    "ทรัมป์": "trump",
    "X": "x",
}


def found(text: str, names: dict[str, str] = NAMES) -> list[str]:
    return [text[mention.start : mention.end] for mention in NameIndex(names).find(text)]


def test_longest_name_is_found_and_none_inside_it() -> None:
    assert [mention.id for mention in NameIndex(NAMES).find("Ada Miller met Miller.")] == ["ada", "ada"]
    assert found("Ada Miller met Miller.") == ["Ada Miller", "Miller"]


@pytest.mark.parametrize(
    "text",
    [
        *("Millers", "Smith-Miller", "Miller-era", "Miller\u2010era", "snake_Miller", "@Miller", "#Miller"),
        *("miller.example", "Miller.example", "example.org/Miller", "AT&TX", "O'Miller", "Miller&Sons", "Miller2"),
        *("us", "Us", "iran", "IRAN", "miller", "x X", "Ada\n\nMillerx", "Мар", "яна", "中", "カプーチン"),
        *("プーチンスキ", "Mille\u0301r"),
    ],
)
def test_part_of_a_word_or_another_case_is_no_mention(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("Ada  Miller’s and Miller's.", ["Ada  Miller", "Miller"]),
        ("Ada\nMiller", ["Ada\nMiller"]),
        ("Ada\n\nMiller", ["Miller"]),
        ("the millers’ Miller’", ["Miller"]),
        ("In the US, the U.S. said", ["US", "U.S."]),
        ("The White House. In the White House", ["The White House", "the White House"]),
        ("d’Iran, dell’Iran, L’Iran", ["Iran", "Iran", "Iran"]),
        ("Ankara'da, Ankara’nın", ["Ankara", "Ankara"]),
        ("O’Brien, O'Brien", ["O’Brien", "O'Brien"]),
        ("River\u2011Watch", ["River\u2011Watch"]),
        ("Мар'яна, Марʼяна", ["Мар'яна", "Марʼяна"]),
        ("Iran–US, (Iran) “Iran” *Iran* _Iran_ **Iran**", ["Iran", "US", "Iran", "Iran", "Iran", "Iran", "Iran"]),
        ("中国银行在中国。", ["中国银行", "中国"]),
        ("プーチンは中国へ", ["プーチン", "中国"]),
        ("Iran中国", ["Iran", "中国"]),
        ("an AT&T phone", ["AT&T"]),
        ('צה״ל; צה"ל', ["צה״ל", 'צה"ל']),
        ("मोदी ने, मोदीजी", ["मोदी"]),
        ("ประธานาธิบดีทรัมป์กล่าว", ["ทรัมป์"]),
    ],
)
def test_names_are_found_as_they_are_written(text: str, mentions: list[str]) -> None:
    assert found(text) == mentions


@pytest.mark.parametrize("written", ["احمد", "أَحْمَد", "أحـــمد", "أ\u200fحمد", "\u0627\u0654حمد"])
def test_arabic_vowel_marks_stretching_hamza_and_direction_marks_make_no_difference(written: str) -> None:
    assert found(f"قال \u200f{written}\u200e أمس") == [written]
    assert fold(written) == fold("أحمد")


def test_soft_hyphens_and_decomposed_letters_make_no_difference() -> None:
    names = {"Zoë Ruiz": "zoe"}
    assert found("Zoe\u0308 Ru\u00adiz; Zoe Ruiz", names) == ["Zoe\u0308 Ru\u00adiz"]


def test_a_name_of_two_ids_is_not_found_and_hides_the_shorter_one() -> None:
    assert found("Ada Miller, Miller", {"Ada Miller": "one", "Ada  Miller": "two", "Miller": "one"}) == ["Miller"]


def test_a_name_that_begins_with_a_small_letter_is_found_at_the_beginning_of_a_sentence() -> None:
    assert found("Sanctions hurt; sanctions and SANCTIONS", {"sanctions": "s"}) == ["Sanctions", "sanctions"]


@given(st.text(), st.dictionaries(st.text(min_size=1, max_size=8), st.sampled_from("ab"), max_size=5))
def test_mentions_are_in_order_and_do_not_overlap(text: str, names: dict[str, str]) -> None:
    end = 0
    for mention in NameIndex(names).find(text):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


@given(st.text(st.characters(categories=["L"]), min_size=2), st.text(st.sampled_from(" .,;()“”\n"), max_size=5))
def test_a_name_between_spaces_and_punctuation_is_found(name: str, around: str) -> None:
    text = f"{around} {name} {around}"
    assert (len(around) + 1, len(around) + 1 + len(name)) in [
        (mention.start, mention.end) for mention in NameIndex({name: "it"}).find(text)
    ]


def test_ten_thousand_names_are_found_in_time_that_grows_with_the_text() -> None:
    index = NameIndex({f"Name {number} of {number % 7}": str(number) for number in range(10_000)})
    text = " ".join(f"word Name {number} of {number % 7}é" if number % 2 else "Name x" for number in range(20_000))

    def seconds(text: str) -> float:
        start = time.process_time()
        list(index.find(text))
        return time.process_time() - start

    seconds(text)
    assert seconds(text * 4) < 16 * max(seconds(text), 0.05)
