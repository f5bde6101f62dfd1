"""HTTP: what a browser asks for → what the preview answers, and the stream of events that tells it what to do."""

import asyncio
from collections.abc import MutableMapping
from contextlib import suppress
from importlib import resources
from typing import Any
from urllib.parse import parse_qs, quote

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Receive, Scope, Send

from briefgen.preview import hosts, pages
from briefgen.preview.messages import Later, Message
from briefgen.preview.state import Client, File, Preview

PING_S = 10.0  # a browser that has heard nothing for longer connects again
MOST_CLIENTS = 200
MOST_OF_ONE = 4  # browsers allow six connections to a server, and pages have to be loaded as well
_MOST_FIELDS = 1_000

# `no-store`: what was true a moment ago is not to be shown again. `nosniff`: what a file is, its name says.
# The resource policy keeps pages elsewhere on the web from using drafts as pictures or scripts.
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Stream = asyncio.Queue[Message | None]
"""What a page is to be told; None at the end."""


class App:
    """An ASGI application. `host` is what the server was told to listen on."""

    def __init__(self, preview: Preview, host: str) -> None:
        self._preview = preview
        self._host = host
        self._script = resources.files(__package__).joinpath("client.js").read_bytes()
        self._streams: dict[Stream, str] = {}  # and which browser listens

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            response = await self._response(scope)
            await response(scope, receive, send)

    def close(self) -> None:
        """End all streams, so that the server can end. Only for the event loop's thread."""
        for stream in self._streams:
            stream.put_nowait(None)

    async def _response(self, scope: Scope) -> Response:
        headers = Headers(scope=scope)
        if not hosts.is_allowed(headers.get("host", ""), self._host):
            return _sentence(421, "This is a preview on somebody's machine, and it does not go by this name.")
        if scope["method"] not in ("GET", "HEAD"):
            return _sentence(405, "A preview is only for reading.", {"Allow": "GET, HEAD"})
        path: str = scope["path"]
        if path == pages.CLIENT:
            return _response(200, self._script, "text/javascript; charset=utf-8")
        if path == pages.EVENTS:
            return self._events(scope)
        if not path.startswith("/"):
            return _sentence(400, "This is no address of a page.")
        answer = await asyncio.wrap_future(self._preview.answer(path))
        if answer.location:
            query: bytes = scope["query_string"]
            there = quote(answer.location) + (f"?{query.decode('latin-1')}" if query else "")
            return _response(answer.status, b"", "text/plain", {"Location": there})
        if answer.file:
            return _file_response(answer.file, answer.media_type, headers)
        return _response(answer.status, answer.body, answer.media_type)

    def _events(self, scope: Scope) -> Response:
        try:
            query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=_MOST_FIELDS)
        except ValueError:
            return _sentence(400, "No page uses that many files.")
        if scope["method"] == "HEAD":
            return _response(200, b"", "text/event-stream; charset=utf-8")
        if len(self._streams) >= MOST_CLIENTS:
            return _sentence(503, "Too many pages are open.")
        stream: Stream = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def send(message: Message) -> None:
            with suppress(RuntimeError):  # the server has ended meanwhile
                loop.call_soon_threadsafe(stream.put_nowait, message)

        styles = frozenset(query.get("style", ()))
        client = Client(
            send,
            page=_first(query, "page"),
            fingerprint=_first(query, "print"),
            base=_first(query, "base"),
            styles=styles,
            assets=dict(_asset(value) for value in query.get("asset", ())),
        )
        headers = Headers(scope=scope)
        browser = f"{(scope['client'] or ('',))[0]} {headers.get('user-agent', '')}"
        return _Events(self._preview, client, stream, self._streams, browser)


class _File(FileResponse):
    """A file that is streamed, whole or in ranges, and never held in memory."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":  # also of the answers to ranges that cannot be served
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        await super().__call__(scope, receive, send_with_headers)


class _Events(Response):
    """The events for one page, as https://html.spec.whatwg.org/multipage/server-sent-events.html writes them."""

    def __init__(
        self, preview: Preview, client: Client, stream: Stream, streams: dict[Stream, str], browser: str
    ) -> None:
        super().__init__(headers=_HEADERS | {"Content-Type": "text/event-stream; charset=utf-8"})
        del self.headers["Content-Length"]
        self._preview = preview
        self._client = client
        self._stream = stream
        self._streams = streams
        self._browser = browser

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 (as ASGI has it)
        """Tell the page until it is closed, or the server ends."""
        closed = asyncio.create_task(self._until_closed(receive))
        self._make_room()
        self._streams[self._stream] = self._browser
        self._preview.join(self._client)
        try:
            await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
            while (event := await self._next()) is not None:
                await send({"type": "http.response.body", "body": event, "more_body": True})
            await send({"type": "http.response.body"})
        finally:
            self._preview.leave(self._client)
            self._streams.pop(self._stream, None)
            closed.cancel()

    def _make_room(self) -> None:
        """Let the page that has listened longest wait, where a browser has many in view, so that all get their turn."""
        others = [stream for stream, browser in self._streams.items() if browser == self._browser]
        for stream in others[: max(0, len(others) - MOST_OF_ONE + 1)]:
            del self._streams[stream]
            stream.put_nowait(Later())
            stream.put_nowait(None)

    async def _next(self) -> bytes | None:
        try:
            message = await asyncio.wait_for(self._stream.get(), PING_S)
        except TimeoutError:
            return b"event: ping\ndata:\n\n"
        return None if message is None else b"data: " + msgspec.json.encode(message) + b"\n\n"

    async def _until_closed(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._stream.put_nowait(None)


def _first(query: dict[str, list[str]], name: str) -> str:
    return query.get(name, [""])[0]


def _asset(value: str) -> tuple[str, str]:
    """`path fingerprint`; without a fingerprint the space is there all the same."""
    path, _, fingerprint = value.rpartition(" ")
    return path, fingerprint


def _file_response(file: File, media_type: str, asked: Headers) -> Response:
    stat = file.stat
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_ctime_ns:x}-{stat.st_size:x}"'
    response = _File(file.path, headers={"ETag": etag}, media_type=media_type, stat_result=stat)
    if not StaticFiles().is_not_modified(response.headers, asked):
        return response
    unchanged = NotModifiedResponse(response.headers)
    unchanged.headers.update(_HEADERS)
    return unchanged


def _response(status: int, body: bytes, media_type: str, headers: dict[str, str] | None = None) -> Response:
    return Response(body, status, _HEADERS | {"Content-Type": media_type} | (headers or {}))


def _sentence(status: int, text: str, headers: dict[str, str] | None = None) -> Response:
    return _response(status, f"{text}\n".encode(), "text/plain; charset=utf-8", headers)
