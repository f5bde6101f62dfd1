"""The program `briefgen`: its commands, exit codes and error messages."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

import click
from click.shell_completion import CompletionItem

from briefgen import __version__
from briefgen.cli import options, terminal
from briefgen.cli.terminal import OutputClosed, detect_style, write

# The exit code is also 0, or 1 for problems in the content.
FAILURE = 2  # wrong usage, or what the machine refused
INTERRUPTED = 130  # 128 and the number of SIGINT, as shells count
OUTPUT_CLOSED = 141  # likewise of SIGPIPE

# Where each command is defined, and its line in the help text. Modules are imported when their command runs.
_COMMANDS = {
    "new": ("new.new", "Start a project, or a content file."),
    "add": ("add.add", "Capture an article, and draft a brief of it."),
    "build": ("build.build", "Build the site."),
    "serve": ("serve.serve", "Show the site in a browser while you write it."),
    "check": ("check.check", "Check the content without writing a site."),
    "explain": ("queries.explain", "Explain a problem code, with a wrong and a right example."),
    "digest": ("digest.digest", "Print what is new since a day, ready to be sent."),
    "edition": ("edition.edition", "Write the whole briefing as one PDF."),
    "publish": ("publish.publish", "Publish the site on GitHub Pages."),
    "list": ("lists.list_entries", "List ids to refer to, or briefs that are not published."),
    "mcp": ("mcp.mcp", "Offer tools to an assistant that drafts briefs."),
    "rename": ("rename.rename", "Give a content file another id, and change all references."),
    "theme": ("theme.theme", "Begin a site theme that changes another one."),
    "schema": ("queries.schema", "Write JSON Schemas, for completion in editors."),
    "clean": ("build.clean", "Remove what builds wrote."),
}

# Our words for some of click's messages, by patterns of these.
_OWN_WORDS = (
    (r"'(.*)' is not a valid integer(?: range)?", r'"\1" is no whole number'),
    (r"(\S+) is not in the range (\d+)<=x<=(\d+)", r"\1 is not between \2 and \3"),
    (r"'(.*)' is not a valid boolean.*", r'"\1" is neither true nor false'),
    (r"(\S+) is not in the range x>=(\d+)", r"\1 is less than \2"),
    (r"[Gg]ot unexpected extra arguments? \((.*)\)", r"this is too much here: \1"),
)
# Names of the commands in other generators and linters.
_OTHER_NAMES = {
    "init": "new",
    "create": "new",
    "capture": "add",
    "fetch": "add",
    "import": "add",
    "lint": "check",
    "validate": "check",
    "ls": "list",
    "mv": "rename",
    "deploy": "publish",
    "news": "digest",
    "pdf": "edition",
}


class Commands(click.Group):
    """Commands in reading order, with a suggestion for a misspelt one. To list them, none is imported."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None if ctx.resilient_parsing else ctx.fail(_no_command(cmd_name))
        module, _, name = _COMMANDS[cmd_name][0].partition(".")
        command: click.Command = getattr(import_module(f"briefgen.cli.{module}"), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 (as above)
        with formatter.section("Commands"):
            formatter.write_dl([(name, help) for name, (_, help) in _COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        found = [
            CompletionItem(name, help=help) for name, (_, help) in _COMMANDS.items() if name.startswith(incomplete)
        ]
        return found + click.Command.shell_complete(self, ctx, incomplete)


@click.group(
    cls=Commands,
    context_settings=options.CONTEXT,
    epilog="""\b
Start: briefgen new my-site && cd my-site && briefgen build
Every option can be set in the environment, too: BRIEFGEN_BASE_URL=…
Exit code: 0 fine, 1 problems in the content, 2 wrong usage or machine trouble""",
)
@click.version_option(__version__, "-V", "--version", message="briefgen %(version)s", allow_from_autoenv=False)
def briefgen() -> None:
    """Build a static site of briefs: who claims what, in which words, how far to trust it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `briefgen` with these arguments (else those of the process), and return its exit code."""
    terminal.replace_closed_streams()
    if isinstance(sys.stdout, TextIOWrapper):
        # Escape what the console's encoding lacks; standard error does that by itself.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        return _run(arguments)
    except OutputClosed:
        terminal.discard_output()
        return OUTPUT_CLOSED


def _run(arguments: Sequence[str] | None) -> int:
    if "_BRIEFGEN_COMPLETE" in os.environ:  # set by a shell for completion
        briefgen.main(prog_name="briefgen")
    words = sys.argv[1:] if arguments is None else list(arguments)
    try:
        # Not `briefgen.main`, which treats every broken pipe as closed output and every interrupt as exit code 1.
        with briefgen.make_context("briefgen", words) as context:
            code: int = briefgen.invoke(context)
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        write(error.format_message(), sys.stderr)
        return FAILURE
    except click.ClickException as error:
        return _print_failure(_format_usage(error), _hint_usage(error) if isinstance(error, click.UsageError) else "")
    except (click.Abort, KeyboardInterrupt):
        write("interrupted", sys.stderr)
        return INTERRUPTED
    except OutputClosed:
        raise
    except Exception as error:  # noqa: BLE001 (no traceback may reach the user)
        if isinstance(error, BrokenPipeError) and _is_raised_by_click(error):  # while it printed a help text
            raise OutputClosed from None
        return _print_failure(*describe_exception(error))
    return code


def _print_failure(message: str, next_step: str) -> int:
    from briefgen.cli.output import format_failure

    write(format_failure(message, next_step, detect_style(sys.stderr)), sys.stderr)
    return FAILURE


def describe_exception(error: Exception) -> tuple[str, str]:
    """Return a message and a next step for an exception."""
    from briefgen.model.failure import Failure

    if isinstance(error, Failure):
        return error.message, error.next_step
    debugging = bool(os.environ.get("BRIEFGEN_DEBUG"))
    if debugging:
        import traceback

        write(traceback.format_exc().rstrip(), sys.stderr)
    if isinstance(error, MemoryError) or "cannot allocate memory" in str(error).lower():
        return "there is not enough memory", "Give the program more, or build with --jobs 1."
    if isinstance(error, ImportError) and "failed to map" in str(error):
        return f"a library cannot be loaded: {error}", "Give the program more memory."
    if isinstance(error, OSError) and error.strerror:
        from briefgen.kernel.disk import next_step

        name = f" {error.filename}" if error.filename else ""
        return f"the machine refused{name}: {error.strerror.lower()}", next_step(error)
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    report = "Please report it" if debugging else "Please report it, with what BRIEFGEN_DEBUG=1 prints"
    return f"briefgen has a bug ({what})", f"{report}, the command and, if you can, the content."


def _is_raised_by_click(error: Exception) -> bool:
    from traceback import walk_tb

    *_, (frame, _line) = walk_tb(error.__traceback__)
    return str(frame.f_globals.get("__name__")).startswith("click.")


def _no_command(word: str) -> str:
    from briefgen.model.names import closest

    return f'no command "{word}"' + _suggest(_OTHER_NAMES.get(word) or closest(word, _COMMANDS, cutoff=0.6))


def _suggest(similar: str | None) -> str:
    return f'; did you mean "{similar}"?' if similar else ""


def _format_usage(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            return f'no option "{error.option_name}"' + _suggest((error.possibilities or [""])[0])
        case click.MissingParameter(param=click.Option() as option):
            return f"the option {max(option.opts, key=len)} is missing"
        case click.MissingParameter():
            return f"an argument is missing: {error.param.human_readable_name if error.param else ''}"
        case click.BadParameter(param=click.Option() as option):
            return f"{max(option.opts, key=len)}: {_sentence(error.message)}"
        case click.BadParameter():
            return _sentence(error.message)
        case _:
            return _sentence(error.format_message())


def _sentence(message: str) -> str:
    """Return a message of click in our style and words: no capital, no full stop."""
    import re

    message = message.removesuffix(".") if message.count(".") == 1 else message
    for theirs, ours in _OWN_WORDS:
        message = re.sub(theirs, ours, message)
    return message if message[:2].isupper() else message[:1].lower() + message[1:]


def _hint_usage(error: click.UsageError) -> str:
    if error.ctx is None:
        return ""
    if isinstance(error, click.NoSuchOption) and error.ctx.parent is None:
        for name in ("build", *_COMMANDS):
            command = briefgen.get_command(error.ctx, name)
            if command and any(error.option_name in parameter.opts for parameter in command.params):
                return f"it comes after the command, as in `briefgen {name} {error.option_name}`"
    hint = f"{error.ctx.command_path} --help says more"
    value = error.param.name if isinstance(error, click.BadParameter) and error.param else None
    if value and error.ctx.get_parameter_source(value) is click.core.ParameterSource.ENVIRONMENT:
        return f"the value comes from BRIEFGEN_{value.upper()} in the environment; {hint}"
    return hint
