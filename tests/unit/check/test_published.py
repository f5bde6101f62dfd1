"""What was published stays as it was, or a correction says what was changed."""

from datetime import date
from pathlib import Path

import pytest

from briefgen.kernel.disk import Disk
from briefgen.pipeline import record_quotations
from briefgen.pipeline.quote_record import RECORD_FILE, update_quote_record
from briefgen.rename.apply import apply_renaming
from briefgen.rename.plan import plan_renaming
from support.project import Project, codes

BRIEF = """---
title: Dam
date: 2025-01-01
actors: [board]
themes: [water]
claims:
  - id: holds
    actor: mayor
    theme: water
    says: It *will* hold, says [[mayor]].
  - {id: safe, publisher: the-post, for: board, says: It is safe., quote: quite safe}
---
Text.
"""
CORRECTION = "corrections:\n  - {date: 2025-01-02, was: so, now: not so, why: A slip.}\nclaims:"
DAM = "content/briefs/dam.md"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    files = {
        "content/actors/mayor.md": "---\nname: Mayor\nkind: person\n---\n",
        "content/actors/board.md": "---\nname: Board\nkind: organisation\n---\n",
        "content/themes/water.md": "---\nname: Water\n---\n",
        "content/publishers/the-post.yaml": "name: The Post\n",
        "content/publishers/gazette.yaml": "name: Gazette\n",
        DAM: BRIEF,
    }
    project = Project(tmp_path / "project", files)
    assert record(project) == "written"
    assert codes(project.check()) == []
    return project


def record(project: Project, day: str = "2025-12-31") -> str:
    return record_quotations(project.options(day=date.fromisoformat(day))).state


def edit(project: Project, *changes: tuple[str, str]) -> Project:
    text = (project.root / DAM).read_text()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return project.write({DAM: text})


@pytest.mark.parametrize(
    "change",
    [
        ("will* hold", "may* hold"),
        ("actor: mayor\n", "actor: board\n"),
        ("publisher: the-post", "publisher: gazette"),
        ("for: board, says", "for: mayor, says"),
        ("quite safe", "safe"),
        ("theme: water", "date: 2024"),
        ("id: holds", "id: stays"),
        ("    theme: water\n", ""),
        ("  - {id: safe, publisher: the-post, for: board, says: It is safe., quote: quite safe}\n", ""),
    ],
)
def test_a_changed_claim_is_refused_until_a_correction_is_written(project: Project, change: tuple[str, str]) -> None:
    edit(project, change)

    assert codes(project.check()) == ["silent-edit"]
    assert not project.build().ok
    assert codes(project.plain_build()) == ["silent-edit"]
    before = (project.root / RECORD_FILE).read_bytes()
    assert record(project) == "refused"
    assert (project.root / RECORD_FILE).read_bytes() == before

    edit(project, ("claims:", CORRECTION))

    assert codes(project.check()) == []
    assert record(project) == "written"
    assert codes(project.check()) == []


def test_one_correction_does_not_cover_a_change_after_it_was_recorded(project: Project) -> None:
    edit(project, ("will* hold", "may* hold"), ("claims:", CORRECTION))
    assert record(project) == "written"

    edit(project, ("may* hold", "must* hold"))
    assert codes(project.check()) == ["silent-edit"]

    # Taking a correction out and recording makes no room for a silent edit either.
    edit(project, ("must* hold", "may* hold"), (CORRECTION, "claims:"))
    record(project)
    edit(project, ("may* hold", "must* hold"), ("claims:", CORRECTION))
    assert codes(project.check()) == ["silent-edit"]


@pytest.mark.parametrize(
    "change",
    [
        ("    says: It *will*", "    note: So.\n    credibility: 2\n    says: It *will*"),
        ("*will*", "will"),
        ("title: Dam", "title: The dam"),
        ("claims:", "claims:\n  - {id: new, actor: board, says: New.}"),
        ("claims:", "status: draft\nclaims:"),
    ],
)
def test_notes_grades_marks_new_claims_and_drafts_are_free(project: Project, change: tuple[str, str]) -> None:
    edit(project, change)

    assert "silent-edit" not in codes(project.check())


def test_a_brief_that_is_published_again_is_compared_with_what_was_published(project: Project) -> None:
    edit(project, ("claims:", "status: draft\nclaims:"), ("will* hold", "may* hold"))
    record(project)

    edit(project, ("status: draft\n", ""))

    assert codes(project.check()) == ["silent-edit"]


def test_nothing_is_refused_before_it_was_recorded(project: Project) -> None:
    (project.root / RECORD_FILE).unlink()
    edit(project, ("date: 2025-01-01", "date: 2025-06-01"))
    assert record(project, "2025-05-31") == "up to date"  # it is not published yet

    edit(project, ("will* hold", "may* hold"))

    assert codes(project.check()) == []


@pytest.mark.parametrize("left", [0, 1])
def test_a_record_that_was_cut_off_hides_no_edit(project: Project, left: int) -> None:
    whole = (project.root / RECORD_FILE).read_text()
    project.write({RECORD_FILE: whole.partition("  - id: safe" if left else "  claims:")[0]})
    edit(project, ("quite safe", "safe"))

    (problem,) = project.check().problems
    assert problem.code == "silent-edit"
    assert problem.message == f"the record has {left} of the 2 claims with which this was published"
    assert record(project) == "refused"

    project.write({RECORD_FILE: whole})
    assert [problem.message for problem in project.check().problems] == [
        'the claim "safe" is not as it was published, and no correction says so'
    ]


@pytest.mark.parametrize(
    ("kind", "old", "new"),
    [
        ("actor", "mayor", "ada"),
        ("actor", "board", "council"),
        ("theme", "water", "river"),
        ("publisher", "the-post", "post"),
        ("brief", "dam", "wall"),
    ],
)
def test_a_renaming_is_no_silent_edit(project: Project, kind: str, old: str, new: str) -> None:
    for before, after in ((old, new), (new, old)):
        renaming, problems = plan_renaming(project.root, kind, before, after, Disk())
        assert renaming
        assert not problems
        apply_renaming(project.root, renaming, Disk())

        assert codes(project.check()) == []
        if kind == "brief":
            assert f"- id: {after}\n" in (project.root / RECORD_FILE).read_text()

    project.write({DAM: (project.root / DAM).read_text().replace("It is safe", "It is sound")})
    assert codes(project.check()) == ["silent-edit"]


def test_links_that_are_recorded_leave_what_was_published(project: Project) -> None:
    before = (project.root / RECORD_FILE).read_bytes()

    assert not update_quote_record(project.root, lambda sources: sources, Disk())

    assert (project.root / RECORD_FILE).read_bytes() == before


def test_a_brief_that_is_listed_twice_is_a_problem(project: Project) -> None:
    text = (project.root / RECORD_FILE).read_text()
    project.write({RECORD_FILE: text + "- {id: dam, count: 0, corrections: 7}\n"})

    assert codes(project.check()) == ["duplicate-id"]
