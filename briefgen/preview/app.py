"""HTTP requests → responses of the preview, and for each open page a stream of messages."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import suppress
from importlib import resources
from ipaddress import IPv4Address, IPv6Address, ip_address
from pathlib import Path
from socket import gethostname
from urllib.parse import parse_qs, quote

import msgspec
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.staticfiles import NotModifiedResponse, StaticFiles
from starlette.types import Receive, Scope, Send

from briefgen.preview import pages
from briefgen.preview.page_hub import ConnectLater, Message, OpenPage
from briefgen.preview.preview import Preview

PING_S = 10.0  # `client.js` connects again after a longer silence
MAX_STREAMS = 200
MAX_STREAMS_PER_BROWSER = 4  # browsers allow six connections to a server and need some of them to load pages
_MAX_FIELDS = 1_000
_EVENTS = "text/event-stream; charset=utf-8"

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
        if scope["type"] == "http":
            response = await self._respond(Request(scope))
            await response(scope, receive, send)

    def close(self) -> None:
        """End all streams, so that the server can stop. Only for the event loop's thread."""
        for stream in self._streams:
            stream.put_nowait(None)

    async def _respond(self, request: Request) -> Response:
        if not is_allowed_host(request.headers.get("host", ""), self._host):
            return PlainTextResponse("This preview does not respond to requests for this host name.", 421)
        if request.method not in ("GET", "HEAD"):
            return PlainTextResponse("A preview is read-only.", 405, {"Allow": "GET, HEAD"})
        path, query = request.scope["path"], request.scope["query_string"].decode("latin-1")
        if path == pages.CLIENT_URL:
            return Response(self._script, media_type="text/javascript; charset=utf-8")
        if path == pages.EVENTS_URL:
            return self._open_stream(request, query)
        if not path.startswith("/"):
            return PlainTextResponse("A path begins with a slash.", 400)
        found = await asyncio.wrap_future(self._preview.respond(path))
        if found.location:
            location = quote(found.location) + (f"?{query}" if query else "")
            return Response(status_code=found.status, headers={"Location": location})
        if found.file and found.stat:
            return _make_file_response(found.file, found.stat, found.media_type, request.headers)
        return Response(found.body, found.status, media_type=found.media_type)

    def _open_stream(self, request: Request, query: str) -> Response:
        try:
            values = parse_qs(query, max_num_fields=_MAX_FIELDS)
        except ValueError:
            return PlainTextResponse("No page uses so many files.", 400)
        if request.method == "HEAD":
            return Response(media_type=_EVENTS)
        if len(self._streams) >= MAX_STREAMS:
            return PlainTextResponse("Too many pages are open.", 503)
        browser = f"{request.client and request.client.host} {request.headers.get('user-agent', '')}"
        return StreamingResponse(self._stream_events(values, browser), media_type=_EVENTS)

    async def _stream_events(self, query: dict[str, list[str]], browser: str) -> AsyncIterator[bytes]:
        """Yield events for a page until it is closed or the server stops."""
        stream: Stream = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def send(message: Message) -> None:
            with suppress(RuntimeError):  # the server has stopped meanwhile
                loop.call_soon_threadsafe(stream.put_nowait, message)

        page = OpenPage(
            send=send,
            path=query.get("page", [""])[0],
            fingerprint=query.get("fingerprint", [""])[0],
            base=query.get("base", [""])[0],
            styles=frozenset(query.get("style", ())),
            # Each has a path and a fingerprint, which may be empty.
            files=dict(value.rpartition(" ")[::2] for value in query.get("file", ())),
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


def _make_file_response(file: Path, stat: os.stat_result, media_type: str, request_headers: Headers) -> Response:
    etag = f'"{stat.st_mtime_ns:x}-{stat.st_ctime_ns:x}-{stat.st_size:x}"'
    response = FileResponse(file, headers={"ETag": etag}, media_type=media_type, stat_result=stat)
    is_unchanged = StaticFiles().is_not_modified(response.headers, request_headers)
    return NotModifiedResponse(response.headers) if is_unchanged else response


def is_allowed_host(header: str, host: str) -> bool:
    """Return whether the `Host` header has a name of this server, which was started with `host`.

    A page elsewhere on the web can let its own name point to 127.0.0.1 and so read what a server there sends (DNS
    rebinding). Its requests still have that name in their `Host` header.
    """
    name, own_name = _parse_host(header), _parse_host(host)
    if not name:
        return False
    if name == own_name or _is_local(name):
        return True
    if not own_name or _is_local(own_name):
        return False
    # The server is open to the network. An IP address in the header is no name that could be rebound.
    machine = gethostname().lower()
    return _parse_address(name) is not None or name in (machine, f"{machine}.local")


def _is_local(name: str) -> bool:
    address = _parse_address(name)
    return address.is_loopback if address else name == "localhost" or name.endswith(".localhost")


def _parse_host(header: str) -> str:
    """Return the name without a port, brackets and a final dot."""
    header = header.strip().lower()
    if header.startswith("["):
        name, _, rest = header[1:].partition("]")
        return name if not rest or rest.startswith(":") else ""
    if header.count(":") == 1:
        header = header.partition(":")[0]
    return header.removesuffix(".")


def _parse_address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None
