"""Every command of docs/capture.md is run in its order, and prints what the page says."""

import os
import re
import sys
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from briefgen.capture import fetch
from briefgen.capture.store import Captured
from briefgen.cli import main
from support.docs import ROOT
from support.project import Project

PAGE = ROOT / "docs" / "capture.md"
FENCE = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WRITE = "BRIEFGEN_WRITE_DOCS"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    content = (ROOT / "docs" / "content.md").read_text("utf-8")
    files = {name: text for _, name, text in FENCE.findall(content) if name.startswith("content/")}
    article = next(text for _, name, text in FENCE.findall(PAGE.read_text("utf-8")) if name == "page.html")

    def answer(address: str, day: str, *_: Any) -> Captured:
        return Captured(article.encode(), "html", day, address)

    monkeypatch.setattr(fetch, "fetch", answer)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1765152000")  # 8 December 2025
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.chdir(tmp_path)
    return Project(tmp_path, files | {".gitignore": "/content/copies/\n"})


def test_every_command_prints_what_the_page_says(desk: Project) -> None:
    text = PAGE.read_text("utf-8")

    renewed = "".join(replay(text, desk))

    if os.environ.get(WRITE):
        PAGE.write_text(renewed, encoding="utf-8")
    assert renewed == text, f"run: {WRITE}=1 pytest {Path(__file__).relative_to(ROOT)}"


def replay(text: str, desk: Project) -> Iterator[str]:
    """Yield the page with what its commands print now, in the order of the page."""
    done = 0
    for block in FENCE.finditer(text):
        language, name, inside = block.groups()
        if name and name != "page.html":
            desk.write({name: inside})
        if language == "console":
            command = inside.partition("\n")[0]
            yield text[done : block.start()] + f"```console\n{command}\n{output(command.removeprefix('$ '))}```"
            done = block.end()
    yield text[done:]


def output(command: str) -> str:
    program, *arguments = [part.strip('"') for part in command.split(" ")]
    if program == "ls":
        return "".join(f"{path.name}\n" for path in sorted(Path(*arguments).iterdir()))
    if program == "cat":
        return Path(*arguments).read_text("utf-8")
    assert program == "briefgen"
    printed = StringIO()
    with redirect_stdout(printed), redirect_stderr(printed):
        main(arguments)
    assert "Traceback" not in printed.getvalue(), sys.exc_info()
    return printed.getvalue()
