"""Writing outputs aside and moving them into place."""

from collections.abc import Iterable
from pathlib import Path
from typing import ClassVar

import pytest

from briefgen.kernel.digest import digest
from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure
from briefgen.write import changes, manifest
from briefgen.write.changes import Changes, find_changes
from briefgen.write.output_folder import OutputFolder
from briefgen.write.stage import FOLDER, Stage


def scan(output: Path, paths: Iterable[str]) -> dict[str, str]:
    asked = tuple(paths)
    return changes.scan(output, asked, asked, lambda path, _: digest((output / path).read_bytes()))


def build(output: Path, files: dict[str, str], disk: Disk | None = None) -> Changes:
    """Make the folder hold these files, as the pipeline does."""
    disk = disk or Disk()
    stage = Stage(output, disk)
    wanted = {}
    stage.expect(files)
    for path, text in files.items():
        stage.put(path, text.encode())
        wanted[path] = digest(text.encode())
    ours = manifest.read(output, disk) or {}
    found = find_changes(wanted, scan(output, (*wanted, *ours)), ours)
    stage.commit(found, wanted, ours)
    return found


def contents(output: Path) -> dict[str, str]:
    """All files but the manifest."""
    return {
        path.relative_to(output).as_posix(): path.read_text()
        for path in output.rglob("*")
        if path.is_file() and path.name != manifest.NAME
    }


def test_a_build_writes_the_wanted_files_and_leaves_no_stage(tmp_path: Path) -> None:
    build(tmp_path / "site", {"index.html": "home", "a/index.html": "a"})

    assert contents(tmp_path / "site") == {"index.html": "home", "a/index.html": "a"}
    assert not (tmp_path / "site" / FOLDER).exists()


def test_a_second_build_writes_no_file(tmp_path: Path) -> None:
    build(tmp_path, {"index.html": "home"})
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}

    found = build(tmp_path, {"index.html": "home"})

    assert found.write == ()
    after = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    before.pop(tmp_path, None)
    after.pop(tmp_path, None)
    assert before == after


def test_a_new_folder_is_moved_as_a_whole_unless_one_has_appeared_meanwhile(tmp_path: Path) -> None:
    class Busy(Disk):
        """Somebody else makes a folder while this one writes aside."""

        moved: ClassVar[list[str]] = []

        def write(self, path: Path | str, data: bytes) -> None:
            super().write(path, data)
            (tmp_path / "b").mkdir(exist_ok=True)
            (tmp_path / "b" / "own.txt").write_text("own")

        def replace(self, source: Path | str, target: Path) -> None:
            self.moved.append(target.name)
            super().replace(source, target)

    build(tmp_path, {"a/1/index.html": "1", "a/2/index.html": "2", "b/index.html": "b"}, Busy())

    assert contents(tmp_path) == {
        "a/1/index.html": "1",
        "a/2/index.html": "2",
        "b/index.html": "b",
        "b/own.txt": "own",
    }
    assert Busy.moved == [manifest.NAME, "a", "index.html", manifest.NAME]
    assert not (tmp_path / FOLDER).exists()


def test_pages_that_are_gone_are_removed_with_their_empty_folders(tmp_path: Path) -> None:
    build(tmp_path, {"a/b/index.html": "x", "a/c/index.html": "y"})
    (tmp_path / "a" / "c" / "notes.txt").write_text("somebody's own")

    build(tmp_path, {"index.html": "home"})

    assert contents(tmp_path) == {"index.html": "home", "a/c/notes.txt": "somebody's own"}


def test_a_page_may_become_a_folder_and_a_folder_a_page(tmp_path: Path) -> None:
    build(tmp_path, {"a": "file", "b/x": "below"})

    build(tmp_path, {"a/x": "below", "b": "file"})

    assert contents(tmp_path) == {"a/x": "below", "b": "file"}


def test_a_link_in_the_output_folder_is_never_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    site = tmp_path / "site"
    site.mkdir()
    (site / "briefs").symlink_to(outside)

    found = find_changes({"briefs/x": "1"}, scan(site, ["briefs/x"]), ours=[])

    assert found.foreign == ("briefs",)


class StoppingDisk(Disk):
    """A disk that dies at its n-th operation."""

    def __init__(self, operations: int) -> None:
        self.left = operations

    def _count(self) -> None:
        if self.left == 0:
            raise Failure("the machine stopped")
        self.left -= 1

    def write(self, path: Path | str, data: bytes) -> None:
        self._count()
        if self.left == 0:
            data = data[: len(data) // 2]
        super().write(path, data)

    def replace(self, source: Path | str, target: Path) -> None:
        self._count()
        super().replace(source, target)

    def make_folder(self, path: Path | str) -> None:
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
        assert contents(output) == {**new, "own.txt": "somebody's own"}
        Stage(output, Disk()).clear()
    assert stops > 10


@pytest.mark.parametrize(
    "files", [{}, {".gitkeep": ""}, {".gitignore": "", "CNAME": "x"}], ids=["empty", "kept", "markers"]
)
def test_a_folder_with_only_marker_files_may_be_built_into(tmp_path: Path, files: dict[str, str]) -> None:
    (tmp_path / "site").mkdir()
    for name, text in files.items():
        (tmp_path / "site" / name).write_text(text)

    assert OutputFolder(tmp_path / "site", tmp_path, Disk()).problems() == []


def test_folders_that_a_build_must_not_own_are_refused(tmp_path: Path) -> None:
    root = tmp_path / "project"
    (root / "content").mkdir(parents=True)
    (root / "photos").mkdir()
    (root / "photos" / "me.jpg").write_text("x")

    for output in (root, tmp_path, root / "content" / "site", Path("/"), Path.home(), root / "photos"):
        [problem] = OutputFolder(output, root, Disk()).problems()
        assert problem.code == "dangerous-output"


def test_a_folder_that_briefgen_made_may_be_built_into_again(tmp_path: Path) -> None:
    build(tmp_path / "out", {"index.html": "home"})

    assert OutputFolder(tmp_path / "out", tmp_path / "project", Disk()).problems() == []


@pytest.mark.parametrize("path", ["../victim", "a/../../victim", "/victim", "a\\u0000b"])
def test_a_manifest_that_names_a_file_outside_the_folder_counts_as_missing(tmp_path: Path, path: str) -> None:
    (tmp_path / manifest.NAME).write_text(f'{{"version": 1, "files": {{"index.html": "x", "{path}": "y"}}}}')

    assert manifest.read(tmp_path, Disk()) is None


def test_a_manifest_may_name_files_with_dots(tmp_path: Path) -> None:
    build(tmp_path, {"a..b/c...txt": "x", "..d": "y"})

    found = manifest.read(tmp_path, Disk())

    assert found is not None
    assert sorted(found) == ["..d", "a..b/c...txt"]


def test_the_target_of_a_link_in_the_place_of_a_stage_or_manifest_stays(tmp_path: Path) -> None:
    precious = tmp_path / "precious"
    precious.mkdir()
    (precious / "diary").write_text("mine")
    site = tmp_path / "site"
    site.mkdir()
    (site / FOLDER).symlink_to(precious)

    build(site, {"index.html": "home"})

    assert (precious / "diary").read_text() == "mine"
    assert contents(site) == {"index.html": "home"}

    (site / f"{manifest.NAME}.new").symlink_to(precious / "diary")
    with pytest.raises(Failure, match="symbolic link"):
        build(site, {"index.html": "other"})
    assert (precious / "diary").read_text() == "mine"


def test_a_folder_with_foreign_files_where_a_page_of_ours_was_is_in_the_way(tmp_path: Path) -> None:
    build(tmp_path, {"404.html": "x", "index.html": "home"})
    (tmp_path / "404.html").unlink()
    (tmp_path / "404.html").mkdir()
    (tmp_path / "404.html" / "mine").write_text("mine")

    found = find_changes({"404.html": "y"}, scan(tmp_path, ["404.html", "index.html"]), ["404.html", "index.html"])

    assert found.foreign == ("404.html",)


def test_a_user_without_a_home_folder_may_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError

    monkeypatch.setattr(Path, "home", homeless)

    assert OutputFolder(tmp_path / "site", tmp_path, Disk()).problems() == []
