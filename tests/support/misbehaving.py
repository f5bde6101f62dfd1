"""A web server that misbehaves in the way that the path of a request names."""

import socket
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from math import inf
from typing import Any

ETAG = '"first"'
MODIFIED = "Wed, 03 Dec 2025 10:00:00 GMT"


@dataclass
class Request:
    """One request as the server saw it; times by one clock for all servers."""

    host: str
    method: str
    path: str
    headers: dict[str, str]
    began: float
    ended: float = inf  # when its answer begins


@dataclass
class Document:
    """What is answered to a GET of one path; `parts` instead of `body` are sent as they come, without a length."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    parts: Iterable[bytes] | None = None


class Misbehaving:
    """Servers on several hosts of this machine, and all requests that they have received."""

    def __init__(self, ports: dict[str, int]) -> None:
        self.ports = ports
        self.requests: list[Request] = []
        self.sent = 0  # bytes of the endless body
        self.now = 0.0  # by the clock of the client, for dates in `Retry-After`
        self.archived: dict[str, str] = {}
        self.documents: dict[str, Document] = {}  # by path
        self.release = threading.Event()
        self.requested: dict[str, set[str]] = {"HEAD": set(), "GET": set()}

    def url(self, path: str, host: str = "127.0.0.1", scheme: str = "http") -> str:
        return f"{scheme}://{host}:{self.ports[host]}{path}"

    def through_proxy(self, _address: str) -> str:
        """Return the path that says how to answer where a server is taken for a proxy."""
        return "/fine"

    def methods(self, path: str) -> list[str]:
        """Return the methods of the requests for a path, in order."""
        return [request.method for request in self.requests if request.path.partition("?")[0] == path]


@contextmanager
def misbehaving(*hosts: str) -> Iterator[Misbehaving]:
    """Provide servers on these hosts, or on one, until the block ends."""
    servers = {host: _Server((host, 0), _Handler) for host in hosts or ("127.0.0.1",)}
    state = Misbehaving({host: server.server_port for host, server in servers.items()})
    threads = []
    for host, server in servers.items():
        server.state, server.host = state, host
        threads.append(threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True))
    for thread in threads:
        thread.start()
    try:
        yield state
    finally:
        state.release.set()
        for server in servers.values():
            server.shutdown()
            server.server_close()
        for thread in threads:
            thread.join()


class _Server(ThreadingHTTPServer):
    state: Misbehaving
    host: str
    daemon_threads = True
    block_on_close = False

    def handle_error(self, *_: Any) -> None:
        """Ignore that a client has closed its connection early, as it is meant to."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server  # type: ignore[mutable-override]  # what serve_forever hands over
    request_seen: Request
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.handle_one()

    def do_HEAD(self) -> None:
        self.handle_one()

    def handle_one(self) -> None:
        state = self.server.state
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        # Recorded before the answer is sent, because the test may read the list as soon as it has the answer.
        self.request_seen = Request(self.server.host, self.command, self.path, headers, time.monotonic())
        state.requests.append(self.request_seen)
        first = path not in state.requested[self.command]
        state.requested[self.command].add(path)
        if path.startswith("http://"):
            path = state.through_proxy(path)
        if path in state.documents:
            self.send_document(state.documents[path])
        else:
            self.behave(path.strip("/").split("/"), query, first=first)

    def behave(self, parts: list[str], query: str, *, first: bool) -> None:  # noqa: C901 (a list of cases)
        head = self.command == "HEAD"
        match parts:
            case ["status", code]:
                self.answer(int(code))
            case ["to", code, *rest]:  # a redirect to the rest of the path
                self.answer(int(code), {"Location": "/" + "/".join(rest)})
            case ["elsewhere", code, location]:
                self.answer(int(code), {"Location": location.replace("!", "/")})
            case ["elsewhere", code, location, other]:
                self.answer(int(code), {"Location": (location.replace("!", "/"), other.replace("!", "/"))})
            case ["loop"]:
                self.answer(302, {"Location": "/loop"})
            case ["endless", number]:
                self.answer(301, {"Location": f"/endless/{int(number) + 1}"})
            case ["head", code]:  # HEAD is answered wrongly
                self.answer(int(code) if head else 200)
            case ["head-drops"] if head:
                self.drop()
            case ["busy", code, wait] if first:
                self.answer(int(code), {"Retry-After": wait})
            case ["always-busy", code, wait]:
                self.answer(int(code), {"Retry-After": wait})
            case ["busy-until", seconds] if first:
                date = formatdate(self.server.state.now + int(seconds), usegmt=True)
                self.answer(429, {"Retry-After": date})
            case ["silent-busy"] if first:
                self.answer(429)
            case ["hang"]:
                self.server.state.release.wait(30)
                self.close_connection = True
            case ["late", milliseconds]:
                time.sleep(int(milliseconds) / 1000)
                self.answer(200)
            case ["drop"]:
                self.drop()
            case ["garbage"]:
                self.wfile.write(b"\x00\xff neither HTTP nor anything\r\n\r\n")
                self.close_connection = True
            case ["endless-body"]:
                self.endless()
            case ["etag"]:
                same = self.headers.get("If-None-Match") == ETAG
                self.answer(304 if same else 200, {"ETag": ETAG})
            case ["modified"]:
                same = self.headers.get("If-Modified-Since") == MODIFIED
                self.answer(304 if same else 200, {"Last-Modified": MODIFIED})
            case ["riddle"]:
                self.answer(503, {"cf-mitigated": "challenge"})
            case ["wayback", "available"]:
                self.wayback(query)
            case _:
                self.answer(200)

    def answer(self, code: int, headers: Mapping[str, str | tuple[str, ...]] | None = None, body: bytes = b"") -> None:
        self.request_seen.ended = time.monotonic()
        self.send_response(code)
        for name, value in (headers or {}).items():
            for each in (value,) if isinstance(value, str) else value:
                self.send_header(name, each)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send_document(self, document: Document) -> None:
        if document.parts is None:
            self.answer(document.status, document.headers, b"" if self.command == "HEAD" else document.body)
            return
        self.close_connection = True
        self.send_response(document.status)
        for name, value in document.headers.items():
            self.send_header(name, value)
        self.end_headers()
        with suppress(OSError):  # the client has closed its connection, as it is meant to
            for part in document.parts:
                self.wfile.write(part)
                self.server.state.sent += len(part)

    def drop(self) -> None:
        self.connection.shutdown(socket.SHUT_RDWR)
        self.close_connection = True

    def endless(self) -> None:
        if self.command == "HEAD":
            self.answer(405)
            return
        self.send_response(200)
        self.end_headers()
        self.close_connection = True
        block = bytes(65536)
        while not self.server.state.release.is_set():
            try:
                self.wfile.write(block)
            except OSError:
                return
            self.server.state.sent += len(block)

    def wayback(self, query: str) -> None:
        import json
        from urllib.parse import parse_qs

        copy = self.server.state.archived.get(parse_qs(query)["url"][0])
        snapshot = {"closest": {"available": True, "url": copy, "status": "200"}} if copy else {}
        self.answer(200, body=json.dumps({"archived_snapshots": snapshot}).encode())

    def log_message(self, *_: Any) -> None:
        """Tests read no log."""
