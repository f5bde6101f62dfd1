"""The server and its responses, to requests that no browser sends, too."""

import http.client
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from briefgen.model.failure import Failure
from briefgen.preview.server import PreviewServer
from support.preview import Small

SECRET = "nobody may read this"  # noqa: S105 (no password)


def a_project(folder: Path) -> Small:
    (folder / "secret").write_text(SECRET, "utf-8")
    small = Small(folder / "project")
    small.write(
        {
            "secret": SECRET,
            "content/copies/secret.txt": SECRET,
            "content/static/data/map.json": "{}",
            "content/static/über uns.txt": "ü",
        }
    )
    return small


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PreviewServer]:
    """Provide a server for tests that only send requests."""
    with a_project(tmp_path_factory.mktemp("shared")).served() as server:
        yield server


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return a_project(tmp_path)


@pytest.fixture
def live(small: Small) -> Iterator[PreviewServer]:
    """Provide a server for tests that change the project, or count."""
    with small.served() as server:
        yield server


def request(server: PreviewServer, path: str = "/", method: str = "GET", **headers: str) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    answer.body = answer.read()  # type: ignore[attr-defined]
    connection.close()
    return answer


def send_raw(server: PreviewServer, data: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.settimeout(20)
        with suppress(OSError):  # the server may close the connection before the end
            connection.sendall(data)
        found = b""
        with suppress(ConnectionResetError):
            while part := connection.recv(65536):
                found += part
        return found


class Stream:
    """The messages for a page."""

    def __init__(self, port: int, **query: Any) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        browser = {"User-Agent": query.pop("browser", "one")}
        self.connection.request("GET", "/_briefgen/events?" + urlencode(query, doseq=True), headers=browser)
        self.answer = self.connection.getresponse()

    def close(self) -> None:
        self.answer.close()
        self.connection.close()

    def next(self) -> dict[str, Any]:
        while True:
            line = self.answer.readline()
            assert line, "the stream has ended"
            if line.startswith(b"data: {"):
                found: dict[str, Any] = json.loads(line[6:])
                return found


@pytest.fixture
def streams() -> Iterator[list[Stream]]:
    """Provide a list, and close the streams in it afterwards."""
    streams: list[Stream] = []
    yield streams
    for stream in streams:
        stream.close()


def test_pages_are_served_with_the_script_and_files_unchanged(server: PreviewServer) -> None:
    page, file = request(server, "/briefs/one/"), request(server, "/data/map.json")

    assert page.status == file.status == 200
    assert b"The first." in page.body  # type: ignore[attr-defined]
    assert b'<script src="/_briefgen/client.js"' in page.body  # type: ignore[attr-defined]
    assert page.getheader("content-type") == "text/html; charset=utf-8"
    assert file.body == b"{}"  # type: ignore[attr-defined]
    assert file.getheader("content-type") == "application/json; charset=utf-8"
    assert request(server, "/%C3%BCber%20uns.txt").status == 200
    assert request(server, "/_briefgen/client.js").getheader("content-type") == "text/javascript; charset=utf-8"


@pytest.mark.parametrize(
    "path", ["/", "/briefs/one", "/nowhere", "/assets/style.css", "/_briefgen/client.js", "/_briefgen/events?page="]
)
@pytest.mark.parametrize("method", ["HEAD", "POST"])
def test_every_response_has_the_headers_of_a_preview(server: PreviewServer, path: str, method: str) -> None:
    answer = request(server, path, method)

    assert answer.getheader("cache-control") == "no-store"
    assert answer.getheader("x-content-type-options") == "nosniff"
    assert answer.getheader("cross-origin-resource-policy") == "same-origin"
    assert answer.getheader("server") is None


def test_the_response_to_head_is_that_to_get_without_its_body(server: PreviewServer) -> None:
    get, head = request(server, "/briefs/one/"), request(server, "/briefs/one/", "HEAD")

    assert head.status == 200
    assert head.body == b""  # type: ignore[attr-defined]
    assert head.getheader("content-length") == get.getheader("content-length")


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "X"])
@pytest.mark.parametrize("path", ["/", "/_briefgen/events"])
def test_a_preview_is_read_only(server: PreviewServer, method: str, path: str) -> None:
    answer = request(server, path, method)

    assert answer.status == 405
    assert answer.getheader("allow") == "GET, HEAD"


def test_a_folder_without_its_slash_redirects_to_its_page(server: PreviewServer) -> None:
    answer = request(server, "/briefs/one?x=1")

    assert (answer.status, answer.getheader("location")) == (302, "/briefs/one/?x=1")


def test_the_site_is_served_at_its_base_path(small: Small) -> None:
    small.write({"content/base": "/repo/"})
    with small.served() as server:
        assert request(server, "/").getheader("location") == "/repo/"
        assert request(server, "/repo").getheader("location") == "/repo/"
        assert request(server, "/repo/briefs/one").getheader("location") == "/repo/briefs/one/"
        assert request(server, "/repo/briefs/one/").status == 200
        outside = request(server, "/briefs/one/")
        assert outside.status == 404
        assert b'<a href="/repo/">' in outside.body  # type: ignore[attr-defined]


def test_a_url_without_a_page_gets_the_404_page_of_the_site(server: PreviewServer) -> None:
    answer = request(server, "/briefs/none/")

    assert answer.status == 404
    assert b"There is no such page." in answer.body  # type: ignore[attr-defined]
    assert b'data-page="briefs/none/index.html"' in answer.body  # type: ignore[attr-defined]


HUGE = 1 << 30  # bytes, none of which are on the disk


def make_huge(small: Small, path: str, size: int = HUGE) -> None:
    small.write({path: "<!doctype html>start"})
    os.truncate(small.root / path, size)


@contextmanager
def little_memory() -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        assert tracemalloc.get_traced_memory()[1] < 16 * 1024 * 1024
    finally:
        tracemalloc.stop()


def test_parts_of_a_large_file_are_served_without_reading_the_rest(small: Small) -> None:
    make_huge(small, "content/static/film.mp4")
    with small.served() as server, little_memory():
        for wanted, first, last in (
            ("bytes=0-99", 0, 99),
            ("bytes=-100", HUGE - 100, HUGE - 1),
            (f"bytes={HUGE - 1}-", HUGE - 1, HUGE - 1),
        ):
            answer = request(server, "/film.mp4", Range=wanted)
            assert answer.status == 206
            assert answer.getheader("content-range") == f"bytes {first}-{last}/{HUGE}"
            assert len(answer.body) == last - first + 1  # type: ignore[attr-defined]
            assert answer.getheader("content-type") == "video/mp4"
        assert request(server, "/film.mp4", "HEAD").getheader("content-length") == str(HUGE)


def test_a_whole_file_is_streamed(small: Small) -> None:
    size = 64 * 1024 * 1024
    make_huge(small, "content/static/film.mp4", size)
    with small.served() as server, little_memory():
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
        connection.request("GET", "/film.mp4")
        answer, received = connection.getresponse(), 0
        while part := answer.read(65536):
            received += len(part)
        connection.close()
    assert received == size


def test_a_page_too_large_for_the_script_is_streamed_as_it_is(small: Small) -> None:
    make_huge(small, "content/static/all.html")
    with small.served() as server, little_memory():
        assert request(server, "/all.html", "HEAD").getheader("content-length") == str(HUGE)
        assert request(server, "/all", Range="bytes=0-19").body == b"<!doctype html>start"  # type: ignore[attr-defined]
        assert b"client.js" in request(server, "/").body  # type: ignore[attr-defined]


def test_a_file_that_a_browser_has_is_not_sent_again_until_it_changes(live: PreviewServer, small: Small) -> None:
    first = request(live, "/data/map.json")
    etag = first.getheader("etag")
    assert etag

    again = request(live, "/data/map.json", **{"If-None-Match": etag})
    assert (again.status, again.body) == (304, b"")  # type: ignore[attr-defined]
    assert request(live, "/data/map.json", **{"If-Range": etag, "Range": "bytes=0-0"}).status == 206

    small.write({"content/static/data/map.json": "[]"})
    for headers in ({"If-None-Match": etag}, {"If-Range": etag, "Range": "bytes=0-0"}):
        changed = request(live, "/data/map.json", **headers)
        assert (changed.status, changed.body) == (200, b"[]")  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Range": "bytes=0-0"}, 206),
        ({"Range": "bytes=0-0,1-1"}, 206),
        ({"Range": "bytes=9-"}, 416),
        ({"Range": "lines=1-2"}, 400),
        ({"If-None-Match": "*"}, 304),
        ({"If-Modified-Since": "Fri, 31 Dec 2100 23:59:59 GMT"}, 304),
    ],
)
def test_every_response_about_a_file_has_the_headers_of_a_preview(
    server: PreviewServer, headers: dict[str, str], status: int
) -> None:
    answer = request(server, "/data/map.json", **headers)

    assert answer.status == status
    assert answer.getheader("cache-control") == "no-store"
    assert answer.getheader("x-content-type-options") == "nosniff"
    assert answer.getheader("cross-origin-resource-policy") == "same-origin"


TRAVERSAL = [
    "/../secret",
    "/../../secret",
    "/briefs/../../secret",
    "/%2e%2e/secret",
    "/%2e%2e%2fsecret",
    "/..%2fsecret",
    "/..%5csecret",
    "/..\\secret",
    "/%252e%252e%252fsecret",
    "/..%c0%afsecret",
    "/%c0%ae%c0%ae/secret",
    "/..%00/secret",
    "/secret%00.html",
    "/secret",
    "/content/copies/secret.txt",
    "/copies/secret.txt",
    "/static/../copies/secret.txt",
    "/data/../../copies/secret.txt",
    "/file:///etc/passwd",
    "//etc/passwd",
    "/%2fetc%2fpasswd",
    "/.%2e/.%2e/secret",
    "/....//....//secret",
    "/;/../secret",
    "/briefs/one/..%2f..%2f..%2fsecret",
]


@pytest.mark.parametrize("path", TRAVERSAL)
@pytest.mark.parametrize("absolute", [False, True])
def test_no_request_gets_a_file_outside_the_site(server: PreviewServer, path: str, absolute: bool) -> None:
    target = f"http://127.0.0.1{path}" if absolute else path
    answer = send_raw(server, f"GET {target} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())

    assert answer.split(b" ", 2)[1] in (b"404", b"400")
    assert SECRET.encode() not in answer
    assert b"root:" not in answer


@pytest.mark.parametrize("host", ["evil.example", f"evil.example:{8000}", "127.0.0.1.evil.example", ""])
@pytest.mark.parametrize(
    "path", ["/", "/briefs/one/", "/data/map.json", "/_briefgen/events?page=", "/_briefgen/client.js"]
)
def test_a_request_with_another_host_name_is_refused(server: PreviewServer, host: str, path: str) -> None:
    answer = send_raw(server, f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())

    assert b" 421 " in answer.partition(b"\r\n")[0]
    assert b"The first" not in answer


@pytest.mark.parametrize(
    "data",
    [
        b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"x" * 1_000_000,
        b"GET /" + b"x" * 1_000_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: y\r\n" * 100_000 + b"\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"\0" * 100_000,
        b"GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"GET /_briefgen/events?" + b"file=x&" * 5_000 + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ],
    ids=[
        "no host",
        "two hosts",
        "huge header",
        "huge target",
        "many headers",
        "tls",
        "nul",
        "length",
        "query",
    ],
)
def test_a_malformed_request_is_refused_and_the_server_keeps_running(server: PreviewServer, data: bytes) -> None:
    answer = send_raw(server, data)

    assert not answer or answer.startswith((b"HTTP/1.1 400", b"HTTP/1.1 431", b"HTTP/1.1 421"))
    assert request(server, "/").status == 200


def test_a_request_for_a_web_socket_gets_the_page(server: PreviewServer) -> None:
    answer = request(server, "/", Connection="Upgrade", Upgrade="websocket")

    assert answer.status == 200


def test_a_page_gets_a_message_when_it_has_changed(live: PreviewServer, small: Small, streams: list[Stream]) -> None:
    page = "briefs/one/index.html"
    html = request(live, "/briefs/one/").body.decode()  # type: ignore[attr-defined]
    attributes = {name: re.findall(f'data-{name}="(.*?)"', html)[0] for name in ("page", "fingerprint", "base")}
    assert attributes["page"] == page
    assert attributes["fingerprint"] == small.read().fingerprint(page)
    stream = Stream(live.port, **attributes, style="assets/style.css")
    streams.append(stream)
    assert [stream.next()["type"] for _ in range(2)] == ["problems", "fingerprints"]

    small.write({"content/briefs/two.md": "Two\nNot for this page."})
    small.write({"themes/plain/style.css": "h1 { color: red }"})
    swap = stream.next()
    assert swap["type"] == "styles"
    assert list(swap["styles"]) == ["assets/style.css"]

    small.write({"content/briefs/one.md": "One\n!wrong"})
    show = stream.next()
    assert (show["type"], show["errors"], show["problems"][0]["code"]) == ("problems", 1, "wrong-type")

    small.write({"content/briefs/one.md": "One\nNew."})
    assert stream.next() == {"type": "reload", "url": "", "full": False}


def test_streams_are_kept_alive_and_end_when_their_page_is_closed(
    live: PreviewServer, streams: list[Stream], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.preview.app.PING_S", 0.05)
    streams.extend(Stream(live.port, page="x") for _ in range(3))
    for stream in streams:
        while stream.answer.readline() != b"event: ping\n":
            pass
    app = live._server.app
    assert len(app._streams) == 3

    for stream in streams:
        stream.close()
    deadline = time.monotonic() + 20
    while (app._streams or live._preview._hub.pages) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not app._streams
    assert not live._preview._hub.pages


def test_pages_of_one_browser_take_turns_and_leave_connections_for_loading(
    live: PreviewServer, streams: list[Stream]
) -> None:
    streams.append(Stream(live.port, browser="other"))
    streams.extend(Stream(live.port) for _ in range(6))

    for waiting in streams[1:3]:
        while waiting.next() != {"type": "later"}:
            pass
        assert waiting.answer.read() == b"\n"
    assert len(live._server.app._streams) == 5


def test_the_number_of_streams_is_limited(
    live: PreviewServer, streams: list[Stream], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("briefgen.preview.app.MAX_STREAMS", 2)
    streams.extend(Stream(live.port, page="x") for _ in range(3))

    assert [stream.answer.status for stream in streams] == [200, 200, 503]


def test_requests_write_no_file(live: PreviewServer, small: Small) -> None:
    before = {path: path.stat().st_mtime_ns for path in small.root.rglob("*")}
    for path in ("/", "/briefs/one/", "/nowhere", "/assets/style.css"):
        request(live, path)

    assert {path: path.stat().st_mtime_ns for path in small.root.rglob("*")} == before


def test_an_idle_preview_reads_nothing(live: PreviewServer, small: Small) -> None:
    for _ in range(3):
        request(live, "/briefs/one/")
    time.sleep(1)

    assert small.readings == 1


def test_a_server_does_not_start_on_a_port_that_is_taken(live: PreviewServer, small: Small) -> None:
    with pytest.raises(Failure, match="is taken"), small.served(port=live.port):
        pass


SCRIPT = """
import sys
from pathlib import Path
from support.preview import Small
small = Small(Path(sys.argv[1]))
server = __import__("briefgen.preview.server", fromlist=["PreviewServer"]).PreviewServer(
    small.read, small.root, (small.root / "content",), small.handle_event, port=0
)
print(server.port, flush=True)
server.run()
print("the end", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_stops_the_server_at_once_although_pages_are_open(tmp_path: Path, number: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-W", "error", "-c", SCRIPT, tmp_path],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        port = int(process.stdout.readline())
        streams = [Stream(port, page="x") for _ in range(3)]
        assert [stream.answer.status for stream in streams] == [200] * 3
        started = time.monotonic()
        process.send_signal(number)
        assert process.wait(20) == 0
        # At once is some tenths of a second; the rest is for a busy machine.
        assert time.monotonic() - started < 5
        assert process.stdout.read() == "the end\n"
        assert process.stderr.read() == ""
    for stream in streams:
        stream.close()
