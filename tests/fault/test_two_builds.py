"""Two projects with one output folder: builds at the same time, and builds in turn."""

from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.model.failure import Failure
from fault.disks import CountingDisk
from support.project import Project

ONE = {"content/actors/ada.md": "---\nname: Ada\nkind: person\n---\n", "content/static/one.txt": "one"}
TWO = {"content/actors/bob.md": "---\nname: Bob\nkind: person\n---\n", "content/static/two.txt": "two"}


class InterruptedDisk(CountingDisk):
    """Lets another project build before the n-th operation of this one."""

    def __init__(self, at: int, other: Project, output: Path) -> None:
        super().__init__()
        self.at = at
        self.other = other
        self.output = output
        self.link = output
        self.refused = ""

    def reached(self, operation: str) -> None:  # noqa: ARG002 (others look at it)
        if self.count == self.at:
            self.output = self.link if self.link.exists() else self.output
            try:
                assert self.other.build(output_dir=self.output).ok
            except Failure as failure:
                self.refused = failure.message


def clean(folder: Path, files: dict[str, str]) -> dict[str, bytes]:
    project = Project(folder, files)
    assert project.build().ok
    return project.output()


@pytest.mark.parametrize("again", [False, True], ids=["first build", "later build"])
def test_another_build_into_the_same_folder_is_refused_at_every_operation_and_harms_nothing(
    tmp_path: Path, *, again: bool
) -> None:
    expected = clean(tmp_path / "clean one", ONE), clean(tmp_path / "clean two", TWO)
    refusals = 0
    for number in range(1, 10_000):
        place = tmp_path / str(number)
        one, two, output = Project(place / "one", ONE), Project(place / "two", TWO), Project(place, {}).root / "public"
        if again:
            assert one.build(output_dir=output).ok
            one.write({"content/static/one.txt": "other words"})
            assert one.build(output_dir=output).ok
            one.write(ONE)
        disk = InterruptedDisk(number, two, output)
        link = place / "another name"
        link.symlink_to(output)
        if number % 2:
            disk.link = link

        assert pipeline.build(one.options(output_dir=output), disk=disk).ok

        assert Project(place, {}).output("public") == expected[0]
        if disk.count < number:
            break
        refusals += bool(disk.refused)
        assert disk.refused in ("", f"another build is writing into {disk.output} already")
        assert two.build(output_dir=output).ok
        assert Project(place, {}).output("public") == expected[1]
    assert refusals > (5 if again else 40)


def test_a_folder_holds_the_site_of_the_project_that_was_built_last(tmp_path: Path) -> None:
    expected = clean(tmp_path / "clean one", ONE), clean(tmp_path / "clean two", TWO)
    one, two, output = Project(tmp_path / "one", ONE), Project(tmp_path / "two", TWO), tmp_path / "public"
    for _ in range(2):
        for project, site in zip((one, two), expected, strict=True):
            assert project.build(output_dir=output).ok
            assert Project(tmp_path, {}).output("public") == site


def test_clean_is_refused_while_another_build_writes(tmp_path: Path) -> None:
    one, two, output = Project(tmp_path / "one", ONE), Project(tmp_path / "two", TWO), tmp_path / "public"
    said = []

    class CleaningDisk(CountingDisk):
        def reached(self, operation: str) -> None:
            if operation == "replace":
                try:
                    pipeline.clean(two.root, output)
                except Failure as failure:
                    said.append(failure.message)

    assert pipeline.build(one.options(output_dir=output), disk=CleaningDisk()).ok
    assert set(said) == {f"another build is writing into {output} already"}
    assert Project(tmp_path, {}).output("public") == clean(tmp_path / "clean", ONE)
