"""HTTP requests → responses of the preview, and for each open page a stream of messages."""

import asyncio
import os
from collections.abc import AsyncIterator, MutableMapping
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote

import msgspec
from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Receive, Scope, Send

from briefgen.preview import hosts, pages
from briefgen.preview.page_hub import ConnectLater, Message, OpenPage
from briefgen.preview.preview import Preview

PING_S = 10.0  # `client.js` connects again after a longer silence
MAX_STREAMS = 200
MAX_STREAMS_PER_BROWSER = 4  # browsers allow six connections to a server and need some of them to load pages
_MAX_FIELDS = 1_000
_EVENTS = "text/event-stream; charset=utf-8"

# `no-store`: a browser must not show an old version. `nosniff`: the media type follows from the name of the file.
# The resource policy keeps pages elsewhere on the web from using drafts as pictures or scripts.
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Stream = asyncio.Queue[Message | None]
"""The messages for a page; None at the end."""


class App:
    """An ASGI application. `host` is the host on which the server listens."""

    def __init__(self, preview: Preview, host: str) -> None:
        self._preview = preview
        self._host = host
        self._script = resources.files(__package__).joinpath("client.js").read_bytes()
        self._streams: dict[Stream, str] = {}  # with the browser of each

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(_HEADERS)
            await send(message)

        if scope["type"] == "http":
            response = await self._respond(scope)
            await response(scope, receive, send_with_headers)

    def close(self) -> None:
        """End all streams, so that the server can stop. Only for the event loop's thread."""
        for stream in self._streams:
            stream.put_nowait(None)

    async def _respond(self, scope: Scope) -> Response:
        headers = Headers(scope=scope)
        if not hosts.is_allowed(headers.get("host", ""), self._host):
            return PlainTextResponse("This preview does not respond to requests for this host name.", 421)
        if scope["method"] not in ("GET", "HEAD"):
            return PlainTextResponse("A preview is read-only.", 405, {"Allow": "GET, HEAD"})
        path: str = scope["path"]
        if path == pages.CLIENT_URL:
            return Response(self._script, media_type="text/javascript; charset=utf-8")
        if path == pages.EVENTS_URL:
            return self._open_stream(scope)
        if not path.startswith("/"):
            return PlainTextResponse("A path begins with a slash.", 400)
        found = await asyncio.wrap_future(self._preview.respond(path))
        if found.location:
            query: bytes = scope["query_string"]
            url = quote(found.location) + (f"?{query.decode('latin-1')}" if query else "")
            return Response(status_code=found.status, headers={"Location": url})
        if found.file and found.stat:
            return _make_file_response(found.file, found.stat, found.media_type, headers)
        return Response(found.body, found.status, media_type=found.media_type)

    def _open_stream(self, scope: Scope) -> Response:
        try:
            query = parse_qs(scope["query_string"].decode("latin-1"), max_num_fields=_MAX_FIELDS)
        except ValueError:
            return PlainTextResponse("No page uses so many files.", 400)
        if scope["method"] == "HEAD":
            return Response(media_type=_EVENTS)
        if len(self._streams) >= MAX_STREAMS:
            return PlainTextResponse("Too many pages are open.", 503)
        browser = f"{(scope['client'] or ('',))[0]} {Headers(scope=scope).get('user-agent', '')}"
        return StreamingResponse(self._stream_events(query, browser), media_type=_EVENTS)

    async def _stream_events(self, query: dict[str, list[str]], browser: str) -> AsyncIterator[bytes]:
        """Yield events for a page until it is closed or the server stops."""
        stream: Stream = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def send(message: Message) -> None:
            with suppress(RuntimeError):  # the server has stopped meanwhile
                loop.call_soon_threadsafe(stream.put_nowait, message)

        page = OpenPage(
            send=send,
            path=_first(query, "page"),
            fingerprint=_first(query, "fingerprint"),
            base=_first(query, "base"),
            styles=frozenset(query.get("style", ())),
            files=dict(map(_parse_file, query.get("file", ()))),
        )
        self._make_room(browser)
        self._streams[stream] = browser
        self._preview.add_page(page)
        try:
            while (event := await _next_event(stream)) is not None:
                yield event
        finally:
            self._preview.remove_page(page)
            self._streams.pop(stream, None)

    def _make_room(self, browser: str) -> None:
        """End the oldest streams of a browser that has too many, so that all its visible pages take turns."""
        others = [stream for stream, other in self._streams.items() if other == browser]
        for stream in others[: max(0, len(others) - MAX_STREAMS_PER_BROWSER + 1)]:
            del self._streams[stream]
            stream.put_nowait(ConnectLater())
            stream.put_nowait(None)


async def _next_event(stream: Stream) -> bytes | None:
    """Return the next event as https://html.spec.whatwg.org/multipage/server-sent-events.html defines it."""
    try:
        message = await asyncio.wait_for(stream.get(), PING_S)
    except TimeoutError:
        return b"event: ping\ndata:\n\n"
    return None if message is None else b"data: " + msgspec.json.encode(message) + b"\n\n"


def _first(query: dict[str, list[str]], name: str) -> str:
    return query.get(name, [""])[0]


def _parse_file(value: str) -> tuple[str, str]:
    """Return the path and the fingerprint, which may be empty, in `path fingerprint`."""
    path, _, fingerprint = value.rpartition(" ")
    return path, fingerprint


def _make_file_response(file: Path, stat: os.stat_result, media_type: str, request_headers: Headers) -> Response:
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_ctime_ns:x}-{stat.st_size:x}"'
    response = FileResponse(file, headers={"ETag": etag}, media_type=media_type, stat_result=stat)
    is_unchanged = StaticFiles().is_not_modified(response.headers, request_headers)
    return NotModifiedResponse(response.headers) if is_unchanged else response
