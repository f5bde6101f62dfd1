"""Each of several snapshots in a row equals a first snapshot, whatever it takes over from the last."""

import shutil
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest

from briefgen.pipeline import PreviewSnapshot, SnapshotBuilder
from briefgen.pipeline.stages import plan_site
from support.project import Project

BRIEF = "content/briefs/one.md"
HEAD = "---\ntitle: One\ndate: 2025-01-02\nactors: [mayor]\n---\n"
FILES = {
    BRIEF: f"{HEAD}Some *words*. It is on [[mayor]].\n\n# Part\n",
    "content/briefs/two.md": "---\ntitle: Two\ndate: 2025-01-03\nactors: [mayor]\n---\nSee [one](one.md#part).\n",
    "content/actors/mayor.md": "---\nname: Mayor\nkind: person\n---\nRuns the town.\n",
    "content/pages/index.md": "---\ntitle: Home\n---\nWelcome.\n",
    "content/static/map.txt": "map",
}


class Desk:
    """A project in a preview. `plans` counts how often everything was read."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.project = Project(root, FILES)
        self.planner = SnapshotBuilder()
        self.plans = 0
        self.changed_paths: Collection[str] | None = None

        def counted(*arguments: Any) -> Any:
            self.plans += 1
            return plan_site(*arguments)

        monkeypatch.setattr("briefgen.pipeline.incremental.preview_snapshot.plan_site", counted)
        self.last = self.take()

    def take(self, paths: Collection[str] | None = None) -> PreviewSnapshot:
        self.last = self.planner.take_snapshot(self.project.options(), paths)
        return self.last

    def path(self, file: str) -> str:
        return str(self.project.root.resolve() / file)

    def needs_plan(self) -> bool:
        """Return whether the next snapshot needs a plan; it must equal a first snapshot."""
        before = self.plans
        self.take(self.changed_paths)
        found, fresh = self.last, SnapshotBuilder().take_snapshot(self.project.options())
        assert (found.ok, found.problems, list(found.paths)) == (fresh.ok, fresh.problems, list(fresh.paths))
        assert [found.render(path) for path in found.paths] == [fresh.render(path) for path in fresh.paths]
        assert [found.fingerprint(path) for path in found.paths] == [fresh.fingerprint(path) for path in fresh.paths]
        return self.plans - before > 1

    def edited(self, file: str, text: str) -> bool:
        self.project.write({file: text})
        self.changed_paths = {self.path(file)}
        return self.needs_plan()


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    return Desk(tmp_path, monkeypatch)


def test_an_edit_of_a_body_changes_only_its_pages_in_the_snapshot(desk: Desk) -> None:
    page = "briefs/one/index.html"
    old, marks = desk.last, {path: desk.last.fingerprint(path) for path in desk.last.paths}
    assert not desk.edited(BRIEF, f"{HEAD}Better words.\n\nIt is on [[mayor]].\n\n# Part\n")
    assert b"Better words" in desk.last.render(page)
    changed = {path for path in marks if marks[path] != desk.last.fingerprint(path)}
    assert {path for path in changed if not path.startswith("search/")} == {page}

    # The one before is as it was.
    assert old.fingerprint(page) == marks[page]
    assert b"Some <em>words" in old.render(page)

    for number in range(30):
        assert not desk.edited(
            BRIEF, f"{HEAD}Text {number} is here. It is on [[mayor]].\n\n# Part\n\n## New id {number}\n"
        )
    assert not desk.edited("content/actors/mayor.md", FILES["content/actors/mayor.md"] + "And more.\n")
    assert b"Text 29 is here" in desk.last.render(page)
    assert not desk.edited("content/pages/index.md", FILES["content/pages/index.md"].replace("Welcome", "Hello"))
    assert b"Hello" in desk.last.render("index.html")


@pytest.mark.parametrize(
    "text",
    [
        FILES[BRIEF].replace("title: One", "title: Won"),
        FILES[BRIEF] + "\n[[mayor]] again.\n",
        FILES[BRIEF].replace("# Part", "# Section"),
        FILES[BRIEF] + "\n[[nobody]]\n",
        HEAD,
        "no front matter",
    ],
    ids=["title", "reference", "id gone", "broken reference", "no text", "broken"],
)
def test_an_edit_that_a_plan_may_depend_on_needs_a_plan(desk: Desk, text: str) -> None:
    assert desk.edited(BRIEF, text)
    assert desk.edited(BRIEF, FILES[BRIEF])


def _static(root: Path) -> str:
    (root / "content/static/map.txt").write_text("other")
    return "content/static/map.txt"


def _new(root: Path) -> str:
    (root / "content/actors/new.md").write_text("---\nname: New\nkind: person\n---\n")
    return "content/actors/new.md"


def _gone(root: Path) -> str:
    (root / "content/briefs/two.md").unlink()
    return "content/briefs/two.md"


def _folder_gone(root: Path) -> str:
    (root / "content/pages/index.md").unlink()
    (root / "content/pages").rmdir()
    return "content/pages"


def _link(root: Path) -> str:
    (root / "elsewhere").write_text("secret")
    (root / BRIEF).unlink()
    (root / BRIEF).symlink_to("/etc/hostname")
    return BRIEF


def _theme(root: Path) -> str:
    (root / "themes/briefing/assets").mkdir(parents=True)
    (root / "themes/briefing/theme.yaml").write_text("{theme_api: 1, extends: briefing}")
    (root / "themes/briefing/assets/own.css").write_text("p {}")
    return "themes/briefing/assets/own.css"


@pytest.mark.parametrize("act", [_static, _new, _gone, _folder_gone, _link, _theme])
def test_any_other_change_needs_a_full_snapshot(desk: Desk, act: Callable[[Path], str]) -> None:
    desk.changed_paths = {desk.path(act(desk.project.root))}
    assert desk.needs_plan()


def test_without_paths_every_file_is_compared(desk: Desk) -> None:
    new = "---\nname: New\nkind: person\n---\n"
    desk.project.write({BRIEF: FILES[BRIEF].replace("words", "terms"), "content/actors/new.md": new})
    assert desk.needs_plan()
    desk.project.write({BRIEF: FILES[BRIEF]})
    assert not desk.needs_plan()


def test_temporary_files_of_editors_change_nothing(desk: Desk) -> None:
    desk.project.write({BRIEF: FILES[BRIEF].replace("words", "terms")})
    desk.changed_paths = {desk.path(BRIEF), desk.path(f"{BRIEF}.x1Y2z3")}
    assert not desk.needs_plan()


def test_an_edit_of_a_file_with_a_problem_needs_a_plan(desk: Desk) -> None:
    file, text = "content/actors/new.md", "---\nname: New\nkind: person\n---\nNobody mentions it.\n"
    assert desk.edited(file, text)
    [problem] = desk.last.problems
    assert problem.at.file == file
    assert desk.edited(file, text.replace("it", "them"))
    # That of another file stays where it is; but new ids might mend it.
    assert not desk.edited("content/pages/index.md", "---\ntitle: Home\n---\nHello.\n")
    assert desk.edited("content/pages/index.md", "---\ntitle: Home\n---\n# New id\n")


def test_other_options_need_a_full_snapshot(desk: Desk) -> None:
    desk.planner.take_snapshot(desk.project.options(base_url="https://example.org"), set())
    assert desk.last.base_path == "/"
    assert desk.planner.take_snapshot(desk.project.options(base_url="https://example.org/x/"), set()).base_path == "/x/"


def test_a_body_is_rendered_although_the_cache_was_removed(desk: Desk) -> None:
    assert not desk.edited(BRIEF, FILES[BRIEF].replace("words", "terms"))
    shutil.rmtree(desk.project.root / ".briefgen")
    assert not desk.edited(BRIEF, FILES[BRIEF].replace("words", "notions"))
    assert b"notions" in desk.last.render("briefs/one/index.html")
