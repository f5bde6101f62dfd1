"""Run git commands, none of which changes the user's work tree, index or branches."""

import os
import re
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile

from briefgen.model.failure import Failure

_MAX_REMOTE_LINES = 3


class GitError(Failure):
    """A git command failed; `output` is what it wrote to standard error."""

    def __init__(self, message: str, next_step: str, output: str) -> None:
        super().__init__(message, next_step)
        self.output = output


class Git:
    """The git repository of a folder. Without git or a repository, raise Failure."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        # Optional locks could block a git command of the user.
        self._environment = {**os.environ, "LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"}
        if not sys.stdin.isatty():
            self._environment["GIT_TERMINAL_PROMPT"] = "0"  # without a terminal, a prompt would wait for ever
        try:
            self.run("rev-parse", "--git-dir")
        except GitError as error:
            if "not a git repository" in error.output:
                hint = "Make one with `git init`, or publish `site/` by other means."
                raise Failure(f"{folder} is in no git repository", hint) from error
            message = f"git does not take {folder} for a repository: {find_reason(error.output)}"
            raise Failure(message, "Run `git status` there to see more.") from error

    def run(self, *arguments: str, input: Iterable[bytes] = ()) -> bytes:
        """Run a git command and return its output, or raise GitError. The input may be larger than the memory."""
        with TemporaryFile() as stdout, TemporaryFile() as stderr:
            try:
                process = subprocess.Popen(  # noqa: S603 (the arguments are ours)
                    ("git", *arguments),  # noqa: S607 (whichever git the user has)
                    cwd=self._folder,
                    env=self._environment,
                    stdin=subprocess.PIPE,
                    stdout=stdout,
                    stderr=stderr,
                )
            except FileNotFoundError as error:
                raise Failure("there is no git here", "Install git, or publish `site/` by other means.") from error
            with suppress(BrokenPipeError), process:  # git failed before it had read all; it reports why
                if process.stdin:
                    process.stdin.writelines(input)
            stdout.seek(0)
            stderr.seek(0)
            if process.returncode:
                text = stderr.read().decode("utf-8", "replace").strip()
                message = f"git {arguments[0]} failed: {find_reason(text)}"
                raise GitError(message, "Run the git command yourself to see more.", text)
            return stdout.read()

    def text(self, *arguments: str) -> str:
        """Run a git command and return its output as stripped text."""
        return self.run(*arguments).decode("utf-8", "replace").strip()

    def try_text(self, *arguments: str) -> str:
        """Run a git command and return its output as stripped text, empty if it fails."""
        with suppress(GitError):
            return self.text(*arguments)
        return ""


def main_branch(git: Git, remote: str = "origin") -> str:
    """Return the remote's default branch if it is known, else main or master, else the current branch."""
    default = git.try_text("symbolic-ref", "--short", f"refs/remotes/{remote}/HEAD").removeprefix(f"{remote}/")
    local = git.try_text("for-each-ref", "--format=%(refname:short)", "refs/heads").split()
    usual = next((name for name in ("main", "master") if name in local), "")
    return default or usual or git.try_text("symbolic-ref", "--short", "HEAD") or "main"


def resolve_ssh_host(name: str) -> str:
    """Return the host of this name, which may be an alias in the user's configuration of ssh."""
    try:
        answer = subprocess.run(("ssh", "-G", "--", name), capture_output=True, check=False)  # noqa: S603, S607
    except OSError:
        return name
    found = re.search(rb"^hostname (\S+)$", answer.stdout, re.MULTILINE)
    return found[1].decode("utf-8", "replace") if found else name


# Lines that ssh, the remote or a hook write after the reason.
_NOISE = ("fatal: could not read from remote repository", "error: failed to push some refs")


def find_reason(output: str, default: str = "it does not say why") -> str:
    """Return the reason in an error output of git, and that of the remote with it, as one line."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    remote = [text for line in lines if line.startswith("remote:") and (text := line.removeprefix("remote:").strip())]
    own = [line for line in lines if line.startswith(("fatal:", "error:")) and not line.lower().startswith(_NOISE)]
    other = [line for line in lines if not line.startswith(("remote:", "hint:", "To ", "! [", "fatal:", "error:"))]
    return "; ".join([*remote[:_MAX_REMOTE_LINES], *(own or other)[:1]]) or default
