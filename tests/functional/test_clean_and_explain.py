"""`briefgen clean`, and `briefgen build` with `--explain` and `--jobs`."""

from pathlib import Path

import pytest

from briefgen.cli import main
from briefgen.write import manifest
from support.project import Project

BRIEF = "---\ntitle: A vote\ndate: 2025-06-12\nsource: {title: No vote}\n---\nText.\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, {"content/briefs/vote.md": BRIEF})


def run(project: Project, *arguments: str) -> int:
    return main([arguments[0], "-C", str(project.root), *arguments[1:]])


def test_clean_removes_what_builds_made_and_nothing_else(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    run(project, "build", "--quiet")
    made = len(project.built())
    project.write({"site/own.txt": "somebody's own", "site/.gitkeep": ""})

    assert run(project, "clean") == 0

    assert capsys.readouterr().out == f"{made} files removed\n"
    assert set(project.built()) == {"own.txt", ".gitkeep"}
    assert not (project.root / "site" / manifest.NAME).exists()
    assert [path.name for path in (project.root / ".briefgen").iterdir()] == ["schema"]


def test_clean_of_a_project_that_was_never_built_removes_nothing(
    project: Project, capsys: pytest.CaptureFixture[str]
) -> None:
    project.write({"site/own.txt": "somebody's own"})

    assert run(project, "clean") == 0

    assert capsys.readouterr().out == "0 files removed\n"
    assert set(project.built()) == {"own.txt"}


def test_clean_follows_the_configured_folder_and_the_one_that_is_named(project: Project) -> None:
    project.write({"content/site.yaml": "title: A site\noutput_dir: public\n"})
    run(project, "build", "--quiet")
    run(project, "build", "--quiet", "-o", str(project.root / "other"))

    assert run(project, "clean", "--quiet") == 0
    assert project.built("public") == {}
    assert project.built("other") != {}
    assert run(project, "clean", "--quiet", "-o", str(project.root / "other")) == 0
    assert project.built("other") == {}


def test_a_build_after_clean_writes_the_same_files(project: Project) -> None:
    run(project, "build", "--quiet")
    before = project.built()

    run(project, "clean", "--quiet")
    run(project, "build", "--quiet")

    assert project.built() == before


def test_explain_says_which_part_of_the_key_differs(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    run(project, "build", "--explain", "briefs/vote/")
    assert "not made before" in capsys.readouterr().out
    run(project, "build", "--quiet")
    project.write({"content/briefs/vote.md": BRIEF.replace("Text", "Other text")})

    assert run(project, "build", "--explain", "site/briefs/vote/index.html") == 0

    first, *fields = capsys.readouterr().out.splitlines()
    assert first == "briefs/vote/index.html  (from content/briefs/vote.md)"
    told = {line.split()[0]: "unchanged" in line for line in fields}
    assert told == {"code": True, "format": True, "template": True, "template_dependencies": True, "view": False}


@pytest.mark.parametrize(
    "named",
    [
        "briefs/vote",
        "/briefs/vote/",
        "site/briefs/vote/",
        "./site/briefs/vote/index.html",
        "{root}/site/briefs/vote/index.html",
        "https://example.org/repo/briefs/vote/",
        "/repo/briefs/vote/",
        "content/briefs/vote.md",
        "./content/briefs/vote.md",
    ],
)
def test_explain_takes_every_name_of_a_page(project: Project, capsys: pytest.CaptureFixture[str], named: str) -> None:
    project.write({"content/site.yaml": "title: A site\nbase_url: https://example.org/repo\n"})

    assert run(project, "build", "--explain", named.format(root=project.root)) == 0
    assert capsys.readouterr().out.startswith("briefs/vote/index.html  (from content/briefs/vote.md)\n")


@pytest.mark.parametrize("named", ["", "/", "site", "site/", ".", "https://example.org/repo/", "/repo"])
def test_explain_takes_every_name_of_the_home_page(
    project: Project, capsys: pytest.CaptureFixture[str], named: str
) -> None:
    project.write({"content/site.yaml": "title: A site\nbase_url: https://example.org/repo/\n"})

    assert run(project, "build", "--explain", named) == 0
    assert capsys.readouterr().out.startswith("index.html\n")


def test_explain_builds_nothing_and_accepts_only_pages(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(project, "build", "--explain", "brief/vote/") == 2

    told = capsys.readouterr().err
    assert 'there is no page at "brief/vote/"' in told
    assert "such as briefs/vote/index.html" in told
    assert run(project, "build", "--explain", "assets/style.css") == 2
    assert "assets/style.css is not made of a view" in capsys.readouterr().err
    assert not (project.root / "site").exists()


def test_the_number_of_processes_changes_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(30):
        project.write({f"content/briefs/vote-{number}.md": BRIEF.replace("A vote", f"Vote {number}")})
    monkeypatch.setattr("briefgen.pipeline.incremental.output_builder.OUTPUTS_PER_WORKER", 1)
    monkeypatch.setattr("briefgen.pipeline.incremental.cached_content.FILES_PER_WORKER", 1)

    run(project, "build", "--quiet", "--jobs", "1", "-o", str(project.root / "one"))
    run(project, "clean", "--quiet")
    run(project, "build", "--quiet", "--jobs", "3", "-o", str(project.root / "three"))

    assert project.built("one") == project.built("three")
