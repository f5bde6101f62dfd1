"""The generated parts of docs/command-line.md. `python tests/support/command_line.py` writes them anew."""

import re
from collections.abc import Iterator
from pathlib import Path

import click

from briefgen.cli.options import CONTEXT
from briefgen.cli.program import briefgen

PAGE = Path(__file__).parents[2] / "docs" / "command-line.md"
_PART = re.compile(r"(<!-- generated: (.+?) -->\n).*?(<!-- end -->)", re.DOTALL)


def with_generated_parts(text: str) -> str:
    """`text` with what stands between each pair of marks as the program has it."""
    return _PART.sub(lambda match: f"{match[1]}{_part(match[2])}{match[3]}", text)


def commands() -> list[str]:
    """All commands that have a help text, as they are typed."""
    return ["briefgen", *(f"briefgen {name}" for name in briefgen.list_commands(_context()))]


def _part(name: str) -> str:
    return _environment() if name == "environment" else f"```text\n$ {name} --help\n{_help(name)}\n```\n"


def _help(command: str) -> str:
    name = command.removeprefix("briefgen").strip()
    found: click.Command | None = briefgen.get_command(_context(), name) if name else briefgen
    assert found is not None
    parent = _context() if name else None
    settings = {"terminal_width": 80} | ({} if name else CONTEXT)
    with click.Context(found, info_name=name or "briefgen", parent=parent, **(CONTEXT | settings)) as context:
        return "\n".join(line.rstrip() for line in found.get_help(context).splitlines())


def _environment() -> str:
    rows: dict[str, list[str]] = {}
    context = _context()
    for name in briefgen.list_commands(context):
        command = briefgen.get_command(context, name)
        assert command is not None
        for option in command.params:
            if isinstance(option, click.Option) and option.allow_from_autoenv and option.name:
                long = max(option.opts, key=len)
                rows.setdefault(f"`BRIEFGEN_{option.name.upper()}` | `{long}`", []).append(f"`{command.name}`")
    return "".join(_table(rows))


def _table(rows: dict[str, list[str]]) -> Iterator[str]:
    yield "\n| variable | option | of |\n| --- | --- | --- |\n"
    yield from (f"| {row} | {', '.join(names)} |\n" for row, names in sorted(rows.items()))
    yield "\n"


def _context() -> click.Context:
    return click.Context(briefgen, info_name="briefgen", **CONTEXT)


if __name__ == "__main__":
    PAGE.write_text(with_generated_parts(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
