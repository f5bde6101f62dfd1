"""The workflows of this project and those that `briefgen publish --init` writes, as GitHub reads them."""

import json
import re
import shlex
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
import yaml

from briefgen.publish.workflow import WORKFLOW, write_workflow

OWN = sorted((Path(__file__).parents[2] / ".github/workflows").glob("*.yml"))
SCHEMA = json.loads(
    files("check_jsonschema").joinpath("builtin_schemas/vendor/github-workflows.json").read_text("utf-8")
)


def written(folder: Path, at: str = ".", *, scheduled: bool = False, output_dir: str = "site") -> Path:
    (folder / at).mkdir(exist_ok=True)
    requirement = "briefgen[cards]==1.0"
    assert write_workflow(folder, folder / at, requirement=requirement, output_dir=output_dir, scheduled=scheduled)[0]
    return folder / WORKFLOW


def faults(file: Path) -> list[str]:
    """What the schema and the linter say of a workflow."""
    text = file.read_text("utf-8")
    # YAML 1.1 takes `on` for a truth value, GitHub for a word.
    loaded = {"on" if key is True else key: value for key, value in yaml.safe_load(text).items()}
    validator = jsonschema.validators.validator_for(SCHEMA)(SCHEMA)
    found = [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(loaded)]
    linter = Path(sys.executable).with_name("zizmor")
    ended = subprocess.run([linter, "--offline", "--no-progress", file], capture_output=True, text=True, check=False)
    if ended.returncode:
        found.append(ended.stdout + ended.stderr)
    # A tag can be moved, a commit cannot.
    uses = re.findall(r"uses: (.*)", text)
    found.extend(one for one in uses if not re.fullmatch(r"[\w/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one))
    return found


@pytest.mark.parametrize("file", OWN, ids=lambda file: file.name)
def test_the_workflows_of_briefgen_are_valid(file: Path) -> None:
    assert faults(file) == []


@pytest.mark.parametrize("at", [".", "desk/site", 'desk/my "own" \\ site'])
@pytest.mark.parametrize("scheduled", [False, True])
def test_a_generated_workflow_is_valid(tmp_path: Path, at: str, scheduled: bool) -> None:
    (tmp_path / "desk").mkdir()
    file = written(tmp_path, at, scheduled=scheduled)

    assert faults(file) == []
    assert re.findall(r"@[a-z-]+@", file.read_text("utf-8")) == []  # every gap is filled


def test_a_generated_workflow_checks_builds_and_publishes_in_this_order(tmp_path: Path) -> None:
    loaded = yaml.safe_load(written(tmp_path).read_text("utf-8"))
    build, deploy = loaded["jobs"]["build"], loaded["jobs"]["deploy"]
    runs = [step["run"] for step in build["steps"] if "run" in step]

    assert loaded["permissions"] == {}
    assert build["permissions"] == {"contents": "read", "pages": "read"}
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert loaded["concurrency"]["cancel-in-progress"] is False
    assert runs == ["pip install 'briefgen[cards]==1.0'", "briefgen check", "briefgen build --output-dir=site"]
    assert [step["env"] for step in build["steps"] if "env" in step] == [
        {"BRIEFGEN_PAGES_URL": "${{ steps.pages.outputs.base_url }}"}
    ]


@pytest.mark.parametrize(
    ("at", "output_dir", "built", "uploaded"),
    [
        (".", "public", "public", "public"),
        ("desk", "out/my site", "'out/my site'", "desk/out/my site"),
        ("desk", "../public/", "../public/", "public"),
        ("desk", "../../public", "site", "desk/site"),
        (".", "/srv/www", "site", "site"),
    ],
)
def test_a_workflow_uploads_the_folder_that_it_builds_into(
    tmp_path: Path, at: str, output_dir: str, built: str, uploaded: str
) -> None:
    file = written(tmp_path, at, output_dir=output_dir)
    steps = yaml.safe_load(file.read_text("utf-8"))["jobs"]["build"]["steps"]

    assert f"briefgen build --output-dir={built}" in [step.get("run") for step in steps]
    [upload] = [step for step in steps if step.get("uses", "").startswith("actions/upload-pages-artifact@")]
    assert upload["with"]["path"] == uploaded
    assert faults(file) == []


def test_the_demos_workflow_uses_the_same_actions(tmp_path: Path) -> None:
    [own] = (file for file in OWN if file.name == "pages.yml")
    uses = [re.findall(r"uses: (.*)", file.read_text("utf-8")) for file in (own, written(tmp_path))]
    assert set(uses[0]) == set(uses[1])


def test_the_weekly_check_of_links_is_never_in_the_way_of_a_push(tmp_path: Path) -> None:
    loaded = yaml.safe_load(written(tmp_path, scheduled=True).read_text("utf-8"))
    weekly = loaded[True]["schedule"][0]["cron"]
    jobs = loaded["jobs"]

    assert len(loaded[True]["schedule"]) == 2
    assert jobs["build"]["if"] == f"github.event.schedule != '{weekly}'"
    assert jobs["links"]["if"] == f"github.event.schedule == '{weekly}'"
    assert loaded["concurrency"]["group"] == f"${{{{ github.event.schedule == '{weekly}' && 'links' || 'pages' }}}}"


def test_what_reads_pages_of_strangers_may_write_nothing(tmp_path: Path) -> None:
    jobs = yaml.safe_load(written(tmp_path).read_text("utf-8"))["jobs"]
    reading = [step["run"] for step in jobs["links"]["steps"] if "run" in step]
    writing = [step.get("run", step.get("uses", "")) for step in jobs["record"]["steps"]]

    assert jobs["links"]["permissions"] == {"contents": "read"}
    assert reading[:2] == ["pip install 'briefgen[cards,capture]==1.0'", "briefgen check --links --record"]
    assert jobs["record"]["permissions"] == {"contents": "write", "pull-requests": "write"}
    assert not any(command in step for step in writing for command in ("pip", "briefgen check", "cache@"))


@pytest.mark.parametrize(
    ("requirement", "installed"),
    [
        ("briefgen==1.0", "briefgen[capture]==1.0"),
        ("briefgen[cards]", "briefgen[cards,capture]"),
        ("briefgen[ cards , capture ] >= 1", "briefgen[cards,capture]>= 1"),
        ("briefgen @ git+https://code.example/x@abc", "briefgen[capture] @ git+https://code.example/x@abc"),
        ("./wheels/briefgen-1.0-py3-none-any.whl", "./wheels/briefgen-1.0-py3-none-any.whl"),
        ("briefgen-1.0-py3-none-any.whl", "briefgen-1.0-py3-none-any.whl"),
        ("git+https://code.example/x", "git+https://code.example/x"),
    ],
)
def test_the_check_of_links_installs_what_reads_pages(tmp_path: Path, requirement: str, installed: str) -> None:
    write_workflow(tmp_path, tmp_path, requirement=requirement)
    steps = yaml.safe_load((tmp_path / WORKFLOW).read_text("utf-8"))["jobs"]["links"]["steps"]

    assert (
        next(step["run"] for step in steps if "pip" in step.get("run", "")) == f"pip install {shlex.quote(installed)}"
    )
