"""Completion of ids in the shell: quick, and quiet whatever is wrong."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.shell_completion import ShellComplete

from briefgen.cli.program import briefgen
from support.project import Project


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    files = ("actors/mayor.md", "actors/council.md", "actors/Bad Name.md", "actors/notes.txt", "actors/.mayor.md")
    more = ("themes/dam.md", "sources/minutes.yaml", "briefs/meeting.md", "publishers/post.yaml")
    desk = Project(tmp_path / "desk", {f"content/{file}": "not even: [YAML" for file in (*files, *more)})
    (desk.root / "below").mkdir()
    monkeypatch.chdir(desk.root / "below")
    return desk


def complete(*words: str) -> list[str]:
    *before, last = words
    items = ShellComplete(briefgen, {}, "briefgen", "_BRIEFGEN_COMPLETE").get_completions(list(before), last)
    return [item.value if item.type == "plain" else f"{item.type}:{item.value}" for item in items]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (("list", "claims", "--actor", ""), ["council", "mayor"]),
        (("list", "claims", "--actor", "m"), ["mayor"]),
        (("list", "--theme", ""), ["dam"]),
        (("list", "--source", "m"), ["meeting", "minutes"]),
        (("list", "a"), ["actors"]),
        (("rename", "a"), ["actor"]),
        (("rename", "actor", "c"), ["council"]),
        (("rename", "publisher", ""), ["post"]),
        (("rename", "actor", "mayor", "m"), ["mayor"]),
        (("new", "a"), ["actor", "dir:a"]),
        (("new", "actor", ""), ["council", "mayor"]),
        (("new", "page", ""), []),
        (("new", "reservoir", ""), []),
        (("new", "actor", "mayor", ""), []),
        (("explain", "unknown-ac"), ["unknown-actor"]),
    ],
)
@pytest.mark.usefixtures("desk")
def test_ids_and_words_are_completed(words: tuple[str, ...], found: list[str]) -> None:
    assert complete(*words) == found


def test_ids_are_those_of_the_named_project(desk: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert complete("list", "--actor", "") == []
    assert complete("list", "-C", str(desk.root), "--actor", "") == ["council", "mayor"]
    monkeypatch.setenv("BRIEFGEN_PROJECT", str(desk.root))
    assert complete("list", "--actor", "") == ["council", "mayor"]


@pytest.mark.usefixtures("desk")
def test_trouble_completes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "scandir", refuse)
    assert complete("list", "--actor", "") == []
    monkeypatch.setattr(Path, "cwd", refuse)
    assert complete("list", "--actor", "") == []


@pytest.mark.usefixtures("desk")
def test_shell_gets_ids_without_loading_the_content() -> None:
    program = (
        "import sys; from briefgen.cli.program import main\n"
        "try: main()\n"
        "finally: print(*{'yaml', 'markdown_it', 'briefgen.plan', 'jinja2'} & set(sys.modules), file=sys.stderr)"
    )
    environment = os.environ | {"_BRIEFGEN_COMPLETE": "bash_complete", "COMP_CWORD": "3"}
    for words in ("briefgen list --actor ma", "briefgen rename actor ma", "briefgen new actor ma"):
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=environment | {"COMP_WORDS": words},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.stdout, done.stderr) == ("plain,mayor\n", "\n")


def test_thousands_of_ids_are_completed_in_a_moment(desk: Project) -> None:
    for number in range(3_000):
        (desk.root / f"content/actors/actor-{number}.md").touch()
    start = time.process_time()

    assert len(complete("list", "--actor", "actor-1")) == 1111
    assert time.process_time() - start < 0.4
