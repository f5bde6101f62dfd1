"""Documents that are made to exhaust the machine, and what they are taken for."""

import sys
from contextlib import suppress
from pathlib import Path

import pytest

from briefgen.model.failure import Failure
from briefgen.web import documents
from briefgen.web.documents import UnreadableDocument, detect_kind, read_document
from briefgen.web.reader import read_in_process

ARTICLE = b"<html lang=en><body><h1>Dam opens</h1><p>" + b"It opened on Monday, after ten years. " * 20


def test_a_document_is_read_in_a_process_of_its_own() -> None:
    before = set(sys.modules)
    found = read_document(ARTICLE, "html", "https://news.example/dam")

    assert found.text.startswith("Dam opens\nIt opened")
    assert not {name for name in set(sys.modules) - before if name.startswith(("trafilatura", "lxml"))}


def test_the_current_folder_is_not_searched_for_libraries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lxml.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)

    assert read_document(ARTICLE, "html", None).text


def test_a_document_that_takes_too_long_cannot_be_read() -> None:
    attributes = b"<html><body><p " + b" ".join(b"a%d=1" % number for number in range(300_000)) + b">x"
    with pytest.raises(UnreadableDocument, match="takes longer than 2 seconds"):
        read_in_process(attributes, "html", None, None, seconds=2)


def test_a_document_that_takes_too_much_memory_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trafilatura.py").write_text("all = bytes(3 * 1024**3)")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(UnreadableDocument, match="takes too much memory"):
        read_in_process(ARTICLE, "html", None, None)


def test_a_document_whose_reading_the_system_ends_cannot_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "trafilatura.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGXCPU)")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(UnreadableDocument, match="30 seconds of processor time, or too much memory"):
        read_in_process(ARTICLE, "html", None, None)


@pytest.mark.parametrize("unit", [b"<div>", b"<b>", b"<table><tr><td>", b"<ul><li>", b"<blockquote>", b"<svg>"])
def test_deeply_nested_elements_end_nothing(unit: bytes) -> None:
    with suppress(UnreadableDocument):
        assert read_document(b"<html><body>" + unit * 20_000 + b"words", "html", None).text


def test_a_crash_of_a_library_is_no_crash_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "trafilatura.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGSEGV)")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(UnreadableDocument, match="failed on this one"):
        read_in_process(ARTICLE, "html", None, None)


@pytest.mark.parametrize("unit", ["ä" * 99 + "\n", "ä"])
def test_a_text_that_is_too_long_to_be_loaded_is_cut(unit: str) -> None:
    found = read_document(unit.encode() * (5_000_000 // len(unit.encode())), "text", None)

    assert 3_900_000 < len(f"{found.text}\n".encode()) <= 4 * 1024**2
    assert not found.is_whole
    assert found.remarks[-1].startswith("the text is too long: the first ")


def test_without_the_extra_only_plain_text_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "find_spec", lambda _: None)

    assert read_document(b"Dam opens\n\nIt opened.", "text", None).title == "Dam opens"
    with pytest.raises(Failure, match="need the extra `capture`") as raised:
        read_document(ARTICLE, "html", None)
    assert "pip install 'briefgen[capture]'" in raised.value.next_step


@pytest.mark.parametrize(
    ("data", "name", "content_type", "kind"),
    [
        (b"<!DOCTYPE html><html>", "", "", "html"),
        (b"\n <HTML>", "page.txt", "application/pdf", "html"),
        (b"\xef\xbb\xbf<!-- x --><html>", "", "", "html"),
        (b"<p>x", "", "text/html; charset=utf-8", "html"),
        (b"<p>x", "page.HTM", "", "html"),
        (b"%PDF-1.7", "page.html", "text/html", "pdf"),
        (b"junk\n%PDF-1.7", "", "", "pdf"),
        (b"PK\x03\x04 datapackage.json", "", "application/octet-stream", "wacz"),
        (b"PK\x03\x04", "page.wacz", "", "wacz"),
        (b"PK\x03\x04", "letter.docx", "", None),
        (b"Dam opens", "dam.txt", "", "text"),
        (b"Dam opens", "", "text/plain", "text"),
        (b"Dam opens", "", "", None),
        (b"\x89PNG\0", "dam.txt", "text/html", "html"),
        (b"\x89PNG\0", "dam.txt", "", None),
        (b'{"a": 1}', "", "text/plain", None),
        (b"<?xml version='1.0'?><rss>", "", "text/plain", None),
    ],
)
def test_the_kind_of_a_document_is_seen_by_its_first_bytes(
    data: bytes, name: str, content_type: str, kind: str | None
) -> None:
    assert detect_kind(data, name, content_type) == kind
