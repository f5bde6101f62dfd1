"""The demo of `content/`, built apart from the checkout, and what its pages say."""

from datetime import date
from pathlib import Path
from typing import Any

import yaml
from lxml import html

from support.project import Project

CONTENT = Path(__file__).parents[2] / "content"
DAY = date(2026, 11, 29)
"""The day of the last change in it."""
PREFIX = "/ukraine/"
"""Where the demo's base_url takes it to stand."""


def demo_in(root: Path) -> Project:
    """The demo in a folder of its own, not built yet. A curator's private copies stay where they are."""
    return Project(
        root,
        {
            f"content/{path.relative_to(CONTENT).as_posix()}": path.read_bytes()
            for path in sorted(CONTENT.rglob("*"))
            if path.is_file() and "copies" not in path.relative_to(CONTENT).parts
        },
        day=DAY,
    )


def front_matter(kind: str) -> dict[str, dict[str, Any]]:
    """What stands in the files of one kind, by id, read by PyYAML alone; every scalar is text."""
    found = {}
    for path in sorted((CONTENT / kind).iterdir()):
        text = path.read_text(encoding="utf-8")
        written = text.split("\n---\n")[0].removeprefix("---\n") if path.suffix == ".md" else text
        found[path.stem] = yaml.load(written, Loader=yaml.BaseLoader)  # noqa: S506 - it makes nothing but text
    return found


def text_of(page: bytes) -> str:
    """All that can be read on a page, in one line."""
    (body,) = html.document_fromstring(page.decode()).cssselect("body")
    return plain(body.text_content())


def plain(text: str) -> str:
    """`text` with single spaces."""
    return " ".join(text.split())
