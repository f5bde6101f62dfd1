"""A static file may be larger than the memory of the machine."""

import os
import subprocess
from pathlib import Path

import pytest

from briefgen.kernel.disk import PART_BYTES, Disk
from briefgen.pipeline import SnapshotBuilder
from briefgen.publish.branch import fetch_branch, push_site
from briefgen.publish.git import Git
from briefgen.publish.site import clean_build
from support.project import Project

FILM = "content/static/film.mp4"
SIZE = 40 * PART_BYTES


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    project = Project(tmp_path, {FILM: b"one"})
    os.truncate(tmp_path / FILM, SIZE)
    read, read_bytes = Disk.read, Path.read_bytes

    def read_small(disk: Disk, path: Path | str) -> bytes:
        assert Path(path).suffix != ".mp4"
        return read(disk, path)

    def read_small_bytes(path: Path) -> bytes:
        assert path.suffix != ".mp4"
        return read_bytes(path)

    monkeypatch.setattr(Disk, "read", read_small)
    monkeypatch.setattr(Path, "read_bytes", read_small_bytes)
    return project


def film(project: Project) -> tuple[int, bytes]:
    with (project.root / "site/film.mp4").open("rb") as file:
        return os.fstat(file.fileno()).st_size, file.read(3)


def test_builds_and_checks_never_hold_a_static_file_in_memory(project: Project) -> None:
    assert project.build().written
    assert film(project) == (SIZE, b"one")

    with (project.root / FILM).open("r+b") as file:
        file.write(b"two")
    assert project.check().ok
    assert project.build().written == ("film.mp4",)
    assert film(project) == (SIZE, b"two")

    with (project.root / "site/film.mp4").open("r+b") as file:
        file.write(b"bad")
    assert project.build().written == ("film.mp4",)
    assert film(project) == (SIZE, b"two")


def test_a_preview_never_reads_a_static_file(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    snapshot = SnapshotBuilder().take_snapshot(project.options())
    assert snapshot.file("film.mp4") == project.root / FILM
    assert snapshot.file("index.html") is None
    monkeypatch.setattr(Disk, "parts", None)

    mark = snapshot.fingerprint("film.mp4")

    assert snapshot.fingerprint("film.mp4") == mark
    with (project.root / FILM).open("r+b") as file:
        file.write(b"two")
    assert snapshot.fingerprint("film.mp4") != mark


def test_publishing_never_holds_a_static_file_in_memory(project: Project, tmp_path: Path) -> None:
    remote = tmp_path / "remote.git"
    subprocess.run(["git", "init", "--quiet", "--bare", remote], check=True)
    for arguments in (
        ("init", "--quiet"),
        ("remote", "add", "origin", str(remote)),
        ("config", "user.name", "A"),
        ("config", "user.email", "a@example.org"),
    ):
        subprocess.run(["git", *arguments], cwd=project.root, check=True)
    git = Git(project.root)

    with clean_build(project.options()) as (_, files):
        branch = fetch_branch(git, "origin", "gh-pages")
        done = push_site(git, files, branch, message="Publish")

    assert "film.mp4" in done.added
    size = subprocess.run(
        ["git", "cat-file", "-s", f"{done.commit}:film.mp4"], cwd=remote, check=True, capture_output=True
    )
    assert int(size.stdout) == SIZE
    with clean_build(project.options()) as (_, files):
        branch = fetch_branch(git, "origin", "gh-pages")
        assert push_site(git, files, branch, message="Publish").is_unchanged
