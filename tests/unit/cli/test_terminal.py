"""The style of a stream, and writing to a closed one."""

import io
import os

import pytest

from briefgen.cli.terminal import OutputClosed, Style, detect_style, write


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environ", "on_terminal", "elsewhere"),
    [
        ({}, True, False),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"FORCE_COLOR": ""}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False, False),
    ],
)
def test_colours_depend_on_the_terminal_and_the_environment(
    environ: dict[str, str], on_terminal: bool, elsewhere: bool
) -> None:
    assert detect_style(Terminal(), environ).colour is on_terminal
    assert detect_style(io.StringIO(), environ).colour is elsewhere


def test_width_is_that_of_the_terminal_and_fixed_elsewhere() -> None:
    assert detect_style(Terminal(), {"COLUMNS": "72"}).width == 72
    assert detect_style(Terminal(), {"COLUMNS": "3"}).width == 40
    assert detect_style(io.StringIO(), {"COLUMNS": "72"}).width == 100


def test_a_real_terminal_is_measured() -> None:
    leader, follower = os.openpty()
    try:
        with os.fdopen(follower, "w") as stream:
            assert detect_style(stream, {}).width > 0
    finally:
        os.close(leader)


def test_text_is_unchanged_without_colours() -> None:
    assert Style().paint("text", "1") == "text"
    assert Style(colour=True).paint("text", "1") == "\x1b[1mtext\x1b[0m"
    assert Style(colour=True).paint("", "1") == ""


def test_writing_to_a_closed_pipe_raises_output_closed() -> None:
    class Closed(io.StringIO):
        def write(self, _text: str, /) -> int:
            raise BrokenPipeError

    with pytest.raises(OutputClosed):
        write("text", Closed())
