"""Git, asked as a program: no work tree, index or branch of the user's is touched."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from briefgen.model.problem import Failure

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
        self._environment = {**os.environ, "LC_ALL": "C"}
        if not sys.stdin.isatty():
            self._environment["GIT_TERMINAL_PROMPT"] = "0"  # nobody is there to answer
        try:
            self.run("rev-parse", "--git-dir")
        except GitError as error:
            raise Failure(f"{folder} is in no git repository", _NO_REPOSITORY) from error

    def run(self, *arguments: str, given: bytes = b"", variables: Mapping[str, str] | None = None) -> bytes:
        """What git answers.

        Raises:
            GitError: it failed.
            Failure: there is no git.
        """
        try:
            ended = subprocess.run(  # noqa: S603 (the words are ours)
                ("git", *arguments),  # noqa: S607 (whichever git the user has)
                cwd=self._folder,
                env=self._environment | dict(variables or {}),
                input=given,
                capture_output=True,
                check=False,
            )
        except FileNotFoundError as error:
            raise Failure("there is no git here", "Install git, or publish `site/` by other means.") from error
        if ended.returncode:
            said = ended.stderr.decode("utf-8", "replace").strip()
            raise GitError(f"git {arguments[0]} failed: {_line(said)}", "Ask git yourself to see more.", said)
        return ended.stdout

    def text(self, *arguments: str) -> str:
        """The answer as a line of text."""
        return self.run(*arguments).decode("utf-8", "replace").strip()

    def maybe(self, *arguments: str) -> str:
        """The answer as a line of text, empty where git has none."""
        try:
            return self.text(*arguments)
        except GitError:
            return ""


def _line(said: str) -> str:
    """The line of git's that says what is wrong."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    telling = [line for line in lines if line.startswith(("fatal:", "error:"))]
    return (telling or lines or ["it does not say why"])[0]
