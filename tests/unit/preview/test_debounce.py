"""The end of a burst of changes, with a clock that the test sets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefgen.preview.watch import BURST_S, CAP_S, GRACE_S, QUIET_S, Debounce


class Clock:
    """A clock that goes only when a test sets it."""

    def __init__(self) -> None:
        self.now = 10.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def debounce(clock: Clock) -> Debounce:
    return Debounce(clock)


def test_no_burst_is_due_before_a_change(debounce: Debounce) -> None:
    assert debounce.due is None


def test_one_save_is_due_after_the_quiet_time(debounce: Debounce) -> None:
    debounce.record_change("a.md")

    assert debounce.due == 10.0 + QUIET_S


def test_each_further_step_of_a_save_delays_the_burst(debounce: Debounce, clock: Clock) -> None:
    debounce.record_change("a.md")
    clock.now = 10.01
    debounce.record_change("a.md")

    assert debounce.due == 10.01 + QUIET_S


def test_a_deleted_file_has_a_moment_to_come_back(debounce: Debounce, clock: Clock) -> None:
    debounce.record_change("a.md", is_deletion=True)
    assert debounce.due == 10.0 + GRACE_S

    clock.now = 10.02
    debounce.record_change("a.md")
    assert debounce.due == 10.02 + QUIET_S


def test_many_files_at_once_are_one_burst(debounce: Debounce) -> None:
    for number in range(1000):
        debounce.record_change(f"{number}.md")

    assert debounce.due == 10.0 + BURST_S


def test_a_file_that_is_written_without_end_does_not_delay_the_burst_for_ever(debounce: Debounce, clock: Clock) -> None:
    for step in range(10_000):
        clock.now = 10.0 + step / 1000
        debounce.record_change("log")

    assert debounce.due == 10.0 + CAP_S


def test_a_change_after_a_burst_begins_another(debounce: Debounce, clock: Clock) -> None:
    debounce.record_change("a.md", is_deletion=True)
    debounce.record_change("b.md")
    assert debounce.take() == {"a.md", "b.md"}
    assert debounce.take() == set()
    assert debounce.due is None

    clock.now = 20.0
    debounce.record_change("b.md")
    assert debounce.due == 20.0 + QUIET_S


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abc"), st.floats(0, 1))))
def test_a_burst_is_never_due_before_its_last_change_nor_after_the_cap(steps: list[tuple[bool, str, float]]) -> None:
    clock = Clock()
    clock.now = 0.0
    debounce = Debounce(clock)
    for is_change, path, pause in steps:
        clock.now += pause
        debounce.record_change(path, is_deletion=not is_change)

    due = debounce.due
    assert (due is None) == (not steps)
    if due is not None:
        assert due > min(clock.now, steps[0][2] + CAP_S - 1e-9)
        assert due <= steps[0][2] + CAP_S + 1e-9
