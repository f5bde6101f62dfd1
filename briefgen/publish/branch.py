"""The branch that GitHub Pages serves, advanced by one commit, without anything of the user's being touched.

The commit is written by `git fast-import`, straight into the repository's objects, and no ref is made on the way. So
runs in one repository cannot confuse each other, and a run that ends early leaves only objects that git removes later.
"""

import hashlib
import re
import uuid
from collections.abc import Iterator, Mapping
from itertools import chain
from pathlib import Path

from msgspec import Struct

from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure
from briefgen.publish.address import CNAME, domain_in
from briefgen.publish.clean_build import Files
from briefgen.publish.git import Git, GitError, reason

_CONTENT = "content/site.yaml"
_REJECTED = re.compile(r"^ ! \[(?:remote )?rejected\] .*?\((.+)\)$", re.MULTILINE)
# How git reports that another run writes the same ref, or has written it in the meantime.
_OVERTAKEN = re.compile(
    r"stale info|fetch first|non-fast-forward|but expected|incorrect old value|already exists|File exists"
)
_ATTEMPTS = 5


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
    """A branch of a remote as it was found: `files` are its blobs by path.

    `domain` is what its `CNAME` names, empty if that is no domain; None without a `CNAME`.

    Where the branch is new, `tip` is empty.
    """

    remote: str
    name: str
    tip: str
    files: Mapping[str, str]
    domain: str | None


def fetch_branch(git: Git, remote: str, name: str, *, project: str = "") -> Branch:
    """Fetch the branch, so that its commits are in this repository.

    `project` is the folder of the project in its repository: a branch that holds it is refused.

    Raises:
        Failure: the remote refused, or the branch is none to publish on.
    """
    _require_remote(git, remote)
    _require_name(git, name)
    tip = _fetch(git, remote, name)
    files = _tree(git, tip) if tip else {}
    content = f"{project}/{_CONTENT}".removeprefix("./").lstrip("/")
    # It may have been committed and not pushed yet, or not even committed.
    here = name == git.maybe("symbolic-ref", "--quiet", "--short", "HEAD")
    if here or content in files or git.maybe("rev-parse", "--verify", "--quiet", f"refs/heads/{name}:{content}"):
        raise Failure(
            f'the branch "{name}" holds the project itself ({content}), which the site would replace',
            "Name a branch of the site's own with --branch; the default is gh-pages.",
        )
    domain = domain_in(git.run("show", f"{tip}:{CNAME}")) if CNAME in files else None
    return Branch(remote, name, tip, files, domain)


def publish(
    git: Git, files: Files, branch: Branch, *, message: str, force: bool = False, rehearse: bool = False
) -> Published:
    """Make the branch hold these files and no others but `CNAME`.

    Raises:
        Failure: git or the remote refused; then the branch is as it was.
    """
    there = branch.files
    algorithm = _algorithm(git)
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


def _fetch(git: Git, remote: str, branch: str) -> str:
    """Fetch the commit at the branch's tip and return its name; empty where there is no such branch.

    Raises:
        Failure: the remote refused.
    """
    said = ""
    for _ in range(_ATTEMPTS):
        tip = _tip(git, remote, branch)
        if not tip:
            return ""
        try:
            # Housekeeping could remove what no ref leads to.
            git.run(
                "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc", remote, f"refs/heads/{branch}"
            )
        except GitError as error:
            said = error.said
        # Another run may hold the lock of the ref that follows the branch, and the objects are here all the same.
        if git.maybe("cat-file", "-t", tip) == "commit":
            return tip
        if said and not _OVERTAKEN.search(said):
            break
    raise _unreachable(remote, said or f"{branch} changes all the time")


def _tip(git: Git, remote: str, branch: str) -> str:
    """Return the name of the commit that the remote has at the branch's tip; empty where there is no such branch."""
    try:
        return git.text("ls-remote", "--heads", remote, f"refs/heads/{branch}").partition("\t")[0]
    except GitError as error:
        raise _unreachable(remote, error.said) from error


def _unreachable(remote: str, said: str) -> Failure:
    message = f'the remote "{remote}" does not answer: {reason(said)}'
    return Failure(message, "Check its address, your connection and whether you may read it.")


def _tree(git: Git, commit: str) -> dict[str, str]:
    """The blobs of a commit by path."""
    lines = git.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
    entries = (line.partition(b"\t") for line in lines if line)
    return {path.decode("utf-8", "surrogateescape"): entry.split()[2].decode() for entry, _, path in entries}


def _algorithm(git: Git) -> str:
    """Return the name of the hash function by which the repository names objects."""
    return git.maybe("rev-parse", "--show-object-format") or "sha1"


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
    # A commit needs a ref here. It gets one that no other run has, and the reset keeps git from writing that.
    ref, none = (
        f"refs/briefgen/{uuid.uuid4().hex}",
        "0" * hashlib.new(_algorithm(git), usedforsecurity=False).digest_size * 2,
    )
    size = len(message.encode("utf-8", "surrogateescape"))
    parent = f"from {tip}\n" if tip else ""
    head = f"commit {ref}\nmark :1\ncommitter {who}\ndata {size}\n{message}\n{parent}deleteall\n"
    tail = f"get-mark :1\nreset {ref}\nfrom {none}\n\ndone\n"
    stream = chain([head.encode("utf-8", "surrogateescape")], _contents(files, kept), [tail.encode()])
    return git.run("fast-import", "--quiet", "--done", given=stream).decode().strip()


def _contents(files: Files, kept: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the files of a commit in the language of `git fast-import`."""
    for path, name in kept.items():
        yield b"M 100644 %s %s\n" % (name.encode(), _quoted(path))
    for path, file in files.items():
        yield b"M 100644 inline %s\ndata %d\n" % (_quoted(path), file.stat().st_size)
        yield from Disk().parts(file)
        yield b"\n"


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
        found = _REJECTED.search(error.said)
        if _OVERTAKEN.search(error.said) or (found and _tip(git, branch.remote, branch.name) != branch.tip):
            message = f'somebody published on the branch {branch.name} of the remote "{branch.remote}" in the meantime'
            raise Failure(message, "Publish again; --dry-run shows the changes first.") from error
        if found:
            why = "; ".join(filter(None, (found[1], reason(error.said, or_else=""))))
            raise Failure(
                f'the remote "{branch.remote}" rejected the push to {branch.name}: {why}',
                "If the branch is protected, allow it there.",
            ) from error
        message = f'cannot push to the remote "{branch.remote}": {reason(error.said)}'
        raise Failure(message, "Check your connection and whether you may write there.") from error
