"""uvicorn, so that it is quiet, ends at once, and leaves the signals to us."""

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

_MOST_HEADER_BYTES = 64 * 1024
_PATIENCE_S = 1  # for an answer that is under way when the server ends


class Server(uvicorn.Server):
    """Serves an application on a socket until `end`, or Ctrl-C where it runs in the main thread."""

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
                h11_max_incomplete_event_size=_MOST_HEADER_BYTES,
                timeout_graceful_shutdown=_PATIENCE_S,
            )
        )
        self._app = app
        self._loop: asyncio.AbstractEventLoop | None = None
        self.ready = threading.Event()

    def listen(self, bound: socket.socket) -> None:
        """Serve until the end."""
        asyncio.run(self._listen(bound))

    def end(self) -> None:
        """Serve no more. From any thread."""
        if self._loop is None:
            self.should_exit = True
            return
        with suppress(RuntimeError):  # it has ended already
            self._loop.call_soon_threadsafe(self._end)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals alone: uvicorn would raise them again after it has ended well."""
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets)
        self.ready.set()

    async def _listen(self, bound: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM):
                self._loop.add_signal_handler(number, self._end)
        await self.serve([bound])

    def _end(self) -> None:
        # A second Ctrl-C waits for nobody.
        self.force_exit = self.should_exit
        self.should_exit = True
        # Or uvicorn would wait for streams that never end.
        self._app.close()
