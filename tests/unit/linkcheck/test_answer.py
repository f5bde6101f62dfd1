"""What statuses mean, and how long answers are believed."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.linkcheck.answer import BELIEVED_S, Answer, in_words, state_of
from briefgen.model.links import LINK_STATES, LinkState


def test_every_state_has_its_meaning_and_its_time() -> None:
    assert set(BELIEVED_S) == set(LINK_STATES) == set(get_args(LinkState))


@pytest.mark.parametrize(
    ("status", "state"),
    [
        (200, "ok"), (206, "ok"), (304, "ok"),
        (404, "dead"), (410, "dead"),
        (400, "blocked"), (402, "blocked"), (405, "blocked"), (429, "blocked"), (999, "blocked"),
        (300, "unreachable"), (302, "unreachable"), (408, "unreachable"), (500, "unreachable"), (599, "unreachable"),
    ],
)  # fmt: skip
def test_statuses(status: int, state: str) -> None:
    assert state_of(status, {}) == state


@given(st.integers(100, 999))
def test_every_status_has_a_state_and_words(status: int) -> None:
    assert state_of(status, {}) in LINK_STATES
    assert in_words(status).startswith(str(status))


@given(st.sampled_from(sorted(LINK_STATES)), st.integers(0, 10**7))
def test_an_answer_is_believed_until_its_time_is_over(state: LinkState, age: int) -> None:
    answer = Answer(state, 10**9)
    assert answer.believed(10**9 + age) == (age < BELIEVED_S[state])
    assert not answer.believed(10**9 - 1 - age)
    assert not Answer(state, 10**9, asked=False).believed(10**9)
