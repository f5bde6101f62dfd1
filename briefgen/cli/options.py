"""Options that several commands share, and the values that they take.

Every option can be given in the environment as well: `BRIEFGEN_` and its name in the callback.
"""

import os
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

F = TypeVar("F", bound=Callable[..., object])

CONTEXT: dict[str, Any] = {
    "auto_envvar_prefix": "BRIEFGEN",
    "help_option_names": ["-h", "--help"],
    "max_content_width": 80,
}


def as_day(text: str) -> date:
    """The day that `text`, `YYYY-MM-DD`, names."""
    try:
        # date.fromisoformat alone would also take 20250131 and 2025-W05.
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise click.BadParameter(f'"{text}" is no day; write it as YYYY-MM-DD')


def as_base_url(text: str) -> str:
    """Return `text` if `base_url` in `site.yaml` may be that, too."""
    from briefgen.load.fields import typed
    from briefgen.model.content import Config

    if typed({"title": "any", "base_url": text}, Config, "")[0] is None:
        raise click.BadParameter(f'"{text}" is no site\'s address; write it as https://example.org/path/')
    return text


class Word(click.Choice[str]):
    """One of several words; the message for any other value suggests the nearest word.

    Without a near word the message lists all words, or says `otherwise`.
    """

    def __init__(self, choices: Iterable[str], otherwise: str = "") -> None:
        super().__init__(list(choices))
        self._otherwise = otherwise

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word that was given."""
        if value not in self.choices:
            from briefgen.load.suggest import closest, either

            similar = closest(str(value), self.choices)
            rest = f'did you mean "{similar}"?' if similar else self._otherwise or f"write {either(self.choices)}"
            self.fail(f'"{value}" is not known; {rest}', param, ctx)
        return str(value)


def _default_format() -> str:
    return "github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text"


def project(function: F) -> F:
    """`--project`."""
    return click.option(
        "-C",
        "--project",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="The project's folder.  [default: the nearest from here upward]",
    )(function)


def output_dir(meaning: str) -> Callable[[F], F]:
    """`--output-dir`."""
    return click.option("-o", "--output-dir", metavar="DIR", type=click.Path(path_type=Path), help=meaning)


def base_url(function: F) -> F:
    """`--base-url`."""
    return click.option(
        "-u",
        "--base-url",
        metavar="URL",
        type=as_base_url,
        help="The site's public address.  [default: base_url of site.yaml]",
    )(function)


def day(meaning: str) -> Callable[[F], F]:
    """`--date`."""
    return click.option(
        "--date",
        metavar="YYYY-MM-DD",
        type=as_day,
        help=f"{meaning}  [default: SOURCE_DATE_EPOCH, else today in UTC]",
    )


def unpublished(function: F) -> F:
    """`--drafts`, `--future`, `--expired`."""
    for decorate in (
        click.option("-E", "--expired", is_flag=True, help="Include expired briefs."),
        click.option("-F", "--future", is_flag=True, help="Include briefs dated after the build day."),
        click.option("-D", "--drafts", is_flag=True, help="Include drafts."),
    ):
        function = decorate(function)
    return function


def findings(function: F) -> F:
    """`--strict`, `--format`, `--quiet`."""
    for decorate in (
        click.option("-q", "--quiet", is_flag=True, help="Print problems and nothing else."),
        click.option(
            "--format",
            type=Word(["text", "json", "github"]),
            default=_default_format,
            help="How to print problems.  [default: text; github in GitHub Actions]",
        ),
        click.option("-s", "--strict", is_flag=True, help="Let warnings count as errors."),
    ):
        function = decorate(function)
    return function
