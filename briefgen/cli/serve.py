"""`briefgen serve`."""

import os
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli import options
from briefgen.cli.terminal import ReaderGone, look, write

if TYPE_CHECKING:
    from briefgen.pipeline import Options
    from briefgen.preview.last_good_site import Status
    from briefgen.preview.preview import Rebuilt


@click.command(
    context_settings=options.CONTEXT,
    short_help="Show the site in a browser while you write it.",
    epilog="Example: briefgen serve --open",
)
@options.project
@click.option(
    "--host",
    metavar="NAME",
    default="127.0.0.1",
    show_default=True,
    help="Where to listen; 0.0.0.0 lets the whole network look.",
)
@click.option(
    "-p",
    "--port",
    metavar="N",
    type=click.IntRange(0, 65535),
    help="Which port.  [default: 8000, or the next that is free]",
)
@click.option("--open", is_flag=True, help="Open the site in a browser.")
@click.option(
    "--poll", is_flag=True, help="Look at the files instead of waiting to be told: network drives, containers."
)
@click.option("--as-published", is_flag=True, help="Leave out drafts and scheduled briefs.")
@options.base_url
@options.day("The build day.")
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

    Drafts and scheduled briefs are shown, and marked. Problems lie over the last
    page that was whole, and go when they are mended. Nothing is written to the
    output folder. Ctrl-C ends it.
    """
    from briefgen import pipeline
    from briefgen.cli.project import find_root
    from briefgen.kernel.clock import build_day
    from briefgen.preview.server import PreviewServer, make_reader
    from briefgen.preview.watched_files import find_watched_folders

    root = find_root(project)

    def asked(first: bool) -> "Options":  # noqa: FBT001 (its only argument)
        return pipeline.Options(
            root=root,
            day=build_day(date, os.environ),
            base_url=base_url,
            drafts=not as_published,
            future=not as_published,
            jobs=None if first else 1,
        )

    asked(True)  # a day that is none is told before anything begins
    say = _Voice(root)
    server = PreviewServer(make_reader(asked), root, find_watched_folders(root), say, host=host, port=port, poll=poll)
    say.end = server.stop
    home = server.url + _below(root, base_url)
    write(f"Serving {home}" + _why_there(server.port, port) + "\nCtrl-C ends it.")
    server.run(lambda: _open(home) if open else None)
    return 0


def _below(root: Path, base_url: str | None) -> str:
    """The path of the site's address, without the slash before it: where the preview shows the site, too."""
    from urllib.parse import urlsplit

    from briefgen import pipeline

    config = pipeline.configuration(root)
    path = urlsplit(base_url or (config and config.base_url) or "").path.strip("/")
    return f"{path}/" if path else ""


class _Voice:
    """Says on the terminal what the preview tells; called from the preview's thread."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._first = True
        self.end: Callable[[], None] = lambda: None

    def __call__(self, event: "Rebuilt | Status") -> None:
        from briefgen.preview.last_good_site import Status

        try:
            if isinstance(event, Status):
                self._problems(event)
            else:
                self._rebuilt(event)
        except ReaderGone:
            self.end()

    def _problems(self, status: "Status") -> None:
        from briefgen.cli.problems import as_text, count_line, trouble

        blocks = []
        if status.failure:
            blocks.append(trouble(status.failure.message, status.failure.next_step, look(sys.stderr)))
            _debug(status.failure)
        if status.problems:
            blocks.append(as_text(status.problems, self._root, look(sys.stderr)))
        if blocks:
            write("\n" + "\n\n".join(blocks) + "\n", sys.stderr)
        if not status.failure:
            write(count_line(status.problems))

    def _rebuilt(self, rebuilt: "Rebuilt") -> None:
        from briefgen.cli.problems import counted

        first, self._first = self._first, self._first and rebuilt.changed == 0
        if rebuilt.changed == 0:
            return
        took = f"{rebuilt.seconds * 1000:.0f} ms" if rebuilt.seconds < 1 else f"{rebuilt.seconds:.1f} s"
        pages = "" if rebuilt.changed is None else counted(rebuilt.changed, "page")
        if first:
            write(f"ready in {took}" + (f": {pages}" if pages else ""))
        else:
            write(f"rebuilt in {took}" + (f": {pages} changed" if pages else ""))


def _debug(error: Exception) -> None:
    if error.__cause__ is not None and os.environ.get("BRIEFGEN_DEBUG"):
        import traceback

        write("".join(traceback.format_exception(error.__cause__)).rstrip(), sys.stderr)


def _why_there(port: int, wanted: int | None) -> str:
    from briefgen.preview.server import DEFAULT_PORT

    return "" if wanted is not None or port == DEFAULT_PORT else f" (port {DEFAULT_PORT} is taken)"


def _open(url: str) -> None:
    import webbrowser

    if not webbrowser.open(url):
        write(f"There is no browser to be found; open {url} yourself.", sys.stderr)
