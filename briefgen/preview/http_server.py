"""uvicorn, made quiet, quick to stop and without signal handlers of its own."""

import asyncio
import logging
import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import cast

import uvicorn
from uvicorn._types import ASGI3Application

from briefgen.preview.app import App

_MAX_HEADER_BYTES = 64 * 1024
_SHUTDOWN_S = 1  # for a response that has begun when the server stops


class HttpServer(uvicorn.Server):
    """Serves an application on a socket until `stop`, or Ctrl-C if it runs in the main thread."""

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
        self.ready = threading.Event()

    def serve_on(self, bound: socket.socket) -> None:
        """Serve until the server is stopped."""
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
        self.ready.set()

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
