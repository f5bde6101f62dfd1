"""An article to capture, and `briefgen add` in a project."""

import pytest

from briefgen.cli import main
from support.project import Project

TEXT = "The dam on the river was opened on Monday, after ten years of work and three changes of the plan. " * 4
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Dam opens | Example News</title>
<meta name="author" content="Ada Miller"><meta property="article:published_time" content="2025-12-01T10:00:00Z"></head>
<body><h1>Dam opens</h1><p>{TEXT}</p></body></html>""".encode()
HTML = {"Content-Type": "text/html"}
Captured = pytest.CaptureFixture[str]
COPY = [f"copies/dam-opens/{name}" for name in ("capture.yaml", "page.html", "text.txt")]


def add(desk: Project, *arguments: str, private: bool = True) -> int:
    return main(["add", "-C", str(desk.root), *(["--private"] if private else []), *arguments])


def files(desk: Project) -> list[str]:
    """All files of content but the configuration."""
    found = (path.relative_to(desk.root / "content").as_posix() for path in (desk.root / "content").rglob("*"))
    return sorted(path for path in found if "." in path.rpartition("/")[2] and path != "site.yaml")
