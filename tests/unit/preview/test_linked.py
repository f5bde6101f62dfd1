"""Where links in a project lead to, as far as a build follows them."""

from pathlib import Path

import pytest

from briefgen.preview.linked import linked


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for folder in ("content/briefs", "content/static", "content/copies", "themes/own/templates", "notes/deep", "site"):
        (root / folder).mkdir(parents=True)
    (tmp_path / "looks").mkdir()
    return root


def test_without_links_there_is_nothing(root: Path) -> None:
    assert linked(root) == frozenset()
    assert linked(root / "nowhere") == frozenset()


def test_content_may_come_from_anywhere_in_the_project_and_site_themes_from_anywhere(root: Path) -> None:
    (root / "content/briefs/a.md").symlink_to("../../notes/a.md")
    (root / "content/static/deep").symlink_to("../../notes/deep")
    (root / "notes/deep/further").symlink_to("../../site")
    (root / "themes/other").symlink_to(root.parent / "looks")

    assert linked(root) == {
        *(str(root / path) for path in ("notes/a.md", "notes/deep", "site")),
        str(root.parent / "looks"),
    }


@pytest.mark.parametrize("target", ["/", "..", "../..", "../../..", "content", "content/copies", "content/briefs", "."])
def test_what_no_build_follows_or_is_watched_anyway_is_left_out(root: Path, target: str) -> None:
    (root / "content/static/link").symlink_to(target if target[0] in "/." else root / target)
    (root / "themes/link").symlink_to("/" if target == "/" else root)
    (root / "content/static/.link").symlink_to(root / "notes")
    (root / "content/copies/link").symlink_to(root / "notes")

    assert linked(root) == frozenset()


def test_links_in_a_circle_come_to_an_end(root: Path) -> None:
    (root / "content/static/notes").symlink_to("../../notes")
    (root / "notes/again").symlink_to("../notes")
    (root / "notes/lost").symlink_to("lost")

    assert linked(root) == {str(root / "notes"), str(root / "notes/lost")}
