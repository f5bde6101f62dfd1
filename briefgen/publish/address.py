"""The address at which a site will stand: as asked for, else as the project says, else as its git remote implies."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from msgspec import Struct

from briefgen import pipeline
from briefgen.kernel.disk import Disk
from briefgen.kernel.host_names import ascii_host
from briefgen.model.failure import Failure
from briefgen.publish.git import Git, ssh_host

_GITHUB = frozenset({"github.com", "www.github.com", "ssh.github.com"})
_REPOSITORY = re.compile(r"/*(?P<owner>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?/*", re.ASCII)
# How ssh and scp write it: no scheme, and no slash before the first colon.
_SHORT = re.compile(r"(?:[^@/:]+@)?(?P<host>[^@/:]+):(?P<path>.*)")
CNAME = "CNAME"
_BRANCH = "gh-pages"


class Address(Struct, frozen=True):
    """Where a site will stand, and in words how that is known. `url` is None where nothing says it."""

    url: str | None
    origin: str = ""


def site_address(
    root: Path, asked: str | None = None, *, remote: str = "origin", branch: str = _BRANCH, domain: str | None = None
) -> Address:
    """The address of the project at `root`; `asked` is what a user said.

    `domain` is the one that the remote's branch names; by default what was last seen of it.
    """
    if asked:
        return Address(asked, "--base-url")
    config = pipeline.configuration(root)
    if config and config.base_url:
        return Address(config.base_url, "content/site.yaml")
    static = root / "content" / "static" / CNAME
    if found := domain_of(static) if static.is_file() else "":
        return Address(f"https://{found}/", "content/static/CNAME")
    try:
        git = Git(root)
    except Failure:
        return Address(None)
    if domain is None:
        domain = domain_in(git.maybe("show", f"refs/remotes/{remote}/{branch}:{CNAME}").encode())
    if domain:
        return Address(f"https://{domain}/", f"{CNAME} on the branch {branch}")
    url = pages_address(git.maybe("remote", "get-url", remote))
    return Address(url, f"the git remote {remote}") if url else Address(None)


def workflow_address(root: Path, given: str | None) -> Address:
    """The address that a workflow has been given by GitHub Pages, unless the project names one itself."""
    config = pipeline.configuration(root) if given else None
    return Address(None) if not given or (config and config.base_url) else Address(given, "the workflow")


def pages_address(remote: str, real_host: Callable[[str], str] = ssh_host) -> str | None:
    """Where GitHub Pages puts the site of a repository, by the address of its remote; None for other hosts.

    `real_host` says which host an alias of ssh stands for.
    """
    host, path, ssh = _parts(remote)
    if host not in _GITHUB and not (ssh and host and real_host(host).lower() in _GITHUB):
        return None
    found = _REPOSITORY.fullmatch(path)
    if found is None:
        return None
    own, name = f"{found['owner'].lower()}.github.io", found["name"]
    return f"https://{own}/" if name.lower() == own else f"https://{own}/{name}/"


def _parts(remote: str) -> tuple[str, str, bool]:
    """Host and path of a remote's address, and whether ssh goes there."""
    short = _SHORT.fullmatch(remote)
    if short and not short["path"].startswith("//"):
        return short["host"].lower(), short["path"], True
    try:
        way = urlsplit(remote)
        return way.hostname or "", way.path, "ssh" in way.scheme
    except ValueError:
        return "", "", False


def domain_of(file: Path) -> str:
    """Return the domain of one's own that a file `CNAME` names; empty if it names none."""
    return domain_in(next(Disk().parts(file), b""))


def domain_in(text: bytes) -> str:
    """Return the domain of one's own that the bytes of a file `CNAME` name; empty if they name none."""
    domain = text.decode("ascii", "replace").strip()
    return domain.lower() if "." in domain.rstrip(".") and domain.isascii() and ascii_host(domain) else ""
