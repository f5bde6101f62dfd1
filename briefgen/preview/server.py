"""A project → a preview that is watched and served."""

import asyncio
import errno
import gc
import logging
import os
import socket
from collections.abc import Callable
from pathlib import Path
from types import FrameType

import uvicorn

from briefgen import pipeline
from briefgen.model.failure import Failure
from briefgen.pipeline import Options
from briefgen.preview.app import App
from briefgen.preview.preview import EventCallback, Preview, Read
from briefgen.preview.watch import Watcher, find_git_lock, is_locked
from briefgen.preview.watched_files import find_link_targets

DEFAULT_PORT = 8000
_TRIES = 100
_MAX_HEADER_BYTES = 64 * 1024
_SHUTDOWN_S = 1  # for a response that has begun when the server stops

# `no-store`: a browser must not show an old version. `nosniff`: the media type follows from the name of the file.
# The resource policy keeps pages elsewhere on the web from using drafts as pictures or scripts.
_HEADERS = [
    ("Cache-Control", "no-store"),
    ("X-Content-Type-Options", "nosniff"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
]


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
        self._server = _HttpServer(App(self._preview, host))
        try:
            # Before the first reading, so that no change falls between the two.
            self._watcher.start()
        except BaseException:
            self._socket.close()
            self._preview.stop()
            raise
        # Last, because the first reading may fork, which is not safe while another thread imports modules.
        self._preview.update()

    def run(self) -> None:
        """Serve until `stop`, or Ctrl-C in the main thread. Requests since the construction are answered now."""
        thresholds = gc.get_threshold()
        gc.set_threshold(100_000, 50, 1_000)  # the worker collects garbage when it is idle
        try:
            asyncio.run(self._server.serve([self._socket]))
        finally:
            gc.set_threshold(*thresholds)
            self._watcher.stop()
            self._preview.stop()

    def stop(self) -> None:
        """Stop serving. From any thread."""
        self._server.should_exit = True


class _HttpServer(uvicorn.Server):
    """A server that prints nothing, and ends open streams when it stops."""

    def __init__(self, app: App) -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http="h11",
                ws="none",
                lifespan="off",
                log_config=None,
                log_level=logging.CRITICAL,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                headers=_HEADERS,
                h11_max_incomplete_event_size=_MAX_HEADER_BYTES,
                timeout_graceful_shutdown=_SHUTDOWN_S,
            )
        )
        self.app = app

    def handle_exit(self, _signal: int, _frame: FrameType | None) -> None:
        """Stop, and do not raise the signal again after a clean end, as uvicorn would."""
        # A second Ctrl-C does not wait for responses that have begun.
        self.force_exit = self.should_exit
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End all responses; those that are streams of messages never end by themselves."""
        self.app.close()
        await super().shutdown(sockets)


def listen(host: str, port: int | None) -> socket.socket:
    """Return a bound socket on `host`; without a `port` on the first free one from `DEFAULT_PORT` upward.

    Raises:
        Failure: the port is taken or not allowed, or there is no such host.
    """
    family, ip_address = _look_up(host)
    is_dual = family is socket.AF_INET6 and socket.has_dualstack_ipv6()
    wanted = range(DEFAULT_PORT, DEFAULT_PORT + _TRIES) if port is None else (port,)
    for number in wanted:
        try:
            server = socket.create_server((ip_address, number), family=family, backlog=128, dualstack_ipv6=is_dual)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _make_failure(host, number, error) from error
        else:
            # asyncio sends small responses without a delay of 40 ms only if the socket has a protocol number.
            return socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP, server.detach())
    if port is None:
        raise Failure(f"the ports from {wanted[0]} to {wanted[-1]} are all taken", "Name a free one with --port.")
    raise Failure(
        f"port {port} is taken", "Name another with --port, or leave the option out to get the next free one."
    )


def make_url(host: str, port: int) -> str:
    """Return the URL to open in a browser; never with 0.0.0.0, which no browser can reach."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 (a name, not a binding)
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def make_reader(make_options: Callable[[], Options]) -> Read:
    """Return a function that reads the project with the options of the moment."""
    planner = pipeline.SnapshotBuilder()
    return lambda paths: planner.take_snapshot(make_options(), paths)


def _look_up(host: str) -> tuple[socket.AddressFamily, str]:
    try:
        found = socket.getaddrinfo(host or None, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise Failure(
            f'there is no host "{host}" to listen on', "Use 127.0.0.1, or 0.0.0.0 for the whole network."
        ) from error
    # IPv4 first, because a browser tries it in any case for `localhost`.
    family, _, _, _, address = min(found, key=lambda one: one[0] is not socket.AF_INET)
    return family, str(address[0])


def _make_failure(host: str, port: int, error: OSError) -> Failure:
    if isinstance(error, PermissionError):
        return Failure(f"port {port} is reserved for the system", "Name one above 1023 with --port.")
    if error.errno == errno.EADDRNOTAVAIL:
        return Failure(f"this machine has no address {host}", "Use 127.0.0.1, or 0.0.0.0 for the whole network.")
    reason = os.strerror(error.errno or 0).lower()
    return Failure(f"cannot listen on {host}: {reason}", "Try another --host or --port.")
