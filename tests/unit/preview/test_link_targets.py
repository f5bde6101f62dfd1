"""The targets of links in a project that a build reads."""

from pathlib import Path

import pytest

from briefgen.preview.watched_files import find_link_targets


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "project"
    for folder in ("content/briefs", "content/static", "content/copies", "themes/own/templates", "notes/deep", "site"):
        (root / folder).mkdir(parents=True)
    (tmp_path / "looks").mkdir()
    return root


def test_a_project_without_links_has_no_targets(root: Path) -> None:
    assert find_link_targets(root) == frozenset()
    assert find_link_targets(root / "nowhere") == frozenset()


def test_targets_may_be_anywhere_in_the_project_and_those_of_site_themes_anywhere(root: Path) -> None:
    (root / "content/briefs/a.md").symlink_to("../../notes/a.md")
    (root / "content/static/deep").symlink_to("../../notes/deep")
    (root / "notes/deep/further").symlink_to("../../site")
    (root / "themes/other").symlink_to(root.parent / "looks")

    assert find_link_targets(root) == {
        *(str(root / path) for path in ("notes/a.md", "notes/deep", "site")),
        str(root.parent / "looks"),
    }


@pytest.mark.parametrize("target", ["/", "..", "../..", "../../..", "content", "content/copies", "content/briefs", "."])
def test_targets_that_no_build_reads_or_that_are_watched_anyway_are_left_out(root: Path, target: str) -> None:
    (root / "content/static/link").symlink_to(target if target[0] in "/." else root / target)
    (root / "themes/link").symlink_to("/" if target == "/" else root)
    (root / "content/static/.link").symlink_to(root / "notes")
    (root / "content/copies/link").symlink_to(root / "notes")

    assert find_link_targets(root) == frozenset()


def test_circular_links_are_followed_once(root: Path) -> None:
    (root / "content/static/notes").symlink_to("../../notes")
    (root / "notes/again").symlink_to("../notes")
    (root / "notes/lost").symlink_to("lost")

    assert find_link_targets(root) == {str(root / "notes"), str(root / "notes/lost")}
