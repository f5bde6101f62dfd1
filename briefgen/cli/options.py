"""Options that several commands share, and the types of their values.

Every option can be set in the environment as well: `BRIEFGEN_` and the name of its parameter.
"""

import functools
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Any], Any]

CONTEXT: dict[str, Any] = {
    "auto_envvar_prefix": "BRIEFGEN",
    "help_option_names": ["-h", "--help"],
    "max_content_width": 80,
}
PATHS = click.Path(path_type=Path)


def command(example: str, *, name: str | None = None) -> Decorator:
    """Declare a command, with an example below its help."""
    return click.command(name, context_settings=CONTEXT, epilog=f"Example: {example}")


def parse_day(text: str) -> date:
    """Return the day of `YYYY-MM-DD`."""
    with suppress(ValueError):
        found = date.fromisoformat(text)
        if found.isoformat() == text:  # not 20250131 or 2025-W05
            return found
    raise click.BadParameter(f'"{text}" is no day; write it as YYYY-MM-DD')


def parse_base_url(text: str) -> str:
    """Return `text` if it is a valid `base_url` of `site.yaml`."""
    from briefgen.load.fields import typed
    from briefgen.model.content import Config

    if typed({"title": "any", "base_url": text}, Config, "")[0] is None:
        raise click.BadParameter(f'"{text}" is no site\'s address; write it as https://example.org/path/')
    return text


class Word(click.Choice[str]):
    """One of several words; the message for another value suggests the nearest, else it is `otherwise` or all words."""

    def __init__(self, choices: Iterable[str], otherwise: str = "") -> None:
        super().__init__(list(choices))
        self._otherwise = otherwise

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        if value not in self.choices:
            from briefgen.load.suggest import either
            from briefgen.model.names import did_you_mean

            rest = did_you_mean(str(value), self.choices) or self._otherwise or f"write {either(self.choices)}"
            self.fail(f'"{value}" is not known; {rest}', param, ctx)
        return str(value)


def _combine(*decorators: Decorator) -> Decorator:
    """Return one decorator that adds several options, in this order."""
    return lambda function: functools.reduce(lambda done, decorate: decorate(done), reversed(decorators), function)


def output_dir(meaning: str, name: str = "output_dir") -> Decorator:
    """`--output-dir`."""
    return click.option("-o", "--output-dir", name, metavar="DIR", type=PATHS, help=meaning)


def day(meaning: str = "The build day.") -> Decorator:
    """`--date`."""
    default = "[default: SOURCE_DATE_EPOCH, else today in UTC]"
    return click.option("--date", metavar="YYYY-MM-DD", type=parse_day, help=f"{meaning}  {default}")


project = click.option(
    "-C", "--project", metavar="DIR", type=PATHS, help="The project's folder.  [default: the nearest from here upward]"
)
base_url = click.option(
    "-u",
    "--base-url",
    metavar="URL",
    type=parse_base_url,
    help="The site's public address.  [default: base_url of site.yaml]",
)
unpublished = _combine(
    click.option("-D", "--drafts", is_flag=True, help="Include drafts."),
    click.option("-F", "--future", is_flag=True, help="Include briefs dated after the build day."),
    click.option("-E", "--expired", is_flag=True, help="Include expired briefs."),
)
as_of = click.option(
    "--as-of", metavar="YYYY-MM-DD", type=parse_day, help="Take the content as it stood on that day, to compare."
)
strict = click.option("-s", "--strict", is_flag=True, help="Let warnings count as errors.")
quiet = click.option("-q", "--quiet", is_flag=True, help="Print problems and nothing else.")
problem_output = _combine(
    strict,
    click.option(
        "--format",
        type=Word(["text", "json", "github"]),
        default=lambda: "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text",
        help="How to print problems.  [default: text; github in GitHub Actions]",
    ),
    quiet,
)


def as_run(function: Callable[..., int]) -> Callable[..., int]:
    """Pass the shared options of a run as one `pipeline.Options`, the first argument."""

    @functools.wraps(function)
    def command(*, project: Path | None, date: date | None, **values: Any) -> int:
        from briefgen import pipeline
        from briefgen.cli.project import absolute_path, find_root
        from briefgen.kernel.clock import build_day

        root = find_root(project)
        names = ("output_dir", "base_url", "drafts", "future", "expired", "strict", "jobs", "as_of")
        shared = {name: values.pop(name) for name in names if name in values}
        if shared.get("output_dir"):
            shared["output_dir"] = absolute_path(shared["output_dir"])
        return function(pipeline.Options(root=root, day=build_day(date, os.environ), **shared), **values)

    return command
