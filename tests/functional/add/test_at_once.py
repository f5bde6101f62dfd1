"""Several `briefgen add` at once."""

import subprocess
import sys

from support.capture import COPY, HTML, PAGE, files
from support.misbehaving import Document, Misbehaving
from support.project import Project


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
    assert sum("has the document already" in text for _, text in found) == 2
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
