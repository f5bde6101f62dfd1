"""A project → a preview that is watched and served."""

import gc
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING

import briefgen
from briefgen import pipeline
from briefgen.pipeline import Options
from briefgen.preview.app import App
from briefgen.preview.http_server import HttpServer, listen, make_url
from briefgen.preview.link_targets import find_link_targets
from briefgen.preview.preview import EventCallback, Preview, Read
from briefgen.preview.watch import Watcher, find_git_lock, is_locked
from briefgen.render.site_theme import shipped

if TYPE_CHECKING:
    from briefgen.pipeline import Snapshot


class PreviewServer:
    """A preview, the watcher that updates it, and the server that sends it to browsers at `url`."""

    def __init__(
        self,
        read: Read,
        root: Path,
        tops: tuple[Path, ...],
        on_event: EventCallback,
        *,
        host: str = "127.0.0.1",
        port: int | None = None,
        poll: bool = False,
    ) -> None:
        """Bind the port and begin to read the project.

        Raises:
            Failure: the port is taken, or the folders cannot be watched.
        """
        self._socket = listen(host, port)
        self.port: int = self._socket.getsockname()[1]
        self.url = make_url(host, self.port)
        self._preview = Preview(read, root, on_event)
        lock = find_git_lock(root)
        self._watcher = Watcher(
            tops,
            self._preview.update,
            poll=poll,
            is_busy=lambda: is_locked(lock),
            find_links=lambda: find_link_targets(root),
        )
        self._server = HttpServer(App(self._preview, host))
        try:
            # Before the first reading, so that no change falls between the two.
            self._watcher.start()
        except BaseException:
            self._socket.close()
            self._preview.stop()
            raise
        # Last, because the first reading may fork, which is not safe while another thread imports modules.
        self._preview.update()

    def run(self, on_ready: Callable[[], object] = lambda: None) -> None:
        """Serve until `stop`, or Ctrl-C in the main thread. Call `on_ready` once the server responds."""
        thresholds = gc.get_threshold()
        gc.set_threshold(100_000, 50, 1_000)  # the worker collects garbage when it is idle
        try:
            self._server.serve_on(self._socket, on_ready)
        finally:
            gc.set_threshold(*thresholds)
            self._watcher.stop()
            self._preview.stop()

    def stop(self) -> None:
        """Stop serving. From any thread."""
        self._server.stop()


def make_reader(make_options: Callable[[bool], Options]) -> Read:
    """Return a function that reads the project with the options of the moment; they depend on whether it is the first.

    Only the first reading may use several processes. Later ones run beside the threads of the server, and a process
    that is forked then may inherit locks that no thread releases.
    """
    is_first = True
    snapshots = pipeline.Snapshots()

    def read(paths: Collection[str] | None = None) -> "Snapshot":
        nonlocal is_first
        options, is_first = make_options(is_first), False
        return snapshots.take(options, paths)

    return read


def find_watched_folders(root: Path) -> tuple[Path, ...]:
    """Return all folders on which pages depend: the content and site themes of the project, and those of a checkout."""
    own = (root / "content", root / "themes")
    themes = shipped()
    # Those of an installed package do not change.
    is_installed = themes.is_relative_to(Path(briefgen.__file__).parent)
    return own if is_installed else (*own, themes)
