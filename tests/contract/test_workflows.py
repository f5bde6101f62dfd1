"""The workflows of this project and those that `briefgen publish --init` writes, as GitHub reads them."""

import json
import re
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
    assert "@" not in re.sub(r"\w@[0-9a-f]{40}", "", file.read_text("utf-8"))  # every gap is filled


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
    assert uses[0] == uses[1]
