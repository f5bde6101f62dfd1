"""The branch that GitHub Pages serves, advanced by one commit, without anything of the user's being touched.

The commit is written by `git fast-import`, straight into the repository's objects. Whoever interrupts this leaves
objects that nobody refers to, which git removes in time.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from msgspec import Struct

from briefgen.kernel.disk import Disk
from briefgen.model.problem import Failure
from briefgen.publish.address import CNAME, domain_in
from briefgen.publish.clean_build import Files
from briefgen.publish.git import Git, GitError, reason

_CONTENT = "content/site.yaml"
_TIP = "refs/briefgen/published"
_NEW = "refs/briefgen/publish"
_REJECTED = re.compile(r"^ ! \[(?:remote )?rejected\] .*?\((.+)\)$", re.MULTILINE)


class Published(Struct, frozen=True):
    """What the branch was, and what was done to it: paths, sorted; `size` in bytes of the whole site.

    `commit` is empty where nothing was pushed. `kept` are files of the branch that are not the site's and stay.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    size: int
    commit: str = ""
    kept: tuple[str, ...] = ()

    @property
    def nothing(self) -> bool:
        """Whether the branch holds the site already."""
        return not (self.added or self.changed or self.removed)


class Branch(Struct, frozen=True):
    """A branch of a remote as it was found: `files` are its blobs by path, `domain` is what its `CNAME` names.

    Where the branch is new, `tip` is empty.
    """

    remote: str
    name: str
    tip: str
    files: Mapping[str, str]
    domain: str


@contextmanager
def fetched(git: Git, remote: str, name: str, *, project: str = "") -> Iterator[Branch]:
    """The branch, whose commits are in this repository until the block ends.

    `project` is the folder of the project in its repository: a branch that holds it is not taken.

    Raises:
        Failure: the remote refused, or the branch is none to publish on.
    """
    _require_remote(git, remote)
    _require_name(git, name)
    try:
        tip = _fetched(git, remote, name)
        files = _tree(git, tip) if tip else {}
        content = f"{project}/{_CONTENT}".removeprefix("./").lstrip("/")
        # It may have been committed and not pushed yet, or not even committed.
        here = name == git.maybe("symbolic-ref", "--quiet", "--short", "HEAD")
        if here or content in files or git.maybe("rev-parse", "--verify", "--quiet", f"refs/heads/{name}:{content}"):
            raise Failure(
                f'the branch "{name}" holds the project itself ({content}), which the site would replace',
                "Name a branch of the site's own with --branch; the default is gh-pages.",
            )
        domain = domain_in(git.run("show", f"{tip}:{CNAME}")) if CNAME in files else ""
        yield Branch(remote, name, tip, files, domain)
    finally:
        for ref in (_TIP, _NEW):
            git.maybe("update-ref", "-d", ref)


def publish(
    git: Git, files: Files, branch: Branch, *, message: str, force: bool = False, rehearse: bool = False
) -> Published:
    """Make the branch hold these files and no others but `CNAME`.

    Raises:
        Failure: git or the remote refused; then the branch is as it was.
    """
    there = branch.files
    algorithm = git.maybe("rev-parse", "--show-object-format") or "sha1"
    wanted = {path: _blob(algorithm, file) for path, file in files.items()}
    kept = {CNAME: there[CNAME]} if CNAME in there and CNAME not in wanted else {}
    found = Published(
        added=tuple(sorted(wanted.keys() - there.keys())),
        changed=tuple(sorted(path for path in wanted.keys() & there.keys() if wanted[path] != there[path])),
        removed=tuple(sorted(there.keys() - wanted.keys() - kept.keys())),
        size=sum(file.stat().st_size for file in files.values()),
        kept=tuple(kept),
    )
    if rehearse or found.nothing:
        return found
    commit = _commit(git, files, kept, branch.tip, message)
    _push(git, branch, commit, force=force)
    return Published(found.added, found.changed, found.removed, found.size, commit, found.kept)


def _require_remote(git: Git, remote: str) -> None:
    if not remote or not git.maybe("remote", "get-url", remote):
        raise Failure(
            f'there is no git remote "{remote}"',
            f"Add it with `git remote add {remote or 'origin'} ADDRESS`, or name another with --remote.",
        )


def _require_name(git: Git, name: str) -> None:
    # What git takes for a branch and people for something else: `git push` writes `refs/heads/refs/heads/x`.
    if (
        name.startswith(("-", "refs/"))
        or name in ("", "HEAD", "@")
        or not git.maybe("check-ref-format", "--branch", name)
    ):
        raise Failure(f'"{name}" is no name for a branch', "Name it with --branch as `git branch` shows it: gh-pages.")


def _fetched(git: Git, remote: str, branch: str) -> str:
    """The commit at the branch's tip, in this repository; empty where there is no such branch."""
    try:
        if not git.text("ls-remote", "--heads", remote, f"refs/heads/{branch}"):
            return ""
        git.run("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", remote, f"+refs/heads/{branch}:{_TIP}")
    except GitError as error:
        message = f'the remote "{remote}" does not answer: {reason(error.said)}'
        raise Failure(message, "Check its address, your connection and whether you may read it.") from error
    return git.text("rev-parse", _TIP)


def _tree(git: Git, commit: str) -> dict[str, str]:
    """The blobs of a commit by path."""
    lines = git.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
    entries = (line.partition(b"\t") for line in lines if line)
    return {path.decode("utf-8", "surrogateescape"): entry.split()[2].decode() for entry, _, path in entries}


def _blob(algorithm: str, file: Path) -> str:
    """Return the name that git gives to a file of these bytes."""
    state = hashlib.new(algorithm, b"blob %d\0" % file.stat().st_size, usedforsecurity=False)
    for part in Disk().parts(file):
        state.update(part)
    return state.hexdigest()


def _commit(git: Git, files: Files, kept: Mapping[str, str], tip: str, message: str) -> str:
    who = git.maybe("var", "GIT_COMMITTER_IDENT")
    if not who:
        raise Failure(
            "git does not know who you are",
            'Tell it: git config user.name "You" and git config user.email you@example.org.',
        )
    git.run("fast-import", "--quiet", "--force", "--done", given=_stream(files, kept, tip, message, who))
    return git.text("rev-parse", _NEW)


def _stream(files: Files, kept: Mapping[str, str], tip: str, message: str, who: str) -> Iterator[bytes]:
    """A commit in the language of `git fast-import`."""
    text = message.encode()
    yield b"commit %s\ncommitter %s\ndata %d\n%s\n" % (_NEW.encode(), who.encode(), len(text), text)
    if tip:
        yield b"from %s\n" % tip.encode()
    yield b"deleteall\n"
    for path, name in kept.items():
        yield b"M 100644 %s %s\n" % (name.encode(), _quoted(path))
    for path, file in files.items():
        yield b"M 100644 inline %s\ndata %d\n" % (_quoted(path), file.stat().st_size)
        yield from Disk().parts(file)
        yield b"\n"
    yield b"done\n"


def _quoted(path: str) -> bytes:
    """A path as C writes a string."""
    escaped = path.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'.encode("utf-8", "surrogateescape")


def _push(git: Git, branch: Branch, commit: str, *, force: bool) -> None:
    target = f"refs/heads/{branch.name}"
    # Also where the branch is new: somebody else may have made it in the meantime.
    guard = "--force" if force else f"--force-with-lease={target}:{branch.tip}"
    try:
        git.run("push", "--quiet", guard, branch.remote, f"{commit}:{target}")
    except GitError as error:
        if found := _REJECTED.search(error.said):
            why = "; ".join(filter(None, (found[1], reason(error.said, or_else=""))))
            raise Failure(
                f'the remote "{branch.remote}" rejected the push to {branch.name}: {why}',
                "If somebody has published in the meantime, publish again; if the branch is protected, allow it there.",
            ) from error
        message = f'cannot push to the remote "{branch.remote}": {reason(error.said)}'
        raise Failure(message, "Check your connection and whether you may write there.") from error
