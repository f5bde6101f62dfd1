"""`briefgen add` and servers that misbehave in every known way, or send what is made to do harm."""

import gzip
import io
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfWriter

from support.capture import HTML, PAGE, TEXT, Captured, add, files
from support.misbehaving import Document, Misbehaving, misbehaving
from support.project import Project

BOMB = gzip.compress(bytes(50 * 1024 * 1024))
REFUSALS = {
    "endless redirects": ("/endless/0", "it redirects more than 10 times"),
    "a circle": ("/loop", "it redirects more than 10 times"),
    "no address": ("/elsewhere/302/ftp:!!x.example!", "it redirects to what is no address of the web"),
    "a server that is silent": ("/hang", "no answer within 3 seconds"),
    "a connection that breaks": ("/drop", "the connection broke off"),
    "no HTTP": ("/garbage", "the response is malformed"),
    "a body without an end": ("/endless-body", "it is longer than 1 MB"),
    "a declared gigabyte": ("/gigabyte", "it is longer than 1 MB"),
    "a gzip bomb": ("/bomb", "it is longer than 1 MB"),
    "broken gzip": ("/no-gzip", "the response is malformed"),
    "half of a gzip": ("/half-gzip", "the connection broke off"),
    "an unknown compression": ("/brotli", 'it is compressed in a way that was not requested: "br"'),
    "a slow server": ("/slow", "no answer within 3 seconds"),
    "half of a page": ("/half", "the connection broke off"),
    "nothing": ("/empty", "sent an empty page"),
    "blanks": ("/blank", "sent an empty page"),
    "a picture": ("/picture", 'but "image/png"'),
    "data": ("/data", 'but "application/json"'),
    "401": ("/status/401", "401 Unauthorized"),
    "403": ("/status/403", "403 Forbidden, which may be meant for programs alone"),
    "404": ("/status/404", "404 Not Found"),
    "410": ("/status/410", "410 Gone"),
    "429": ("/status/429", "429 Too Many Requests"),
    "429 with a wait": ("/always-busy/429/7200", "429 Too Many Requests and demands a wait of 2 hours"),
    "500": ("/status/500", "500 Internal Server Error"),
    "a riddle for people": ("/riddle", "503 Service Unavailable, which may be meant for programs alone"),
    "robots.txt": ("/closed/dam", "/closed/dam cannot be fetched: its robots.txt does not let programs read it"),
    "a redirect to what robots.txt forbids": (
        "/to/302/closed/dam",
        "/closed/dam, which cannot be fetched: its robots.txt",
    ),
    "a redirect to a page that is gone": ("/to/302/status/404", "/status/404, which answers 404 Not Found"),
    "a redirect to a server that is silent": ("/to/302/hang", "/hang, which cannot be fetched: no answer within"),
    "a redirect to nothing": ("/to/302/empty", "/empty, which sent an empty page"),
    "a redirect to a picture": ("/to/302/picture", "/picture, which is no web page"),
}


@pytest.fixture
def hostile(web: Misbehaving) -> Misbehaving:
    def trickle() -> Iterator[bytes]:
        while not web.release.wait(0.2):
            yield b"<p>x</p>"

    web.documents |= {
        "/gigabyte": Document(headers=HTML | {"Content-Length": str(1024**3)}, parts=[b"x"]),
        "/bomb": Document(BOMB, headers=HTML | {"Content-Encoding": "gzip"}),
        "/no-gzip": Document(PAGE, headers=HTML | {"Content-Encoding": "gzip"}),
        "/half-gzip": Document(headers=HTML | {"Content-Encoding": "gzip"}, parts=[gzip.compress(PAGE)[:-20]]),
        "/brotli": Document(PAGE, headers=HTML | {"Content-Encoding": "br"}),
        "/slow": Document(headers=HTML, parts=trickle()),
        "/half": Document(headers=HTML | {"Content-Length": "5000"}, parts=[PAGE]),
        "/empty": Document(headers=HTML),
        "/blank": Document(b" \r\n\t", headers=HTML),
        "/picture": Document(b"\x89PNG\0", headers={"Content-Type": "image/png"}),
        "/data": Document(b'{"a": 1}', headers={"Content-Type": "application/json"}),
        "/robots.txt": Document(b"User-agent: *\nDisallow: /closed/\n"),
    }
    return web


@pytest.mark.parametrize(("path", "reason"), REFUSALS.values(), ids=REFUSALS)
def test_a_server_that_misbehaves_gives_a_clear_message_and_no_file(
    desk: Project, hostile: Misbehaving, path: str, reason: str, capsys: Captured
) -> None:
    assert add(desk, hostile.url(path)) == 2

    out, err = capsys.readouterr()
    message, next_step = err.strip().split("\n")
    assert reason in message
    assert next_step.startswith("   = ")
    assert out == ""
    assert files(desk) == []
    assert hostile.sent < 20 * 1024 * 1024


def test_a_short_wait_that_a_server_demands_is_kept(desk: Project, web: Misbehaving) -> None:
    web.documents["/busy/429/1"] = Document(PAGE, 429, {"Retry-After": "1"})
    began = time.monotonic()

    assert add(desk, web.url("/busy/429/1")) == 2
    assert time.monotonic() - began >= 1
    assert web.methods("/busy/429/1") == ["GET", "GET"]


def test_private_hosts_get_requests_only_on_demand(desk: Project, web: Misbehaving, capsys: Captured) -> None:
    assert add(desk, web.url("/dam"), private=False) == 2
    assert "its host is in a private network" in capsys.readouterr().err
    assert web.requests == []


def test_a_redirect_into_a_private_network_is_not_followed(
    desk: Project, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    with misbehaving("127.0.0.1", "127.0.0.2") as web:
        monkeypatch.setattr("briefgen.web.hosts.is_public", {"127.0.0.1"}.__contains__)
        target = web.url("/secret", "127.0.0.2").replace("/", "!")
        assert add(desk, web.url(f"/elsewhere/302/{target}"), private=False) == 2
        assert {request.host for request in web.requests} == {"127.0.0.1"}
        message = capsys.readouterr().err
    assert f"leads to {web.url('/secret', '127.0.0.2')}, which is not fetched: its host is in a private" in message
    assert files(desk) == []


def test_a_redirect_is_recorded_with_its_end(desk: Project, web: Misbehaving) -> None:
    assert add(desk, web.url("/to/302/dam")) == 0

    described = (desk.root / "content/copies/dam-opens/capture.yaml").read_text()
    assert f"address: {web.url('/to/302/dam')}\nfinal_address: {web.url('/dam')}\n" in described


@pytest.mark.parametrize(
    ("data", "content_type", "file"),
    [
        (b"%PDF-1.4 and nothing else", "text/html", "page.pdf"),
        (PAGE, "application/pdf", "page.html"),
        (PAGE, "application/octet-stream", "page.html"),
        (b"PK\x03\x04 datapackage.json", "text/html", "page.wacz"),
    ],
)
def test_a_document_is_what_its_bytes_are(
    desk: Project, web: Misbehaving, data: bytes, content_type: str, file: str
) -> None:
    web.documents["/what"] = Document(data, headers={"Content-Type": content_type})

    add(desk, web.url("/what"), "--id", "what")

    assert (desk.root / "content/copies/what" / file).read_bytes() == data


def test_the_encoding_that_the_server_names_counts_if_the_page_names_none(desk: Project, web: Misbehaving) -> None:
    text = "Плотина открыта после десяти лет работы, сообщил министр. " * 10
    page = f"<html><head><title>Плотина</title></head><body><h1>Плотина</h1><p>{text}</p></body></html>"
    web.documents["/ru"] = Document(page.encode("koi8-r"), headers={"Content-Type": 'text/html; charset="koi8-r"'})

    assert add(desk, web.url("/ru"), "--id", "ru") == 0
    assert (desk.root / "content/copies/ru/text.txt").read_text() == f"Плотина\n{text.strip()}\n"


def pdf_file(password: str = "") -> bytes:
    """A PDF file of one page without text."""
    writer, written = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, "owner", algorithm="AES-256")
    writer.write(written)
    return written.getvalue()


def archive_that_leaves() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("datapackage.json", "{}")
        archive.writestr("archive/../../out.txt", "x")
    return written.getvalue()


UNREADABLE = {
    "a PDF file of pictures": pdf_file(),
    "an encrypted PDF file": pdf_file("secret"),
    "a web archive with a path that leaves it": archive_that_leaves(),
    "scripts alone": b"<html><body><script>draw()</script></body></html>",
    "a damaged PDF file": b"%PDF-1.4 and nothing else",
    "a damaged web archive": b"PK\x03\x04 datapackage.json",
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_a_document_without_a_text_is_kept_with_a_next_step(
    desk: Project, web: Misbehaving, data: bytes, capsys: Captured
) -> None:
    web.documents["/what"] = Document(data, headers=HTML)

    assert add(desk, web.url("/what"), "--id", "what") == 1

    (kept,) = (desk.root / "content/copies/what").glob("page.*")
    assert kept.read_bytes() == data
    assert not (desk.root / "content/copies/what/text.txt").exists()
    err = capsys.readouterr().err
    assert "note: no text: " in err
    assert "text.txt" in err or "save the page" in err
    assert [path.name for path in desk.root.rglob("out*")] == []
    assert desk.check().ok


@pytest.mark.parametrize(
    "bomb",
    [
        b'<script type="application/ld+json">' + b"[" * 200_000 + b"]" * 200_000 + b"</script>",
        b'<script type="application/ld+json">{"datePublished": ' + b"9" * 100_000 + b"}</script>",
        b"<script>" + b"<p>" * 200_000,
    ],
    ids=["nested", "a huge number", "no end"],
)
def test_a_page_whose_scripts_are_made_to_exhaust_the_machine_is_read(
    desk: Project, web: Misbehaving, bomb: bytes
) -> None:
    web.documents["/dam"] = Document(PAGE.replace(b"</body>", bomb + b"</body>"), headers=HTML)

    assert add(desk, web.url("/dam")) == 0
    assert (desk.root / "content/copies/dam-opens/text.txt").read_text() == f"Dam opens\n{TEXT.strip()}\n"


def test_a_title_of_ten_thousand_characters_makes_a_short_id(desk: Project, web: Misbehaving) -> None:
    title = ("A very long title " * 600).encode()
    web.documents["/dam"] = Document(PAGE.replace(b"Dam opens", title), headers=HTML)

    assert add(desk, web.url("/dam")) == 0
    [draft] = (desk.root / "content/briefs").iterdir()
    assert len(draft.stem) <= 60
    assert max(map(len, draft.read_text().splitlines())) < 500
    assert desk.check().ok


def test_a_file_of_any_size_is_refused_above_a_limit(
    desk: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr("briefgen.cli.add.MAX_FILE", 1024**2)
    file = tmp_path / "large.html"
    file.write_bytes(PAGE + bytes(1024**2))

    assert add(desk, str(file)) == 2
    assert "large.html is longer than 1 MB" in capsys.readouterr().err
    assert files(desk) == []


def test_a_wall_of_cookies_is_kept_as_a_part_with_a_note(desk: Project, web: Misbehaving, capsys: Captured) -> None:
    wall = b"<html><body><h1>We value your privacy</h1><p>Accept all cookies?</p></body></html>"
    web.documents["/wall"] = Document(wall, headers=HTML)

    assert add(desk, web.url("/wall"), "--id", "wall") == 0
    assert "extent: part\n" in (desk.root / "content/copies/wall/capture.yaml").read_text()
    assert "if a browser shows more, save the page there" in capsys.readouterr().err
