"""What the machine refuses: one sentence, a next step, exit code 2, and nothing half written."""

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from briefgen import pipeline
from briefgen.cli import main
from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure
from fault.disks import CountingDisk, FullDisk, in_a_fork
from support.project import Project

OLD = {"content/pages/about.md": "---\ntitle: About\n---\nOld.\n", "content/static/a": "a"}
NEW = {"content/pages/about.md": "---\ntitle: About us\n---\nNew.\n", "content/static/b": "b"}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project that was built before its last edits."""
    project = Project(tmp_path / "project", OLD)
    assert project.build().ok
    return project.write(NEW)


@pytest.fixture
def expected(tmp_path: Path) -> dict[str, bytes]:
    fresh = Project(tmp_path / "clean", OLD | NEW)
    assert fresh.build().ok
    return fresh.output()


def test_a_disk_that_fills_up_at_any_write_leaves_the_site_as_it_was(
    project: Project, expected: dict[str, bytes], tmp_path: Path
) -> None:
    shutil.copytree(project.root, tmp_path / "edited")
    before = project.output()
    refusals = 0
    for writes in range(1000):
        shutil.rmtree(project.root)
        shutil.copytree(tmp_path / "edited", project.root)
        failure = refusal(project, FullDisk(writes))
        if failure is None:
            break
        refusals += 1
        assert "no space left" in failure.message
        assert "Make room" in failure.next_step
        after = project.output()
        # The last write records what was done, when every page is in place.
        assert after == before or pages(after) == pages(expected), writes
        assert not [path for path in after if ".stage" in path or path.endswith(".new")]

        assert project.build().ok

        assert project.output() == expected
    assert refusals > 5


def refusal(project: Project, disk: Disk) -> Failure | None:
    try:
        pipeline.build(project.options(jobs=1), disk=disk)
    except Failure as failure:
        return failure
    return None


def pages(built: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in built.items() if not path.startswith(".briefgen")}


@pytest.mark.parametrize(
    ("place", "stands"),
    [
        ("site/.briefgen-manifest.json.stage", "a file"),
        ("site/.briefgen-manifest.json.new", "a folder"),
    ],
)
def test_anything_in_the_way_of_a_build_is_reported(
    project: Project, expected: dict[str, bytes], capsys: pytest.CaptureFixture[str], place: str, stands: str
) -> None:
    before = project.built()
    target = project.root / place
    if stands == "a file":
        target.write_text("not ours")
    else:
        (target / "own").mkdir(parents=True)

    code = main(["build", "--project", str(project.root), "--quiet"])

    told = capsys.readouterr().err.splitlines()
    assert code == 2
    assert place in told[0]
    assert len(told) == 2
    shutil.rmtree(target) if stands == "a folder" else target.unlink()
    assert project.built() == before
    assert project.build().ok
    assert project.output() == expected


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that any user may reach."""
    with TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def test_an_output_folder_that_cannot_be_written_is_reported_and_unchanged(open_folder: Path) -> None:
    project = Project(open_folder / "project", OLD)
    project.build()
    before = project.output()
    project.write(NEW)

    code, told = as_a_reader(project, "site")

    assert (code, project.output()) == (2, before)
    assert "permission denied" in told[0]
    assert len(told) == 2


def test_a_project_that_may_not_be_written_builds_into_another_folder(open_folder: Path) -> None:
    project = Project(open_folder / "project", OLD)

    code, told = as_a_reader(project, "", "--output-dir", str(open_folder / "out"))

    assert (code, told) == (0, [])
    assert not (project.root / ".briefgen").exists()
    assert project.build().ok
    assert project.output("../out") == project.output()


def as_a_reader(project: Project, closed: str, *arguments: str) -> tuple[int, list[str]]:
    """Exit code and standard error of a build by somebody who may not write to this folder of the project."""
    places = [path for path in (project.root / closed, *(project.root / closed).rglob("*")) if path.is_dir()]
    errors = project.root.parent / "errors"

    def build() -> int:
        if os.geteuid() == 0:  # who may write anywhere
            os.setegid(65534)
            os.seteuid(65534)
        with errors.open("w", encoding="utf-8") as stream:
            sys.stderr = stream
            return main(["build", "--quiet", "--project", str(project.root), *arguments])

    errors.touch()
    errors.chmod(0o666)
    for place in places:
        place.chmod(0o555)
    try:
        code = os.waitstatus_to_exitcode(in_a_fork(build))
    finally:
        for place in places:
            place.chmod(0o755)
    return code, errors.read_text(encoding="utf-8").splitlines()


class Meanwhile(CountingDisk):
    """Starts a second build of the project during the first."""

    def __init__(self, root: Path) -> None:
        super().__init__()
        self.root = root
        self.code = 0

    def reached(self, operation: str) -> None:
        if operation == "replace" and not self.code:
            self.code = main(["build", "--project", str(self.root), "--quiet"])


def test_a_second_build_at_the_same_time_is_refused(
    project: Project, expected: dict[str, bytes], capsys: pytest.CaptureFixture[str]
) -> None:
    disk = Meanwhile(project.root)

    report = pipeline.build(project.options(), disk=disk)

    assert disk.code == 2
    assert f"process {os.getpid()} is building this project already" in capsys.readouterr().err
    assert report.ok
    assert project.output() == expected
