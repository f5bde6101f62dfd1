"""Find what would go wrong on GitHub Pages in a built site, above all links that leave the folder of the site."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from urllib.parse import unquote, urlsplit

from briefgen.model.problem import Place, Problem, Severity
from briefgen.plan.card_images import CARD_FOLDER
from briefgen.plan.urls import to_ascii
from briefgen.publish.site import CNAME, Files, read_domain

MIB = 1024 * 1024
MAX_SITE = 1024 * MIB  # https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits
MAX_FILE = 100 * MIB  # the limit of GitHub for files in git
NEAR = 0.75  # of `MAX_SITE`: from here on a warning, so that there is time to leave something out
NOT_FOUND = "404.html"
MARKER = ".nojekyll"

_WORTHWHILE = 0.05  # of the site: a saving that is named
_DIVIDE = "divide the content into several sites"
_STATIC = "content/static"
_CONFIG = "content/site.yaml"
_REBUILD = "build the site with briefgen and publish all of it"

_MARKUP = (".html", ".htm", ".xhtml", ".svg")
_ATTRIBUTES = frozenset(
    {"action", "background", "cite", "data", "formaction", "href", "ping", "poster", "src", "xlink:href"}
)
_LISTS = frozenset({"srcset", "imagesrcset"})
_CANDIDATE = re.compile(r"[\s,]*(\S*[^\s,])(?:,|[^,]*)")  # of a list: an address, then perhaps its size
_REFRESH = re.compile(r"\s*[\d.]*\s*[;,]?\s*url\s*=\s*(['\"]?)(.*?)\1\s*", re.IGNORECASE | re.DOTALL)
_CSS_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)|@import\s+(['\"])(.*?)\3")

# What must be in a text with an address that begins at the root of a host, or that goes up after it has gone down: one
# of these. Each begins with one character, for which a search is fast.
_BLANK = r"[\s\0-\x1f]*"
_AT_ROOT = rf"""{_BLANK}["']?{_BLANK}(?:[/\\](?![/\\][^/\\])|&)"""
_UNUSUAL = tuple(
    re.compile(pattern)
    for pattern in (
        rf"=(?<!==)(?<!accesskey=){_AT_ROOT}",
        rf"\({_AT_ROOT}",
        rf"@(?i:import){_AT_ROOT}",
        r"/(?<!\.\./)\.\.",
        r"%2[eE]",
        r"\\(?:(?<=\.\.\\)|\.\.)",
        r"[\t\r\n](?<=[./\\\t\r\n][\t\r\n])[./\\]",
        r"&(?i:#0*(?:9|10|13|46|47|92)\b|#x0*(?:9|a|d|2e|2f|5c)\b|tab|newline|period|sol|bsol)",
        r"[sS](?i:rcset)[\s\"'=]",
    )
)


def audit(root: Path, files: Files, base_url: str | None, domain: str | None = None) -> list[Problem]:
    """Return what is wrong with the files of a site for `base_url`; `root` is the project's folder.

    `domain` is the one in the `CNAME` of the branch, empty if that is not valid; None without a `CNAME`.

    Problems: `no-base-url`, `absolute-link`, `outside-link`, `unfit-for-pages`, `other-domain`.
    """
    found: list[Problem] = []
    if not base_url:
        message = "the site's public address is unknown, so it has no feeds, no sitemap and no canonical addresses"
        hint = "add base_url: https://you.github.io/repository/"
        found.append(Problem("no-base-url", message, Place(_CONFIG), hint, Severity.WARNING))
    prefix = unquote(urlsplit(base_url or "/").path).rstrip("/") + "/"
    for path, file in files.items():
        found.extend(_check_references(root, path, file, prefix))
    found.extend(_check_files(root, files))
    at, named = (_locate(root, CNAME), read_domain(files[CNAME])) if CNAME in files else (Place(_CONFIG), domain)
    if named is not None:
        found.extend(_check_domain(at, named, base_url or ""))
    return found


def _check_references(root: Path, path: str, file: Path, prefix: str) -> Iterator[Problem]:
    if not path.endswith((*_MARKUP, ".css")) or file.stat().st_size > MAX_FILE:
        return
    text = file.read_text("utf-8", "replace")
    if not _may_leave(text, path.count("/")):
        return
    for address, line, column in _parse_markup(text) if path.endswith(_MARKUP) else _parse_css(text, 1, 0):
        url = _parse_local_path(address)
        if url.startswith("/"):
            # GitHub serves this page at any depth, so its addresses must begin at the host's root.
            if path == NOT_FOUND and unquote(url).startswith(prefix):
                continue
            message = f'"{address}" begins at the root of the host, and the site may stand below it'
            at = _locate(root, path, line, column, len(address))
            yield Problem("absolute-link", message, at, "write it relative to the page that links to it")
        elif _leaves_site(path, url):
            message = f'"{address}" leads out of the site'
            at = _locate(root, path, line, column, len(address))
            yield Problem("outside-link", message, at, "take away one ../ or more")


def _may_leave(text: str, depth: int) -> bool:
    """Return whether a text may have an address that leads out of the site; most have none and need no parsing."""
    return "../" * depth + ".." in text or any(pattern.search(text) for pattern in _UNUSUAL)


def _parse_local_path(address: str) -> str:
    """Return the path of an address on the same host as browsers parse it; empty for others and invalid ones."""
    try:
        parts = urlsplit(address.strip().replace("\\", "/"))
    except ValueError:
        return ""
    return "" if parts.scheme or parts.netloc else parts.path


def _leaves_site(page: str, url: str) -> bool:
    """Return whether a relative address leads above the site's root at any step."""
    steps = [{"..": -1, ".": 0, "": 0}.get(part, 1) for part in map(unquote, url.split("/"))]
    return min(accumulate(steps, initial=page.count("/"))) < 0


def _check_files(root: Path, files: Files) -> Iterator[Problem]:
    for name, why in ((NOT_FOUND, "readers of a lost address see GitHub's own page"), (MARKER, "Jekyll changes it")):
        if name not in files:
            yield Problem("unfit-for-pages", f"the site has no {name}, so {why}", Place(name), _REBUILD)
    sizes = {path: file.stat().st_size for path, file in files.items()}
    for path, size in sizes.items():
        if size > MAX_FILE:
            message = f"the file has {size // MIB} MiB; GitHub takes none of more than {MAX_FILE // MIB}"
            at = _locate(root, path)
            hint = _DIVIDE if at.file == path else "put it elsewhere and link to it"
            yield Problem("unfit-for-pages", message, at, hint)
        if MARKER not in files and any(part[0] in "_." for part in path.split("/")):
            message = "GitHub Pages leaves out files of such names"
            yield Problem("unfit-for-pages", message, _locate(root, path), _REBUILD)
        if {".git", ".github"} & {*path.split("/")}:
            yield Problem("unfit-for-pages", "GitHub Pages leaves out this folder", _locate(root, path), "rename it")
    yield from _check_size(root, sizes)


def _check_size(root: Path, sizes: Mapping[str, int]) -> Iterator[Problem]:
    total = sum(sizes.values())
    if total > NEAR * MAX_SITE:
        parts: Counter[str] = Counter()
        for path, size in sizes.items():
            parts[_find_saving(root, path)] += size
        largest = [
            f"{saving} ({size // MIB:,} MiB)" for saving, size in parts.most_common() if size > total * _WORTHWHILE
        ]
        severity = Severity.ERROR if total > MAX_SITE else Severity.WARNING
        message = f"the site has {total // MIB:,} MiB; GitHub Pages takes no more than {MAX_SITE // MIB:,}"
        yield Problem("unfit-for-pages", message, Place(_CONFIG), "; ".join(largest), severity)


def _find_saving(root: Path, path: str) -> str:
    """Return what a desk can do for a smaller site, by one of its files."""
    if _locate(root, path).file != path:
        return "put large files of content/static/ elsewhere and link to them"
    if path.startswith(CARD_FOLDER):
        return "leave out card images by cards: none"
    if "/page/" in path:
        return "have fewer pages of lists by a larger page_size"
    return _DIVIDE


def _check_domain(at: Place, domain: str, base_url: str) -> Iterator[Problem]:
    if not domain:
        hint = "write the domain and nothing else, such as www.example.org"
        message = "CNAME names no domain, so GitHub Pages gives the site none"
        yield Problem("other-domain", message, at, hint, Severity.WARNING)
    elif base_url and domain != (urlsplit(to_ascii(base_url)).hostname or ""):
        message = f'the site is made for {base_url}, but CNAME has it stand at "{domain}"'
        yield Problem("other-domain", message, at, "change one of the two, or take CNAME away", Severity.WARNING)


def _locate(root: Path, path: str, line: int = 0, column: int = 0, length: int = 1) -> Place:
    """Return the place to correct: in the static file that was copied, else the whole page that was made."""
    static = f"{_STATIC}/{path}"
    return Place(static, line, column, length) if (root / static).is_file() else Place(path)


_Reference = tuple[str, int, int]
"""An address that browsers follow or load, as it is written, with its line and column from 1."""


def _parse_markup(text: str) -> list[_Reference]:
    parser = _ReferenceParser()
    parser.feed(text)
    parser.close()
    return parser.found


def _parse_css(text: str, line: int, column: int) -> Iterator[_Reference]:
    """Yield the references of a style sheet that begins at `line` and `column`, the latter from 0."""
    for found in _CSS_URL.finditer(text):
        start = found.start(2) if found[2] is not None else found.start(4)
        yield found[2] or found[4] or "", *_find_position(text, start, line, column)


def _find_position(text: str, index: int, line: int, column: int) -> tuple[int, int]:
    """Return line and column in a file of the character `index` of a text that begins at this line and column."""
    breaks = text.count("\n", 0, index)
    return line + breaks, index - text.rfind("\n", 0, index) if breaks else column + index + 1


class _ReferenceParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[_Reference] = []
        self._in_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in_style = tag == "style"
        raw = self.get_starttag_text() or ""
        is_refresh = (dict(attrs).get("http-equiv") or "").lower() == "refresh"
        for name, value in attrs:
            for address in _parse_attribute(name, value or "", is_refresh=is_refresh):
                index = max(raw.find(address), 0)  # not found if it is written with entities
                self.found.append((address, *_find_position(raw, index, *self.getpos())))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (as in HTMLParser)
        self._in_style = False

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self.found.extend(_parse_css(data, *self.getpos()))


def _parse_attribute(name: str, value: str, *, is_refresh: bool) -> Iterator[str]:
    if name in _ATTRIBUTES:
        yield value
    elif name in _LISTS:
        yield from (found[1] for found in _CANDIDATE.finditer(value))
    elif name == "style":
        yield from (address for address, *_ in _parse_css(value, 1, 0))
    elif name == "content" and is_refresh and (found := _REFRESH.fullmatch(value)):
        yield found[2]
