"""Ids and anchors from texts."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.shapes import ID
from briefgen.load.slugs import anchor, name_key, slug, unique_id


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fortune Fwd", "fortune-fwd"),
        ("  The  Kyiv Post!  ", "the-kyiv-post"),
        ("Süddeutsche Zeitung", "suddeutsche-zeitung"),
        ("Politiken København", "politiken-kobenhavn"),
        ("Łódź Straße", "lodz-strasse"),
        ("Russia–US relations", "russia-us-relations"),
        ("Putin’s terms", "putins-terms"),
        ("Путин", "putin"),
        ("радио NV", "radio-nv"),
        ("Новая газета", "novaya-gazeta"),
        ("Объявление", "obyavlenie"),
        ("Крим.Реалії", "krim-realii"),
        ("Καθημερινή", "kathimerini"),
        ("الجزيرة", "ljzyrh"),
        ("האַרץ", "harts"),
        ("दैनिक जागरण", "dainik-jagrn"),
        ("ไทยรัฐ", "aithyrath"),
        ("한겨레", "hangyeole"),
        ("新京报", "xinjingbao"),
        ("№ 5: €10 🎉", "no-5-10"),
        ("…!", ""),
        ("a" * 99 + " b", "a" * 99),
    ],
)
def test_a_slug_spells_letters_of_every_script_in_latin_ones(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(st.text(st.characters(max_codepoint=127)))
def test_the_short_way_to_an_anchor_for_ascii_is_that_for_all_scripts(text: str) -> None:
    # The letter in front takes the long way, and stays.
    assert anchor(f"ж {text}") == f"ж-{anchor(text)}".rstrip("-")


@given(st.text())
def test_a_slug_is_an_id_or_nothing_and_the_slug_of_itself(text: str) -> None:
    made = slug(text)

    assert made == "" or (re.search(ID, made) and len(made) <= 100)
    assert slug(made) == made


@given(st.text())
def test_composed_and_decomposed_letters_have_one_slug(text: str) -> None:
    assert slug(unicodedata.normalize("NFD", text)) == slug(unicodedata.normalize("NFC", text))


@given(st.text(min_size=1), st.from_regex(ID, fullmatch=True))
def test_an_id_for_one_name_alone_is_an_id(name: str, stem: str) -> None:
    assert re.search(ID, made := unique_id(name, stem))
    assert len(made) <= 100


def test_spellings_of_one_name_have_one_key() -> None:
    assert name_key("Ost-Pöst") == name_key(" ost   post!") == "ost-post"
    assert name_key("Українська правда") == name_key(" українська\nПРАВДА")
    assert name_key("新京报") != name_key("新经报")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What Moscow wants", "what-moscow-wants"),
        ("Été à Genève (2025)", "ete-a-geneve-2025"),
        ("Путин и Й", "путин-и-й"),
        ("snake_case", "snake-case"),
        ("日本 語", "日本-語"),
        ("…!", ""),
    ],
)
def test_an_anchor_keeps_letters_of_every_script(text: str, expected: str) -> None:
    assert anchor(text) == expected


@given(st.text())
def test_an_anchor_holds_no_white_space_and_no_underscore(text: str) -> None:
    assert not re.search(r"[\s_\"'<>&]", anchor(text))
