"""A new user creates a project, adds content and makes mistakes: the program with the real pipeline."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from briefgen.cli import main
from briefgen.cli.new import KINDS
from briefgen.cli.queries import SCHEMA_NAMES
from briefgen.load.content import PLACEHOLDERS


class Ran(NamedTuple):
    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    for name in ("GITHUB_ACTIONS", "SOURCE_DATE_EPOCH", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str) -> Ran:
        code = main(arguments)
        return Ran(code, *capsys.readouterr())

    return run


@pytest.fixture
def project(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    assert run("new", "reservoir").code == 0
    monkeypatch.chdir("reservoir")
    return tmp_path / "reservoir"


def test_a_new_project_builds_without_any_problem(run: Run, project: Path) -> None:
    checked = run("check", "--strict")
    built = run("build", "--strict")
    again = run("build", "--strict")

    assert checked == (0, "no problems\n", "")
    assert re.fullmatch(
        r"site/: \d+ files written, 0 unchanged, 0 removed, no problems, [\d.]+ s; no feeds and no .*\n", built.out
    )
    assert (built.code, built.err) == (0, "")
    assert again.out.startswith("site/: 0 files written, ")
    brief = (project / "site/briefs/vote-postponed/index.html").read_text(encoding="utf-8")
    assert "The council postpones its vote on the reservoir" in brief


@pytest.mark.parametrize("kind", KINDS)
def test_every_new_file_builds_at_once(run: Run, project: Path, kind: str) -> None:
    made = run("new", kind, "council-vote")
    built = run("build", "--drafts")

    assert (project / made.out.strip()).is_file()
    assert built.code == 0
    # An unused file is a warning, and so is a placeholder that the curator has not replaced.
    assert set(re.findall(r"\[(.+?)\]:", built.err)) <= {f"unused-{kind}", "placeholder"}


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_is_a_draft_or_a_warning_until_its_placeholder_is_replaced(
    run: Run, project: Path, kind: str
) -> None:
    file = project / run("new", kind, "council-vote").out.strip()
    text = file.read_text(encoding="utf-8")
    sentence = PLACEHOLDERS[kind]
    line = next(number for number, one in enumerate(text.split("\n"), 1) if sentence in one)

    is_published = kind == "page"
    assert ("warning[placeholder]" in run("check", "--strict").out) == is_published

    if kind not in ("brief", "page"):
        about = project / "content/pages/about.md"
        about.write_text(f"{about.read_text(encoding='utf-8')}\n[It](/{kind}s/council-vote/).\n", encoding="utf-8")
    file.write_text(text := text.replace("status: draft", "status: published"), encoding="utf-8")
    warned = run("check", "--strict")
    assert warned.code == 1
    assert f"--> {file.relative_to(project).as_posix()}:{line}:" in warned.out.partition("[placeholder]")[2]

    file.write_text(text.replace(sentence, "The council has voted."), encoding="utf-8")
    assert "[placeholder]" not in run("check").out


@pytest.mark.parametrize("id", ["null", "true", "no", "2025", "1e3"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_new_file_with_an_id_of_digits_has_a_text_as_its_title(run: Run, project: Path, kind: str, id: str) -> None:
    run("new", kind, id)

    assert run("build", "--drafts", "-C", str(project)).code == 0


def test_a_new_brief_is_a_draft_until_its_status_is_removed(run: Run, project: Path) -> None:
    run("new", "brief", "council-vote", "--date", "2025-12-03")
    file = project / "content/briefs/council-vote.md"

    run("build")
    assert not (project / "site/briefs/council-vote").exists()
    assert run("list", "drafts").out == "2025-12-03  content/briefs/council-vote.md  Council vote\n"

    run("build", "--drafts")
    assert (project / "site/briefs/council-vote/index.html").exists()

    file.write_text(file.read_text(encoding="utf-8").replace("status: draft\n", ""), encoding="utf-8")
    run("build")
    assert (project / "site/briefs/council-vote/index.html").exists()
    assert run("list", "drafts").out == ""


def test_scheduled_and_expired_briefs_depend_on_the_build_day(run: Run, project: Path) -> None:
    file = project / "content/briefs/vote-postponed.md"
    text = file.read_text(encoding="utf-8").replace("date: 2025-03-14\n", "date: 2025-03-14\nexpires: 2025-09-01\n", 1)
    file.write_text(text, encoding="utf-8")
    title = "The council postpones its vote on the reservoir\n"

    assert (
        run("list", "scheduled", "--date", "2025-03-13").out == f"2025-03-14  content/briefs/vote-postponed.md  {title}"
    )
    assert run("list", "scheduled", "--date", "2025-03-14").out == ""
    assert run("list", "expired", "--date", "2025-08-31").out == ""
    assert (
        run("list", "expired", "--date", "2025-09-01").out == f"2025-09-01  content/briefs/vote-postponed.md  {title}"
    )

    run("build", "--date", "2025-09-01")
    assert not (project / "site/briefs/vote-postponed/index.html").exists()
    run("build", "--date", "2025-09-01", "--expired")
    assert (project / "site/briefs/vote-postponed/index.html").exists()


def test_a_mistake_is_shown_and_nothing_is_written(run: Run, project: Path) -> None:
    file = project / "content/briefs/vote-postponed.md"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("actor: ada-miller", "actor: ada-miler"), encoding="utf-8")
    number = text[: text.index("actor: ada-miller")].count("\n") + 1

    built = run("build")

    assert built.code == 1
    assert built.out.startswith("site/: nothing written: 1 error, ")
    assert built.err.startswith(
        f'error[unknown-actor]: no actor "ada-miler"\n'
        f"   --> content/briefs/vote-postponed.md:{number}:12\n"
        f"    |\n"
        f" {number} |     actor: ada-miler\n"
        f'    |            ^^^^^^^^^ did you mean "ada-miller"?'
    )
    assert not (project / "site").exists()


def test_the_command_line_overrides_the_configuration(run: Run, project: Path, tmp_path: Path) -> None:
    ran = run("build", "-o", "../elsewhere", "--base-url", "https://example.org/here/")

    assert ran.out.startswith("../elsewhere/: ")
    home = (tmp_path / "elsewhere/index.html").read_text(encoding="utf-8")
    assert "https://example.org/here/" in home
    assert not (project / "site").exists()


def test_schemas_list_the_ids_of_the_project(run: Run, project: Path) -> None:
    run("new", "actor", "tom-weir")

    schema = json.loads((project / ".briefgen/schema/brief.json").read_text(encoding="utf-8"))

    assert "tom-weir" in json.dumps(schema)
    assert "river-watch" in json.dumps(schema)
    assert sorted(path.stem for path in (project / ".briefgen/schema").iterdir()) == sorted(SCHEMA_NAMES)
    assert json.loads(run("schema", "brief").out) == schema


def test_a_new_file_can_be_created_in_content_with_errors(run: Run, project: Path) -> None:
    (project / "content/site.yaml").write_text("title: [\n", encoding="utf-8")
    (project / "content/actors/ada-miller.md").write_text("---\nname: '\n", encoding="utf-8")

    ran = run("new", "actor", "tom-weir")

    assert (ran.code, ran.out) == (0, "content/actors/tom-weir.md\n")


def test_a_project_begins_with_the_site_theme_that_was_chosen(run: Run, tmp_path: Path) -> None:
    assert run("new", str(tmp_path / "desk"), "--site-theme", "dossier").code == 0
    assert run("build", "--project", str(tmp_path / "desk"), "--strict", "--date", "2025-12-31").code == 0
    page = (tmp_path / "desk/site/briefs/index.html").read_text(encoding="utf-8")
    assert '<link rel="stylesheet" href="../assets/dossier.css">' in page
    assert (tmp_path / "desk/site/assets/dossier.css").is_file()


def test_a_site_theme_that_is_not_there_is_no_choice(run: Run, tmp_path: Path) -> None:
    ran = run("new", str(tmp_path / "desk"), "--site-theme", "dosier")
    assert ran.code == 2
    assert 'did you mean "dossier"?' in ran.err
    assert not (tmp_path / "desk").exists()
    assert "goes with a new project" in run("new", "brief", "vote", "--site-theme", "dossier").err
