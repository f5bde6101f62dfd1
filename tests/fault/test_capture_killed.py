"""Captures that are killed at any operation, and disks that fill: nothing is half written, and nothing gets lost."""

import os
import shutil
import signal
from hashlib import sha256
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.capture import store
from briefgen.capture.add import Added, Wanted, add_document
from briefgen.capture.importing import plan_import, write_drafts
from briefgen.capture.lists import ListEntry
from briefgen.capture.store import Captured
from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure
from fault.disks import CountingDisk, DeadlyDisk, FullDisk, in_a_fork
from support.project import Project

ADDRESS = "https://news.example/dam"
DATA = b"Dam opens\n\nIt opened on Monday.\n"
CAPTURED = Captured(DATA, "text", "2025-12-03", ADDRESS)
SPEECH = "Dam opens\n\nIt opened on Monday. “It will hold for long,” said Ada Miller.\n".encode()
QUOTING = Captured(SPEECH, "text", "2025-12-03", ADDRESS)
DRAFT = "content/briefs/dam-opens.md"
COPY = {
    "capture.yaml": None,  # other tests look at it
    "page.txt": DATA,
    "text.txt": b"Dam opens\nIt opened on Monday.\n",
}


class Server:
    """An address that counts its requests."""

    def __init__(self) -> None:
        self.requests = 0

    def obtain(self) -> Captured:
        self.requests += 1
        return CAPTURED


def add(project: Project, disk: Disk, server: Server | None = None) -> Added:
    site = pipeline.load_site(project.root)
    assert site is not None
    return add_document(project.root, site, Wanted(ADDRESS, (server or Server()).obtain), disk)


def visible(project: Project) -> dict[str, bytes]:
    """What a build reads: all files that are in no folder and of no name with a leading full stop."""
    content = project.root / "content"
    found = {path.relative_to(content): path.read_bytes() for path in content.rglob("*") if path.is_file()}
    return {str(path): data for path, data in found.items() if not any(part[0] == "." for part in path.parts)}


def hidden(project: Project) -> list[Path]:
    return list((project.root / "content/copies").rglob(".*"))


def assert_whole(project: Project) -> None:
    """Each file that is there is whole: the copy with all its files or not at all, and so the draft."""
    found = visible(project)
    copies = {path for path in found if path.startswith("copies/")}
    assert copies in (set(), {f"copies/dam-opens/{name}" for name in COPY})
    for path in copies:
        expected = COPY[path.rpartition("/")[2]]
        assert expected is None or found[path] == expected
    if copies:
        assert sha256(COPY["text.txt"] or b"").hexdigest() in found["copies/dam-opens/capture.yaml"].decode()


def killed(project: Project, at: int, *, torn: bool) -> bool:
    def work() -> int:
        add(project, DeadlyDisk(at, torn=torn))
        return 0

    return os.WTERMSIG(in_a_fork(work)) == signal.SIGKILL


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


def a_project_with_a_draft(root: Path) -> Project:
    """A project in which an import has drafted the brief, so that the capture adds the claims to it."""
    project = Project(root, {"content/actors/ada.md": "---\nname: Ada Miller\nkind: person\n---\n"})
    site = pipeline.load_site(project.root)
    assert site is not None
    entry = ListEntry(line=1, title="Dam opens", address=ADDRESS)
    (file,) = write_drafts(project.root, plan_import(project.root, site, [entry], "brief", "2025-12-03"))
    assert file == Path(DRAFT)
    return project


def extend(project: Project, disk: Disk) -> Added:
    site = pipeline.load_site(project.root)
    assert site is not None
    return add_document(project.root, site, Wanted(ADDRESS, lambda: QUOTING), disk)


def clean(tmp_path: Path) -> dict[str, bytes]:
    project = Project(tmp_path / "clean")
    add(project, Disk())
    return visible(project)


@pytest.mark.parametrize("torn", [False, True], ids=["before", "in-the-middle"])
def test_a_capture_may_be_killed_at_any_operation(tmp_path: Path, *, torn: bool) -> None:
    expected = clean(tmp_path)
    for number in range(1, 1000):
        project = Project(tmp_path / "project")
        died = killed(project, number, torn=torn)
        assert_whole(project)
        assert pipeline.check(project.options()).ok

        add(project, Disk())

        assert visible(project) == expected
        assert not hidden(project)
        shutil.rmtree(project.root)
        if not died:
            break
    assert number > (4 if torn else 10)


@pytest.mark.parametrize("torn", [False, True], ids=["before", "in-the-middle"])
def test_the_extension_of_a_draft_may_be_killed_at_any_operation(tmp_path: Path, *, torn: bool) -> None:
    project = a_project_with_a_draft(tmp_path / "clean")
    before = (project.root / DRAFT).read_bytes()
    extend(project, Disk())
    expected, after = visible(project), (project.root / DRAFT).read_bytes()
    assert b"quote: It will hold for long" in after
    reached: set[bytes] = set()

    for number in range(1, 1000):
        project = a_project_with_a_draft(tmp_path / "project")
        disk = DeadlyDisk(number, torn=torn)
        died = os.WTERMSIG(in_a_fork(lambda: bool(extend(project, disk)) - 1)) == signal.SIGKILL  # noqa: B023 (at once)
        found = visible(project)
        assert found["briefs/dam-opens.md"] in (before, after)
        assert found.get("copies/dam-opens/page.txt", QUOTING.data) == QUOTING.data
        assert {path for path in found if path.startswith("copies/")} in (
            set(),
            {path for path in expected if "/dam-opens/" in path},
        )
        assert pipeline.check(project.options()).ok
        reached.add(found["briefs/dam-opens.md"])

        extend(project, Disk())

        assert visible(project) == expected
        assert not hidden(project)
        shutil.rmtree(project.root)
        if not died:
            break
    assert number > (4 if torn else 10)
    assert reached == {before, after}


def test_on_a_full_disk_a_draft_is_extended_wholly_or_not(tmp_path: Path) -> None:
    project = a_project_with_a_draft(tmp_path / "clean")
    before = (project.root / DRAFT).read_bytes()
    extend(project, Disk())
    expected, after = visible(project), (project.root / DRAFT).read_bytes()
    for writes in range(5):  # the bytes, twice their description, the draft, the text
        project = a_project_with_a_draft(tmp_path / "project")
        with pytest.raises(Failure, match="no space left"):
            extend(project, FullDisk(writes))
        assert (project.root / DRAFT).read_bytes() in (before, after)
        assert not list((project.root / "content/briefs").glob(".*"))

        extend(project, Disk())

        assert visible(project) == expected
        shutil.rmtree(project.root)


def test_a_draft_that_its_curator_saves_meanwhile_is_left_as_saved(tmp_path: Path) -> None:
    project = a_project_with_a_draft(tmp_path / "project")
    draft = project.root / DRAFT
    saved = draft.read_bytes().replace(b"# lede", b"lede")

    class SavingDisk(CountingDisk):
        def write(self, path: Path | str, data: bytes) -> None:
            if ".dam-opens.md." in str(path):
                draft.write_bytes(saved)
            super().write(path, data)

    extend(project, SavingDisk())

    assert draft.read_bytes() == saved


def test_a_capture_that_was_killed_goes_on_without_another_request(tmp_path: Path) -> None:
    counting = CountingDisk()
    add(Project(tmp_path / "counted"), counting)
    requests = []
    for number in range(1, counting.count + 1):
        project = Project(tmp_path / "project")
        killed(project, number, torn=False)
        server = Server()
        add(project, Disk(), server)
        requests.append(server.requests)
        shutil.rmtree(project.root)

    assert requests == sorted(requests, reverse=True)
    assert requests[0] == 1
    assert requests.count(0) > 5


def test_a_capture_that_goes_on_reads_the_encoding_that_the_server_declared(project: Project) -> None:
    text = "Плотина открыта\n\nПлотина открыта после десяти лет работы.\n"
    captured = Captured(text.encode("koi8-r"), "text", "2025-12-03", ADDRESS, charset="koi8-r")
    store.stage(project.root, captured, Disk())

    added = add(project, Disk())

    assert added.copy
    assert (added.copy / "text.txt").read_text() == text.replace("\n\n", "\n")
    assert "charset: koi8-r\n" in (added.copy / "capture.yaml").read_text()


def test_on_a_full_disk_a_capture_leaves_nothing_half_written(tmp_path: Path) -> None:
    expected = clean(tmp_path)
    for writes in range(4):  # the bytes, twice their description, the text
        project = Project(tmp_path / "project")
        with pytest.raises(Failure, match="no space left") as raised:
            add(project, FullDisk(writes))
        assert "Make room on the disk" in raised.value.next_step
        assert_whole(project)

        add(project, Disk())

        assert visible(project) == expected
        shutil.rmtree(project.root)


def test_a_link_in_the_place_of_the_kept_bytes_is_not_followed(tmp_path: Path, project: Project) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (project.root / "content/copies").mkdir()
    (project.root / f"content/copies/.new-{sha256(ADDRESS.encode()).hexdigest()[:32]}").symlink_to(outside)

    with pytest.raises(Failure, match="is a symbolic link"):
        add(project, Disk())
    assert list(outside.iterdir()) == []


def test_bytes_that_were_changed_meanwhile_are_fetched_again(project: Project) -> None:
    folder = project.root / f"content/copies/.new-{sha256(ADDRESS.encode()).hexdigest()[:32]}"
    folder.mkdir(parents=True)
    (folder / "page.txt").write_bytes(b"forged")
    (folder / "capture.yaml").write_text(f"file: page.txt\nsha256: {'0' * 64}\n")

    add(project, Disk())

    assert_whole(project)
