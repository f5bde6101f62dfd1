"""Pages of actors, themes, sources and briefs show the sentence of another text that has a link to them."""

from pathlib import Path

import pytest
from lxml import html

from support.project import Project
from support.strategies import front_matter

BODY = (
    "It rained for days. The [[mayor]] spoke of [[dam]] & left. "
    "See [the town](town.md#x): [@log, “It is shut”] reads well."
)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    brief = {"date": "2025-03-01", "actors": ["mayor"], "themes": ["dam"]}
    return Project(
        tmp_path,
        {
            "content/actors/mayor.md": front_matter({"name": "عمدة", "kind": "person"}),
            "content/themes/dam.md": front_matter({"name": "The dam"}),
            "content/sources/log.yaml": "title: A log\n",
            "content/briefs/dam.md": front_matter({"title": "The dam", **brief}, BODY),
            "content/briefs/town.md": front_matter({"title": "The town", **brief}, "## X\n\nText."),
        },
    )


def said(project: Project, path: str) -> list[str]:
    page = html.document_fromstring(project.built()[path].decode())
    found = page.xpath("//*[@id='_named']/following-sibling::ul/li | //ul[@class='records']/li")
    return [" ".join(item.text_content().split()) for item in found]


def test_a_page_shows_the_sentence_of_a_brief_that_has_a_link_to_it(project: Project) -> None:
    assert project.build().ok

    sentence = "The \u2068عمدة\u2069 spoke of The dam & left."
    for path in ("actors/mayor", "themes/dam"):
        found = said(project, f"{path}/index.html")
        assert [sentence in item for item in found] == [True, False]
    quoting = "See the town: “It is shut” reads well. The dam, 1 March 2025"
    assert said(project, "sources/log/index.html") == [quoting]
    assert said(project, "briefs/town/index.html") == [quoting]
    assert said(project, "briefs/dam/index.html") == []


@pytest.mark.parametrize(
    ("before", "after", "written"),
    [
        ("It rained for days.", "It snowed for days.", {"briefs/dam"}),
        ("spoke of", "spoke much of", {"briefs/dam", "actors/mayor", "themes/dam"}),
        ("reads well", "reads badly", {"briefs/dam", "sources/log", "briefs/town"}),
        (": [@log, “It is shut”]", " and", {"briefs/dam", "sources/log", "briefs/town", "data/coverage", "coverage"}),
    ],
)
def test_an_edit_of_a_text_changes_the_pages_that_show_its_sentence_and_no_other(
    project: Project, before: str, after: str, written: set[str]
) -> None:
    assert project.build().ok
    file = project.root / "content/briefs/dam.md"

    file.write_text(file.read_text("utf-8").replace(before, after), "utf-8")
    report = project.build()

    assert report.ok
    pages = {path.removesuffix("/index.html") for path in report.written if path.endswith("index.html")}
    assert pages - {"coverage"} == written - {"data/coverage", "coverage"}
    clean = Project(project.root / "clean", files(project))
    assert clean.build().ok
    assert project.built() == clean.built()


def files(project: Project) -> dict[str, bytes]:
    content = project.root / "content"
    return {f"content/{path.relative_to(content).as_posix()}": path.read_bytes() for path in content.rglob("*.*")}


def test_a_draft_is_named_nowhere(project: Project) -> None:
    draft = {"title": "Secret", "date": "2025-04-01", "status": "draft", "actors": ["mayor"]}
    project.write({"content/briefs/secret.md": front_matter(draft, "Hidden [[mayor]] [@log] [it](town.md).")})
    assert project.build().ok

    assert [path for path, data in project.built().items() if b"Hidden" in data or b"secret" in data] == []
