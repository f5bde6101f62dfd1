"""The command line: arguments → calls → text and an exit code. The only place that prints."""

from briefgen.cli.program import main

__all__ = ["main"]
