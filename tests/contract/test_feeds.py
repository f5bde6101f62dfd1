"""What a built site offers to programs, read as programs read it."""

import re
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin

import feedparser  # type: ignore[import-untyped] # it has no types
import jsonfeed  # type: ignore[import-untyped] # it has no types
import pytest
from hypothesis import HealthCheck, given, settings
from lxml import etree, html

from support.crawl import faults
from support.project import Project
from support.strategies import SECRET, front_matter, projects

ADDRESS = "https://desk.example/water/"
MACHINE_MADE = re.compile(r"^(?!data/).*(feed|corrections)\.(xml|json)$|^sitemap(-\d+)?\.xml$|^robots\.txt$")

patient = settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def for_machines(built: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in built.items() if MACHINE_MADE.search(path)}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    brief = {"date": "2025-03-01", "lede": "No vote.", "source": {"title": "Vote off"}, "actors": ["mayor"]}
    return Project(
        tmp_path,
        {
            "content/site.yaml": f"title: Water\nbase_url: {ADDRESS}\n",
            "content/actors/mayor.md": front_matter({"name": "Mayor", "kind": "person"}),
            "content/themes/water.md": front_matter({"name": "Water"}),
            "content/pages/about.md": front_matter({"title": "About"}, "Text."),
            "content/briefs/dam.md": front_matter({"title": "The dam", "themes": ["water"], **brief}, "Text."),
            "content/briefs/town.md": front_matter({"title": "The town", **brief}, "Text."),
        },
    )


@patient
@given(files=projects())
def test_feeds_of_any_site_are_valid_and_link_to_its_pages(files: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        project = Project(Path(folder), files)
        assert project.build(base_url=ADDRESS).ok
        built = project.built()

        assert faults(built, prefix="/water/") == []
        for path in for_machines(built):
            stem, _, suffix = path.rpartition(".")
            if stem.endswith(("feed", "corrections")) and suffix == "xml":
                atom = feedparser.parse(BytesIO(built[path]))
                read = jsonfeed.Feed.parse_string(built[f"{stem}.json"].decode())
                assert not atom.bozo
                assert [entry.id for entry in atom.entries] == [item.id for item in read.items]
                for entry in atom.entries:
                    assert built[entry.link.removeprefix(ADDRESS).partition("#")[0] + "index.html"]
                dates = [entry.published for entry in atom.entries]
                assert dates == sorted(dates, reverse=True)


@patient
@given(files=projects())
def test_the_sitemap_lists_each_page_with_content_once(files: dict[str, Any]) -> None:
    files["content/briefs/gone.md"] = front_matter(
        {
            "title": "Gone",
            "date": "2024-01-01",
            "status": "retracted",
            "retraction": {"date": "2024-02-01", "why": "Wrong."},
        },
        "Text.",
    )
    with TemporaryDirectory() as folder:
        project = Project(Path(folder), files)
        assert project.build(base_url=ADDRESS).ok
        built = project.built()

        listed = etree.fromstring(built["sitemap.xml"]).xpath("//*[local-name()='loc']/text()")

        pages = {path for path in built if path.endswith(".html")} - {
            "404.html",
            "briefs/gone/index.html",
            "search/index.html",
        }
        assert sorted(listed) == sorted(ADDRESS + path.removesuffix("index.html") for path in pages)
        # Each says of itself what the sitemap calls it.
        for path in pages:
            [canonical] = html.document_fromstring(built[path].decode()).xpath("//link[@rel='canonical']/@href")
            assert canonical in listed


@patient
@given(files=projects())
def test_feeds_and_sitemap_have_nothing_of_a_hidden_brief(files: dict[str, Any]) -> None:
    brief = {"title": SECRET, "date": "2024-01-01", "lede": SECRET, "source": {"title": SECRET}, "actors": ["mayor"]}
    files["content/briefs/hidden.md"] = front_matter({**brief, "status": "draft"}, SECRET)
    with TemporaryDirectory() as folder:
        project = Project(Path(folder), files)

        assert project.build(base_url=ADDRESS).ok
        found = for_machines(project.built())
        assert found
        assert not [path for path, data in found.items() if SECRET.encode() in data or b"hidden" in data]
        # Nor is it in a build that shows drafts.
        assert project.build(base_url=ADDRESS, drafts=True).ok
        found = for_machines(project.built())
        assert found
        assert not [path for path, data in found.items() if SECRET.encode() in data or b"hidden" in data]


def test_feeds_do_not_depend_on_the_folder_of_the_project(
    project: Project, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Project(tmp_path_factory.mktemp("other"))
    for path in sorted(project.root.rglob("*.*"), reverse=True):
        other.write({path.relative_to(project.root).as_posix(): path.read_bytes()})

    project.build()
    other.build(jobs=2)

    assert for_machines(project.built()) == for_machines(other.built())
    assert len(for_machines(project.built())) == 12
    assert project.build().written == ()


def test_a_body_edit_changes_no_feed(project: Project) -> None:
    project.build()
    brief = project.root / "content/briefs/dam.md"

    brief.write_text(brief.read_text(encoding="utf-8").replace("Text.", "Another text."), encoding="utf-8")

    written = project.build().written
    assert [path for path in written if not path.startswith("search/")] == ["briefs/dam/index.html"]


def test_a_lede_edit_changes_only_feeds_with_the_brief(project: Project) -> None:
    project.build()
    brief = project.root / "content/briefs/dam.md"

    brief.write_text(brief.read_text(encoding="utf-8").replace("No vote.", "Still no vote."), encoding="utf-8")

    assert {path for path in project.build().written if MACHINE_MADE.search(path)} == {
        f"{stem}.{suffix}"
        for stem in ("feed", "actors/mayor/feed", "changes/feed", "themes/water/feed")
        for suffix in ("xml", "json")
    }


def test_a_site_without_base_url_has_no_absolute_addresses_and_no_problem(project: Project) -> None:
    report = project.write({"content/site.yaml": "title: Water\n"}).build(strict=True)

    assert report.problems == ()
    assert for_machines(project.built()) == {}
    assert not [path for path, data in project.built().items() if b"og:" in data or b"alternate" in data]
    # The command line may name one.
    assert for_machines((project.build(base_url=ADDRESS), project.built())[1])


def test_a_page_links_its_feeds_and_has_open_graph_metadata(project: Project) -> None:
    correction = {"date": "2025-03-04", "was": "Two.", "now": "Three.", "why": "Miscounted."}
    brief = {"title": "The dam", "date": "2025-03-01", "lede": "No vote.", "corrections": [correction]}
    project.write({"content/briefs/dam.md": front_matter(brief, "Text.")}).build()
    built = project.built()

    def head(path: str) -> tuple[list[str], dict[str, str]]:
        tree = html.document_fromstring(built[path].decode())
        links = [urljoin(ADDRESS + path, str(link)) for link in tree.xpath("//link[@rel='alternate']/@href")]
        return links, {meta.get("property"): meta.get("content") for meta in tree.xpath("//meta[@property]")}

    actor, about_actor = head("actors/mayor/index.html")
    dam, about_dam = head("briefs/dam/index.html")

    site = [f"{ADDRESS}feed.xml", f"{ADDRESS}feed.json"]
    assert actor == [f"{ADDRESS}actors/mayor/feed.xml", f"{ADDRESS}actors/mayor/feed.json", *site]
    assert dam == site
    assert about_actor["og:type"] == "website"
    about_dam = {name: text for name, text in about_dam.items() if not name.startswith("og:image")}
    assert about_dam == {
        "og:url": f"{ADDRESS}briefs/dam/",
        "og:title": "The dam",
        "og:description": "No vote.",
        "og:site_name": "Water",
        "og:type": "article",
        "article:published_time": "2025-03-01",
        "article:modified_time": "2025-03-04",
    }
    assert head("404.html")[1] == {}


def test_a_feed_has_the_stylesheet_of_the_site_theme(project: Project) -> None:
    assert project.build().ok
    built = project.built()
    atom = etree.fromstring(built["actors/mayor/feed.xml"])
    (stylesheet,) = atom.xpath("/processing-instruction('xml-stylesheet')")
    assert stylesheet.get("type") == "text/css"
    assert stylesheet.get("href").removeprefix(ADDRESS) in built
