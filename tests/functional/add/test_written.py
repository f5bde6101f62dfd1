"""`briefgen add`: what is written for a document from an address, a file or standard input, and nothing twice."""

import io
import os
import re
import sys
from hashlib import sha256
from pathlib import Path

import pytest

from briefgen.capture import fetch, store
from briefgen.cli import main
from briefgen.cli.project import short_path
from briefgen.web import documents
from briefgen.web.hosts import Route
from briefgen.web.limits import Limits
from support.capture import COPY, HTML, PAGE, TEXT, Captured, add, files
from support.misbehaving import Document, Misbehaving
from support.project import Project


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
    assert "; quotes: 1 found in our copies, 1 of these in drafts\n" in out


@pytest.mark.parametrize("named", ["/dam", "https://wire.example/dam"])
def test_a_source_may_have_the_address_that_the_page_names_as_its_own(
    desk: Project, web: Misbehaving, named: str, capsys: Captured
) -> None:
    links = f'<link rel="canonical" href="{named}"><meta property="og:url" content="{named}"></head>'
    web.documents["/dam"] = Document(PAGE.replace(b"</head>", links.encode()), headers=HTML)
    assert add(desk, web.url("/dam?ref=home")) == 0
    draft = desk.root / "content/briefs/dam-opens.md"
    assert main(["check", "-C", str(desk.root), "--strict"]) == 0

    own = named if "wire" in named else web.url(named)
    draft.write_text(re.sub("(?m)^  url: .*", f"  url: {own}", draft.read_text()))

    assert main(["check", "-C", str(desk.root), "--strict"]) == 0
    assert draft.read_text().count("## the page names another address as its own: ") == ("wire" in named)
    assert capsys.readouterr().err.count("names another address") == ("wire" in named)


def test_the_server_learns_who_sends_the_request(desk: Project, web: Misbehaving) -> None:
    add(desk, web.url("/dam"))

    assert [request.path for request in web.requests] == ["/robots.txt", "/dam"]
    assert all(request.headers["user-agent"].startswith("briefgen/") for request in web.requests)


def test_the_same_address_gets_no_second_brief(desk: Project, web: Misbehaving, capsys: Captured) -> None:
    add(desk, web.url("/dam"))
    web.requests.clear()
    capsys.readouterr()

    assert add(desk, web.url("/dam?utm_source=letter")) == 0
    out, err = capsys.readouterr()
    assert out == f"{short_path(desk.root / 'content/briefs/dam-opens.md')}\n"
    assert "This file has the document already, and content/copies/dam-opens/ its copy." in err
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


def test_a_source_without_a_copy_gets_only_the_copy(desk: Project, web: Misbehaving, capsys: Captured) -> None:
    source = f"title: Dam opens\nurl: {web.url('/dam')}\n"
    desk.write({"content/sources/water.yaml": source})

    assert add(desk, web.url("/dam")) == 0
    assert files(desk) == [*(path.replace("dam-opens", "water") for path in COPY), "sources/water.yaml"]
    assert (desk.root / "content/sources/water.yaml").read_text() == source
    assert capsys.readouterr().out.endswith("content/sources/water.yaml\n")


def test_an_id_that_names_a_source_adds_the_copy_to_it(desk: Project, web: Misbehaving) -> None:
    desk.write({"content/sources/water.yaml": "title: Dam opens\n"})

    assert add(desk, web.url("/dam"), "--id", "water") == 0
    assert files(desk) == [*(path.replace("dam-opens", "water") for path in COPY), "sources/water.yaml"]


def test_the_same_bytes_get_no_second_brief(desk: Project, tmp_path: Path, capsys: Captured) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text("Dam opens\n\nIt opened.")
        assert add(desk, str(tmp_path / name)) == 0

    assert "has the document already" in capsys.readouterr().err
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


def test_a_pasted_text_without_a_title_has_an_id_of_its_first_words(
    desk: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    pasted = b"3 May 2025\n\nThe dam on the river was opened on Monday, at last.\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(pasted)))

    assert add(desk, "-") == 0
    draft = (desk.root / "content/briefs/the-dam-on-the-river-was-opened-on.md").read_text()
    assert "  title: unknown\n" in draft
    assert "  published: unknown  # 2025-05-03? the text has “3 May 2025”\n" in draft


def test_the_by_line_of_a_pasted_text_is_a_suggestion(desk: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    pasted = b"Dam opens\nBy Tom Reed\n\nIt opened on Monday.\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(pasted)))

    assert add(desk, "-") == 0
    draft = (desk.root / "content/briefs/dam-opens.md").read_text()
    assert "  author: unknown  # the text has “By Tom Reed”\n" in draft
    assert desk.check().ok


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
