"""`briefgen serve`."""

import os
import sys
import threading
import traceback
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import click

from briefgen import pipeline
from briefgen.cli import options, output
from briefgen.cli.project import find_root
from briefgen.cli.terminal import OutputClosed, detect_style, write
from briefgen.kernel.clock import build_day
from briefgen.preview.last_good_site import Status
from briefgen.preview.preview import Rebuilt
from briefgen.preview.server import DEFAULT_PORT, PreviewServer, make_reader
from briefgen.preview.watched_files import find_watched_folders


@options.command("briefgen serve --open")
@options.project
@click.option(
    "--host",
    metavar="NAME",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at; 0.0.0.0 shows the site to the whole network.",
)
@click.option(
    "-p",
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    help="The port.  [default: 8000, or the next that is free]",
)
@click.option("--open", is_flag=True, help="Open the site in a browser.")
@click.option("--poll", is_flag=True, help="Compare all files at intervals: for network drives, containers.")
@click.option("--as-published", is_flag=True, help="Leave out drafts and scheduled briefs.")
@options.base_url
@options.day()
def serve(
    *,
    project: Path | None,
    host: str,
    port: int | None,
    open: bool,
    poll: bool,
    as_published: bool,
    base_url: str | None,
    date: date | None,
) -> int:
    """Show the site in a browser, and each change as soon as it is saved.

    Drafts and scheduled briefs are shown, and marked. Problems are shown
    over the last good page until they are fixed. Nothing is written to the
    output folder. Ctrl-C ends it.
    """
    root = find_root(project)

    def make_options() -> "pipeline.Options":
        return pipeline.Options(
            root=root,
            day=build_day(date, os.environ),
            base_url=base_url,
            drafts=not as_published,
            future=not as_published,
        )

    make_options()  # report an invalid day before the server starts
    printer = _EventPrinter(root)
    folders = find_watched_folders(root)
    server = PreviewServer(make_reader(make_options), root, folders, printer, host=host, port=port, poll=poll)
    printer.stop = server.stop
    config = pipeline.read_config(root)
    # The preview serves the site below the path of its address, as the real server will.
    path = urlsplit(base_url or (config and config.base_url) or "").path.strip("/")
    home = server.url + (f"{path}/" if path else "")
    is_moved = port is None and server.port != DEFAULT_PORT
    write(f"Serving {home}{f' (port {DEFAULT_PORT} is taken)' if is_moved else ''}\nCtrl-C ends it.")
    if open:
        threading.Thread(target=_open, args=(home,), daemon=True).start()
    server.run()
    return 0


@dataclass
class _EventPrinter:
    """The event callback of the preview: prints rebuilds and problems. Called from the preview's thread."""

    root: Path
    is_first: bool = True
    stop: Callable[[], None] = lambda: None

    def __call__(self, event: Rebuilt | Status) -> None:
        try:
            if isinstance(event, Status):
                self._print_status(event)
            else:
                self._print_rebuilt(event)
        except OutputClosed:
            self.stop()

    def _print_status(self, status: Status) -> None:
        style, blocks = detect_style(sys.stderr), []
        if status.failure:
            blocks.append(output.format_failure(status.failure.message, status.failure.next_step, style))
            if status.failure.__cause__ is not None and os.environ.get("BRIEFGEN_DEBUG"):
                write("".join(traceback.format_exception(status.failure.__cause__)).rstrip(), sys.stderr)
        if status.problems:
            blocks.append(output.format_text(status.problems, self.root, style))
        if blocks:
            write("\n" + "\n\n".join(blocks) + "\n", sys.stderr)
        if not status.failure:
            write(output.count_problems(status.problems))

    def _print_rebuilt(self, rebuilt: Rebuilt) -> None:
        is_first, self.is_first = self.is_first, self.is_first and rebuilt.changed == 0
        if rebuilt.changed == 0:
            return
        duration = f"{rebuilt.seconds * 1000:.0f} ms" if rebuilt.seconds < 1 else f"{rebuilt.seconds:.1f} s"
        verb, end = ("ready", "") if is_first else ("rebuilt", " changed")
        pages = f": {output.pluralize(rebuilt.changed, 'page')}{end}" if rebuilt.changed else ""
        write(f"{verb} in {duration}{pages}")


def _open(url: str) -> None:
    if not webbrowser.open(url):
        write(f"No browser was found; open {url} yourself.", sys.stderr)
