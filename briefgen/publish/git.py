"""Git, asked as a program: no work tree, index or branch of the user's is touched."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from briefgen.model.failure import Failure

_LINES = 3
_NO_REPOSITORY = "Make one with `git init`, or publish `site/` by other means."


class GitError(Failure):
    """Git said no; `said` is what it wrote."""

    def __init__(self, message: str, next_step: str, said: str) -> None:
        super().__init__(message, next_step)
        self.said = said


class Git:
    """The repository that a folder lies in."""

    def __init__(self, folder: Path) -> None:
        """Raises Failure where there is no git or no repository."""
        self._folder = folder
        # Without optional locks, looking at the state of the work tree never blocks a command of the user.
        self._environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
        if not sys.stdin.isatty():
            self._environment["GIT_TERMINAL_PROMPT"] = "0"  # nobody is there to answer
        try:
            self.run("rev-parse", "--git-dir")
        except GitError as error:
            if "not a git repository" in error.said:
                raise Failure(f"{folder} is in no git repository", _NO_REPOSITORY) from error
            message = f"git does not take {folder} for a repository: {reason(error.said)}"
            raise Failure(message, "Ask git yourself: git status.") from error

    def run(self, *arguments: str, given: Iterable[bytes] = ()) -> bytes:
        """What git answers, given this, which may be long, on its standard input.

        Raises:
            GitError: it failed.
            Failure: there is no git.
        """
        with TemporaryFile() as answer, TemporaryFile() as said:
            try:
                process = subprocess.Popen(  # noqa: S603 (the words are ours)
                    ("git", *arguments),  # noqa: S607 (whichever git the user has)
                    cwd=self._folder,
                    env=self._environment,
                    stdin=subprocess.PIPE,
                    stdout=answer,
                    stderr=said,
                )
            except FileNotFoundError as error:
                raise Failure("there is no git here", "Install git, or publish `site/` by other means.") from error
            with suppress(BrokenPipeError), process:  # which means that git gave up; it says why
                if process.stdin:
                    process.stdin.writelines(given)
            if process.returncode:
                text = _read(said).decode("utf-8", "replace").strip()
                raise GitError(f"git {arguments[0]} failed: {reason(text)}", "Ask git yourself to see more.", text)
            return _read(answer)

    def text(self, *arguments: str) -> str:
        """The answer as a line of text."""
        return self.run(*arguments).decode("utf-8", "replace").strip()

    def maybe(self, *arguments: str) -> str:
        """The answer as a line of text, empty where git has none."""
        try:
            return self.text(*arguments)
        except GitError:
            return ""


def _read(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def main_branch(git: Git, remote: str = "origin") -> str:
    """The branch that people push to: the remote's default where it is known, else the usual ones, else this one."""
    default = git.maybe("symbolic-ref", "--short", f"refs/remotes/{remote}/HEAD").removeprefix(f"{remote}/")
    there = git.maybe("for-each-ref", "--format=%(refname:short)", "refs/heads").split()
    usual = next((name for name in ("main", "master") if name in there), "")
    return default or usual or git.maybe("symbolic-ref", "--short", "HEAD") or "main"


def ssh_host(name: str) -> str:
    """The host that ssh goes to for this name, which may be an alias in the user's configuration."""
    try:
        asked = subprocess.run(("ssh", "-G", "--", name), capture_output=True, check=False)  # noqa: S603, S607
    except OSError:
        return name
    found = re.search(rb"^hostname (\S+)$", asked.stdout, re.MULTILINE)
    return found[1].decode("utf-8", "replace") if found else name


# Said after the reason: by ssh, by the other side, or by a hook.
_EMPTY = ("fatal: could not read from remote repository", "error: failed to push some refs")


def reason(said: str, or_else: str = "it does not say why") -> str:
    """What git says is wrong, and the other side with it, as one line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    remote = [text for line in lines if line.startswith("remote:") and (text := line.removeprefix("remote:").strip())]
    own = [line for line in lines if line.startswith(("fatal:", "error:")) and not line.lower().startswith(_EMPTY)]
    other = [line for line in lines if not line.startswith(("remote:", "hint:", "To ", "! [", "fatal:", "error:"))]
    return "; ".join([*remote[:_LINES], *(own or other)[:1]]) or or_else
