"""The address at which a site will stand: as asked for, else as the project says, else as its git remote implies."""

import re
from pathlib import Path

from msgspec import Struct

from briefgen import pipeline
from briefgen.model.problem import Failure
from briefgen.publish.git import Git

_HUB = re.compile(
    r"(?:https?://(?:[^@/]+@)?github\.com/|(?:ssh://)?git@github\.com[:/])(?P<owner>[^/]+)/(?P<name>[^/]+?)(?:\.git)?/?",
    re.IGNORECASE,
)
_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


class Address(Struct, frozen=True):
    """Where a site will stand, and in words how that is known. `url` is None where nothing says it."""

    url: str | None
    origin: str = ""


def site_address(root: Path, asked: str | None = None, remote: str = "origin") -> Address:
    """The address of the project at `root`; `asked` is what a user or a workflow said."""
    if asked:
        return Address(asked, "--base-url")
    config = pipeline.configuration(root)
    if config and config.base_url:
        return Address(config.base_url, "content/site.yaml")
    domain = _domain(root)
    if domain:
        return Address(f"https://{domain}/", "content/static/CNAME")
    try:
        found = pages_address(Git(root).maybe("remote", "get-url", remote))
    except Failure:
        found = None
    return Address(found, f"the git remote {remote}") if found else Address(None)


def pages_address(remote: str) -> str | None:
    """Where GitHub Pages puts the site of a repository, by the address of its remote; None for other hosts."""
    found = _HUB.fullmatch(remote)
    if found is None:
        return None
    host, name = f"{found['owner'].lower()}.github.io", found["name"]
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"


def _domain(root: Path) -> str:
    """The domain of one's own that a file `CNAME` names."""
    try:
        text = (root / "content" / "static" / "CNAME").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    return text if _HOST.fullmatch(text) else ""
