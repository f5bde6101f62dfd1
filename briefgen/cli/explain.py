"""`briefgen explain`."""

import sys
from typing import TYPE_CHECKING

import click

from briefgen.cli import options
from briefgen.cli.terminal import BOLD, look, write

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _codes() -> options.Word:
    # Late, as no other command needs the codes.
    from briefgen.model.codes import CODES

    return options.Word(CODES, otherwise="`briefgen explain` lists all codes")


def _code(context: click.Context, parameter: click.Parameter, value: str | None) -> str | None:
    return None if value is None else _codes().convert(value, parameter, context)


def _complete(context: click.Context, parameter: click.Parameter, begun: str) -> "list[CompletionItem]":
    return _codes().shell_complete(context, parameter, begun)


@click.command(
    context_settings=options.CONTEXT,
    short_help="Explain a problem code, with a wrong and a right example.",
    epilog="Example: briefgen explain unknown-actor",
)
@click.argument("code", metavar="[CODE]", required=False, callback=_code, shell_complete=_complete)
def explain(code: str | None) -> int:
    """Print what a problem code means, a wrong example and a right one.

    CODE is the word in brackets after "error" or "warning". Without it, list all codes.
    """
    from briefgen.kernel.shipped import shipped_folder
    from briefgen.model.codes import CODES

    if code is None:
        width = max(map(len, CODES))
        write("\n".join(f"{code:{width}}  {meaning}" for code, meaning in CODES.items()))
        return 0
    page = (shipped_folder("docs") / "problems.md").read_text(encoding="utf-8")
    write(f"{look(sys.stdout).paint(code, BOLD)}\n\n{section_of(code, page)}")
    return 0


def section_of(code: str, page: str) -> str:
    """Return what docs/problems.md has below the heading of `code`, with code blocks indented instead of fenced."""
    found: list[str] = []
    inside = fenced = False
    for line in page.splitlines():
        if line.startswith("```"):
            fenced = not fenced
        elif not fenced and line.startswith(("#", "<!--")):
            inside = line == f"### {code}"
        elif inside:
            found.append(f"    {line}".rstrip() if fenced else line)
    return "\n".join(found).strip("\n")
