"""The site to publish: its address, and its files as a plain build makes them."""

import re
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from msgspec.structs import replace

from briefgen import pipeline
from briefgen.kernel.disk import Disk
from briefgen.kernel.host_names import ascii_host
from briefgen.model.failure import Failure
from briefgen.pipeline import Options, Progress, Report
from briefgen.pipeline.options import no_progress
from briefgen.publish.git import Git, resolve_ssh_host

CNAME = "CNAME"
_GITHUB = frozenset({"github.com", "www.github.com", "ssh.github.com"})
_REMOTE = re.compile(
    r"(?:(?P<scheme>[\w+]+)://(?:[^/]*@)?(?P<host>[^@:/]+)(?::\d+)?"
    r"|(?:[^@:/]+@)?(?P<ssh_host>[^@:/]+):(?!//))"  # the short form of ssh and scp
    r"/*(?P<owner>[\w-]+)/(?P<name>[\w.-]+?)(?:\.git)?/*",
    re.ASCII,
)

Files = dict[str, Path]
"""The files of a site by their path in it."""


@contextmanager
def clean_build(options: Options, progress: Progress = no_progress) -> Iterator[tuple[Report, Files]]:
    """Build the site from the content alone, and yield the report and the files, which exist until the block ends.

    If the report has errors, there are no files.
    """
    with tempfile.TemporaryDirectory(prefix="briefgen-publish-") as folder:
        output = Path(folder, "site")
        report = pipeline.plain_build(replace(options, output_dir=output), progress)
        yield report, {path: output / path for path in sorted(report.written)}


def site_address(
    root: Path,
    explicit: str | None = None,
    *,
    remote: str = "origin",
    branch: str = "gh-pages",
    domain: str | None = None,
) -> tuple[str | None, str]:
    """Return the address of the project at `root`, and in words where it is configured; None if it is unknown.

    It is the explicit one, that of the project, or that of its git remote.
    `domain` is the one in the `CNAME` of the remote's branch; by default the last fetched one.
    """
    if explicit:
        return explicit, "--base-url"
    config = pipeline.read_config(root)
    if config and config.base_url:
        return config.base_url, "content/site.yaml"
    static = root / "content" / "static" / CNAME
    if found := read_domain(static) if static.is_file() else "":
        return f"https://{found}/", "content/static/CNAME"
    try:
        git = Git(root)
    except Failure:
        return None, ""
    if domain is None:
        domain = parse_domain(git.try_text("show", f"refs/remotes/{remote}/{branch}:{CNAME}").encode())
    if domain:
        return f"https://{domain}/", f"{CNAME} on the branch {branch}"
    url = pages_address(git.try_text("remote", "get-url", remote))
    return url, f"the git remote {remote}" if url else ""


def pages_address(remote: str, resolve_host: Callable[[str], str] = resolve_ssh_host) -> str | None:
    """Return the address of a repository's site on GitHub Pages, by the URL of its remote; None for other hosts.

    `resolve_host` returns the host of an ssh alias.
    """
    found = _REMOTE.fullmatch(remote)
    if found is None:
        return None
    host = (found["host"] or found["ssh_host"]).lower()
    is_ssh = "ssh" in (found["scheme"] or "ssh")
    if host not in _GITHUB and not (is_ssh and resolve_host(host).lower() in _GITHUB):
        return None
    own, name = f"{found['owner'].lower()}.github.io", found["name"]
    return f"https://{own}/" if name.lower() == own else f"https://{own}/{name}/"


def read_domain(file: Path) -> str:
    """Return the domain that a file `CNAME` names; empty if it names none."""
    return parse_domain(next(Disk().parts(file), b""))


def parse_domain(text: bytes) -> str:
    """Return the domain that the bytes of a file `CNAME` name; empty if they name none."""
    domain = text.decode("ascii", "replace").strip()
    return domain.lower() if "." in domain.rstrip(".") and domain.isascii() and ascii_host(domain) else ""
