"""The watcher against real folders: editors' saves replayed with the system calls that they make."""

import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefgen.model.problem import Failure
from briefgen.preview import watch
from briefgen.preview.git import index_lock, is_held
from briefgen.preview.linked import linked
from briefgen.preview.watch import Watcher

PATIENCE_S = 20.0
CALM_S = 0.3  # longer than any pause that ends a burst


class Heard:
    """Counts calls, and waits for them."""

    def __init__(self) -> None:
        self.times = 0
        self.paths: set[str] = set()
        self._news = threading.Condition()

    def __call__(self, paths: frozenset[str]) -> None:
        with self._news:
            self.times += 1
            self.paths |= paths
            self._news.notify_all()

    def wait(self, times: int = 1) -> None:
        with self._news:
            assert self._news.wait_for(lambda: self.times >= times, PATIENCE_S), f"heard {self.times}, not {times}"

    def settle(self, calm_s: float = CALM_S) -> int:
        """How often it was called, once nothing more comes."""
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


@pytest.fixture(params=["told", "looking"])
def poll(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    monkeypatch.setattr("briefgen.preview.poll.PAUSE_S", 0.05)
    return bool(request.param == "looking")


@pytest.fixture
def heard(root: Path, poll: bool) -> Iterator[Heard]:
    heard = Heard()
    watcher = Watcher([root / "content", root / "themes"], heard, poll=poll)
    watcher.start()
    yield heard
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
def test_a_save_is_heard_and_the_file_is_whole_by_then(root: Path, poll: bool, save: Callable[[Path], None]) -> None:
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
def test_every_kind_of_change_is_heard(root: Path, heard: Heard, act: Callable[[Path], object]) -> None:
    before = {str(path) for path in root.rglob("*") if path.is_file()}
    act(root / "content" / "briefs")

    heard.wait()
    heard.settle()
    after = {str(path) for path in root.rglob("*") if path.is_file()}
    watched = {path for path in before ^ after if path.endswith(".md") and "/content/" in path}
    # All that came or went is named, or a folder above it is.
    assert all(any(path == name or path.startswith(f"{name}/") for name in heard.paths) for path in watched)


def test_what_happens_in_a_folder_that_was_made_later_is_heard(root: Path, heard: Heard) -> None:
    folder = root / "content" / "actors" / "deeper"
    folder.mkdir(parents=True)
    (folder / "putin.md").write_text("at once", "utf-8")
    heard.wait()
    before = heard.settle()

    (folder / "putin.md").write_text("much later", "utf-8")
    heard.wait(before + 1)


def test_a_watched_folder_may_come_later_and_go_for_a_while(tmp_path: Path, poll: bool) -> None:
    heard = Heard()
    (tmp_path / "content").mkdir()
    watcher = Watcher([tmp_path / "content", tmp_path / "themes"], heard, poll=poll)
    watcher.start()
    for folder in ("themes", "content"):
        for _ in range(2):
            shutil.rmtree(tmp_path / folder, ignore_errors=True)
            before = heard.settle()
            (tmp_path / folder / "mine").mkdir(parents=True)
            (tmp_path / folder / "mine" / "a").write_text("a", "utf-8")
            heard.wait(before + 1)
            before = heard.settle()
            (tmp_path / folder / "mine" / "a").write_text("longer", "utf-8")
            heard.wait(before + 1)
    watcher.stop()


def test_a_save_of_the_same_size_that_restores_the_time_is_heard(root: Path, heard: Heard) -> None:
    file = root / "content" / "briefs" / "a.md"
    status = file.stat()
    time.sleep(0.05)  # until the file system's clock has moved on
    file.write_text("new", "utf-8")
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    heard.wait()


LINKED = {"a file": "notes/a.md", "a folder": "more/deeper/b.txt", "a site theme": "looks/style.css"}


@pytest.fixture
def linking(root: Path, poll: bool) -> Iterator[Heard]:
    """A project, watched, with links to what lies elsewhere."""
    for path in LINKED.values():
        (root / path).parent.mkdir(parents=True)
        (root / path).write_text("old", "utf-8")
    (root / "content" / "briefs" / "linked.md").symlink_to(root / LINKED["a file"])
    (root / "content" / "static").symlink_to("../more")
    (root / "themes" / "linked").symlink_to(root / "looks")
    heard = Heard()
    tops = [root / "content", root / "themes"]
    watcher = Watcher(tops, heard, poll=poll, links=lambda: linked(root))
    watcher.start()
    yield heard
    watcher.stop()


@pytest.mark.parametrize("save", [in_place, vim, replaced], ids=lambda save: save.__name__)
@pytest.mark.parametrize("path", LINKED.values(), ids=LINKED)
def test_what_links_lead_to_is_heard(root: Path, linking: Heard, path: str, save: Callable[[Path], None]) -> None:
    for times in range(2):
        before = linking.settle()
        assert before >= times
        save(root / path)
        linking.wait(before + 1)


def test_what_lies_beside_it_is_not_heard(root: Path, linking: Heard) -> None:
    (root / "notes" / "other.md").write_text("x", "utf-8")
    (root / "other").mkdir()

    assert linking.settle() == 0


def test_links_that_are_made_later_or_turned_are_followed(root: Path, linking: Heard) -> None:
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


def test_a_folder_that_a_link_leads_to_may_go_for_a_while(root: Path, linking: Heard) -> None:
    shutil.rmtree(root / "more")
    linking.wait()
    before = linking.settle()
    (root / "more" / "deeper").mkdir(parents=True)
    linking.wait(before + 1)
    before = linking.settle()
    (root / "more" / "deeper" / "b.txt").write_text("new", "utf-8")
    linking.wait(before + 1)


def test_what_nobody_wants_to_read_is_not_heard(root: Path, heard: Heard) -> None:
    briefs = root / "content" / "briefs"
    for name in (".a.md.swp", "a.md~", "#a.md#", "4913", "a.md___jb_tmp___", "a.md.tmp", "x.crdownload"):
        (briefs / name).write_text("x", "utf-8")
        (briefs / name).unlink()
    (briefs / ".#a.md").symlink_to("me@machine")
    (briefs / ".git").mkdir()
    (briefs / ".git" / "index").write_text("x", "utf-8")

    assert heard.settle() == 0


def test_what_builds_write_is_not_heard(root: Path, heard: Heard) -> None:
    for folder in (".briefgen", "site/briefs/a"):
        (root / folder).mkdir(parents=True)
        (root / folder / "file").write_text("x", "utf-8")
    (root / "README.md").write_text("x", "utf-8")

    assert heard.settle() == 0


def test_reading_is_not_heard(root: Path, heard: Heard) -> None:
    for _ in range(20):
        for path in (root / "content").rglob("*"):
            if path.is_file():
                path.read_bytes()
            path.stat()

    assert heard.settle() == 0


@pytest.fixture
def slowly(monkeypatch: pytest.MonkeyPatch) -> float:
    """Longer pauses, since a busy machine makes some of its own; and how long to wait for the end of everything."""
    for name in ("QUIET_S", "GRACE_S", "BURST_S"):
        monkeypatch.setattr(f"briefgen.preview.debounce.{name}", 0.75)
    monkeypatch.setattr("briefgen.preview.debounce.CAP_S", 30)
    return 1.5


def test_a_thousand_files_are_one_burst(root: Path, heard: Heard, slowly: float) -> None:
    script = "import pathlib, sys; [pathlib.Path(sys.argv[1], f'{n}.md').write_text('x') for n in range(1000)]"
    subprocess.run([sys.executable, "-c", script, root / "content" / "briefs"], check=True)
    heard.wait()

    assert heard.settle(slowly) == 1


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
    heard = Heard()
    watcher = Watcher([root / "content"], heard)
    watcher.start()
    git("checkout", "-q", "main")
    heard.wait()
    times = heard.settle(slowly)
    watcher.stop()

    assert times == 1


def test_while_git_is_at_it_a_burst_is_not_over(root: Path) -> None:
    (root / ".git").mkdir()
    lock = index_lock(root / "content")
    assert lock == root / ".git" / "index.lock"
    heard = Heard()
    watcher = Watcher([root / "content"], heard, busy=lambda: is_held(lock))
    watcher.start()
    lock.touch()
    in_place(root / "content" / "briefs" / "a.md")
    assert heard.settle() == 0

    lock.unlink()
    heard.wait()
    watcher.stop()


def test_a_lock_that_git_left_behind_holds_nothing_up(tmp_path: Path) -> None:
    lock = tmp_path / "index.lock"
    assert not is_held(lock)
    lock.touch()

    assert is_held(lock)
    assert not is_held(lock, lock.stat().st_mtime + 11)


def test_the_lock_is_found_from_other_work_trees_and_not_where_there_is_none(tmp_path: Path) -> None:
    (tmp_path / "project" / "content").mkdir(parents=True)
    (tmp_path / "project" / ".git").write_text("gitdir: ../repository/worktrees/project\n", "utf-8")

    assert index_lock(tmp_path / "project") == tmp_path / "project/../repository/worktrees/project/index.lock"
    assert index_lock(Path("/")) is None


def test_one_folder_under_two_names_is_watched_once(root: Path) -> None:
    (root / "link").symlink_to(root / "content")
    heard = Heard()
    watcher = Watcher([root / "content", root / "link"], heard)
    watcher.start()
    in_place(root / "content" / "briefs" / "a.md")
    heard.wait()
    watcher.stop()

    assert len(watcher._tops) == 1


@pytest.mark.parametrize("number", [28, 24], ids=["watches", "instances"])
def test_the_systems_limits_lead_to_polling(root: Path, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(watch, "Observer", refuse)
    with pytest.raises(Failure) as caught:
        Watcher([root / "content"], Heard()).start()

    assert "--poll" in caught.value.next_step
    assert "limit" in caught.value.message


def test_news_that_the_kernel_had_to_drop_count_as_a_change(root: Path) -> None:
    heard = Heard()
    watcher = Watcher([root / "content"], heard)
    watcher.start()
    watch._log().getChild("observers.inotify_c").warning("Inotify queue overflowed; filesystem events were lost")
    heard.wait()
    watcher.stop()
