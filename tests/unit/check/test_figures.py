"""Figures of claims that the texts of their sources do not have."""

import pytest

from briefgen.check.figures import find_figures, missing_figures


def test_figures_that_texts_write_as_words_are_left_out() -> None:
    assert find_figures("On 15 February 2025, 3 of 12 paid 2.4 million and 1,500") == ["15", "2025", "2.4", "1,500"]


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("1,500", "it cost 1500 euros"),
        ("1500", "it cost 1.500 Euro"),
        ("1 500 000", "1,500,000 people"),
        ("2.4", "2,400,000 people"),
        ("2,4", "2.4 million"),
        ("24", "24 million"),
        ("24,000,000", "24 million"),
        ("15", "on the 15th of May"),
        ("2025", "2025."),
        ("0.5", "0,5 %"),
    ],
)
def test_a_figure_may_be_written_in_another_form(figure: str, text: str) -> None:
    assert missing_figures([figure], [text]) == ()


@pytest.mark.parametrize(
    ("figure", "text"),
    [("15", "115 or 150 or 1.5"), ("2025", "2024"), ("2.4", "24"), ("1,500", "1,501"), ("24", "240"), ("15", "")],
)
def test_another_figure_is_not_the_same(figure: str, text: str) -> None:
    assert missing_figures([figure], [text]) == (figure,)


def test_a_figure_may_be_in_any_of_several_texts() -> None:
    assert missing_figures(["14", "20", "31"], ["14 of them", "of 20"]) == ("31",)


def test_a_number_of_any_length_takes_no_time() -> None:
    assert find_figures("9" * 100_000) == []
    assert missing_figures(["31"], ["9" * 100_000]) == ("31",)
