"""What is measured: a project that is the same every time, and edits of it that a build shows."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from bench.corpus import LAST_DAY, corpus
from bench.sites import BARE, DEFAULT, Site
from briefgen import pipeline
from briefgen.pipeline import Options

SIZE = 20
EDITS = (Site.edit_body, Site.edit_title, Site.rename_actor, Site.edit_template)


def build(site: Site) -> set[str]:
    """The codes of the problems that a build of everything finds."""
    report = pipeline.build(Options(root=site.root, day=LAST_DAY + timedelta(days=1)))
    assert report.ok
    return {problem.code for problem in report.problems}


def test_the_same_size_and_seed_give_the_same_files() -> None:
    assert list(corpus(SIZE).files()) == list(corpus(SIZE).files())


def test_another_seed_gives_other_files() -> None:
    assert list(corpus(SIZE, seed=2).files()) != list(corpus(SIZE).files())


@pytest.mark.parametrize("theme", [BARE, DEFAULT])
def test_a_project_of_it_builds_with_nothing_wrong_but_what_nobody_mentions(tmp_path: Path, theme: str) -> None:
    site = Site(tmp_path, SIZE, theme)

    assert build(site) <= {"unused-actor", "unused-theme"}
    assert len(list((site.output / "briefs").glob("*/index.html"))) == SIZE


@pytest.mark.parametrize("edit", EDITS)
def test_every_edit_is_seen_after_a_build_and_not_before(
    tmp_path: Path, edit: Callable[[Site], dict[str, str]]
) -> None:
    site = Site(tmp_path, SIZE)
    build(site)

    marks = edit(site)

    assert site.stale(marks) == list(marks)
    build(site)
    assert site.stale(marks) == []
