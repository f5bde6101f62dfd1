"""Writing outputs aside and moving them into place."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.model.problem import Failure
from briefgen.write import folder, manifest
from briefgen.write.changes import Changes, changes
from briefgen.write.stage import FOLDER, Stage


def survey(output: Path, paths: Iterable[str]) -> dict[str, str]:
    return folder.survey(output, paths, lambda path, _: digest((output / path).read_bytes()))


def build(output: Path, files: dict[str, str], disk: Disk | None = None) -> Changes:
    """Make the folder hold these files, as the pipeline does."""
    disk = disk or Disk()
    stage = Stage(output, disk)
    wanted = {}
    stage.expect(files)
    for path, text in files.items():
        stage.put(path, text.encode())
        wanted[path] = digest(text.encode())
    before = manifest.read(output, disk)
    ours = before.files if before else {}
    found = changes(wanted, survey(output, (*wanted, *ours)), ours)
    stage.commit(found, wanted, ours)
    return found


def held(output: Path) -> dict[str, str]:
    """All files but the manifest."""
    return {
        path.relative_to(output).as_posix(): path.read_text()
        for path in output.rglob("*")
        if path.is_file() and path.name != manifest.NAME
    }


def test_a_build_makes_the_folder_what_is_wanted_and_leaves_nothing_aside(tmp_path: Path) -> None:
    build(tmp_path / "site", {"index.html": "home", "a/index.html": "a"})

    assert held(tmp_path / "site") == {"index.html": "home", "a/index.html": "a"}
    assert not (tmp_path / "site" / FOLDER).exists()


def test_a_second_build_touches_no_file(tmp_path: Path) -> None:
    build(tmp_path, {"index.html": "home"})
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    found = build(tmp_path, {"index.html": "home"})

    assert found.write == ()
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    before.pop(tmp_path, None)
    after.pop(tmp_path, None)
    assert before == after


def test_pages_that_are_gone_are_removed_with_their_empty_folders(tmp_path: Path) -> None:
    build(tmp_path, {"a/b/index.html": "x", "a/c/index.html": "y"})
    (tmp_path / "a" / "c" / "notes.txt").write_text("somebody's own")

    build(tmp_path, {"index.html": "home"})

    assert held(tmp_path) == {"index.html": "home", "a/c/notes.txt": "somebody's own"}


def test_a_page_may_become_a_folder_and_a_folder_a_page(tmp_path: Path) -> None:
    build(tmp_path, {"a": "file", "b/x": "below"})

    build(tmp_path, {"a/x": "below", "b": "file"})

    assert held(tmp_path) == {"a/x": "below", "b": "file"}


def test_a_link_in_the_output_folder_is_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    site = tmp_path / "site"
    site.mkdir()
    (site / "briefs").symlink_to(outside)

    found = changes({"briefs/x": "1"}, survey(site, ["briefs/x"]), ours=[])

    assert found.foreign == ("briefs",)


class StoppingDisk(Disk):
    """A disk that dies at its n-th operation."""

    def __init__(self, operations: int) -> None:
        self.left = operations

    def _count(self) -> None:
        if self.left == 0:
            raise Failure("the machine stopped")
        self.left -= 1

    def write(self, path: Path, data: bytes) -> None:
        self._count()
        if self.left == 0:
            data = data[: len(data) // 2]
        super().write(path, data)

    def replace(self, source: Path, target: Path) -> None:
        self._count()
        super().replace(source, target)

    def make_folder(self, path: Path) -> None:
        self._count()
        super().make_folder(path)

    def remove(self, path: Path) -> None:
        self._count()
        super().remove(path)

    def remove_folder(self, path: Path) -> bool:
        self._count()
        return super().remove_folder(path)


def test_killed_at_any_operation_the_next_build_equals_a_clean_one(tmp_path: Path) -> None:
    old = {"index.html": "old", "a/index.html": "a", "b": "b"}
    new = {"index.html": "new", "a": "a is a file now", "c/d/index.html": "d"}
    stops = 0
    for operations in range(1000):
        output = tmp_path / str(operations)
        build(output, old)
        (output / "own.txt").write_text("somebody's own")
        try:
            build(output, new, StoppingDisk(operations))
        except Failure:
            stops += 1
        else:
            break
        build(output, new)
        assert held(output) == {**new, "own.txt": "somebody's own"}
        Stage(output, Disk()).clear()
    assert stops > 10


@pytest.mark.parametrize(
    "files", [{}, {".gitkeep": ""}, {".gitignore": "", "CNAME": "x"}], ids=["empty", "kept", "markers"]
)
def test_a_folder_that_only_keeps_its_place_may_be_built_into(tmp_path: Path, files: dict[str, str]) -> None:
    (tmp_path / "site").mkdir()
    for name, text in files.items():
        (tmp_path / "site" / name).write_text(text)

    assert folder.dangerous(tmp_path / "site", tmp_path, "site") is None


def test_folders_that_a_build_must_not_own_are_refused(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "content").mkdir(parents=True)
    (root / "photos").mkdir()
    (root / "photos" / "me.jpg").write_text("x")

    for output in (root, tmp_path, root / "content" / "site", Path("/"), Path.home(), root / "photos"):
        problem = folder.dangerous(output, root, str(output))
        assert problem is not None, output
        assert problem.code == "dangerous-output"


def test_a_folder_that_briefgen_made_may_be_built_into_again(tmp_path: Path) -> None:
    build(tmp_path / "out", {"index.html": "home"})

    assert folder.dangerous(tmp_path / "out", tmp_path / "project", "out") is None
