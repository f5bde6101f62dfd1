"""`briefgen check --links`: whether quoted words are still on the page of their source, and in its archived copy."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs

from briefgen import pipeline
from briefgen.cli import links, main
from briefgen.linkcheck import Limits, words
from briefgen.linkcheck.words_cache import CACHE_FILE
from support.misbehaving import Document, Misbehaving, misbehaving
from support.project import Project

QUOTE = "four million cubic metres"
OTHER = "nobody has seen the readings"
FILLING = " ".join(f"The council met for the {number}th time and heard the board." for number in range(40))
COPY = f"Reservoir sinks\nThe board measured {QUOTE} of water.\n{FILLING}\nA group says that {OTHER}.\n"


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Misbehaving]:
    with misbehaving() as servers:
        api = servers.url("/wayback/available")
        limits = Limits(pause_s=0, timeout_s=2, max_wait_s=0.2, default_wait_s=0.05, archive_api=api)
        monkeypatch.setattr(links, "Limits", lambda *, private: structs.replace(limits, private=private))
        monkeypatch.setattr("briefgen.check.sources.has_public_host", lambda _: True)  # as if the server were elsewhere
        yield servers


def html(*paragraphs: str, title: str = "Reservoir sinks") -> bytes:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    head = f"<!doctype html><html><head><title>{title}</title></head>"
    return f"{head}<body><article><h1>{title}</h1>{body}</article></body></html>".encode()


WHOLE = html(f"The board measured {QUOTE} of water.", FILLING, f"A group says that {OTHER}.")
EDITED = html("The board measured five million cubic metres of water.", FILLING, f"A group says that {OTHER}.")


@pytest.fixture
def desk(tmp_path: Path, web: Misbehaving) -> Project:
    """A project with a copy of its source, in which both quotations are found and recorded."""
    project = Project(
        tmp_path,
        {
            "content/actors/ada.md": "---\nname: Ada\nkind: person\n---\n",
            "content/briefs/dam.md": brief(web.url("/page")),
            "content/copies/dam/text.txt": COPY,
        },
    )
    assert main(["check", "--project", str(project.root), "--record", "--date", "2025-11-01"]) == 0
    return project


def brief(url: str, archive: str = "") -> str:
    more = f"\n  archive: {archive}" if archive else ""
    return (
        f"---\ntitle: The dam\ndate: 2025-03-01\nsource:\n  title: Reservoir sinks\n  url: {url}{more}\n"
        f'claims:\n- {{id: a, actor: ada, says: It is., quote: {QUOTE}}}\n---\nThey say [@dam, "{OTHER}"].\n'
    )


def serve(web: Misbehaving, path: str, body: bytes, content_type: str = "text/html; charset=utf-8") -> str:
    web.documents[path] = Document(body, headers={"Content-Type": content_type})
    return web.url(path)


def check(desk: Project, *arguments: str) -> int:
    return main(["check", "--project", str(desk.root), "--links", "--private", *arguments])


def places(desk: Project) -> dict[str, tuple[str | None, str | None]]:
    """The record by the words of the quotations: the results on the page and in the archive."""
    from briefgen.load.content import parse
    from briefgen.model.quotations import words_hash

    data = (desk.root / "content/checks.yaml").read_bytes()
    document = parse("checks", "checks", "content/checks.yaml", data).document
    assert document is not None
    found = {one.words: one for source in document.data.sources for one in source.quotes}
    return {
        quote: (
            (found[words_hash(quote)].page or Nothing).result,
            (found[words_hash(quote)].archive or Nothing).result,
        )
        for quote in (QUOTE, OTHER)
    }


class Nothing:
    result = None


def out(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


def test_words_that_are_still_there_are_recorded_with_their_day(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = serve(web, "/archived", WHOLE)
    serve(web, "/page", WHOLE)
    desk.write({"content/briefs/dam.md": brief(web.url("/page"), archive)})
    out(capsys)

    assert check(desk, "--record") == 0

    assert (
        "quoted words: 2 on the page, 2 in the archive; content/links.yaml written, content/checks.yaml written"
        in out(capsys)
    )
    assert places(desk) == {QUOTE: ("found", "found"), OTHER: ("found", "found")}
    page = build(desk)
    assert "In our copy, in the archive and on the page." in page
    assert '2 of 2 found in our copies of the sources. Checked <time datetime="2025-11-01">' in page


def build(desk: Project) -> str:
    assert desk.build().ok
    return desk.built()["briefs/dam/index.html"].decode()


def test_an_edited_page_is_a_warning_and_a_dated_note_for_readers(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(web, "/page", EDITED)
    out(capsys)

    assert check(desk, "--record") == 0

    text = out(capsys)
    assert "warning[edited-page]: since " in text
    assert 'the page of "dam" does not have these words, as our copy does' in text
    assert "quoted words: 1 on the page, 1 not on the page" in text
    assert places(desk) == {QUOTE: ("absent", None), OTHER: ("found", None)}
    page = build(desk)
    assert "no longer on the page" in page
    assert "changed: without words that our copy has on <time" in page
    assert "changed: without words that our copy has on <time" in desk.built()["sources/dam/index.html"].decode()
    assert check(desk, "--strict", "--offline") == 1


def test_the_first_day_without_the_words_stays_and_the_last_day_with_them_counts(
    desk: Project, web: Misbehaving
) -> None:
    serve(web, "/page", EDITED)
    check(desk, "--record")
    record = desk.root / "content/checks.yaml"
    today = record.read_text().split("page:\n")[1].split("date: ")[1][:10]
    record.write_text(record.read_text().replace(today, "2025-11-20"))
    (desk.root / CACHE_FILE).unlink()

    check(desk, "--record")

    assert "result: absent\n      date: 2025-11-20" in record.read_text()
    assert f"result: found\n      date: {today}" in record.read_text()


def test_a_page_that_is_mended_has_the_words_again(desk: Project, web: Misbehaving) -> None:
    serve(web, "/page", EDITED)
    check(desk, "--record")
    serve(web, "/page", WHOLE)
    (desk.root / CACHE_FILE).unlink()

    check(desk, "--record")

    assert places(desk) == {QUOTE: ("found", None), OTHER: ("found", None)}
    assert "no longer on the page" not in build(desk)


def test_once_the_site_says_so_and_an_archive_has_the_words_it_is_no_problem(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = serve(web, "/archived", WHOLE)
    serve(web, "/page", EDITED)
    desk.write({"content/briefs/dam.md": brief(web.url("/page"), archive)})

    assert check(desk, "--record") == 0
    assert "edited-page" in out(capsys)
    assert check(desk, "--strict", "--offline") == 0
    assert "edited-page" not in out(capsys)


def test_an_archived_copy_without_the_words_is_a_warning(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    archive = serve(web, "/archived", EDITED)
    serve(web, "/page", WHOLE)
    desk.write({"content/briefs/dam.md": brief(web.url("/page"), archive)})

    assert check(desk) == 0
    assert 'the archived copy of "dam" does not have these words' in out(capsys)


UNREAD = {
    "/status/403": None,
    "/status/404": None,
    "/status/500": None,
    "/loop": None,
    "/endless/1": None,
    "/hang": None,
    "/drop": None,
    "/garbage": None,
    "/endless-body": None,
    "/always-busy/429/3600": None,
    "/riddle": None,
    "/elsewhere/302/ftp:!!x.example": None,
    "/empty": (b"", "text/html"),
    "/wall": (html("We value your privacy. Accept all cookies to go on.", title="Cookies"), "text/html"),
    "/other": (html(FILLING, FILLING, title="Something else"), "text/html"),
    "/teaser": (html("The board measured a lot of water.", "Subscribe to read on."), "text/html"),
    "/short": (html(f"The board measured {QUOTE} of water.", " ".join(FILLING.split()[:200])), "text/html"),
    "/paid": (
        html("The board measured a lot.", FILLING).replace(
            b"</head>", b'<script type="application/ld+json">{"isAccessibleForFree": false}</script></head>'
        ),
        "text/html",
    ),
    "/picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), "image/png"),
    "/bomb": (gzip.compress(bytes(60_000_000)), "text/html"),
    "/deep": (b"<html><body>" + b"<div>" * 100_000 + b"x", "text/html"),
    "/binary": (b"<html>" + bytes(range(256)) * 300, "text/html"),
    "/bad.pdf": (b"%PDF-1.7\n" + b"1 0 obj << /Length 99999999 >>" * 50, "application/pdf"),
}


@pytest.mark.parametrize("path", UNREAD)
def test_what_cannot_be_read_is_not_absent(
    desk: Project, web: Misbehaving, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if (page := UNREAD[path]) is not None:
        serve(web, path, *page)
    desk.write({"content/briefs/dam.md": brief(web.url(path))})
    pipeline.record_quotations(desk.options())
    before = (desk.root / "content/checks.yaml").read_bytes()

    assert check(desk, "--record") == 0

    assert "edited-page" not in out(capsys)
    assert (desk.root / "content/checks.yaml").read_bytes() == before


def test_a_page_that_robots_may_not_read_is_not_read(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(web, "/robots.txt", b"User-agent: *\nDisallow: /page\n", "text/plain")
    serve(web, "/page", EDITED)
    out(capsys)

    assert check(desk, "--verbose") == 0

    text = out(capsys)
    assert "quoted words: 1 page not read" in text
    assert "(its robots.txt does not let programs read it)" in text
    assert web.methods("/page") == ["HEAD"]


def test_private_hosts_are_not_read(desk: Project, web: Misbehaving) -> None:
    web.requests.clear()

    assert main(["check", "--project", str(desk.root), "--links"]) == 0

    assert web.requests == []


def test_fresh_results_are_used_again_and_offline_sends_nothing(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(web, "/page", EDITED)
    check(desk)
    web.requests.clear()

    check(desk)
    check(desk, "--offline")

    assert web.requests == []
    assert out(capsys).count("quoted words: 1 on the page, 1 not on the page") == 3


def test_offline_in_a_fresh_clone_uses_the_record(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    serve(web, "/page", EDITED)
    check(desk, "--record")
    (desk.root / CACHE_FILE).unlink()
    forget_copy(desk)
    web.requests.clear()
    out(capsys)

    check(desk, "--offline")

    assert "quoted words: 1 on the page, 1 not on the page" in out(capsys)
    assert web.requests == []


def forget_copy(desk: Project) -> None:
    for path in (desk.root / "content/copies/dam").iterdir():
        path.unlink()


def test_without_the_copy_the_recorded_size_tells_an_edited_page_from_a_part_of_it(
    desk: Project, web: Misbehaving
) -> None:
    forget_copy(desk)
    serve(web, "/page", html(f"The board measured {QUOTE} of water.", " ".join(FILLING.split()[:200])))
    check(desk, "--record")
    assert places(desk) == {QUOTE: (None, None), OTHER: (None, None)}

    serve(web, "/page", EDITED)
    (desk.root / CACHE_FILE).unlink()
    check(desk, "--record")
    assert places(desk) == {QUOTE: ("absent", None), OTHER: ("found", None)}


def test_without_anything_to_compare_with_words_do_not_count_as_absent(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    forget_copy(desk)
    record = desk.root / "content/checks.yaml"
    record.write_text("".join(line for line in record.read_text().splitlines(True) if "size:" not in line))
    serve(web, "/page", EDITED)

    check(desk, "--record", "--verbose")

    assert places(desk) == {QUOTE: (None, None), OTHER: (None, None)}
    assert "nothing is at hand to tell an edited text from a part of it" in out(capsys)


@pytest.mark.parametrize(
    "data", [b"", b"{}", b'{"version": 9, "pages": {}}', b"\xff", b'{"version": 1, "pages": {"x": 3}}']
)
def test_a_damaged_file_of_results_is_no_problem(desk: Project, web: Misbehaving, data: bytes) -> None:
    serve(web, "/page", WHOLE)
    (desk.root / CACHE_FILE).write_bytes(data)

    assert check(desk) == 0

    assert json.loads((desk.root / CACHE_FILE).read_bytes())["pages"][web.url("/page")]["words"]


def test_without_the_extra_it_is_said_once_and_nothing_is_requested(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(words, "find_spec", lambda _: None)
    serve(web, "/page", EDITED)
    out(capsys)

    assert check(desk) == 0

    assert out(capsys).count("needs the extra `capture`") == 1
    assert web.methods("/page") == ["HEAD"]


def test_a_site_without_recorded_quotations_gets_no_more_requests(tmp_path: Path, web: Misbehaving) -> None:
    project = Project(
        tmp_path,
        {
            "content/actors/ada.md": "---\nname: Ada\nkind: person\n---\n",
            "content/briefs/dam.md": brief(web.url("/page")),
        },
    )

    assert check(project) == 0

    assert web.methods("/page") == ["HEAD"]


def test_errors_in_the_content_keep_the_record_as_it_is(desk: Project, web: Misbehaving) -> None:
    serve(web, "/page", EDITED)
    before = (desk.root / "content/checks.yaml").read_bytes()
    desk.write({"content/pages/bad.md": "---\ntitle: Bad\n---\n[[nobody]]\n"})

    assert check(desk, "--record") == 1

    assert (desk.root / "content/checks.yaml").read_bytes() == before


def test_the_results_are_in_json(desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]) -> None:
    serve(web, "/page", EDITED)
    out(capsys)

    check(desk, "--format", "json")

    found = json.loads(out(capsys))["quoted_words"]
    assert {(one["source"], one["place"], one["result"]) for one in found} == {
        ("dam", "page", "absent"),
        ("dam", "page", "found"),
    }
