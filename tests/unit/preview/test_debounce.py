"""When a burst of changes is over, on a clock of the test's own."""

from hypothesis import given
from hypothesis import strategies as st

from briefgen.preview.debounce import BURST_S, CAP_S, GRACE_S, QUIET_S, Debounce


def test_nothing_is_due_before_something_has_happened() -> None:
    assert Debounce().due() is None


def test_one_save_is_due_after_the_quiet_time() -> None:
    debounce = Debounce()
    debounce.came("a.md", 10.0)

    assert debounce.due() == 10.0 + QUIET_S


def test_each_further_step_of_a_save_puts_it_off() -> None:
    debounce = Debounce()
    debounce.came("a.md", 10.0)
    debounce.came("a.md", 10.01)

    assert debounce.due() == 10.01 + QUIET_S


def test_a_file_that_is_gone_gets_a_moment_to_come_back() -> None:
    debounce = Debounce()
    debounce.went("a.md", 10.0)
    assert debounce.due() == 10.0 + GRACE_S

    debounce.came("a.md", 10.02)
    assert debounce.due() == 10.02 + QUIET_S


def test_many_files_at_once_are_one_burst() -> None:
    debounce = Debounce()
    for number in range(1000):
        debounce.came(f"{number}.md", 10.0)

    assert debounce.due() == 10.0 + BURST_S


def test_something_that_never_stops_does_not_put_it_off_for_ever() -> None:
    debounce = Debounce()
    for step in range(10_000):
        debounce.came("log", 10.0 + step / 1000)

    assert debounce.due() == 10.0 + CAP_S


def test_after_a_burst_was_taken_it_begins_anew() -> None:
    debounce = Debounce()
    debounce.went("a.md", 10.0)
    debounce.came("b.md", 10.0)
    assert debounce.taken() == {"a.md", "b.md"}
    assert debounce.taken() == set()
    assert debounce.due() is None

    debounce.came("b.md", 20.0)
    assert debounce.due() == 20.0 + QUIET_S


@given(st.lists(st.tuples(st.booleans(), st.sampled_from("abc"), st.floats(0, 1))))
def test_it_is_never_due_before_the_last_event_nor_after_the_cap(steps: list[tuple[bool, str, float]]) -> None:
    debounce, now = Debounce(), 0.0
    for came, path, pause in steps:
        now += pause
        (debounce.came if came else debounce.went)(path, now)

    due = debounce.due()
    assert (due is None) == (not steps)
    if due is not None:
        assert due > min(now, steps[0][2] + CAP_S - 1e-9)
        assert due <= steps[0][2] + CAP_S + 1e-9
