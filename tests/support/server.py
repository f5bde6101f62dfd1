"""Serves a folder on this machine the way GitHub Pages serves a site."""

import functools
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


@contextmanager
def serving(folder: Path, prefix: str = "/") -> Iterator[str]:
    """The address of `folder` for as long as the block runs; `prefix` begins and ends with `/`."""
    handler = functools.partial(_Handler, folder=folder, prefix=prefix)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            thread.join()


class ServeFolder:
    """Serves folders as `serving` does, each until the stack unwinds."""

    def __init__(self, servers: ExitStack) -> None:
        self._servers = servers

    def __call__(self, folder: Path, prefix: str = "/") -> str:
        return self._servers.enter_context(serving(folder, prefix))


class _Handler(SimpleHTTPRequestHandler):
    """Answers under the prefix only; anything that is not there gets the site's own 404 page."""

    def __init__(self, *args: Any, folder: Path, prefix: str) -> None:
        self._not_found = folder / "404.html"
        self._prefix = prefix
        super().__init__(*args, directory=str(folder))

    def send_head(self) -> Any:
        if not self.path.startswith(self._prefix):
            return self.send_error(HTTPStatus.NOT_FOUND)
        return super().send_head()

    def translate_path(self, path: str) -> str:
        return super().translate_path("/" + path.removeprefix(self._prefix))

    def list_directory(self, path: Any) -> None:  # noqa: ARG002 - the base class names it
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != HTTPStatus.NOT_FOUND or not self._not_found.is_file():
            super().send_error(code, message, explain)
            return
        body = self._not_found.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Tests read no log."""
