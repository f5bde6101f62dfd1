"""`briefgen check --links` as it is typed: what it prints, and how it ends."""

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
    with misbehaving("127.0.0.1", "127.0.0.2") as servers:
        api = servers.url("/wayback/available")
        monkeypatch.setattr(
            links, "limits", lambda *, private: Limits(pause_s=0, patience_s=5, archive_api=api, private=private)
        )
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


def test_a_site_without_addresses_says_so(desk: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert check(desk) == 0
    assert capsys.readouterr().out == "no problems; no addresses\n"


def test_a_dead_link_counts_as_an_error_where_warnings_do(desk: Project, web: Misbehaving) -> None:
    text(desk, web.url("/status/404"))
    assert check(desk, "--strict") == 1
    text(desk, web.url("/status/403"))
    assert check(desk, "--strict") == 0


def test_offline_says_how_many_are_not_known(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    text(desk, web.url("/a"))
    assert check(desk, "--offline") == 0
    assert capsys.readouterr().out == "no problems; 1 address: 1 not known\n"
    assert web.requests == []


def test_all_that_is_not_fine_is_listed_on_request(
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


def test_programs_are_told_of_every_address(
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


def test_problems_of_links_stand_among_the_others(
    desk: Project, web: Misbehaving, capsys: pytest.CaptureFixture[str]
) -> None:
    text(desk, web.url("/status/404"))
    desk.write({"content/actors/nobody.md": "---\nname: Nobody\nkind: person\n---\n"})
    desk.write({"content/themes/none.md": "---\nname: None\n---\n"})
    check(desk, "--format", "github")
    codes = [line.partition("title=")[2].partition("::")[0] for line in capsys.readouterr().out.splitlines()[:3]]
    assert codes == ["unused-actor", "dead-link", "unused-theme"]


@pytest.mark.parametrize("option", ["--offline", "--private", "--verbose"])
def test_options_of_links_need_links(desk: Project, option: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--project", str(desk.root), option]) == 2
    assert capsys.readouterr().err.startswith(f"error: {option} goes with --links\n")


def test_whoever_interrupts_it_keeps_what_is_known(desk: Project, web: Misbehaving) -> None:
    text(desk, web.url("/a"), web.url("/hang", "127.0.0.2"))
    command = [sys.executable, "-m", "briefgen", "check", "--links", "--private"]
    with subprocess.Popen(command, cwd=desk.root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        until = time.monotonic() + 30
        while not (web.asked("/a") and web.asked("/hang")) and time.monotonic() < until:
            time.sleep(0.02)
        time.sleep(0.1)  # until the answer has been taken
        os.kill(run.pid, signal.SIGINT)
        out, err = run.communicate(timeout=30)
    assert (run.returncode, out, err) == (130, "", "interrupted\n")
    kept = json.loads((desk.root / ".briefgen/links.json").read_text())
    assert list(kept["answers"]) == [web.url("/a")]
