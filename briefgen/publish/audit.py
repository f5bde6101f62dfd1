"""A built site looked through for what would go wrong on GitHub Pages, where most sites stand below a path."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

from briefgen.model.problem import Place, Problem, Severity
from briefgen.publish.clean_build import Files

MIB = 1024 * 1024
MOST_OF_SITE = 1024 * MIB  # https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
MOST_OF_FILE = 100 * MIB  # what GitHub takes by git
NOT_FOUND = "404.html"
MARKER = ".nojekyll"

_ADDRESSES = frozenset({"href", "src", "action", "poster", "data", "formaction"})
_CSS_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)|@import\s+(['\"])(.*?)\3")
_STATIC = "content/static"


def audit(root: Path, files: Files, base_url: str | None) -> list[Problem]:
    """What is wrong with the files of a site that is to stand at `base_url`; `root` is the project's folder.

    Problems: `no-base-url`, `absolute-link`, `outside-link`, `unfit-for-pages`.
    """
    found = [] if base_url else [_no_address()]
    prefix = unquote(urlsplit(base_url or "/").path).rstrip("/") + "/"
    for path, file in files.items():
        found.extend(_references(root, path, file, prefix))
    found.extend(_unfit(root, files))
    return found


def _no_address() -> Problem:
    return Problem(
        "no-base-url",
        "nobody knows where the site will stand, so it has no feeds, no sitemap and no canonical addresses",
        Place("content/site.yaml"),
        "add base_url: https://you.github.io/repository/",
        Severity.WARNING,
    )


def _references(root: Path, path: str, file: Path, prefix: str) -> Iterator[Problem]:
    if path.endswith((".html", ".htm")):
        reader = _Addresses()
        reader.feed(file.read_text("utf-8", "replace"))
        addresses = reader.found
    elif path.endswith(".css"):
        addresses = list(_in_stylesheet(file.read_text("utf-8", "replace")))
    else:
        return
    for line, column, address in addresses:
        at = _place(root, path, line, column, len(address))
        way = urlsplit(address.strip())
        if way.scheme or way.netloc or not way.path:
            continue
        if way.path.startswith("/"):
            # It is shown at any depth, so its addresses must begin at the host's root.
            if path == NOT_FOUND and unquote(way.path).startswith(prefix):
                continue
            message = f'"{address}" begins at the root of the host, and the site may stand below it'
            yield Problem("absolute-link", message, at, "write it relative to the page that it stands on")
        elif _climbs(path, unquote(way.path)):
            yield Problem("outside-link", f'"{address}" leads out of the site', at, "take away one ../ or more")


def _in_stylesheet(text: str) -> Iterator[tuple[int, int, str]]:
    for found in _CSS_URL.finditer(text):
        start = found.start(2) if found[2] is not None else found.start(4)
        line = text.count("\n", 0, start) + 1
        yield line, start - text.rfind("\n", 0, start), found[2] or found[4] or ""


def _climbs(page: str, address: str) -> bool:
    """Whether an address leads above the site's root on its way."""
    depth = page.count("/")
    for part in address.split("/"):
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


_REBUILD = "build the site with briefgen and publish all of it"


def _place(root: Path, path: str, line: int = 0, column: int = 0, length: int = 1) -> Place:
    """Where somebody can mend it: in the static file that was copied, else on the page that was made."""
    if (root / _STATIC / path).is_file():
        return Place(f"{_STATIC}/{path}", line, column, length) if line else Place(f"{_STATIC}/{path}")
    return Place(path)


class _Addresses(HTMLParser):
    """Every address of a page with line and column, from 1."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, int, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line, offset = self.getpos()
        raw = self.get_starttag_text() or ""
        for name, value in attrs:
            if not value or (name not in _ADDRESSES and name != "srcset") or (tag, name) == ("object", "type"):
                continue
            some = [part.split()[0] for part in value.split(",") if part.strip()] if name == "srcset" else [value]
            for address in some:
                before, _, _ = raw.partition(address)
                there = line + before.count("\n")
                column = len(before) - before.rfind("\n") if "\n" in before else offset + len(before) + 1
                self.found.append((there, column, address))
