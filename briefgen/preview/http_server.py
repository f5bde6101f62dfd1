"""The socket on which the preview listens, and uvicorn, made quiet, quick to stop and without signal handlers."""

import asyncio
import errno
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import cast

import uvicorn
from uvicorn._types import ASGI3Application

from briefgen.model.failure import Failure
from briefgen.preview.app import App

DEFAULT_PORT = 8000
_TRIES = 100
_MAX_HEADER_BYTES = 64 * 1024
_SHUTDOWN_S = 1  # for a response that has begun when the server stops


class HttpServer(uvicorn.Server):
    """A server of an application, until `stop`, or Ctrl-C if it runs in the main thread."""

    def __init__(self, app: App) -> None:
        super().__init__(
            uvicorn.Config(
                cast("ASGI3Application", app),
                http="h11",
                ws="none",
                loop="asyncio",
                lifespan="off",
                interface="asgi3",
                log_config=None,
                log_level=logging.CRITICAL,
                access_log=False,
                proxy_headers=False,
                server_header=False,
                h11_max_incomplete_event_size=_MAX_HEADER_BYTES,
                timeout_graceful_shutdown=_SHUTDOWN_S,
            )
        )
        self._app = app
        self._loop: asyncio.AbstractEventLoop | None = None
        self._on_ready: Callable[[], object] = lambda: None

    def serve_on(self, bound: socket.socket, on_ready: Callable[[], object]) -> None:
        """Serve until the server is stopped. Call `on_ready`, in a thread of its own, once it responds."""
        self._on_ready = on_ready
        asyncio.run(self._serve_on(bound))

    def stop(self) -> None:
        """Stop serving. From any thread."""
        if self._loop is None:
            self.should_exit = True
            return
        with suppress(RuntimeError):  # it has stopped already
            self._loop.call_soon_threadsafe(self._stop)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone, because uvicorn would raise them again after a clean end."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to respond."""
        await super().startup(sockets)
        threading.Thread(target=self._on_ready, name="preview-ready", daemon=True).start()

    async def _serve_on(self, bound: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._loop.add_signal_handler(number, self._stop)
        await self.serve([bound])

    def _stop(self) -> None:
        # A second Ctrl-C does not wait for responses that have begun.
        self.force_exit = self.should_exit
        self.should_exit = True
        # uvicorn waits for all responses, and those that are streams of messages never end by themselves.
        self._app.close()


def listen(host: str, port: int | None) -> socket.socket:
    """Return a bound socket on `host`; without a `port` on the first free one from `DEFAULT_PORT` upward.

    Raises:
        Failure: the port is taken or not allowed, or there is no such host.
    """
    family, ip_address = _look_up(host)
    wanted = range(DEFAULT_PORT, DEFAULT_PORT + _TRIES) if port is None else (port,)
    for number in wanted:
        try:
            return _bind(family, ip_address, number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise _make_failure(host, number, error) from error
    if port is None:
        raise Failure(f"the ports from {wanted[0]} to {wanted[-1]} are all taken", "Name a free one with --port.")
    raise Failure(
        f"port {port} is taken", "Name another with --port, or leave the option out to get the next free one."
    )


def make_url(host: str, port: int) -> str:
    """Return the URL to open in a browser; never with 0.0.0.0, which no browser can reach."""
    name = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}.get(host, host)  # noqa: S104 (a name, not a binding)
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def _look_up(host: str) -> tuple[socket.AddressFamily, str]:
    try:
        found = socket.getaddrinfo(host or None, None, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise Failure(
            f'there is no host "{host}" to listen on', "Use 127.0.0.1, or 0.0.0.0 for the whole network."
        ) from error
    # IPv4 first, because a browser tries it in any case for `localhost`.
    found.sort(key=lambda one: one[0] is not socket.AF_INET)
    family, _, _, _, address = found[0]
    return family, str(address[0])


def _bind(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    # asyncio sends small responses without a delay of 40 ms only if the socket has a protocol number.
    bound = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        # Otherwise the port of a server that has just ended would be taken for a minute.
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((host, port))
        bound.listen(128)
        bound.setblocking(False)
    except OSError:
        bound.close()
        raise
    return bound


def _make_failure(host: str, port: int, error: OSError) -> Failure:
    if isinstance(error, PermissionError):
        return Failure(f"port {port} is reserved for the system", "Name one above 1023 with --port.")
    if error.errno == errno.EADDRNOTAVAIL:
        return Failure(f"this machine has no address {host}", "Use 127.0.0.1, or 0.0.0.0 for the whole network.")
    return Failure(
        f"cannot listen on {host}: {(error.strerror or str(error)).lower()}", "Try another --host or --port."
    )
