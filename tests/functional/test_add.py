"""`briefgen add`: articles from addresses, files and standard input, and servers that misbehave in every known way."""

import gzip
import io
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from hashlib import sha256
from itertools import repeat
from pathlib import Path

import pytest
from pypdf import PdfWriter

from briefgen.capture import fetch, store
from briefgen.cli import main
from briefgen.web import documents
from briefgen.web.hosts import Route
from briefgen.web.limits import Limits
from support.misbehaving import Document, Misbehaving, misbehaving
from support.project import Project

TEXT = "The dam on the river was opened on Monday, after ten years of work and three changes of the plan. " * 4
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Dam opens | Example News</title>
<meta name="author" content="Ada Miller"><meta property="article:published_time" content="2025-12-01T10:00:00Z"></head>
<body><h1>Dam opens</h1><p>{TEXT}</p></body></html>""".encode()
HTML = {"Content-Type": "text/html"}
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Misbehaving]:
    with misbehaving() as servers:
        api = servers.url("/wayback/available")
        monkeypatch.setattr(fetch, "LIMITS", Limits(timeout_s=3, pause_s=0, max_wait_s=1, archive_api=api))
        monkeypatch.setattr(fetch, "MAX_BYTES", 1024 * 1024)
        servers.documents["/dam"] = Document(PAGE, headers=HTML)
        servers.documents["/robots.txt"] = Document(status=404)
        yield servers


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    return Project(tmp_path / "desk", {".gitignore": "/content/copies/\n.briefgen/\n/site/\n"})


def add(desk: Project, *arguments: str, private: bool = True) -> int:
    return main(["add", "-C", str(desk.root), *(["--private"] if private else []), *arguments])


def files(desk: Project) -> list[str]:
    """All files of content but the configuration."""
    found = (path.relative_to(desk.root / "content").as_posix() for path in (desk.root / "content").rglob("*"))
    return sorted(path for path in found if "." in path.rpartition("/")[2] and path != "site.yaml")


COPY = [f"copies/dam-opens/{name}" for name in ("capture.yaml", "page.html", "text.txt")]


# What is written


def test_an_address_becomes_a_copy_and_a_draft(desk: Project, web: Misbehaving, capsys: Captured) -> None:
    assert add(desk, web.url("/dam"), "--date", "2025-12-03") == 0

    assert files(desk) == ["briefs/dam-opens.md", *COPY]
    copy = desk.root / "content/copies/dam-opens"
    assert (copy / "page.html").read_bytes() == PAGE
    assert (copy / "text.txt").read_text() == f"Dam opens\n{TEXT.strip()}\n"
    described = (copy / "capture.yaml").read_text()
    assert f"address: {web.url('/dam')}\n" in described
    assert "retrieved: 2025-12-03\n" in described
    assert sha256(PAGE).hexdigest() in described
    assert sha256((copy / "text.txt").read_bytes()).hexdigest() in described
    assert capsys.readouterr().out.strip().endswith("content/briefs/dam-opens.md")
    assert desk.check().ok


def test_the_claims_of_a_draft_need_no_record_yet(desk: Project, web: Misbehaving, capsys: Captured) -> None:
    desk.write({"content/actors/ada.md": "---\nname: Ada Miller\nkind: person\n---\n"})
    web.documents["/dam"] = Document(
        PAGE.replace(b"</p>", b"</p><p>\x22It will hold for long\x22, said Ada Miller.</p>"), headers=HTML
    )
    assert add(desk, web.url("/dam")) == 0
    capsys.readouterr()

    assert main(["check", "-C", str(desk.root), "--strict"]) == 0
    out = capsys.readouterr().out
    assert "write `says` of 1 claim, or delete it" in out
    assert "1 found in our copies" in out


def test_the_server_learns_who_sends_the_request(desk: Project, web: Misbehaving) -> None:
    add(desk, web.url("/dam"))

    assert [request.path for request in web.requests] == ["/robots.txt", "/dam"]
    assert all(request.headers["user-agent"].startswith("briefgen/") for request in web.requests)


def test_the_same_address_gets_no_second_brief(desk: Project, web: Misbehaving, capsys: Captured) -> None:
    add(desk, web.url("/dam"))
    web.requests.clear()
    capsys.readouterr()

    assert add(desk, web.url("/dam?utm_source=letter")) == 0
    assert "content/briefs/dam-opens.md has this document already" in capsys.readouterr().out
    assert web.requests == []
    assert files(desk) == ["briefs/dam-opens.md", *COPY]


def test_an_imported_draft_gets_its_claims_with_its_copy(desk: Project, web: Misbehaving, tmp_path: Path) -> None:
    desk.write({"content/actors/ada.md": "---\nname: Ada Miller\nkind: person\n---\n"})
    said = b"</p><p>\x22It will hold for long\x22, said Ada Miller.</p>"
    web.documents["/dam"] = Document(PAGE.replace(b"</p>", said), headers=HTML)
    (tmp_path / "list.csv").write_text(f"title,url\nDam opens,{web.url('/dam')}\nOther,{web.url('/other')}\n")
    web.documents["/other"] = Document(PAGE.replace(b"</p>", b"</p>" + said), headers=HTML)
    assert add(desk, "--from", str(tmp_path / "list.csv"), private=False) == 0
    draft, other = desk.root / "content/briefs/dam-opens.md", desk.root / "content/briefs/other.md"
    begun = other.read_text().replace("source:", "actors: [ada]\nsource:")
    other.write_text(begun)

    assert add(desk, web.url("/dam")) == 0
    assert add(desk, web.url("/other")) == 0

    assert "    quote: It will hold for long\n" in draft.read_text()
    assert "  title: Dam opens\n" in draft.read_text()
    assert other.read_text() == begun
    assert desk.check().ok


def test_a_source_without_a_copy_gets_only_the_copy(desk: Project, web: Misbehaving) -> None:
    source = f"title: Dam opens\nurl: {web.url('/dam')}\n"
    desk.write({"content/sources/water.yaml": source})

    assert add(desk, web.url("/dam")) == 0
    assert files(desk) == [*(path.replace("dam-opens", "water") for path in COPY), "sources/water.yaml"]
    assert (desk.root / "content/sources/water.yaml").read_text() == source


def test_an_id_that_names_a_source_adds_the_copy_to_it(desk: Project, web: Misbehaving) -> None:
    desk.write({"content/sources/water.yaml": "title: Dam opens\n"})

    assert add(desk, web.url("/dam"), "--id", "water") == 0
    assert files(desk) == [*(path.replace("dam-opens", "water") for path in COPY), "sources/water.yaml"]


def test_the_same_bytes_get_no_second_brief(desk: Project, tmp_path: Path, capsys: Captured) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("Dam opens\n\nIt opened.")
        assert add(desk, str(tmp_path / name)) == 0

    assert "has this document already" in capsys.readouterr().out
    assert [path for path in files(desk) if path.startswith("briefs/")] == ["briefs/dam-opens.md"]


def test_a_copy_without_a_text_gets_one(desk: Project, web: Misbehaving, tmp_path: Path) -> None:
    scan, text = b"%PDF-1.4 of pictures", "Dam opens\n\nIt opened.\n"
    web.documents["/scan"] = Document(scan)
    (tmp_path / "read.txt").write_text(text)

    assert add(desk, web.url("/scan"), "--id", "scan") == 1
    assert add(desk, str(tmp_path / "read.txt"), "--id", "scan") == 0

    copy = desk.root / "content/copies/scan"
    assert sorted(path.name for path in copy.iterdir()) == ["capture.yaml", "page.pdf", "text.txt"]
    described = (copy / "capture.yaml").read_text()
    assert sha256(scan).hexdigest() in described
    assert sha256((copy / "text.txt").read_bytes()).hexdigest() in described
    assert desk.check().ok


def test_a_page_that_a_browser_saved_is_added_beside_the_one_without_a_text(
    desk: Project, web: Misbehaving, tmp_path: Path
) -> None:
    web.documents["/app"] = Document(b"<html><body><script>draw()</script></body></html>", headers=HTML)
    (tmp_path / "app.html").write_bytes(f"<!-- saved from url=(0031){web.url('/app')} -->".encode() + PAGE)

    assert add(desk, web.url("/app"), "--id", "app") == 1
    assert add(desk, str(tmp_path / "app.html")) == 0

    copy = desk.root / "content/copies/app"
    assert sorted(path.name for path in copy.iterdir()) == ["capture.yaml", "page-2.html", "page.html", "text.txt"]
    assert "file: page-2.html\n" in (copy / "capture.yaml").read_text()
    assert desk.check().ok


@pytest.mark.parametrize("taken", ["briefs/dam.md", "sources/dam.yaml", "copies/dam/text.txt"])
def test_nothing_that_exists_is_overwritten(desk: Project, web: Misbehaving, taken: str, capsys: Captured) -> None:
    desk.write({f"content/{taken}": "not: [closed"})

    assert add(desk, web.url("/dam"), "--id", "dam") == 2
    assert "is taken" in (err := capsys.readouterr().err) or "is there already" in err
    assert (desk.root / "content" / taken).read_text() == "not: [closed"


def test_a_title_that_is_taken_gets_a_number(desk: Project, web: Misbehaving) -> None:
    web.documents["/other"] = Document(PAGE.replace(b"Monday", b"Friday"), headers=HTML)

    assert add(desk, web.url("/dam")) == add(desk, web.url("/other")) == 0
    assert "briefs/dam-opens-2.md" in files(desk)


@pytest.mark.parametrize("name", ["page.html", "page.htm", "page"])
def test_a_saved_page_is_read(desk: Project, tmp_path: Path, name: str) -> None:
    saved = tmp_path / name
    saved.write_bytes(PAGE)
    os.utime(saved, (1_764_756_000, 1_764_756_000))  # 2025-12-03

    assert add(desk, str(saved), "--source") == 0
    assert files(desk) == [*COPY, "sources/dam-opens.yaml"]
    assert "retrieved: 2025-12-03\n" in (desk.root / "content/copies/dam-opens/capture.yaml").read_text()


def test_a_password_in_the_address_that_a_saved_page_names_is_not_used(
    desk: Project, tmp_path: Path, capsys: Captured
) -> None:
    page = tmp_path / "dam.html"
    named = b'<link rel="canonical" href="https://user:secret@other.example/dam"></head>'
    begin = b"<!-- saved from url=(0040)https://user:secret@news.example/dam -->"
    page.write_bytes(begin + PAGE.replace(b"</head>", named))

    assert add(desk, str(page)) == 0
    draft = (desk.root / "content/briefs/dam-opens.md").read_text()
    assert "  url: https://news.example/dam\n" in draft
    assert "https://other.example/dam" in draft
    described = (desk.root / "content/copies/dam-opens/capture.yaml").read_text()
    assert "secret" not in f"{draft}{described}{capsys.readouterr()}"


def test_the_address_that_a_saved_page_names_is_recorded(desk: Project, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_bytes(b"<!-- saved from url=(0028)https://news.example/dam -->" + PAGE)

    assert add(desk, str(tmp_path / "page.html")) == 0
    described = (desk.root / "content/copies/dam-opens/capture.yaml").read_text()
    assert "address: https://news.example/dam\n" in described
    assert add(desk, "https://news.example/dam") == 0


def test_text_from_standard_input_is_read(desk: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Dam opens\r\n\r\nIt opened.\r\n")))

    assert add(desk, "-") == 0
    assert (desk.root / "content/copies/dam-opens/text.txt").read_bytes() == b"Dam opens\nIt opened.\n"
    assert (desk.root / "content/copies/dam-opens/page.txt").read_bytes().count(b"\r\n") == 3


def test_a_closed_standard_input_gives_a_clear_message(
    desk: Project, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(sys, "stdin", None)

    assert add(desk, "-") == 2
    assert "standard input is closed" in capsys.readouterr().err


def test_without_the_extra_only_plain_text_can_be_added(
    desk: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(documents, "find_spec", lambda _: None)
    (tmp_path / "dam.txt").write_text("Dam opens\n\nIt opened.")
    (tmp_path / "dam.html").write_bytes(PAGE)

    assert add(desk, str(tmp_path / "dam.txt")) == 0
    for what in (str(tmp_path / "dam.html"), "https://news.example/dam"):
        assert add(desk, what) == 2
        assert "pip install 'briefgen[capture]'" in capsys.readouterr().err


def test_an_archived_copy_is_looked_up_on_request(desk: Project, web: Misbehaving, capsys: Captured) -> None:
    archived = "https://web.archive.org/web/20251203000000/https://news.example/dam"
    web.archived[web.url("/dam")] = archived
    desk.write({"content/sources/water.yaml": f"title: Dam opens\nurl: {web.url('/dam')}\n"})

    assert add(desk, web.url("/dam"), "--archive") == 0
    assert archived in capsys.readouterr().err


def test_the_address_of_an_archived_copy_adds_what_it_is_a_copy_of(
    desk: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin, requested = "https://web.archive.org/web/2025", []

    def fetch_nearest(address: str, day: str, _limits: Limits) -> store.Captured:
        requested.append(address)
        return store.Captured(PAGE, "html", day, address, f"{begin}1203101112id_/https://news.example/dam")

    monkeypatch.setattr(fetch, "fetch", fetch_nearest)

    assert add(desk, f"{begin}/https://news.example/dam") == 0
    assert requested == [f"{begin}id_/https://news.example/dam"]
    draft = (desk.root / "content/briefs/dam-opens.md").read_text()
    assert "  url: https://news.example/dam\n" in draft
    assert f"  archive: {begin}1203101112/https://news.example/dam\n" in draft


def test_a_dead_address_leads_to_its_archived_copy(desk: Project, web: Misbehaving, capsys: Captured) -> None:
    address = web.url("/status/404")

    assert add(desk, address, "--date", "2025-12-03") == 2
    assert f"`briefgen add https://web.archive.org/web/2025/{address}`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("status", "message"), [("missing", "there is no host"), ("no-answer", "no name server answered")]
)
def test_a_host_that_is_not_found_is_named(
    desk: Project, monkeypatch: pytest.MonkeyPatch, capsys: Captured, status: str, message: str
) -> None:
    async def look_up(_host: str) -> Route:
        return Route("missing" if status == "missing" else "no-answer")

    monkeypatch.setattr("briefgen.web.hosts._look_up", look_up)
    assert add(desk, "https://news.exampel/dam") == 2
    assert f"{message}" in (err := capsys.readouterr().err)
    assert '"news.exampel"' in err


def test_an_archived_copy_is_in_the_draft(desk: Project, web: Misbehaving) -> None:
    archived = "https://web.archive.org/web/20251203000000/https://news.example/dam"
    web.archived[web.url("/dam")] = archived

    assert add(desk, web.url("/dam"), "--archive", "--source") == 0
    assert f"archive: {archived}\n" in (desk.root / "content/sources/dam-opens.yaml").read_text()


def test_an_archive_that_does_not_answer_loses_nothing(
    desk: Project, web: Misbehaving, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.setattr(fetch, "LIMITS", Limits(timeout_s=3, archive_api=web.url("/status/500")))

    assert add(desk, web.url("/dam"), "--archive") == 0
    assert "the archive did not answer" in capsys.readouterr().err
    assert files(desk) == ["briefs/dam-opens.md", *COPY]


def test_a_list_makes_drafts_without_a_request(desk: Project, tmp_path: Path, capsys: Captured) -> None:
    (tmp_path / "list.csv").write_text("title,url\nDam opens,https://news.example/dam\n")

    assert add(desk, "--from", str(tmp_path / "list.csv"), "--source", "--dry-run", private=False) == 0
    assert files(desk) == []
    assert add(desk, "--from", str(tmp_path / "list.csv"), "--source", private=False) == 0
    assert files(desk) == ["sources/dam-opens.yaml"]
    assert add(desk, "https://news.example/dam", "--from", "list.csv") == 2
    assert "--from takes a list and no other document" in capsys.readouterr().err


def test_new_brief_with_an_address_adds_it(desk: Project, capsys: Captured) -> None:
    assert main(["new", "brief", "http://127.0.0.1:9/dam", "-C", str(desk.root)]) == 2
    error = capsys.readouterr().err
    assert error.startswith("This runs `briefgen add --brief http://127.0.0.1:9/dam`.")
    assert "Allow it with `--private`" in error


# Several at once


def add_at_once(desk: Project, addresses: list[str]) -> list[tuple[int, str]]:
    """The exit code of `briefgen add` for each address, and what it says."""
    command = [sys.executable, "-m", "briefgen", "add", "-C", str(desk.root), "--private"]
    started = [
        subprocess.Popen([*command, address], text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for address in addresses
    ]
    return [(process.wait(60), process.communicate()[0]) for process in started]


def test_one_address_that_is_added_three_times_at_once_gets_one_brief(desk: Project, web: Misbehaving) -> None:
    found = add_at_once(desk, [web.url("/dam"), web.url("/dam"), web.url("/to/302/dam")])

    assert [code for code, _ in found] == [0, 0, 0]
    assert sum("has this document already" in text for _, text in found) == 2
    assert files(desk) == ["briefs/dam-opens.md", *COPY]
    assert [path.name for path in (desk.root / "content/copies").iterdir()] == ["dam-opens"]


def test_two_articles_of_one_title_that_are_added_at_once_get_a_brief_each(desk: Project, web: Misbehaving) -> None:
    web.documents["/dam-2"] = Document(PAGE.replace(b"Monday", b"Friday"), headers=HTML)

    assert [code for code, _ in add_at_once(desk, [web.url("/dam"), web.url("/dam-2")])] == [0, 0]
    assert [path.name for path in sorted((desk.root / "content/briefs").iterdir())] == [
        "dam-opens-2.md",
        "dam-opens.md",
    ]
    assert desk.check().ok


# What servers do


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


# What users give


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("no-such-file.html", "there is no file no-such-file.html"),
        ("news.example/dam", "write it with https://"),
        ("ftp://news.example/dam", "write it with https://"),
        ("file:///tmp/dam.html", "give the path of the file"),
        ("HTTP://127.0.0.1:9/dam", "error: http://127.0.0.1:9/dam cannot be fetched"),
        ("https://reader:secret@news.example/dam", "a name or password"),
        ("https://", "no request can be sent"),
        ("http://[", "no request can be sent"),
        ("https://x.example:99999/", "no request can be sent"),
        ("http://no-such-host.invalid/", "no-such-host.invalid"),
        (".", "is a folder"),
        ("letter.docx", "is no web page, PDF file, web archive (WACZ) or plain text"),
        ("list.ris", "`briefgen add --from list.ris`"),
        ("empty.txt", "is empty"),
        ("blank.html", "is empty"),
        ("", "an argument is missing"),
    ],
)
def test_what_cannot_be_added_gives_a_clear_message(
    desk: Project, what: str, reason: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(desk.root)
    (desk.root / "letter.docx").write_bytes(b"PK\x03\x04")
    (desk.root / "list.ris").write_text("TY  - JOUR\n")
    (desk.root / "empty.txt").touch()
    (desk.root / "blank.html").write_text(" \n")

    assert add(desk, what) == 2
    err = capsys.readouterr().err
    assert reason in err
    assert "secret" not in err
    assert files(desk) == []


def test_an_id_that_is_none_is_refused_before_any_request(desk: Project, web: Misbehaving, capsys: Captured) -> None:
    assert add(desk, web.url("/dam"), "--id", "Dam Opens") == 2
    assert "try `briefgen new brief dam-opens`" in capsys.readouterr().err
    assert web.requests == []


def test_an_interrupt_ends_a_capture_without_a_traceback_or_a_half_copy(desk: Project, web: Misbehaving) -> None:
    program = (sys.executable, "-m", "briefgen", "add", "-C", str(desk.root), "--private", web.url("/hang"))
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True) as process:
        while not web.methods("/hang"):
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=30)

    assert process.returncode == 130
    assert err == "interrupted\n"
    assert files(desk) == []


def test_an_interrupt_while_a_document_is_read_keeps_its_bytes(
    desk: Project, web: Misbehaving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "trafilatura.py").write_text("import time\ntime.sleep(60)")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    program = (sys.executable, "-m", "briefgen", "add", "-C", str(desk.root), "--private", web.url("/dam"))
    copies = desk.root / "content/copies"
    with subprocess.Popen(program, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        while not list(copies.glob(".new-*/capture.yaml")):
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, "interrupted\n")
    assert [path.read_bytes() for path in copies.glob(".new-*/page.html")] == [PAGE]
    monkeypatch.delenv("PYTHONPATH")
    web.requests.clear()

    assert add(desk, web.url("/dam")) == 0
    assert web.requests == []
    assert files(desk) == ["briefs/dam-opens.md", *COPY]


def test_an_address_that_leads_to_another_host_gives_a_note(desk: Project, capsys: Captured) -> None:
    with misbehaving("127.0.0.1", "127.0.0.2") as web:
        web.documents["/dam"] = Document(PAGE, headers=HTML)
        web.documents["/robots.txt"] = Document(status=404)
        target = web.url("/dam", "127.0.0.2")
        assert add(desk, web.url(f"/elsewhere/302/{target.replace('/', '!')}")) == 0
        assert f"note: the address leads to another host: {target}" in capsys.readouterr().err


def test_repeated_marks_do_not_hide_a_body_without_an_end(desk: Project, web: Misbehaving, capsys: Captured) -> None:
    web.documents["/endless"] = Document(headers=HTML, parts=repeat(b"<p>" * 10_000))

    assert add(desk, web.url("/endless")) == 2
    assert "it is longer than 1 MB" in capsys.readouterr().err
