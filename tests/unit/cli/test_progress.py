"""The progress bar of a slow build."""

import io
import sys

import pytest

from briefgen.cli import terminal as terminal_module
from briefgen.cli.terminal import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    def __init__(self) -> None:
        self.now_s = 0.0

    def __call__(self) -> float:
        return self.now_s


def a_terminal(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    # Not a fixture: between set-up and test pytest puts its own stream there.
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setenv("TERM", "xterm")
    return terminal


def steps(bar: ProgressBar, clock: Clock, *moments_s: float) -> None:
    with bar:
        for number, moment_s in enumerate(moments_s):
            clock.now_s = moment_s
            bar("Rendering", number, len(moments_s))


def test_a_quick_build_shows_no_progress_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    monkeypatch.setattr(terminal_module, "_make_progress", lambda: pytest.fail("rich is not needed"))
    clock = Clock()

    steps(ProgressBar(enabled=True, clock=clock), clock, 0.1, 0.5, 0.99)

    assert terminal.getvalue() == ""


def test_a_slow_build_shows_a_progress_bar_and_erases_it(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    clock = Clock()

    steps(ProgressBar(enabled=True, clock=clock), clock, 0.5, 1.0, 1.05, 1.2)

    shown = terminal.getvalue()
    assert "Rendering" in shown
    assert "1/4" in shown
    assert "2/4" not in shown  # too soon after the one before
    assert "3/4" in shown
    assert shown.endswith("\x1b[2K")  # erases the line


def test_a_stage_of_unknown_length_is_shown_too(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = a_terminal(monkeypatch)
    clock = Clock()
    with ProgressBar(enabled=True, clock=clock) as bar:
        clock.now_s = 2.0
        bar("Reading", 0, 0)

    assert "Reading" in terminal.getvalue()


@pytest.mark.parametrize(("stream", "wanted"), [(io.StringIO(), True), (Terminal(), False)])
def test_a_disabled_progress_bar_or_one_without_a_terminal_shows_nothing(
    monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, wanted: bool
) -> None:
    monkeypatch.setattr(sys, "stderr", stream)
    clock = Clock()

    steps(ProgressBar(enabled=wanted, clock=clock), clock, 5.0, 10.0)

    assert stream.getvalue() == ""
