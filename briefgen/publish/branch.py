"""Push a site as one commit to the branch that GitHub Pages serves.

`git fast-import` writes the commit straight into the repository's objects, without a ref, an index or a work tree. So
parallel runs in one repository are independent, and a run that ends early leaves only objects that git removes later.
"""

import os
import re
import uuid
from collections.abc import Iterator, Mapping
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from briefgen.kernel.disk import Disk
from briefgen.model.failure import Failure
from briefgen.publish.git import Git, GitError, find_reason
from briefgen.publish.site import CNAME, Files, parse_domain

_CONTENT = "content/site.yaml"
_REJECTED = re.compile(r"^ ! \[(?:remote )?rejected\] .*?\((.+)\)$", re.MULTILINE)
# How git reports that another run writes the same ref, or has written it in the meantime.
_CONFLICT = re.compile(
    r"stale info|fetch first|non-fast-forward|but expected|incorrect old value|already exists|File exists"
)
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n"})  # as in strings of C
_MAX_ATTEMPTS = 5


class Published(Struct, frozen=True):
    """The changes to the branch: sorted paths; `size` of the whole site in bytes.

    `commit` is empty where nothing was pushed. `kept` are files of the branch that are not part of the site and stay.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    size: int
    commit: str = ""
    kept: tuple[str, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        return not (self.added or self.changed or self.removed)


class Branch(Struct, frozen=True):
    """A branch of a remote: its last commit, empty if the branch is new, and the names of its blobs by path.

    `domain` is the one in its `CNAME`, empty if that is not valid; None without a `CNAME`.
    """

    remote: str
    name: str
    tip: str
    files: Mapping[str, str]
    domain: str | None


def fetch_branch(git: Git, remote: str, name: str) -> Branch:
    """Fetch the branch, so that its commits are in this repository. Raise Failure if it holds the project."""
    if not remote or not git.try_text("remote", "get-url", remote):
        hint = f"Add it with `git remote add {remote or 'origin'} ADDRESS`, or name another with --remote."
        raise Failure(f'there is no git remote "{remote}"', hint)
    # Names that git accepts with a surprising meaning: `git push` would write `refs/heads/refs/heads/x`.
    is_misleading = name.startswith(("-", "refs/")) or name in ("", "HEAD", "@")
    if is_misleading or not git.try_text("check-ref-format", "--branch", name):
        raise Failure(f'"{name}" is no name for a branch', "Name it with --branch as `git branch` shows it: gh-pages.")
    tip = _fetch(git, remote, name)
    files = _list_files(git, tip) if tip else {}
    content = git.try_text("rev-parse", "--show-prefix") + _CONTENT
    # The branch of the project may not be pushed yet, or may have no commit.
    is_current = name == git.try_text("symbolic-ref", "--quiet", "--short", "HEAD")
    local = f"refs/heads/{name}:{content}"
    if is_current or content in files or git.try_text("rev-parse", "--verify", "--quiet", local):
        raise Failure(
            f'the branch "{name}" holds the project itself ({content}), which the site would replace',
            "Name a branch of the site's own with --branch; the default is gh-pages.",
        )
    domain = parse_domain(git.run("show", f"{tip}:{CNAME}")) if CNAME in files else None
    return Branch(remote, name, tip, files, domain)


def push_site(
    git: Git, files: Files, branch: Branch, *, message: str, force: bool = False, dry_run: bool = False
) -> Published:
    """Make the branch hold these files and no others but `CNAME`. On a Failure, the branch is unchanged."""
    before = branch.files
    paths = "\n".join(map(str, files.values()))
    names = git.run("hash-object", "--no-filters", "--stdin-paths", input=[os.fsencode(paths)]).decode().split()
    blobs = dict(zip(files, names, strict=True))
    kept = {CNAME: before[CNAME]} if CNAME in before and CNAME not in blobs else {}
    changes = Published(
        added=tuple(sorted(blobs.keys() - before.keys())),
        changed=tuple(sorted(path for path in blobs.keys() & before.keys() if blobs[path] != before[path])),
        removed=tuple(sorted(before.keys() - blobs.keys() - kept.keys())),
        size=sum(file.stat().st_size for file in files.values()),
        kept=tuple(kept),
    )
    if dry_run or changes.is_unchanged:
        return changes
    commit = _commit(git, files, kept, branch.tip, message)
    _push(git, branch, commit, force=force)
    return replace(changes, commit=commit)


def _fetch(git: Git, remote: str, branch: str) -> str:
    """Fetch the commit at the branch's tip and return its name; empty where there is no such branch."""
    message = ""
    for _ in range(_MAX_ATTEMPTS):
        tip = _find_tip(git, remote, branch)
        if not tip:
            return ""
        try:
            # Garbage collection could remove objects without a ref.
            flags = ("--quiet", "--no-tags", "--no-write-fetch-head", "--no-auto-gc")
            git.run("fetch", *flags, remote, f"refs/heads/{branch}")
        except GitError as error:
            message = error.output
        # If another run holds the lock of the remote-tracking ref, the objects have been fetched nevertheless.
        if git.try_text("cat-file", "-t", tip) == "commit":
            return tip
        if message and not _CONFLICT.search(message):
            break
    raise _unreachable(remote, message or f"{branch} changes all the time")


def _find_tip(git: Git, remote: str, branch: str) -> str:
    """Return the name of the commit that the remote has at the branch's tip; empty where there is no such branch."""
    try:
        return git.text("ls-remote", "--heads", remote, f"refs/heads/{branch}").partition("\t")[0]
    except GitError as error:
        raise _unreachable(remote, error.output) from error


def _unreachable(remote: str, output: str) -> Failure:
    message = f'the remote "{remote}" does not answer: {find_reason(output)}'
    return Failure(message, "Check its address, your connection and whether you may read it.")


def _list_files(git: Git, commit: str) -> dict[str, str]:
    """Return the names of a commit's blobs by path."""
    lines = git.run("ls-tree", "-r", "-z", "--full-tree", commit).split(b"\0")
    entries = (line.partition(b"\t") for line in lines if line)
    return {path.decode("utf-8", "surrogateescape"): entry.split()[2].decode() for entry, _, path in entries}


def _commit(git: Git, files: Files, kept: Mapping[str, str], tip: str, message: str) -> str:
    committer = git.try_text("var", "GIT_COMMITTER_IDENT")
    if not committer:
        hint = 'Tell it: git config user.name "You" and git config user.email you@example.org.'
        raise Failure("git does not know who you are", hint)
    # fast-import needs a ref. This one is unique, and the reset to the null object keeps git from writing it.
    ref = f"refs/briefgen/{uuid.uuid4().hex}"
    null = "0" * len(git.text("hash-object", "--stdin"))
    size = len(message.encode("utf-8", "surrogateescape"))
    parent = f"from {tip}\n" if tip else ""
    head = f"commit {ref}\nmark :1\ncommitter {committer}\ndata {size}\n{message}\n{parent}deleteall\n"
    tail = f"get-mark :1\nreset {ref}\nfrom {null}\n\ndone\n"
    stream = chain([head.encode("utf-8", "surrogateescape")], _export_files(files, kept), [tail.encode()])
    return git.run("fast-import", "--quiet", "--done", input=stream).decode().strip()


def _export_files(files: Files, kept: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the files of a commit in the format of `git fast-import`."""
    for path, name in kept.items():
        yield f"M 100644 {name} {path}\n".encode()
    for path, file in files.items():
        head = f'M 100644 inline "{path.translate(_ESCAPES)}"\ndata {file.stat().st_size}\n'
        yield head.encode("utf-8", "surrogateescape")
        yield from Disk().parts(file)
        yield b"\n"


def _push(git: Git, branch: Branch, commit: str, *, force: bool) -> None:
    target = f"refs/heads/{branch.name}"
    # Also where the branch is new: another run may have made it in the meantime.
    guard = "--force" if force else f"--force-with-lease={target}:{branch.tip}"
    try:
        git.run("push", "--quiet", guard, branch.remote, f"{commit}:{target}")
    except GitError as error:
        found = _REJECTED.search(error.output)
        if _CONFLICT.search(error.output) or (found and _find_tip(git, branch.remote, branch.name) != branch.tip):
            message = (
                f'others have published on the branch {branch.name} of the remote "{branch.remote}" in the meantime'
            )
            raise Failure(message, "Publish again; --dry-run shows the changes first.") from error
        if found:
            why = "; ".join(filter(None, (found[1], find_reason(error.output, default=""))))
            message = f'the remote "{branch.remote}" rejected the push to {branch.name}: {why}'
            raise Failure(message, "If the branch is protected, allow it there.") from error
        message = f'cannot push to the remote "{branch.remote}": {find_reason(error.output)}'
        raise Failure(message, "Check your connection and whether you may write there.") from error
