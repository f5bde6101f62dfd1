"""Ids and anchors from texts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.load.shapes import ID
from briefgen.load.slugs import anchor, name_id, slug


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
        ("Путин", ""),
        ("радио NV", "nv"),
        ("a" * 99 + " b", "a" * 99),
    ],
)
def test_a_slug_keeps_what_has_a_latin_form(text: str, expected: str) -> None:
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


@given(st.text(min_size=1))
def test_every_name_has_an_id_that_never_changes(name: str) -> None:
    made = name_id(name, "publisher")

    assert re.search(ID, made)
    assert made == name_id(name, "publisher")


def test_names_in_other_scripts_do_not_share_an_id() -> None:
    assert name_id("Українська правда", "publisher") == "publisher-d08164f6"
    assert name_id(" українська\nПРАВДА", "publisher") == "publisher-d08164f6"
    assert name_id("радио NV", "publisher") != name_id("телеканал NV", "publisher")
    assert name_id("NV", "publisher") == "nv"


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
