"""Pages in web archives, honest and hostile ones."""

import gzip
import json
import zipfile
from io import BytesIO
from typing import Any

import pytest

from briefgen.web import wacz
from briefgen.web.documents import DocumentText, UnreadableDocument
from briefgen.web.wacz import read_wacz

DAM, OLD, OTHER = "https://news.example/dam", "https://news.example/old", "https://news.example/other"
TEXT = "The dam on the river was opened on Monday, after ten years of work and three changes of the plan. " * 4


def page(title: str) -> bytes:
    head = f"<title>{title}</title>"
    return f"<html lang=en><head>{head}</head><body><h1>{title}</h1><p>{TEXT}</p></body></html>".encode()


PAGES: Any = ((DAM, "200", page("Dam opens"), {}), (OTHER, "200", page("Other news"), {}))


def make_warc(responses: Any) -> bytes:
    records = []
    for address, status, body, headers in responses:
        lines = (f"{name}: {value}\r\n" for name, value in ({"Content-Type": "text/html"} | headers).items())
        http = f"HTTP/1.1 {status} x\r\n{''.join(lines)}\r\n".encode() + body
        head = f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: {address}\r\nContent-Length: {len(http)}\r\n"
        more = "WARC-Date: 2025-12-03T10:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n\r\n"
        records.append(gzip.compress(f"{head}{more}".encode() + http + b"\r\n\r\n", mtime=0))
    return b"".join(records)


def make_wacz(
    responses: Any = PAGES, listed: tuple[str, ...] = (), main: str = "", more: dict[str, bytes] | None = None
) -> bytes:
    lines = [json.dumps({"format": "json-pages-1.0"}), *(json.dumps({"url": each, "title": "x"}) for each in listed)]
    written = BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("archive/data.warc.gz", make_warc(responses))
        archive.writestr("pages/pages.jsonl", "\n".join(lines))
        archive.writestr("datapackage.json", json.dumps({"mainPageUrl": main} if main else {}))
        for name, data in (more or {}).items():
            archive.writestr(name, data)
    return written.getvalue()


def read(data: bytes, address: str | None = None) -> DocumentText:
    return read_wacz(data, address)


def test_the_page_at_an_address_is_read() -> None:
    assert read(make_wacz(), OTHER).title == "Other news"
    assert read(make_wacz(), f"{DAM}?utm_source=x").address == DAM
    assert read(make_wacz(), DAM).retrieved == "2025-12-03"


@pytest.mark.parametrize(
    ("listed", "main", "title"),
    [((), "", "Dam opens"), ((OTHER, DAM), "", "Other news"), ((DAM, OTHER), OTHER, "Other news")],
)
def test_without_an_address_the_main_page_is_read(listed: tuple[str, ...], main: str, title: str) -> None:
    assert read(make_wacz(listed=listed, main=main)).title == title


def test_the_other_pages_are_a_remark() -> None:
    found = read(make_wacz(listed=(DAM, OTHER)))

    assert found.remarks[0] == f"the web archive has 2 pages, of which this is {DAM}; others: {OTHER}"


def test_redirects_in_the_archive_are_followed() -> None:
    redirect = (OLD, "301", b"", {"Location": "/dam"})
    circle = (OTHER, "302", b"", {"Location": OTHER})

    assert read(make_wacz((redirect, *PAGES)), OLD).address == DAM
    with pytest.raises(UnreadableDocument, match="has no page https"):
        read(make_wacz((circle, PAGES[0])), OTHER)


def test_an_archive_without_the_page_cannot_be_read() -> None:
    with pytest.raises(UnreadableDocument, match="has no page https"):
        read(make_wacz(), "https://x.example/")
    with pytest.raises(UnreadableDocument, match="has no page"):
        read(make_wacz(((DAM, "404", b"gone", {}),)))


@pytest.mark.parametrize("name", ["../out", "archive/../../out", "/etc/out", "C:/out", "..\\out", "\\out"])
def test_a_file_whose_path_leaves_the_archive_is_refused(name: str) -> None:
    with pytest.raises(UnreadableDocument, match="leaves it"):
        read(make_wacz(more={name: b"x"}))


def test_files_that_become_huge_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wacz, "_MAX_MEMBER", 1_000_000)
    monkeypatch.setattr(wacz, "_MAX_PAGE", 100_000)
    with pytest.raises(UnreadableDocument, match="is longer than"):
        read(make_wacz(more={"archive/bomb.warc": bytes(2_000_000)}))
    with pytest.raises(UnreadableDocument, match="the page in the web archive is longer than"):
        read(make_wacz(((DAM, "200", bytes(200_000), {}),)))


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04",
        make_wacz()[:-100],
        make_wacz(more={"archive/z.warc": b"no warc"}),
        make_wacz(more={"pages/pages.jsonl ": b"x", "archive/z.warc.gz": b"\x1f\x8b\x08" + bytes(50)}),
    ],
)
def test_a_damaged_archive_cannot_be_read(data: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        read(data)


def test_lists_of_pages_that_are_no_lists_are_ignored() -> None:
    odd = b'[1]\n"x"\n{"url": 5}\n{\n' + b"[" * 100_000

    assert read(make_wacz(more={"pages/extraPages.jsonl": odd})).title == "Dam opens"
