"""Git commands: their input, and the reasons of their failures."""

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from briefgen.model.failure import Failure
from briefgen.publish.git import Git, GitError, find_reason

MIB = bytes(1024 * 1024)


@pytest.fixture
def git(tmp_path: Path) -> Git:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)
    return Git(tmp_path)


def test_a_broken_repository_is_not_reported_as_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Failure, match="is in no git repository"):
        Git(tmp_path)
    (tmp_path / "config").write_text("[core\n")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(tmp_path / "config"))
    with pytest.raises(Failure, match="for a repository: fatal: bad config line 1"):
        Git(tmp_path)


def test_input_is_streamed_to_git(git: Git) -> None:
    made: list[int] = []

    def parts() -> Iterator[bytes]:
        for number in range(8):
            made.append(number)
            yield MIB

    assert len(git.run("hash-object", "--stdin", input=parts())) == 41
    assert made == list(range(8))


def test_git_may_fail_before_it_has_read_all_input(git: Git) -> None:
    taken: list[int] = []

    def parts() -> Iterator[bytes]:
        while len(taken) < 10_000:
            taken.append(1)
            yield MIB

    with pytest.raises(GitError, match="git cat-file failed: fatal: "):
        git.run("cat-file", "blob", "nothing", input=parts())
    assert len(taken) < 10_000


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ("fatal: no\nfatal: more", "fatal: no"),
        (
            (
                "git@github.com: Permission denied (publickey).\nfatal: Could not read from remote repository.\n\n"
                "Please make sure you have the correct access rights\nand the repository exists."
            ),
            "git@github.com: Permission denied (publickey).",
        ),
        ("no pushing today\nerror: failed to push some refs to 'x'", "no pushing today"),
        (
            (
                "remote: error: GH006: Protected branch update failed.        \nremote: \nTo x\n"
                " ! [remote rejected] 1 -> gh-pages (protected branch hook declined)\n"
                "error: failed to push some refs to 'x'"
            ),
            "error: GH006: Protected branch update failed.",
        ),
        ("", "it does not say why"),
    ],
)
def test_the_reason_is_found_in_the_output_of_git(said: str, why: str) -> None:
    assert find_reason(said) == why
