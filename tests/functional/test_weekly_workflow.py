"""The weekly jobs of the workflow that `publish --init` writes: their steps run as GitHub runs them, with stand-ins.

The repository is a bare one, the live pages come from a loopback server behind a proxy, and `gh` and `pip` are scripts
that note their arguments.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.cli import main
from briefgen.publish.workflow import WORKFLOW, write_workflow
from support.misbehaving import Document, Misbehaving, misbehaving
from support.project import Project

QUOTE = "four million cubic metres"
FILLING = " ".join(f"The council met for the {number}th time and heard the board." for number in range(40))
TEXT = f"Reservoir sinks\nThe board measured {QUOTE} of water.\n{FILLING}\n"
ARCHIVED = "http://archive.example/web/2025/http://courier.example/dam"
BRIEF = f"""---
title: The dam
date: 2025-03-01
source: {{title: Reservoir sinks, url: "http://courier.example/dam", archive: "{ARCHIVED}"}}
claims:
- {{id: a, actor: ada, says: It is., quote: {QUOTE}}}
---
Another page [is gone](http://gone.example/page).
"""
PIP = '#!/bin/sh\necho "pip $*" >> "$HOME/log"\n'
GH = """#!/bin/sh
echo "gh $*" >> "$HOME/log"
case "$1 $2" in
  "pr list") if [ -f "$HOME/is-open" ]; then echo 1; else echo 0; fi;;
  "pr create") [ ! -f "$HOME/may-not-open" ];;
esac
"""


def page(words: str) -> Document:
    body = f"<article><h1>Reservoir sinks</h1><p>The board measured {words} of water.</p><p>{FILLING}</p></article>"
    html = f"<!doctype html><html><head><title>Reservoir sinks</title></head><body>{body}</body></html>"
    return Document(html.encode(), headers={"Content-Type": "text/html"})


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Misbehaving]:
    """A proxy by which all pages of the web answer, whole and unchanged."""
    answers = {"http://courier.example/dam": "/dam", ARCHIVED: "/archived", "http://gone.example/page": "/status/404"}
    monkeypatch.setattr(Misbehaving, "through_proxy", lambda _, address: answers.get(address, "/status/404"))
    with misbehaving() as servers:
        servers.documents = {"/dam": page(QUOTE), "/archived": page(QUOTE)}
        yield servers


class Repository:
    """A desk in a repository with a remote, and the machine on which its jobs run."""

    def __init__(self, root: Path, web: Misbehaving, at: str = ".") -> None:
        self.root = root
        self.at = at
        proxy = web.url("")
        for name, script in {
            "pip": PIP,
            "gh": GH,
            "briefgen": f'#!/bin/sh\nexec {sys.executable} -m briefgen "$@"\n',
        }.items():
            (root / "bin").mkdir(exist_ok=True)
            (root / "bin" / name).write_text(script)
            (root / "bin" / name).chmod(0o755)
        self.environment = {
            "PATH": f"{root / 'bin'}:{os.environ['PATH']}",
            "HOME": str(root),
            "GIT_CONFIG_NOSYSTEM": "1",
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "HTTP_PROXY": proxy,
            "HTTPS_PROXY": proxy,
            "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        }
        self.run(f"git init -q --bare -b main {root}/origin && git clone -q {root}/origin {root}/desk", root)
        project = Project(
            root / "desk" / at,
            {
                "content/actors/ada.md": "---\nname: Ada\nkind: person\n---\n",
                "content/briefs/dam.md": BRIEF,
                "content/copies/dam/text.txt": TEXT,
                ".gitignore": "/content/copies/\n.briefgen/\n/site/\n",
            },
        )
        assert main(["check", "--project", str(project.root), "--record", "--date", "2025-11-01"]) == 0
        write_workflow(root / "desk", project.root, requirement="briefgen[cards]==1.0")
        self.jobs = yaml.safe_load((root / "desk" / WORKFLOW).read_text("utf-8"))["jobs"]
        self.commit("First")
        self.sha = self.git("rev-parse", "main")

    def run(self, script: str, folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
        # As the runner does where a step names no shell.
        return subprocess.run(
            ["bash", "-e", "-c", script], cwd=folder, env=self.environment | environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip

    def commit(self, message: str) -> None:
        identity = "-c user.name=x -c user.email=x@desk.example"
        done = self.run(
            f"git add . && git {identity} commit -qm {message} && git push -q origin main", self.root / "desk"
        )
        assert done.returncode == 0, done.stderr

    def git(self, *arguments: str) -> str:
        done = subprocess.run(["git", *arguments], cwd=self.root / "origin", capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def job(self, name: str, values: dict[str, str]) -> dict[str, str]:
        """Run the steps of a job in a fresh clone, with `values` for expressions, and return its outputs."""
        job = self.jobs[name]
        clone, output = self.root / f"runner-{name}", self.root / "output"
        checkout = f"rm -rf {clone} && git clone -q --depth 1 file://{self.root}/origin {clone}"
        fetch = f"cd {clone} && git fetch -q --depth 1 origin {self.sha} && git checkout -q -B main {self.sha}"
        assert self.run(f"{checkout} && {fetch}", self.root).returncode == 0
        output.write_text("")
        for step in job["steps"]:
            if "run" not in step:
                continue
            fill = {key: evaluate(value, values) for key, value in step.get("env", {}).items()}
            done = self.run(step["run"], clone / self.at, GITHUB_OUTPUT=str(output), **fill)
            assert done.returncode == 0, f"{step['run']}\n{done.stdout}{done.stderr}"
            self.said = done.stdout
        return dict(line.split("=", 1) for line in output.read_text().splitlines())

    def weekly(self) -> bool:
        """Run the weekly jobs as their conditions say; return whether records were proposed."""
        outputs = self.job("links", {})
        values = {f"needs.links.outputs.{name}": value for name, value in outputs.items()}
        if not any(values.get(name.strip()) for name in self.jobs["record"]["if"].split("||")):
            return False
        self.job("record", values)
        return True

    @property
    def log(self) -> list[str]:
        """What was noted by the scripts."""
        return (self.root / "log").read_text().splitlines()

    def proposed(self, name: str) -> Any:
        folder = "" if self.at == "." else f"{self.at}/"
        return yaml.safe_load(self.git("show", f"briefgen-links:{folder}content/{name}.yaml"))


def evaluate(text: str, values: dict[str, str]) -> str:
    """Return a text with the values of its expressions, empty for an output that no step has set."""
    return re.sub(r"\$\{\{ (.*?) \}\}", lambda found: values.get(found[1], ""), text)


@pytest.fixture
def repository(tmp_path: Path, web: Misbehaving) -> Repository:
    return Repository(tmp_path, web)


@pytest.mark.parametrize("at", [".", "sites/the desk"])
def test_the_weekly_jobs_propose_what_has_changed(tmp_path: Path, web: Misbehaving, at: str) -> None:
    repository = Repository(tmp_path, web, at)
    web.documents["/dam"] = page("five million cubic metres")
    before = repository.git("rev-parse", "main")

    assert repository.weekly()

    links = {link["address"]: link for link in repository.proposed("links")["links"]}
    assert links["http://gone.example/page"]["state"] == "dead"  # which stops no record
    [quote] = repository.proposed("checks")["sources"][0]["quotes"]
    assert (quote["page"]["result"], quote["archive"]["result"]) == ("absent", "found")
    changed = repository.git("diff", "--name-only", "main", "briefgen-links").splitlines()
    assert {path.rpartition("/")[2].strip('"') for path in changed} == {"links.yaml", "checks.yaml"}
    assert repository.git("log", "-1", "--format=%an %ae", "briefgen-links").startswith("github-actions[bot] ")
    assert repository.git("rev-parse", "main") == before
    assert repository.log[0] == "pip install briefgen[cards,capture]==1.0"
    assert [line for line in repository.log if line.startswith("gh pr create --head briefgen-links --title ")]


def test_a_week_without_news_proposes_nothing(repository: Repository) -> None:
    assert repository.weekly()
    merged = "git pull -q origin briefgen-links && git push -q origin HEAD:main"
    assert repository.run(merged, repository.root / "desk").returncode == 0
    repository.sha = repository.git("rev-parse", "main")

    assert not repository.weekly()


@pytest.mark.parametrize("refusal", ["is-open", "may-not-open"])
def test_a_later_week_replaces_the_proposal_of_the_week_before(
    repository: Repository, web: Misbehaving, refusal: str
) -> None:
    assert repository.weekly()
    (repository.root / refusal).touch()
    web.documents["/archived"] = page("nine million cubic metres")

    assert repository.weekly()

    [quote] = repository.proposed("checks")["sources"][0]["quotes"]
    assert quote["archive"]["result"] == "absent"
    assert len([line for line in repository.log if line.startswith("gh pr create")]) == (
        1 if refusal == "is-open" else 2
    )
    assert ("::warning::" in repository.said) == (refusal == "may-not-open")


def test_a_push_meanwhile_is_kept(repository: Repository) -> None:
    values = {f"needs.links.outputs.{name}": value for name, value in repository.job("links", {}).items()}
    (repository.root / "desk/later.txt").write_text("later")
    repository.commit("Later")

    repository.job("record", values)

    assert repository.git("show", "main:later.txt") == "later"
    assert repository.proposed("links")["links"]
    assert repository.git("merge-tree", "--write-tree", "main", "briefgen-links")  # both can be had without a conflict


def test_the_same_records_that_were_pushed_meanwhile_are_no_error(repository: Repository) -> None:
    values = {f"needs.links.outputs.{name}": value for name, value in repository.job("links", {}).items()}
    assert repository.run("git pull -q origin main", repository.root / "desk").returncode == 0
    repository.job("record", values)
    merged = "git pull -q origin briefgen-links && git push -q origin HEAD:main"
    assert repository.run(merged, repository.root / "desk").returncode == 0
    repository.sha = repository.git("rev-parse", "main")  # as if the job were run again

    repository.job("record", values)
