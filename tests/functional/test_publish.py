"""`briefgen publish` with a real repository, and the output of `check --deploy`."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import yaml

import briefgen
from briefgen.cli import main
from briefgen.publish.git import Git
from support.crawl import faults
from support.project import Project
from support.strategies import front_matter

BRIEF = front_matter({"title": "The dam", "date": "2025-03-01"}, "Text.")
PAGE = "briefs/dam/index.html"
ELSEWHERE = '"briefgen[cards] @ git+https://…@COMMIT", or ./ and the name of a wheel that you commit.'


def git(at: Path, *arguments: str) -> str:
    ended = subprocess.run(["git", *arguments], cwd=at, check=True, capture_output=True, text=True)
    return ended.stdout.strip()


class Desk(Project):
    """A project in a repository with a bare remote."""

    def __init__(self, root: Path) -> None:
        super().__init__(root / "desk", {"content/briefs/dam.md": BRIEF, ".gitignore": "/site/*\n.briefgen/\n"})
        self.remote = root / "remote.git"
        git(root, "init", "--quiet", "--bare", str(self.remote))
        git(self.root, "init", "--quiet", "--initial-branch", "main")
        git(self.root, "remote", "add", "origin", str(self.remote))
        git(self.root, "add", "--all")
        git(self.root, "commit", "--quiet", "--message", "First")

    def publish(self, *arguments: str) -> int:
        return main(["publish", "--project", str(self.root), "--date", "2025-12-31", *arguments])

    def init(self, *arguments: str) -> int:
        return self.publish("--init", "--requirement", "briefgen==1.0", *arguments)

    def published(self, branch: str = "gh-pages") -> dict[str, bytes]:
        names = git(self.remote, "ls-tree", "-r", "-z", "--name-only", branch).split("\0")[:-1]
        return {
            name: subprocess.run(
                ["git", "show", f"{branch}:{name}"], cwd=self.remote, check=True, capture_output=True
            ).stdout
            for name in names
        }

    def commits(self) -> list[str]:
        return git(self.remote, "log", "--format=%s", "gh-pages").splitlines()

    def state(self) -> tuple[str, ...]:
        """Return the state that publishing must not change."""
        commands = (("status", "--porcelain"), ("symbolic-ref", "HEAD"), ("rev-parse", "HEAD"), ("branch", "--list"))
        return (*(git(self.root, *each) for each in commands), (self.root / ".git/index").read_bytes().hex())

    def elsewhere(self, folder: Path, files: dict[str, str]) -> None:
        """Push to the branch from another clone."""
        git(folder.parent, "clone", "--quiet", "--branch", "gh-pages", str(self.remote), str(folder))
        for name, text in files.items():
            (folder / name).write_text(text)
        git(folder, "add", "--all", "--force")
        git(folder, "commit", "--quiet", "--message", "Elsewhere")
        git(folder, "push", "--quiet", "origin", "gh-pages")


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "A. Analyst")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "analyst@desk.example")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    return Desk(tmp_path)


@pytest.fixture(autouse=True)
def told(capsys: pytest.CaptureFixture[str]) -> pytest.CaptureFixture[str]:
    return capsys


def test_publish_pushes_a_clean_build_and_leaves_the_work_tree_unchanged(desk: Desk) -> None:
    desk.write({"content/briefs/new.md": BRIEF.replace("dam", "town")})  # not committed
    before = desk.state()
    assert desk.publish("--base-url", "https://desk.example/repo/") == 0

    assert desk.state() == before
    assert desk.build(base_url="https://desk.example/repo/").ok
    assert desk.published() == desk.built()
    assert faults(desk.published(), "/repo/") == []
    assert git(desk.root, "for-each-ref", "refs/briefgen") == ""


def test_publish_pushes_only_changes_and_nothing_without_any(
    desk: Desk, told: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    desk.write({"content/site.yaml": "title: A site\nbase_url: https://desk.example/\n"})
    assert desk.publish() == 0
    assert desk.publish() == 0
    assert "holds this site already" in told.readouterr().out
    assert len(desk.commits()) == 1

    desk.elsewhere(tmp_path / "other", {"CNAME": "desk.example\n", "stray.txt": "stray"})
    desk.write({"content/briefs/dam.md": BRIEF.replace("Text.", "Better."), 'content/static/a b/"q" ü.txt': "x"})
    assert desk.publish("--dry-run") == 0
    said = told.readouterr().out
    assert re.search(r"1 file added, \d+ changed, 1 removed", said)  # the index of the search changes, too
    assert "CNAME stays" in said
    assert f"  ~ {PAGE}" in said
    assert "  - stray.txt" in said
    assert "Nothing was pushed." in said
    assert len(desk.commits()) == 2

    assert desk.publish("--message", "Better words") == 0
    assert desk.commits() == ["Better words", "Elsewhere", "Publish A site"]
    assert b"Better." in desk.published()[PAGE]
    assert desk.published()["CNAME"] == b"desk.example\n"
    assert "stray.txt" not in desk.published()
    assert git(desk.remote, "ls-tree", "-r", "-z", "--name-only", "gh-pages").count('a b/"q" ü.txt') == 1


def test_errors_prevent_publishing_and_drafts_are_never_published(desk: Desk, told: pytest.CaptureFixture[str]) -> None:
    desk.write({"content/briefs/draft.md": front_matter({"title": "D", "date": "2025-01-01", "status": "draft"}, "S.")})
    assert desk.publish() == 0
    assert not any("draft" in path for path in desk.published())

    desk.write({"content/briefs/dam.md": BRIEF.replace("2025-03-01", "never")})
    told.readouterr()
    assert desk.publish() == 1
    said = told.readouterr()
    assert "error[" in said.err
    assert said.out == "nothing published\n"
    assert len(desk.commits()) == 1


def test_a_rejected_push_leaves_the_branch_unchanged_and_prints_the_reason(
    desk: Desk, told: pytest.CaptureFixture[str]
) -> None:
    assert desk.publish() == 0
    hook = desk.remote / "hooks" / "pre-receive"
    hook.write_text("#!/bin/sh\necho the branch is protected >&2\nexit 1\n")
    hook.chmod(0o755)
    desk.write({"content/briefs/dam.md": BRIEF.replace("Text.", "Better.")})
    told.readouterr()

    assert desk.publish() == 2
    said = told.readouterr().err
    assert "rejected the push to gh-pages: pre-receive hook declined; the branch is protected" in said
    assert "Traceback" not in said
    assert len(desk.commits()) == 1
    assert git(desk.root, "for-each-ref", "refs/briefgen") == ""


def test_publish_does_not_overwrite_a_commit_pushed_in_the_meantime(
    desk: Desk, told: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from briefgen.publish import branch

    assert desk.publish() == 0
    desk.write({"content/briefs/dam.md": BRIEF.replace("Text.", "Better.")})
    commit = branch._commit

    def slow(*arguments: object) -> str:
        made = commit(*arguments)  # type: ignore[arg-type]
        desk.elsewhere(tmp_path / "other", {"own.txt": "own"})
        return made

    monkeypatch.setattr(branch, "_commit", slow)
    assert desk.publish() == 2
    assert (
        'others have published on the branch gh-pages of the remote "origin" in the meantime' in told.readouterr().err
    )
    assert desk.commits()[0] == "Elsewhere"


def publish_two(desk: Desk, branches: tuple[str, str], monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Publish two projects of one repository, each commit made before the first push, and return their exit codes."""
    for name in ("one", "two"):
        Project(desk.root / name, {"content/briefs/dam.md": BRIEF.replace("Text.", f"Text of {name}.")})
    both, run = threading.Barrier(2, timeout=60), Git.run

    def meet(self: Git, *arguments: str, input: Iterable[bytes] = ()) -> bytes:
        answer = run(self, *arguments, input=input)
        if arguments[0] == "fast-import":
            both.wait()
        return answer

    def publish(name: str, branch: str) -> int:
        return main(["publish", "--project", str(desk.root / name), "--date", "2025-12-31", "--branch", branch])

    monkeypatch.setattr(Git, "run", meet)
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(publish, ("one", "two"), branches))


def test_two_projects_published_at_once_get_a_branch_each_with_their_own_site(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert publish_two(desk, ("first", "second"), monkeypatch) == [0, 0]

    assert b"Text of one." in desk.published("first")[PAGE]
    assert b"Text of two." in desk.published("second")[PAGE]
    assert git(desk.root, "for-each-ref", "refs/briefgen") == ""


def test_two_parallel_runs_on_one_branch_give_one_success_and_one_failure(
    desk: Desk, told: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    codes = publish_two(desk, ("gh-pages", "gh-pages"), monkeypatch)

    assert sorted(codes) == [0, 2]
    winner = ("one", "two")[codes.index(0)]
    assert f"Text of {winner}.".encode() in desk.published()[PAGE]
    assert len(desk.commits()) == 1
    said = told.readouterr().err.partition("error: ")[2]
    assert said == (
        'others have published on the branch gh-pages of the remote "origin" in the meantime\n'
        "   = Publish again; --dry-run shows the changes first.\n"
    )


def test_publishing_works_while_another_run_locks_the_remote_tracking_ref(desk: Desk) -> None:
    assert desk.publish() == 0
    git(desk.root, "update-ref", "-d", "refs/remotes/origin/gh-pages")
    lock = desk.root / ".git/refs/remotes/origin/gh-pages.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.write_text("")
    desk.write({"content/briefs/dam.md": BRIEF.replace("Text.", "Better.")})

    assert desk.publish() == 0
    assert b"Better." in desk.published()[PAGE]


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda desk: git(desk.root, "remote", "remove", "origin"), 'there is no git remote "origin"'),
        (lambda desk: git(desk.root, "remote", "set-url", "origin", "/nowhere"), "does not answer"),
        (lambda desk: (desk.root / ".git").rename(desk.root / "git"), "is in no git repository"),
    ],
)
def test_a_missing_remote_or_repository_is_a_failure_with_one_sentence(
    desk: Desk, told: pytest.CaptureFixture[str], spoil: object, said: str
) -> None:
    assert callable(spoil)
    spoil(desk)
    assert desk.publish() == 2
    assert said in told.readouterr().err


def test_a_missing_git_or_committer_name_is_a_failure(
    desk: Desk, told: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.delenv(f"GIT_{name}_NAME")
        monkeypatch.delenv(f"GIT_{name}_EMAIL")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    git(desk.root, "config", "user.useConfigOnly", "true")
    assert desk.publish() == 2
    assert "git does not know who you are" in told.readouterr().err

    monkeypatch.setenv("PATH", "")
    assert desk.publish() == 2
    assert "there is no git here" in told.readouterr().err


@pytest.mark.parametrize("name", ["", "-x", "HEAD", "@", "refs/heads/x", "a b", "a..b", "x/", "a:b"])
def test_an_invalid_branch_name_is_refused_before_the_build(
    desk: Desk, told: pytest.CaptureFixture[str], name: str
) -> None:
    assert desk.publish(f"--branch={name}") == 2
    said = told.readouterr().err
    assert f'"{name}" is no name for a branch' in said
    assert "warning" not in said
    assert git(desk.remote, "for-each-ref") == ""


@pytest.mark.parametrize("folder", [".", "desks/one"])
def test_publish_refuses_the_branch_that_holds_the_project(
    desk: Desk, told: pytest.CaptureFixture[str], folder: str
) -> None:
    if folder != ".":
        (desk.root / folder).mkdir(parents=True)
        git(desk.root, "mv", "content", f"{folder}/content")
        git(desk.root, "commit", "--quiet", "--message", "Moved")
    git(desk.root, "push", "--quiet", "origin", "main")
    before = git(desk.remote, "rev-parse", "main")
    for more in ([], ["--dry-run"], ["--force"]):
        arguments = ["publish", "--project", str(desk.root / folder), "--date", "2025-12-31", "--branch", "main", *more]
        assert main(arguments) == 2
        assert 'the branch "main" holds the project itself' in told.readouterr().err
    assert git(desk.remote, "rev-parse", "main") == before
    assert git(desk.root, "for-each-ref", "refs/briefgen") == ""


@pytest.mark.parametrize("checked_out", [True, False])
def test_publish_refuses_a_local_branch_that_holds_the_project(
    desk: Desk, told: pytest.CaptureFixture[str], *, checked_out: bool
) -> None:
    if not checked_out:
        git(desk.root, "switch", "--quiet", "--create", "elsewhere")
    assert desk.publish("--branch", "main") == 2
    assert 'the branch "main" holds the project itself' in told.readouterr().err
    assert git(desk.remote, "for-each-ref") == ""


def test_the_domain_in_the_cname_of_the_branch_is_the_address_of_the_site(
    desk: Desk, told: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert desk.publish() == 0
    desk.elsewhere(tmp_path / "other", {"CNAME": "Desk.example\n"})
    assert desk.publish() == 0
    assert "Made for https://desk.example/, as CNAME on the branch gh-pages says." in told.readouterr().out
    assert b'href="/assets/style.css"' in desk.published()["404.html"]
    assert b"https://desk.example/briefs/dam/" in desk.published()["sitemap.xml"]

    assert desk.publish("--base-url", "https://desk.github.io/water/") == 0
    said = told.readouterr()
    assert "warning[other-domain]" in said.err
    assert 'CNAME has it stand at "desk.example"' in said.err
    assert desk.publish() == 0
    assert told.readouterr().err == ""

    # A check uses the branch as it was fetched last, and sends no requests.
    assert main(["check", "--deploy", "--project", str(desk.root), "--date", "2025-12-31"]) == 0
    assert "made for https://desk.example/, as CNAME on the branch gh-pages says" in told.readouterr().out


def test_a_shallow_clone_with_a_detached_head_can_publish(desk: Desk, tmp_path: Path) -> None:
    git(desk.root, "push", "--quiet", "origin", "main")
    git(tmp_path, "clone", "--quiet", "--depth", "1", "--branch", "main", f"file://{desk.remote}", "shallow")
    git(tmp_path / "shallow", "checkout", "--quiet", "--detach")
    assert main(["publish", "--project", str(tmp_path / "shallow"), "--date", "2025-12-31"]) == 0
    assert PAGE in desk.published()


@pytest.mark.parametrize(
    ("remote", "files", "address"),
    [
        ("https://github.com/Desk/water.git", {}, "https://desk.github.io/water/"),
        ("git@github.com:desk/water.git", {}, "https://desk.github.io/water/"),
        ("ssh://git@github.com/desk/desk.github.io", {}, "https://desk.github.io/"),
        ("https://gitlab.com/desk/water.git", {}, ""),
        ("git@github.com:desk/water.git", {"content/static/CNAME": "water.example\n"}, "https://water.example/"),
        (
            "git@github.com:desk/water.git",
            {"content/site.yaml": "title: W\nbase_url: https://w.org/\n"},
            "https://w.org/",
        ),
    ],
)
def test_the_address_comes_from_the_project_else_from_its_remote(
    desk: Desk, told: pytest.CaptureFixture[str], remote: str, files: dict[str, str], address: str
) -> None:
    git(desk.root, "remote", "set-url", "origin", remote)
    desk.write(files)
    check = ["check", "--deploy", "--project", str(desk.root), "--date", "2025-12-31"]
    code = main(check)
    said = told.readouterr().out
    assert code == 0
    assert ("no-base-url" in said) is (not address)
    assert (f"; made for {address}, as " in said) is bool(address)
    assert main([*check, "--format", "json"]) == 0
    assert json.loads(told.readouterr().out)["address"]["url"] == (address or None)

    from briefgen.publish.site import site_address

    assert (site_address(desk.root)[0] or "") == address
    assert site_address(desk.root, "https://other.example/")[0] == "https://other.example/"


def test_the_address_of_pages_is_used_if_the_project_has_none(
    desk: Desk, told: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the workflow builds."""
    build = ["build", "--project", str(desk.root), "--date", "2025-12-31"]
    monkeypatch.setenv("BRIEFGEN_PAGES_URL", "https://desk.github.io/water")
    for config, arguments, address, said in (
        ("title: W\n", [], "https://desk.github.io/water/", "; made for https://desk.github.io/water, as the workflow"),
        ("title: W\nbase_url: https://w.org/\n", [], "https://w.org/", ""),
        ("title: W\nbase_url: https://w.org/\n", ["-u", "https://x.org/"], "https://x.org/", ""),
    ):
        desk.write({"content/site.yaml": config})
        assert main([*build, *arguments]) == 0
        out = told.readouterr().out
        assert said in out
        assert ("made for" in out) is bool(said)
        assert f'rel="canonical" href="{address}"' in (desk.root / "site/index.html").read_text()

    monkeypatch.setenv("BRIEFGEN_PAGES_URL", "")
    desk.write({"content/site.yaml": "title: W\n"})
    assert main(build) == 0
    assert "canonical" not in (desk.root / "site/index.html").read_text()


@pytest.mark.parametrize(
    ("words", "branch"),
    [
        ([], "main"),
        ([["branch", "--move", "master"]], "master"),
        ([["branch", "--move", "trunk"]], "trunk"),
        ([["checkout", "--quiet", "-b", "draft"]], "main"),
        ([["checkout", "--quiet", "--detach"], ["branch", "--delete", "--force", "main"]], "main"),
        ([["update-ref", "refs/remotes/origin/dev/x", "HEAD"], ["remote", "set-head", "origin", "dev/x"]], "dev/x"),
    ],
)
def test_the_workflow_runs_at_pushes_to_the_main_branch(
    desk: Desk, told: pytest.CaptureFixture[str], words: list[list[str]], branch: str
) -> None:
    for each in words:
        git(desk.root, *each)
    assert desk.init() == 0
    assert f"Every push to {branch} publishes" in told.readouterr().out
    assert f'branches: ["{branch}"]' in (desk.root / ".github/workflows/pages.yml").read_text()


def installed(folder: Path, **files: str) -> dict[str, str]:
    """Install briefgen into a folder as pip does, with these files beside its metadata, and return the environment."""
    shutil.copytree(Path(briefgen.__file__).parent, folder / "briefgen", ignore=shutil.ignore_patterns("__pycache__"))
    metadata = folder / "briefgen-1.0.dist-info"
    metadata.mkdir()
    for name, text in {"METADATA": "Name: briefgen\nVersion: 1.0\n", **files}.items():
        (metadata / name.replace("direct_url", "direct_url.json")).write_text(text)
    return {**os.environ, "PYTHONPATH": str(folder)}


def init_installed(desk: Desk, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-P", "-m", "briefgen", "publish", "--init", "--project", str(desk.root)]
    return subprocess.run(command, env=environment, cwd=desk.root, capture_output=True, text=True, check=False)


def test_the_workflow_installs_from_the_index_if_briefgen_came_from_it(desk: Desk, tmp_path: Path) -> None:
    file = desk.root / ".github/workflows/pages.yml"
    environment = installed(tmp_path / "installed", INSTALLER="pip\n")

    ended = init_installed(desk, environment)
    assert ended.returncode == 0
    assert "from the package index; --requirement names another place" in ended.stdout
    assert f"pip install 'briefgen[cards]=={briefgen.__version__}'" in file.read_text()

    desk.write({"content/site.yaml": "title: A site\ncards: none\n"})
    file.unlink()
    assert init_installed(desk, environment).returncode == 0
    assert f"pip install briefgen=={briefgen.__version__}" in file.read_text()


@pytest.mark.parametrize(
    ("files", "said", "instead"),
    [
        (
            {"INSTALLER": "pip\n", "direct_url": '{"url": "file:///wheels/briefgen.whl", "archive_info": {}}'},
            'was installed from "file:///wheels/briefgen.whl"',
            ELSEWHERE,
        ),
        (
            {"INSTALLER": "pip\n", "direct_url": '{"url": "file:///desk", "dir_info": {"editable": true}}'},
            'was installed from "file:///desk"',
            ELSEWHERE,
        ),
        (
            {
                "INSTALLER": "uv",
                "direct_url": '{"url": "https://code.example/b", "vcs_info": {"vcs": "git", "commit_id": "1a2b"}}',
            },
            'was installed from "https://code.example/b"',
            '"briefgen[cards] @ git+https://code.example/b@1a2b".',
        ),
        (
            {"INSTALLER": "pip", "direct_url": '{"url": "https://code.example/b.whl", "archive_info": {}}'},
            'was installed from "https://code.example/b.whl"',
            '"briefgen[cards] @ https://code.example/b.whl".',
        ),
        ({"INSTALLER": "pip", "direct_url": "no JSON"}, "from an address that cannot be read", ELSEWHERE),
        ({"INSTALLER": "conda"}, "was not installed by pip", ELSEWHERE),
        ({}, "was not installed by pip", ELSEWHERE),
    ],
)
def test_the_workflow_never_installs_from_the_index_if_briefgen_came_from_elsewhere(
    desk: Desk, tmp_path: Path, files: dict[str, str], said: str, instead: str
) -> None:
    ended = init_installed(desk, installed(tmp_path / "installed", **files))

    assert ended.returncode == 2
    assert said in ended.stderr
    assert f"Write what pip is to install: --requirement {instead}\n" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert not (desk.root / ".github").exists()


def test_the_workflow_never_installs_from_the_index_if_another_briefgen_is_installed(
    desk: Desk, tmp_path: Path
) -> None:
    environment = installed(tmp_path / "installed", INSTALLER="pip")
    (tmp_path / "installed/briefgen").rename(tmp_path / "briefgen")
    environment["PYTHONPATH"] = os.pathsep.join((str(tmp_path), environment["PYTHONPATH"]))

    ended = init_installed(desk, environment)
    assert ended.returncode == 2
    assert "this briefgen is not the installed one" in ended.stderr


def test_the_workflow_installs_the_given_requirement(desk: Desk, told: pytest.CaptureFixture[str]) -> None:
    file = desk.root / ".github/workflows/pages.yml"
    requirement = "briefgen @ git+https://code.example/briefgen@1a2b3c # ours"
    assert desk.publish("--init", "--requirement", requirement) == 0
    steps = yaml.safe_load(file.read_text())["jobs"]["build"]["steps"]
    assert shlex.split(next(step["run"] for step in steps if "run" in step)) == ["pip", "install", requirement]
    assert "package index" not in told.readouterr().out


def test_the_workflow_builds_into_the_output_folder_of_the_project_and_uploads_it(desk: Desk) -> None:
    desk.write({"content/site.yaml": "title: A site\noutput_dir: public\n"})
    assert desk.init() == 0
    text = (desk.root / ".github/workflows/pages.yml").read_text()
    assert "briefgen build --output-dir=public" in text
    assert 'path: "public"' in text


def test_an_edited_workflow_is_only_overwritten_with_force(desk: Desk, told: pytest.CaptureFixture[str]) -> None:
    file = desk.root / ".github/workflows/pages.yml"
    assert desk.init("--dry-run") == 0
    shown = told.readouterr().out
    assert "+name: pages\n" in shown
    assert shown.endswith("\nNothing was written.\n")
    assert not file.exists()
    assert desk.init() == 0
    assert "written" in told.readouterr().out
    text = file.read_text()
    assert text.count("- cron:") == 1  # the weekly one
    assert desk.init() == 0
    assert "is up to date" in told.readouterr().out

    file.write_text(text.replace("3.13", "3.12"))
    assert desk.init() == 1
    said = told.readouterr()
    assert '-          python-version: "3.12"' in said.out
    assert '+          python-version: "3.13"' in said.out
    assert "--force" in said.err
    assert desk.init("--force", "--dry-run") == 0
    assert '+          python-version: "3.13"' in told.readouterr().out
    assert file.read_text() != text
    assert desk.init("--force") == 0
    assert file.read_text() == text

    desk.write({"content/briefs/later.md": BRIEF.replace("2025-03-01", "2026-03-01")})
    assert desk.init("--force") == 0
    assert file.read_text().count("- cron:") == 2
    assert git(desk.remote, "branch", "--list") == ""
