"""Symbolic links that lead to private files publish none of them."""

import os
from pathlib import Path

import pytest

from support.project import Project, codes

PRIVATE = "The private text of an article."
MANIFEST = "theme_api: 1\nextends: briefing\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that would publish a private text if any of its folders were taken for a site theme or static files."""
    private = {
        f"{folder}/{file}": PRIVATE
        for folder in ("content/copies", "elsewhere", ".git", ".briefgen")
        for file in ("assets/a.txt", "templates/home.html", "a.txt")
    }
    manifests = {f"{folder}/theme.yaml": MANIFEST for folder in ("content/copies", ".git", ".briefgen")}
    draft = f"---\ntitle: D\ndate: 2025-01-01\nstatus: draft\n---\n{PRIVATE}\n"
    return Project(tmp_path / "project", {**private, **manifests, "content/briefs/draft.md": draft})


def use_theme(project: Project, name: str = "mine") -> None:
    project.write({"content/site.yaml": f"title: A site\nsite_theme: {name}\n"})


def link(project: Project, place: str, target: str) -> None:
    """Make a link; `target` is a path from the project's root."""
    path = project.root / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(os.path.relpath(project.root / target, path.parent))


def assert_refused(project: Project, code: str = "outside-project") -> None:
    report = project.build()
    assert code in codes(report)
    assert not report.ok
    assert project.built() == {}


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ("themes/mine", "content/copies"),
        ("themes/mine", ".git"),
        ("themes/mine", ".briefgen"),
        ("themes", "content"),
        ("themes/mine/assets", "content/copies/assets"),
        ("themes/mine/templates", "content/copies/templates"),
        ("themes/mine/templates/home.html", "content/copies/a.txt"),
        ("themes/mine/assets/a.txt", "content/copies/a.txt"),
        ("themes/mine/assets/a.txt", "elsewhere/a.txt"),
        ("themes/mine/assets/draft.md", "content/briefs/draft.md"),
        ("themes/mine/theme.yaml", "content/copies/theme.yaml"),
    ],
)
def test_a_site_theme_never_takes_private_files(project: Project, place: str, target: str) -> None:
    (project.root / "content/copies").joinpath("mine").mkdir()
    if place.startswith("themes/mine/") and not place.endswith("theme.yaml"):
        project.write({"themes/mine/theme.yaml": MANIFEST})
    if place == "themes":
        (project.root / "content/mine").mkdir()
        project.write({"content/mine/theme.yaml": MANIFEST, "content/mine/assets/a.txt": PRIVATE})
    link(project, place, target)
    use_theme(project)

    assert_refused(project)


def test_a_site_theme_that_is_the_project_itself_takes_no_private_files(project: Project) -> None:
    project.write({"theme.yaml": MANIFEST})
    link(project, "assets/a.txt", "content/copies/a.txt")
    link(project, "themes/mine", ".")
    use_theme(project)

    assert_refused(project)


def test_an_inherited_site_theme_takes_no_private_files_either(project: Project) -> None:
    project.write({"themes/mine/theme.yaml": "theme_api: 1\nextends: base\n"})
    link(project, "themes/base", "content/copies")
    use_theme(project)

    assert_refused(project)


def test_copies_that_are_kept_elsewhere_are_as_private_to_site_themes(project: Project) -> None:
    (project.root / "content/copies").rename(project.root / "texts")
    link(project, "content/copies", "texts")
    link(project, "themes/mine", "texts")
    use_theme(project)

    assert_refused(project)


@pytest.mark.parametrize("target", ["content/static/texts", "content/static", "content/briefs"])
def test_copies_cannot_be_kept_where_content_is_read(project: Project, target: str) -> None:
    (project.root / "content/copies").rename(project.root / "copies")
    project.write({"content/static/texts/a.txt": PRIVATE})
    link(project, "content/copies", target)

    assert_refused(project)


def test_nothing_is_built_into_a_folder_in_which_copies_are_kept(project: Project) -> None:
    assert project.build().ok
    (project.root / "content/copies").rename(project.root / "site/texts")
    link(project, "content/copies", "site/texts")
    project.write({"content/site.yaml": "title: Another title\n"})

    assert "dangerous-output" in codes(project.build())


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ("content/static/git", ".git"),
        ("content/static/cache", ".briefgen"),
        ("content/static/a.txt", ".git/a.txt"),
        ("content/static/briefs", "content/briefs"),
        ("content/static/draft.md", "content/briefs/draft.md"),
        ("content/static/copies", "content/copies"),
        ("content/static", "content/briefs"),
    ],
)
def test_static_files_never_take_private_files(project: Project, place: str, target: str) -> None:
    link(project, place, target)

    assert_refused(project)


def test_static_files_may_be_links_to_others_and_to_files_of_the_project(project: Project) -> None:
    project.write({"content/static/one.txt": "one", "data/two.txt": "two"})
    link(project, "content/static/again.txt", "content/static/one.txt")
    link(project, "content/static/data", "data")

    assert project.build().ok
    assert project.built()["again.txt"] == b"one"
    assert project.built()["data/two.txt"] == b"two"
