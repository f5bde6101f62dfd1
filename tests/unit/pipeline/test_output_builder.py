"""Which outputs a build makes again."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import pytest

from briefgen.model.page import Output
from briefgen.pipeline.incremental.output_builder import OutputBuilder
from support.project import Project


def brief(title: str, actor: str, more: str = "") -> str:
    return f"---\ntitle: {title}\ndate: 2025-01-01\nactors: [{actor}]\n{more}---\nText.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    files = {
        "content/site.yaml": "title: A site\nbase_url: https://dam.example/\n",
        "content/briefs/gate.md": brief("The gate", "mayor"),
        "content/briefs/wall.md": brief("The wall", "council"),
        "content/briefs/weir.md": brief("The weir", "council"),
        "content/actors/mayor.md": "---\nname: The mayor\nkind: person\n---\n",
        "content/actors/council.md": "---\nname: The council\nkind: group\n---\n",
    }
    return Project(tmp_path, files)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Paths of the outputs that are made, as they are."""
    paths: set[str] = set()
    build_batch = OutputBuilder._build_batch

    def spy(self: OutputBuilder, batch: Sequence[Output], prefetch: Callable[[Iterable[str]], None]) -> bytes:
        paths.update(output.path for output in batch)
        return build_batch(self, batch, prefetch)

    monkeypatch.setattr(OutputBuilder, "_build_batch", spy)
    return paths


def test_a_title_edit_makes_only_the_pages_that_show_it(project: Project, made: set[str]) -> None:
    project.build()
    made.clear()

    project.write({"content/briefs/gate.md": brief("The great gate", "mayor")})
    report = project.build()

    assert {"briefs/gate/index.html", "actors/mayor/index.html", "actors/mayor/feed.xml", "index.html"} <= made
    # The wall is the gate's neighbour and names it; nothing else of the council's does.
    assert not {"briefs/weir/index.html", "actors/council/index.html", "actors/council/feed.xml"} & made
    assert {path for path in report.written if not path.startswith("search/")} <= made


def test_a_new_status_makes_every_page(project: Project, made: set[str]) -> None:
    project.build()
    everything = set(made)
    made.clear()

    project.write({"content/briefs/gate.md": brief("The gate", "mayor", "status: needs-second-source\n")})
    project.build()

    pages = {path for path in everything if path.endswith((".html", ".xml", ".json"))}
    assert pages <= made


def test_a_file_saved_unchanged_makes_nothing(project: Project, made: set[str]) -> None:
    project.build()
    made.clear()

    project.write({"content/briefs/gate.md": brief("The gate", "mayor")})
    project.build()

    assert made == set()
