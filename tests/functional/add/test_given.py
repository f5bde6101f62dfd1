"""What users give to `briefgen add` that it cannot take, and what happens when they interrupt it."""

import os
import signal
import subprocess
import sys
import time
from itertools import repeat
from pathlib import Path

import pytest

from support.capture import COPY, HTML, PAGE, Captured, add, files
from support.misbehaving import Document, Misbehaving, misbehaving
from support.project import Project


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
    assert "try `--id dam-opens`" in capsys.readouterr().err
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
