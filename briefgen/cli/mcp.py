"""`briefgen mcp`: tools for an assistant that drafts briefs."""

import os
import sys
from datetime import date
from pathlib import Path

from briefgen.cli import options
from briefgen.cli.project import find_root
from briefgen.cli.terminal import write


@options.command("briefgen mcp --project my-site")
@options.project
@options.day("The day of new drafts.")
def mcp(project: Path | None, date: date | None) -> int:
    """Offer tools to an assistant that drafts briefs, over the Model Context Protocol.

    A client starts this command, sends messages to its standard input and reads
    answers from its standard output; it ends with its input. The tools search claims
    and sources, look quoted words up in kept copies, list problems and write drafts.
    They take texts and ids, never paths. What is published, they cannot change.

    It needs the extra `mcp`: pip install 'briefgen[mcp]'.
    """
    from briefgen import pipeline
    from briefgen.assistant.server import serve
    from briefgen.cli.program import describe_exception
    from briefgen.kernel.clock import build_day

    root = find_root(project)
    if sys.stdin is not None and sys.stdin.isatty():
        write("A client starts this command and talks to it: see docs/mcp.md. Ctrl-C ends it.", sys.stderr)
    # Each call takes the day again, because a client may keep a server for days.
    serve(lambda: pipeline.Options(root=root, day=build_day(date, os.environ), jobs=1), describe_exception)
    return 0
