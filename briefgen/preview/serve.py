"""Joins the parts of the preview: the watcher tells it, the server asks it."""

import gc
import threading
from collections.abc import Callable
from pathlib import Path

from briefgen.preview.app import App
from briefgen.preview.git import index_lock, is_held
from briefgen.preview.linked import linked
from briefgen.preview.listen import listen
from briefgen.preview.listen import url as url_of
from briefgen.preview.server import Server
from briefgen.preview.source import Read
from briefgen.preview.state import Preview, Tell
from briefgen.preview.watch import Watcher


class Served:
    """A preview that is being served; `url` is where."""

    def __init__(
        self,
        read: Read,
        root: Path,
        tops: tuple[Path, ...],
        tell: Tell,
        *,
        host: str = "127.0.0.1",
        port: int | None = None,
        poll: bool = False,
    ) -> None:
        """Bind the port and begin to read the project.

        Raises:
            Failure: the port is taken, or the folders cannot be watched.
        """
        self._bound = listen(host, port)
        self.host = host
        self.port: int = self._bound.getsockname()[1]
        self.url = url_of(host, self.port)
        self._preview = Preview(read, root, tell)
        lock = index_lock(root)
        self._watcher = Watcher(
            tops,
            self._preview.changed,
            poll=poll,
            busy=lambda: lock is not None and is_held(lock),
            links=lambda: linked(root),
        )
        self._server = Server(App(self._preview, host))
        try:
            # Before the first reading, so that no change falls between the two.
            self._watcher.start()
        except BaseException:
            self._bound.close()
            self._preview.stop()
            raise
        # Last, because the first reading may fork, and that goes ill while modules are being imported.
        self._preview.changed()

    def run(self) -> None:
        """Serve until `end`, or Ctrl-C where this runs in the main thread."""
        thresholds = gc.get_threshold()
        gc.set_threshold(100_000, 50, 1_000)  # the worker looks for garbage when it has nothing to do
        try:
            self._server.listen(self._bound)
        finally:
            gc.set_threshold(*thresholds)
            self._watcher.stop()
            self._preview.stop()

    def end(self) -> None:
        """Serve no more. From any thread."""
        self._server.end()

    def once_ready(self, act: Callable[[], object]) -> None:
        """Do something, in a thread of its own, once the server answers."""

        def wait() -> None:
            self._server.ready.wait()
            act()

        threading.Thread(target=wait, name="preview-ready", daemon=True).start()
