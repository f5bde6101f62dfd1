"""The first lines of a text that a curator pastes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.web.text_lines import find_first_words, is_picture_credit, read_first_lines

TITLE, TEXT = "Dam opens after ten years", "The dam on the river was opened on Monday."


def test_the_title_may_be_below_menus_names_and_days() -> None:
    lines = ["Skip to content", "Monday, 1 December 2025", "Home > News > Dam", "By Tom Reed", "Image", TITLE, TEXT]

    assert read_first_lines(lines).title == TITLE
    assert find_first_words("\n".join(lines)) == TITLE


def test_a_text_that_begins_with_a_sentence_has_no_title() -> None:
    assert read_first_lines([TEXT, "And then"]).title == ""
    assert find_first_words(f"3 May 2025\n{TEXT}") == "The dam on the river was opened on"
    assert find_first_words("By Tom Reed") == "By Tom Reed"
    assert find_first_words("") == ""


@pytest.mark.parametrize(
    "line",
    [
        "By Tom Reed",
        "By Tom Reed and Ada Miller",
        "Written by: Tom Reed",
        "BY TOM REED | THE COURIER",
        "Von Max Mustermann und Eva de Vries",
        "Par Anne Martin",
        "Автор: Тарас Коваль",
    ],
)
def test_a_by_line_is_seen_and_no_title(line: str) -> None:
    found = read_first_lines([TITLE, line, TEXT])

    assert found == (TITLE, {"author": f"the text has “{line}”"})


@pytest.mark.parametrize("line", ["By the river they wait", "By 2030 all is over", "Por qué no hay paz", "Byzantium"])
def test_a_sentence_with_such_a_word_is_no_by_line(line: str) -> None:
    assert read_first_lines([line, TEXT]) == (line, {})


def test_a_title_may_begin_with_a_preposition_and_names() -> None:
    assert read_first_lines(["Von der Leyen Warns Europe", TEXT]) == ("Von der Leyen Warns Europe", {})


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2025-12-03", "2025-12-03"),
        ("Published: 2025-12-03T10:00Z", "2025-12-03"),
        ("Updated on May 12, 2025 10:30 am", "2025-05-12"),
        ("3rd December 2025", "2025-12-03"),
        ("Donnerstag, 4. Dezember 2025, 14:30 Uhr", "2025-12-04"),
        ("5 de mayo de 2025", "2025-05-05"),
        ("12 травня 2025 р.", "2025-05-12"),
        ("2025年12月3日", "2025-12-03"),
        ("03/04/2025", ""),  # in March or in April
    ],
)
def test_a_line_with_a_day_is_seen_with_the_day_that_it_means(line: str, day: str) -> None:
    found = read_first_lines([TITLE, line, TEXT])

    assert found == (TITLE, {"published": f"{day}? the text has “{line}”" if day else f"the text has “{line}”"})


@pytest.mark.parametrize(
    "line", ["Dam opens on 3 May 2025", "100 days of 2025", "31 February 2025", "Pages 12 May", "2025"]
)
def test_a_title_with_a_day_is_a_title(line: str) -> None:
    assert read_first_lines([line, TEXT]) == (line, {})


def test_a_name_and_a_day_may_be_in_one_line() -> None:
    line = "By Tom Reed | 3 May 2025"

    assert read_first_lines([TITLE, line]).seen == {
        "author": f"the text has “{line}”",
        "published": f"2025-05-03? the text has “{line}”",
    }


@given(st.lists(st.text(), max_size=5))
def test_any_lines_are_read(lines: list[str]) -> None:
    assert read_first_lines(lines).title in ("", *lines)
    find_first_words("\n".join(lines))


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Example Agency",
        "Photo by Tom Reed / Example Agency",
        "Image credit: Tom Reed",
        "(AP Photo/Tom Reed)",
        "REUTERS/Tom Reed",
        "Getty Images/T. Reed",
        "© Example Agency",
        "Foto: Tom Reed/dpa",
        "Фото: Тарас Коваль",
    ],
)
def test_a_line_may_only_credit_a_picture(line: str) -> None:
    assert is_picture_credit(line)


@pytest.mark.parametrize(
    "line",
    [
        "Photo: The dam was opened on Monday. Hundreds came.",
        "Photo: “It will hold,” said Ada Miller",
        "Photographs of the dam were shown",
        "Reuters reported that the dam was open",
        "Image matters more than water, says the council",
        "Photo: a long line of words that says what the picture shows to those who see it",
        "",
    ],
)
def test_a_line_that_says_more_is_no_credit(line: str) -> None:
    assert not is_picture_credit(line)
