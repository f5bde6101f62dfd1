"""The command `briefgen check --links`: its output and exit codes."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.cli import links, main
from briefgen.linkcheck import Limits
from support.misbehaving import Misbehaving, misbehaving
from support.project import Project
from support.strategies import front_matter


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Misbehaving]:
    with misbehaving() as servers:
        api = servers.url("/wayback/available")
        monkeypatch.setattr(
            links, "Limits", lambda *, private: Limits(pause_s=0, timeout_s=5, archive_api=api, private=private)
        )
        monkeypatch.setattr("briefgen.check.sources.has_public_host", lambda _: True)  # as if servers were elsewhere
        yield servers


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    return Project(tmp_path)


def text(desk: Project, *addresses: str) -> None:
    body = " ".join(f"<{address}>" for address in addresses)
    desk.write({"content/briefs/dam.md": front_matter({"title": "The dam", "date": "2025-03-01"}, body)})


def check(desk: Project, *arguments: str) -> int:
    return main(["check", "--project", str(desk.root), "--links", "--private", *arguments])


def test_the_last_line_counts_all_addresses(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    text(desk, *map(web.url, ("/a", "/b", "/status/404", "/status/403")))
    assert check(desk) == 0
    out, err = capsys.readouterr()
    assert out.splitlines()[-1] == "1 warning; 4 addresses: 2 ok, 1 dead, 1 blocked"
    assert err == ""


def test_the_last_line_for_a_site_without_addresses_says_so(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(desk) == 0
    assert capsys.readouterr().out == "no problems; no addresses\n"


def test_a_dead_link_is_an_error_under_strict(desk: Project, web: Misbehaving) -> None:
    text(desk, web.url("/status/404"))
    assert check(desk, "--strict") == 1
    text(desk, web.url("/status/403"))
    assert check(desk, "--strict") == 0


def test_an_offline_check_counts_unknown_addresses(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    text(desk, web.url("/a"))
    assert check(desk, "--offline") == 0
    assert capsys.readouterr().out == "no problems; 1 address: 1 not known\n"
    assert web.requests == []


def test_verbose_lists_all_addresses_that_are_not_ok(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    text(desk, web.url("/a"), web.url("/status/403"), web.url("/status/500"))
    assert check(desk, "--verbose") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"unreachable  {web.url('/status/500')}  (500 Internal Server Error)",
        f"blocked      {web.url('/status/403')}  (403 Forbidden)",
        "",
        "no problems; 3 addresses: 1 ok, 1 blocked, 1 unreachable",
    ]


def test_the_json_document_has_every_address(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    text(desk, web.url("/status/410"), web.url("/to/301/a"))
    web.archived[web.url("/status/410")] = "https://web.archive.org/web/2025/x"
    assert check(desk, "--format", "json") == 0
    document = json.loads(capsys.readouterr().out)
    assert [problem["code"] for problem in document["problems"]] == ["dead-link", "moved-link"]
    dead, moved = document["links"]
    assert (dead["state"], dead["note"], dead["answered"]) == ("dead", "410 Gone", None)
    assert dead["archive"] == "https://web.archive.org/web/2025/x"
    assert (moved["state"], moved["target"], moved["answered"]) == ("moved", web.url("/a"), moved["checked"])


def test_problems_of_links_are_sorted_among_the_others(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    text(desk, web.url("/status/404"))
    desk.write({"content/actors/nobody.md": "---\nname: Nobody\nkind: person\n---\n"})
    desk.write({"content/themes/none.md": "---\nname: None\n---\n"})
    check(desk, "--format", "github")
    codes = [line.partition("title=")[2].partition("::")[0] for line in capsys.readouterr().out.splitlines()[:3]]
    assert codes == ["unused-actor", "dead-link", "unused-theme"]


@pytest.mark.parametrize("option", ["--offline", "--private", "--verbose"])
def test_options_for_links_require_links(desk: Project, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--project", str(desk.root), option]) == 2
    assert capsys.readouterr().err.startswith(f"error: {option} goes with --links\n")


def test_an_interrupt_keeps_the_results_so_far(desk: Project, web: Misbehaving) -> None:
    text(desk, web.url("/a"), web.url("/hang"))
    command = [sys.executable, "-m", "briefgen", "check", "--links", "--private"]
    with subprocess.Popen(command, cwd=desk.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        until = time.monotonic() + 30
        # A host gets one request at a time, so the first result has been stored by then.
        while not web.methods("/hang") and time.monotonic() < until:
            time.sleep(0.02)
        os.kill(run.pid, signal.SIGINT)
        out, err = run.communicate(timeout=30)
    assert (run.returncode, out, err) == (130, "", "interrupted\n")
    kept = json.loads((desk.root / ".briefgen/links.json").read_text())
    assert list(kept["answers"]) == [web.url("/a")]


def source(desk: Project, name: str, **keys: str) -> None:
    data = {"title": name, "published": "2025-03-01", **keys}
    desk.write({f"content/briefs/{name}.md": front_matter({"title": name, "date": "2025-03-01", "source": data}, "x")})


def page(desk: Project, name: str) -> str:
    assert desk.build().ok
    return desk.built()[f"sources/{name}/index.html"].decode()


def test_pages_show_recorded_results(desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]) -> None:
    copy = "https://web.archive.org/web/2025/x"
    web.archived[web.url("/status/410")] = copy
    source(desk, "alive", url=web.url("/a"))
    source(desk, "gone", url=web.url("/status/410"))
    bare_pages = page(desk, "alive"), page(desk, "gone")
    assert check(desk, "--record") == 0
    assert capsys.readouterr().out.endswith("1 warning; 2 addresses: 1 ok, 1 dead; content/links.yaml written\n")

    assert "answered on <time" in page(desk, "alive")
    gone = page(desk, "gone")
    assert gone.index(f'href="{copy}"') < gone.index(f'href="{web.url("/status/410")}"')
    assert "gone by <time" in gone

    # The site shows the archived copy first, so the dead source is no longer a problem.
    assert check(desk, "--record", "--strict") == 0
    expected = "no problems; 2 addresses: 1 ok, 1 dead; content/links.yaml is up to date\n"
    assert capsys.readouterr().out == expected
    (desk.root / ".briefgen/links.json").unlink()
    assert check(desk, "--record", "--offline") == 0
    assert capsys.readouterr().out == expected

    (desk.root / "content/links.yaml").unlink()
    assert (page(desk, "alive"), page(desk, "gone")) == bare_pages


def test_an_entry_is_removed_with_its_last_link(desk: Project, web: Misbehaving) -> None:
    source(desk, "alive", url=web.url("/a"))
    text(desk, web.url("/b"))
    check(desk, "--record")
    desk.remove("content/briefs/alive.md")
    check(desk, "--record", "--offline")
    recorded = (desk.root / "content/links.yaml").read_text()
    assert web.url("/b") in recorded
    assert web.url("/a") not in recorded


def test_nothing_is_recorded_if_the_content_has_errors(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    text(desk, web.url("/a"))
    desk.write({"content/briefs/bad.md": "---\ntitle: x\n---\nText."})
    assert check(desk, "--record") == 1
    last = capsys.readouterr().out.splitlines()[-1]
    assert last == "1 error; 1 address: 1 ok; nothing recorded because of the errors"
    assert not (desk.root / "content/links.yaml").exists()


def test_faulty_entries_of_the_record_are_problems(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    entry = "- address: https://a.example/\n  state: dead\n"
    desk.write({"content/links.yaml": f"links:\n{entry}- address: a.example\n  state: gone\n"})
    assert main(["check", "--project", str(desk.root), "--quiet"]) == 1
    out = capsys.readouterr().out
    assert "links.yaml:4:12" in out
    assert "links.yaml:5:10" in out
    desk.write({"content/links.yaml": f"links:\n{entry}{entry}"})
    assert main(["check", "--project", str(desk.root), "--quiet"]) == 1
    assert 'the address "https://a.example/" is listed twice' in capsys.readouterr().out
