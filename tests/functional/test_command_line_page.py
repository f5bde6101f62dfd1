"""docs/command-line.md says what the program says."""

from support.command_line import PAGE, commands, with_generated_parts


def test_the_generated_parts_are_those_of_the_program() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert text == with_generated_parts(text), "write them anew: python tests/support/command_line.py"


def test_no_command_is_left_out() -> None:
    text = PAGE.read_text(encoding="utf-8")

    for command in [*commands(), "environment"]:
        assert f"<!-- generated: {command} -->" in text
