"""A built site looked through for what would go wrong on GitHub Pages, where most sites stand below a path."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from briefgen.model.problem import Place, Problem, Severity
from briefgen.plan.urls import to_ascii
from briefgen.publish.address import CNAME, domain_of
from briefgen.publish.addresses import SUFFIXES, addresses
from briefgen.publish.clean_build import Files

MIB = 1024 * 1024
MOST_OF_SITE = 1024 * MIB  # https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
MOST_OF_FILE = 100 * MIB  # what GitHub takes by git
NOT_FOUND = "404.html"
MARKER = ".nojekyll"

_STATIC = "content/static"
_CONFIG = "content/site.yaml"


def audit(root: Path, files: Files, base_url: str | None, domain: str | None = None) -> list[Problem]:
    """What is wrong with the files of a site that is to stand at `base_url`; `root` is the project's folder.

    `domain` is the one that the `CNAME` of the branch names, empty if it names none; None without one.

    Problems: `no-base-url`, `absolute-link`, `outside-link`, `unfit-for-pages`, `other-domain`.
    """
    found = [] if base_url else [_no_address()]
    prefix = unquote(urlsplit(base_url or "/").path).rstrip("/") + "/"
    for path, file in files.items():
        found.extend(_references(root, path, file, prefix))
    found.extend(_unfit(root, files))
    if CNAME in files:
        found.extend(_domain(_place(root, CNAME), domain_of(files[CNAME]), base_url or ""))
    elif domain is not None:
        found.extend(_domain(Place(_CONFIG), domain, base_url or ""))
    return found


def _no_address() -> Problem:
    return Problem(
        "no-base-url",
        "nobody knows where the site will stand, so it has no feeds, no sitemap and no canonical addresses",
        Place(_CONFIG),
        "add base_url: https://you.github.io/repository/",
        Severity.WARNING,
    )


def _references(root: Path, path: str, file: Path, prefix: str) -> Iterator[Problem]:
    if not path.endswith(SUFFIXES) or file.stat().st_size > MOST_OF_FILE:
        return
    for written in addresses(path, file.read_text("utf-8", "replace")):
        way = _way(written.address)
        at = _place(root, path, written.line, written.column, len(written.address))
        if way.startswith("/"):
            # It is shown at any depth, so its addresses must begin at the host's root.
            if path == NOT_FOUND and unquote(way).startswith(prefix):
                continue
            message = f'"{written.address}" begins at the root of the host, and the site may stand below it'
            yield Problem("absolute-link", message, at, "write it relative to the page that it stands on")
        elif _climbs(path, way):
            yield Problem("outside-link", f'"{written.address}" leads out of the site', at, "take away one ../ or more")


def _way(address: str) -> str:
    """The path of an address of this host as browsers take it; empty for others, and for what is no address."""
    try:
        parts = urlsplit(address.strip().replace("\\", "/"))
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else parts.path


def _climbs(page: str, address: str) -> bool:
    """Whether an address leads above the site's root on its way."""
    depth = page.count("/")
    for part in map(unquote, address.split("/")):
        depth += -1 if part == ".." else 0 if part in ("", ".") else 1
        if depth < 0:
            return True
    return False


def _unfit(root: Path, files: Files) -> Iterator[Problem]:
    for name, why in ((NOT_FOUND, "readers of a lost address see GitHub's own page"), (MARKER, "Jekyll changes it")):
        if name not in files:
            yield Problem("unfit-for-pages", f"the site has no {name}, so {why}", Place(name), _REBUILD)
    sizes = {path: file.stat().st_size for path, file in files.items()}
    for path, size in sizes.items():
        if size > MOST_OF_FILE:
            message = f"the file has {size // MIB} MiB; GitHub takes none of more than {MOST_OF_FILE // MIB}"
            yield Problem("unfit-for-pages", message, _place(root, path), "put it elsewhere and link to it")
        if MARKER not in files and any(part[0] in "_." for part in path.split("/")):
            yield Problem(
                "unfit-for-pages", "GitHub Pages leaves out files of such names", _place(root, path), _REBUILD
            )
        if {".git", ".github"} & {*path.split("/")}:
            yield Problem("unfit-for-pages", "GitHub Pages leaves out this folder", _place(root, path), "rename it")
    whole = sum(sizes.values())
    if whole > MOST_OF_SITE:
        message = f"the site has {whole // MIB} MiB; GitHub Pages takes {MOST_OF_SITE // MIB}"
        yield Problem("unfit-for-pages", message, Place(_STATIC), "put large files elsewhere and link to them")


def _domain(at: Place, domain: str, base_url: str) -> Iterator[Problem]:
    if not domain:
        hint = "write the domain and nothing else, such as www.example.org"
        message = "CNAME names no domain, so GitHub Pages gives the site none"
        yield Problem("other-domain", message, at, hint, Severity.WARNING)
    elif base_url and domain != (urlsplit(to_ascii(base_url)).hostname or ""):
        message = f'the site is made for {base_url}, but CNAME has it stand at "{domain}"'
        yield Problem("other-domain", message, at, "change one of the two, or take CNAME away", Severity.WARNING)


_REBUILD = "build the site with briefgen and publish all of it"


def _place(root: Path, path: str, line: int = 0, column: int = 0, length: int = 1) -> Place:
    """Where somebody can mend it: in the static file that was copied, else on the page that was made."""
    if (root / _STATIC / path).is_file():
        return Place(f"{_STATIC}/{path}", line, column, length) if line else Place(f"{_STATIC}/{path}")
    return Place(path)
