"""docs/command-line.md has the current help texts."""

from support.command_line import PAGE, commands, with_generated_parts


def test_the_page_has_the_current_help_texts() -> None:
    text = PAGE.read_text(encoding="utf-8")

    assert text == with_generated_parts(text), "write them anew: python tests/support/command_line.py"


def test_the_page_has_every_command() -> None:
    text = PAGE.read_text(encoding="utf-8")

    for command in [*commands(), "environment"]:
        assert f"<!-- generated: {command} -->" in text
