"""The waits that hosts demand."""

from email.utils import formatdate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.web.limits import LONGEST_S, format_wait, parse_retry_after

NOW = 1_764_756_000.0  # 2025-12-03 10:00:00


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 03 Dec 2025 10:02:00 GMT", 120.0),
        ("Wed, 03 Dec 2025 10:02:00 -0000", 120.0),
        ("Wed, 03 Dec 2025 09:00:00 GMT", 0.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        ("٣", None),
    ],
)
def test_a_wait_is_a_number_or_a_date(text: str, seconds: float | None) -> None:
    assert parse_retry_after({"retry-after": text}, NOW) == seconds


def test_a_response_without_retry_after_demands_no_wait() -> None:
    assert parse_retry_after({}, NOW) is None


@given(st.text())
def test_no_value_of_retry_after_raises_an_exception(text: str) -> None:
    wait = parse_retry_after({"retry-after": text}, NOW)
    assert wait is None or wait >= 0


@pytest.mark.parametrize("text", ["99999999999999999999999", "9" * 400, "Fri, 31 Dec 9999 23:59:59 -2359"])
def test_a_wait_is_never_longer_than_a_year(text: str) -> None:
    wait = parse_retry_after({"retry-after": text}, NOW)
    assert wait == LONGEST_S
    assert format_wait(wait) == "a year or longer"


@given(st.integers(0, int(LONGEST_S)))
def test_a_date_means_the_same_wait_as_a_number(seconds: int) -> None:
    assert parse_retry_after({"retry-after": formatdate(NOW + seconds, usegmt=True)}, NOW) == seconds


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(45, "45 seconds"), (61, "1 minute"), (7200, "2 hours"), (86400, "1 day"), (300000, "3 days")],
)
def test_a_wait_is_formatted_in_words(seconds: float, words: str) -> None:
    assert format_wait(seconds) == words
