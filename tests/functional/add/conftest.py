"""A desk, and a server with an article and a Wayback Machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.capture import fetch
from briefgen.web.limits import Limits
from support.capture import HTML, PAGE
from support.misbehaving import Document, Misbehaving, misbehaving
from support.project import Project


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Misbehaving]:
    with misbehaving() as servers:
        api = servers.url("/wayback/available")
        monkeypatch.setattr(fetch, "LIMITS", Limits(timeout_s=3, pause_s=0, max_wait_s=1, archive_api=api))
        monkeypatch.setattr(fetch, "MAX_BYTES", 1024 * 1024)
        monkeypatch.setattr("briefgen.check.sources.has_public_host", lambda _: True)  # as if the server were elsewhere
        servers.documents["/dam"] = Document(PAGE, headers=HTML)
        servers.documents["/robots.txt"] = Document(status=404)
        yield servers


@pytest.fixture
def desk(tmp_path: Path) -> Project:
    return Project(tmp_path / "desk", {".gitignore": "/content/copies/\n.briefgen/\n/site/\n"})
