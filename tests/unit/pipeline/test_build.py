"""Each of several builds in a row leaves what a first build would leave, whatever it takes over from the last."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefgen.pipeline import Report
from briefgen.pipeline.incremental import build as incremental_build
from briefgen.pipeline.stages import plan_site
from briefgen.render import site_theme
from support.project import Project

BRIEF = "content/briefs/one.md"
PAGE = "briefs/one/index.html"
HEAD = "---\ntitle: One\ndate: 2025-01-02\nactors: [mayor]\nsource:\n  title: An article\n  cites: [log]\n---\n"
FILES = {
    "content/site.yaml": "title: A site\nbase_url: https://desk.example/\n",
    BRIEF: f"{HEAD}Some *words*. It is on [[mayor]].\n\n# Part\n",
    "content/briefs/two.md": "---\ntitle: Two\ndate: 2025-01-03\nactors: [mayor]\n---\nSee [one](one.md#part).\n",
    "content/actors/mayor.md": "---\nname: Mayor\nkind: person\n---\nRuns the town.\n",
    "content/pages/index.md": "---\ntitle: Home\n---\nWelcome.\n",
    "content/sources/log.yaml": "title: Log\nurl: https://log.example/\n",
    "content/static/map.txt": "map",
}


class Desk:
    """A project that is built again and again. `plans` counts how often everything was planned."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.project = Project(root / "project", FILES)
        self.clean = root / "clean"
        self.plans = 0

        def counted(*arguments: Any) -> Any:
            self.plans += 1
            return plan_site(*arguments)

        monkeypatch.setattr("briefgen.pipeline.stages.plan_site", counted)
        self.report = self.project.build()

    def needs_plan(self, **options: Any) -> bool:
        """Return whether the next build plans the site, which must leave what a first build leaves."""
        before = self.plans
        self.report = self.project.build(**options)
        found = self.plans - before
        fresh = self.project.plain_build(output_dir=self.clean, **options)
        assert (self.report.ok, self.report.problems) == (fresh.ok, fresh.problems)
        if fresh.ok:
            assert self.project.output() == self.project.output(str(self.clean))
        return found > 0

    def edited(self, file: str, text: str) -> bool:
        self.project.write({file: text})
        return self.needs_plan()


@pytest.fixture(params=[False, True], ids=["one process", "background process"])
def desk(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    if request.param:
        monkeypatch.setattr(incremental_build, "MIN_BACKGROUND_OUTPUTS", 0)
        monkeypatch.setattr("briefgen.kernel.workers.processors", lambda: 2)
    return Desk(tmp_path, monkeypatch)


def files(report: Report) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The files written and removed, without those of the search index, which any edit may change."""
    return tuple(path for path in report.written if not path.startswith("search/")), report.removed


def test_an_edit_of_words_in_a_body_needs_no_plan(desk: Desk) -> None:
    assert not desk.edited(BRIEF, f"{HEAD}Better words.\n\nSome *words*. It is on [[mayor]].\n\n# Part\n")
    assert files(desk.report) == ((PAGE,), ())
    assert desk.report.unchanged == len(desk.project.built()) - len(desk.report.written)
    for number in range(3):
        assert not desk.edited(
            BRIEF, f"{HEAD}Text {number}.\n\nSome *words*. It is on [[mayor]].\n\n# Part\n\n" + "## New id\n\n" * number
        )
    assert not desk.edited("content/actors/mayor.md", FILES["content/actors/mayor.md"] + "And more.\n")
    assert not desk.edited("content/pages/index.md", FILES["content/pages/index.md"].replace("Welcome", "Hello"))
    assert files(desk.report) == (("index.html",), ())
    assert not desk.needs_plan()
    assert files(desk.report) == ((), ())


def test_edits_of_several_bodies_need_no_plan(desk: Desk) -> None:
    desk.project.write(
        {BRIEF: FILES[BRIEF].replace("words", "terms"), "content/pages/index.md": "---\ntitle: Home\n---\nHi.\n"}
    )
    assert not desk.needs_plan()
    assert files(desk.report) == ((PAGE, "index.html"), ())


def test_a_file_written_differently_with_the_same_meaning_changes_nothing(desk: Desk) -> None:
    assert not desk.edited("content/sources/log.yaml", "# A comment.\ntitle: 'Log'\nurl: https://log.example/\n")
    assert not desk.edited(BRIEF, FILES[BRIEF].replace("\n---\nSome", "\n# why\n---\nSome"))
    assert files(desk.report) == ((), ())


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
def test_an_edit_of_anything_else_needs_a_plan(desk: Desk, text: str) -> None:
    assert desk.edited(BRIEF, text)
    desk.project.write({BRIEF: FILES[BRIEF]})
    desk.needs_plan()
    assert not desk.edited(BRIEF, FILES[BRIEF].replace("words", "terms"))


def _static(root: Path) -> None:
    (root / "content/static/map.txt").write_text("other")


def _gone(root: Path) -> None:
    (root / "content/briefs/two.md").unlink()


def _theme(root: Path) -> None:
    (root / "themes/briefing/assets").mkdir(parents=True)
    (root / "themes/briefing/theme.yaml").write_text("{theme_api: 1, extends: briefing}")
    (root / "themes/briefing/assets/own.css").write_text("p {}")


def _lost_page(root: Path) -> None:
    (root / "site" / PAGE).unlink()


def _foreign_bytes(root: Path) -> None:
    (root / "site/briefs/two/index.html").write_text("somebody else's")


def _lost_record(root: Path) -> None:
    (root / "site/.briefgen-manifest.json").unlink()
    for file in sorted((root / "site").rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()


def _lost_cache(root: Path) -> None:
    shutil.rmtree(root / ".briefgen")


@pytest.mark.parametrize("act", [_static, _gone, _theme, _lost_page, _foreign_bytes, _lost_record, _lost_cache])
def test_any_other_change_needs_a_plan(desk: Desk, act: Callable[[Path], None]) -> None:
    desk.project.write({BRIEF: FILES[BRIEF].replace("words", "terms")})
    act(desk.project.root)
    assert desk.needs_plan()


def test_a_build_with_other_options_into_the_same_folder_is_noticed(desk: Desk) -> None:
    desk.project.write({"content/briefs/three.md": "---\ntitle: Three\ndate: 2025-01-04\nstatus: draft\n---\nText.\n"})
    desk.needs_plan()
    desk.project.build(output_dir=desk.project.root / "site", drafts=True)
    assert "briefs/three/index.html" in desk.project.built()

    assert desk.needs_plan()
    assert "briefs/three/index.html" not in desk.project.built()


def test_a_check_of_another_title_in_between_changes_no_page(desk: Desk) -> None:
    desk.project.write({BRIEF: FILES[BRIEF].replace("title: One", "title: Won")})
    desk.project.check()
    desk.edited(BRIEF, FILES[BRIEF].replace("words", "terms"))
    assert b"terms" in desk.project.built()[PAGE]


def test_a_patched_page_shows_no_brief_that_is_gone(desk: Desk) -> None:
    mayor = FILES["content/actors/mayor.md"]
    assert not desk.edited("content/actors/mayor.md", mayor + "\nMore words.\n")
    desk.project.write({"content/briefs/two.md": "---\ntitle: Two\ndate: 2025-01-03\nactors: [mayor]\n---\nText.\n"})
    desk.project.remove(BRIEF)  # the oldest, which is the last in the order of the site
    assert desk.needs_plan()
    assert b"briefs/one/" not in desk.project.built()["actors/mayor/index.html"]


def test_a_check_of_an_earlier_body_in_between_changes_no_page(desk: Desk) -> None:
    # A site without files that are copied, so that the check makes the same outputs in the same order as a build.
    shipped = site_theme.shipped() / "briefing"
    include = b'{% include "assets/style.css" %}'  # a file that is copied, too
    templates = {
        f"themes/own/{path.relative_to(shipped)}": path.read_bytes().replace(include, b"")
        for path in shipped.rglob("*.html")
    }
    config = FILES["content/site.yaml"] + "site_theme: own\n"
    desk.project.write({"content/site.yaml": config, "themes/own/theme.yaml": "theme_api: 1\n", **templates})
    desk.project.remove("content/static/map.txt")
    desk.needs_plan()
    two = FILES["content/briefs/two.md"].replace("#part", "")
    desk.edited("content/briefs/two.md", two)  # this page alone is made
    assert not desk.edited("content/briefs/two.md", two + "\nSecond.\n")
    desk.project.write({"content/briefs/two.md": two})
    desk.project.check()

    desk.edited("content/briefs/two.md", two + "\nThird.\n")
    assert b"Third" in desk.project.built()["briefs/two/index.html"]


def test_an_edit_of_a_file_with_a_problem_needs_a_plan(desk: Desk) -> None:
    file, text = "content/actors/new.md", "---\nname: New\nkind: person\n---\nNobody mentions it.\n"
    assert desk.edited(file, text)
    [problem] = desk.report.problems
    assert problem.at.file == file
    assert desk.edited(file, text.replace("it", "them"))
    assert not desk.edited("content/pages/index.md", "---\ntitle: Home\n---\nHello.\n")
    assert desk.report.problems == (problem,)


def test_an_edit_of_a_page_too_large_to_cache_needs_a_plan(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefgen.pipeline.incremental.output_builder.MAX_VIEW_SIZE", 10)
    assert desk.edited(BRIEF, FILES[BRIEF].replace("title: One", "title: Won"))
    assert desk.edited(BRIEF, FILES[BRIEF].replace("title: One", "title: Won").replace("words", "terms"))


def test_a_template_that_fails_on_a_new_body_is_a_problem(desk: Desk) -> None:
    template = "{% if 'boom' in (view.body | prose) %}{{ 1 // 0 }}{% endif %}{{ view.body | prose }}"
    desk.project.write(
        {
            "content/site.yaml": "title: A site\nsite_theme: own\n",
            "themes/own/theme.yaml": "{theme_api: 1, extends: briefing}",
            "themes/own/templates/page.html": template,
            "content/pages/method.md": "---\ntitle: Method\n---\nText.\n",
        }
    )
    desk.project.build()
    before = desk.project.output()
    assert desk.edited("content/pages/method.md", "---\ntitle: Method\n---\nboom\n")
    assert [problem.code for problem in desk.report.problems] == ["template-error"]
    assert desk.project.output() == before
    assert not desk.edited("content/pages/method.md", "---\ntitle: Method\n---\nbang\n")


def test_a_build_that_releases_the_content_leaves_what_the_next_one_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(incremental_build, "MANY_OUTPUTS", 0)
    desk = Desk(tmp_path, monkeypatch)

    assert not desk.edited(BRIEF, f"{HEAD}Other *words*. It is on [[mayor]].\n\n# Part\n")
    assert desk.edited(BRIEF, f"{HEAD.replace('One', 'Another')}Other *words*. It is on [[mayor]].\n\n# Part\n")
    assert not desk.needs_plan()
