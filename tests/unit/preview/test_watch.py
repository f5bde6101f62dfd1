"""The watcher on real folders: saves of editors with the same system calls."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from watchdog.observers.api import BaseObserver

from briefgen.model.failure import Failure
from briefgen.preview import watch
from briefgen.preview.watch import Watcher, find_git_lock, is_locked
from briefgen.preview.watched_files import find_link_targets

PATIENCE_S = 20.0
CALM_S = 0.3  # longer than any pause that ends a burst


class Bursts:
    """Counts the bursts that a watcher reports, and waits for them."""

    def __init__(self) -> None:
        self.times = 0
        self.paths: set[str] = set()
        self._condition = threading.Condition()

    def __call__(self, paths: frozenset[str]) -> None:
        with self._condition:
            self.times += 1
            self.paths |= paths
            self._condition.notify_all()

    def wait(self, times: int = 1) -> None:
        with self._condition:
            assert self._condition.wait_for(lambda: self.times >= times, PATIENCE_S), (
                f"{self.times} bursts, not {times}"
            )

    def settle(self, calm_s: float = CALM_S) -> int:
        """Return the number of bursts, once no more come."""
        before = -1
        while before != self.times:
            before = self.times
            time.sleep(calm_s)
        return self.times


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for folder in ("content/briefs", "themes/mine"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("a", "b"):
        (tmp_path / "content" / "briefs" / f"{name}.md").write_text("old", "utf-8")
    return tmp_path


@pytest.fixture(params=["events", "polling"])
def poll(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr("briefgen.preview.watch.POLL_S", 0.05)
    return bool(request.param == "polling")


@pytest.fixture
def bursts(root: Path, poll: bool) -> Iterator[Bursts]:
    bursts = Bursts()
    watcher = Watcher([root / "content", root / "themes"], bursts, poll=poll)
    watcher.start()
    yield bursts
    watcher.stop()


def in_place(file: Path) -> None:
    """VS Code, nano, Emacs from the second save on."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
    os.write(handle, b"new text")
    os.fsync(handle)
    os.close(handle)


def vim(file: Path) -> None:
    """`backupcopy=no`: a probe, the old file moved aside, a new one written, the old one removed."""
    probe = file.with_name("4913")
    os.close(os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o100644))
    probe.unlink()
    backup = file.with_name(f"{file.name}~")
    file.rename(backup)
    in_place(file)
    file.chmod(0o644)
    backup.unlink()


def vim_copy(file: Path) -> None:
    """`backupcopy=yes`: a copy as backup, the file written in place."""
    backup = file.with_name(f"{file.name}~")
    shutil.copy2(file, backup)
    in_place(file)
    backup.unlink()


def emacs(file: Path) -> None:
    """A lock, the old file moved aside, a new one written; the backup stays."""
    lock = file.with_name(f".#{file.name}")
    lock.symlink_to("me@machine.1234:1")
    file.rename(file.with_name(f"{file.name}~"))
    in_place(file)
    lock.unlink()


def emacs_elsewhere(file: Path) -> None:
    """`backup-directory-alist`: the old file leaves the folder that is watched."""
    elsewhere = file.parents[2] / "backups"
    elsewhere.mkdir()
    file.rename(elsewhere / "!a.md~")
    in_place(file)


def jetbrains(file: Path) -> None:
    """A new file beside the old one, then two renames."""
    new, old = file.with_name(f"{file.name}___jb_tmp___"), file.with_name(f"{file.name}___jb_old___")
    in_place(new)
    file.rename(old)
    new.rename(file)
    old.unlink()


def replaced(file: Path) -> None:
    """Sublime Text, GNOME, sed -i, rsync: a hidden file moved over the real one."""
    new = file.with_name(f".{file.name}.Xy12Ab")
    in_place(new)
    new.replace(file)


def replaced_from_elsewhere(file: Path) -> None:
    """Written in the system's folder for temporary files, then moved."""
    new = file.parents[2] / "elsewhere.txt"
    in_place(new)
    new.replace(file)


def kate(file: Path) -> None:
    """QSaveFile: a new file whose name looks real, moved over the old one."""
    new = file.with_name(f"{file.name}.AbCdEf")
    in_place(new)
    new.replace(file)


def helix(file: Path) -> None:
    """The old file moved aside and kept until the new one is whole."""
    backup = file.with_name(f"{file.name}Kx9.bck")
    file.rename(backup)
    in_place(file)
    backup.unlink()


SAVES: list[Callable[[Path], None]] = [
    in_place,
    vim,
    vim_copy,
    emacs,
    emacs_elsewhere,
    jetbrains,
    replaced,
    replaced_from_elsewhere,
    kate,
    helix,
]


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.__name__)
def test_a_save_is_reported_after_the_file_is_complete(root: Path, poll: bool, save: Callable[[Path], None]) -> None:
    file = root / "content" / "briefs" / "a.md"
    whole = threading.Event()

    def look(_: frozenset[str]) -> None:
        if file.exists() and file.read_text("utf-8") == "new text":
            whole.set()

    watcher = Watcher([root / "content"], look, poll=poll)
    watcher.start()
    save(file)
    assert whole.wait(PATIENCE_S)
    watcher.stop()


@pytest.mark.parametrize(
    "act",
    [
        lambda briefs: (briefs / "new.md").write_text("new", "utf-8"),
        lambda briefs: (briefs / "a.md").unlink(),
        lambda briefs: (briefs / "a.md").rename(briefs / "c.md"),
        lambda briefs: (briefs / "a.md").rename(briefs.parents[1] / "a.md"),
        lambda briefs: (briefs / "a.md").rename(briefs / "a.md.bak"),
        shutil.rmtree,
        lambda briefs: briefs.rename(briefs.parent / "other"),
        lambda briefs: (briefs.parents[1] / "themes" / "mine" / "style.css").write_text("h1 {}", "utf-8"),
    ],
    ids=["new", "deleted", "renamed", "moved out", "put aside", "folder removed", "folder renamed", "site theme"],
)
def test_every_kind_of_change_is_reported(root: Path, bursts: Bursts, act: Callable[[Path], object]) -> None:
    before = {str(path) for path in root.rglob("*") if path.is_file()}
    act(root / "content" / "briefs")

    bursts.wait()
    bursts.settle()
    after = {str(path) for path in root.rglob("*") if path.is_file()}
    watched = {path for path in before ^ after if path.endswith(".md") and "/content/" in path}
    # Each path that was created or deleted is named, or a folder above it.
    assert all(any(path == name or path.startswith(f"{name}/") for name in bursts.paths) for path in watched)


def test_changes_in_a_folder_that_was_created_later_are_reported(root: Path, bursts: Bursts) -> None:
    folder = root / "content" / "actors" / "deeper"
    folder.mkdir(parents=True)
    (folder / "putin.md").write_text("at once", "utf-8")
    bursts.wait()
    before = bursts.settle()

    (folder / "putin.md").write_text("much later", "utf-8")
    bursts.wait(before + 1)


def test_a_watched_folder_may_be_created_later_and_removed_for_a_while(tmp_path: Path, poll: bool) -> None:
    bursts = Bursts()
    (tmp_path / "content").mkdir()
    watcher = Watcher([tmp_path / "content", tmp_path / "themes"], bursts, poll=poll)
    watcher.start()
    for folder in ("themes", "content"):
        for _ in range(2):
            shutil.rmtree(tmp_path / folder, ignore_errors=True)
            before = bursts.settle()
            (tmp_path / folder / "mine").mkdir(parents=True)
            (tmp_path / folder / "mine" / "a").write_text("a", "utf-8")
            bursts.wait(before + 1)
            before = bursts.settle()
            (tmp_path / folder / "mine" / "a").write_text("longer", "utf-8")
            bursts.wait(before + 1)
    watcher.stop()


def test_a_save_of_the_same_size_that_restores_the_time_is_reported(root: Path, bursts: Bursts) -> None:
    file = root / "content" / "briefs" / "a.md"
    status = file.stat()
    time.sleep(0.05)  # until the file system's clock has moved on
    file.write_text("new", "utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    bursts.wait()


LINKED = {"a file": "notes/a.md", "a folder": "more/deeper/b.txt", "a site theme": "looks/style.css"}


@pytest.fixture
def linking(root: Path, poll: bool) -> Iterator[Bursts]:
    """Provide the bursts of a project with links to files and folders elsewhere."""
    for path in LINKED.values():
        (root / path).parent.mkdir(parents=True)
        (root / path).write_text("old", "utf-8")
    (root / "content" / "briefs" / "linked.md").symlink_to(root / LINKED["a file"])
    (root / "content" / "static").symlink_to("../more")
    (root / "themes" / "linked").symlink_to(root / "looks")
    bursts = Bursts()
    tops = [root / "content", root / "themes"]
    watcher = Watcher(tops, bursts, poll=poll, find_links=lambda: find_link_targets(root))
    watcher.start()
    yield bursts
    watcher.stop()


@pytest.mark.parametrize("save", [in_place, vim, replaced], ids=lambda save: save.__name__)
@pytest.mark.parametrize("path", LINKED.values(), ids=LINKED)
def test_changes_of_link_targets_are_reported(
    root: Path, linking: Bursts, path: str, save: Callable[[Path], None]
) -> None:
    for times in range(2):
        before = linking.settle()
        assert before >= times
        save(root / path)
        linking.wait(before + 1)


def test_changes_beside_link_targets_are_not_reported(root: Path, linking: Bursts) -> None:
    (root / "notes" / "other.md").write_text("x", "utf-8")
    (root / "other").mkdir()

    assert linking.settle() == 0


def test_links_that_are_created_or_changed_later_are_followed(root: Path, linking: Bursts) -> None:
    link = root / "content" / "pages"
    for name in ("one", "other"):
        (root / name).mkdir()
        link.unlink(missing_ok=True)
        before = linking.settle()
        link.symlink_to(root / name)
        linking.wait(before + 1)
        before = linking.settle()
        (root / name / "about.md").write_text("x", "utf-8")
        linking.wait(before + 1)


def test_a_folder_that_a_link_leads_to_may_be_removed_for_a_while(root: Path, linking: Bursts) -> None:
    shutil.rmtree(root / "more")
    linking.wait()
    before = linking.settle()
    (root / "more" / "deeper").mkdir(parents=True)
    linking.wait(before + 1)
    before = linking.settle()
    (root / "more" / "deeper" / "b.txt").write_text("new", "utf-8")
    linking.wait(before + 1)


def test_ignored_names_are_not_reported(root: Path, bursts: Bursts) -> None:
    briefs = root / "content" / "briefs"
    for name in (".a.md.swp", "a.md~", "#a.md#", "4913", "a.md___jb_tmp___", "a.md.tmp", "x.crdownload"):
        (briefs / name).write_text("x", "utf-8")
        (briefs / name).unlink()
    (briefs / ".#a.md").symlink_to("me@machine")
    (briefs / ".git").mkdir()
    (briefs / ".git" / "index").write_text("x", "utf-8")

    assert bursts.settle() == 0


def test_files_that_builds_write_are_not_reported(root: Path, bursts: Bursts) -> None:
    for folder in (".briefgen", "site/briefs/a"):
        (root / folder).mkdir(parents=True)
        (root / folder / "file").write_text("x", "utf-8")
    (root / "README.md").write_text("x", "utf-8")

    assert bursts.settle() == 0


def test_reading_files_is_not_reported(root: Path, bursts: Bursts) -> None:
    for _ in range(20):
        for path in (root / "content").rglob("*"):
            if path.is_file():
                path.read_bytes()
            path.stat()

    assert bursts.settle() == 0


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> float:
    """Lengthen the pauses, because a busy machine causes some. Return how long to wait for the end of all bursts."""
    for name in ("QUIET_S", "GRACE_S", "BURST_S"):
        monkeypatch.setattr(f"briefgen.preview.watch.{name}", 0.75)
    monkeypatch.setattr("briefgen.preview.watch.CAP_S", 30)
    return 1.5


def test_a_thousand_files_are_one_burst(root: Path, bursts: Bursts, slowly: float) -> None:
    script = "import pathlib, sys; [pathlib.Path(sys.argv[1], f'{n}.md').write_text('x') for n in range(1000)]"
    subprocess.run([sys.executable, "-c", script, root / "content" / "briefs"], check=True)
    bursts.wait()

    assert bursts.settle(slowly) == 1


def test_a_switch_of_branches_is_one_burst(root: Path, slowly: float) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-C", root, *arguments],
            check=True,
            capture_output=True,
        )

    git("init", "-q", "-b", "main")
    for branch in ("main", "other"):
        if branch != "main":
            git("checkout", "-q", "-b", branch)
        for number in range(1000):
            (root / "content" / "briefs" / f"{number}.md").write_text(branch, "utf-8")
        git("add", ".")
        git("commit", "-qm", branch)
    bursts = Bursts()
    watcher = Watcher([root / "content"], bursts)
    watcher.start()
    git("checkout", "-q", "main")
    bursts.wait()
    times = bursts.settle(slowly)
    watcher.stop()

    assert times == 1


def test_a_burst_goes_on_while_git_has_its_lock(root: Path) -> None:
    (root / ".git").mkdir()
    lock = find_git_lock(root / "content")
    assert lock == root / ".git" / "index.lock"
    bursts = Bursts()
    watcher = Watcher([root / "content"], bursts, is_busy=lambda: is_locked(lock))
    watcher.start()
    lock.touch()
    in_place(root / "content" / "briefs" / "a.md")
    assert bursts.settle() == 0

    lock.unlink()
    bursts.wait()
    watcher.stop()


def test_an_old_lock_that_git_left_behind_has_no_effect(tmp_path: Path) -> None:
    lock = tmp_path / "index.lock"
    assert not is_locked(lock)
    lock.touch()

    assert is_locked(lock)
    os.utime(lock, (time.time() - 11,) * 2)
    assert not is_locked(lock)


def test_the_git_lock_is_found_from_a_linked_work_tree(tmp_path: Path) -> None:
    (tmp_path / "project" / "content").mkdir(parents=True)
    (tmp_path / "project" / ".git").write_text("gitdir: ../repository/worktrees/project\n", "utf-8")

    assert find_git_lock(tmp_path / "project") == tmp_path / "project/../repository/worktrees/project/index.lock"
    assert find_git_lock(Path("/")) is None


def test_a_folder_with_two_names_is_watched_once(root: Path) -> None:
    (root / "link").symlink_to(root / "content")
    bursts = Bursts()
    watcher = Watcher([root / "content", root / "link"], bursts)
    watcher.start()
    in_place(root / "content" / "briefs" / "a.md")
    bursts.wait()
    watcher.stop()

    assert len(watcher._source._tops) == 1


@pytest.mark.parametrize("number", [28, 24], ids=["watches", "instances"])
def test_the_message_about_limits_of_the_system_suggests_polling(
    root: Path, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(BaseObserver, "start", refuse)
    with pytest.raises(Failure) as caught:
        Watcher([root / "content"], Bursts()).start()

    assert "--poll" in caught.value.next_step
    assert "limit" in caught.value.message


def test_dropped_kernel_events_count_as_a_change(root: Path) -> None:
    bursts = Bursts()
    watcher = Watcher([root / "content"], bursts)
    watcher.start()
    watch._LOG.getChild("observers.inotify_c").warning("Inotify queue overflowed; filesystem events were lost")
    bursts.wait()
    watcher.stop()
