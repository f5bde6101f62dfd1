"""The last good state of the site, which answers requests, and what is wrong with the state after it."""

import os
import re
from collections import OrderedDict
from collections.abc import Collection
from contextlib import suppress
from errno import EACCES
from html import escape
from mimetypes import MimeTypes
from pathlib import Path
from secrets import token_urlsafe
from stat import S_ISREG
from typing import TYPE_CHECKING, Literal

from msgspec import Struct

from briefgen.kernel.disk import refused
from briefgen.model.failure import Failure
from briefgen.model.problem import Problem
from briefgen.preview import pages

if TYPE_CHECKING:
    from briefgen.pipeline import PreviewSnapshot

MAX_CACHED_PAGES = 64
MAX_PAGE_BYTES = 4 * 1024 * 1024  # of an HTML file that gets the script
MAX_SERVED_FILES = 10_000

# Python's own table without that of the system, so that a preview is the same on every machine.
_MEDIA_TYPES = MimeTypes().types_map[True] | {f".{font}": f"font/{font}" for font in ("otf", "ttf", "woff", "woff2")}
_MEDIA_TYPES |= {
    ".atom": "application/atom+xml",
    ".bib": "application/x-bibtex",
    ".gz": "application/gzip",
    ".js": "text/javascript",
    ".jsonld": "application/ld+json",
    ".map": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".ogg": "audio/ogg",
    ".ris": "application/x-research-info-systems",
    ".rss": "application/rss+xml",
    ".webp": "image/webp",
    ".xml": "application/xml",
    ".xsl": "application/xslt+xml",
}
_IS_TEXT = re.compile(r"text/.*|.*[/+](json|xml)|application/x-(bibtex|research-info-systems)")


class Status(Struct, frozen=True):
    """All that is wrong now: problems of the project, and a failure of the machine or of briefgen itself."""

    problems: tuple[Problem, ...] = ()
    failure: Failure | None = None

    def says_the_same_as(self, other: "Status") -> bool:
        """Return whether both read the same. Failures are compared by their text, as exceptions are never equal."""
        return self.problems == other.problems and str(self.failure or "") == str(other.failure or "")


class SiteResponse(Struct, frozen=True):
    """The response to a request: a `location` and nothing else, a `file` with its `stat`, or the `body`."""

    status: int
    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    location: str = ""
    file: Path | None = None
    stat: os.stat_result | None = None


class _CachedPage(Struct, frozen=True):
    """A page as it was when it was rendered last."""

    fingerprint: str
    body: bytes


class LastGoodSite:
    """The last snapshot without errors, and a cache of its rendered pages. Only for one thread."""

    def __init__(self) -> None:
        self.snapshot: PreviewSnapshot | None = None
        self._last_reading = Status()
        self._failed_pages: dict[str, Problem | Failure] = {}
        self._cache: OrderedDict[str, _CachedPage] = OrderedDict()
        self._served: dict[str, str] = {}  # the fingerprints with which files other than pages were served last
        self._nonce = token_urlsafe(16)

    @property
    def status(self) -> Status:
        """Return what is wrong with the last reading, and with pages that could not be rendered."""
        failed = self._failed_pages.values()
        problems = (*self._last_reading.problems, *(each for each in failed if isinstance(each, Problem)))
        failures = (self._last_reading.failure, *(each for each in failed if isinstance(each, Failure)))
        return Status(tuple(dict.fromkeys(problems)), next(filter(None, failures), None))

    def update(self, snapshot: "PreviewSnapshot") -> None:
        """Use a new snapshot; if it has errors, only its problems."""
        self._last_reading = Status(snapshot.problems)
        if snapshot.ok and snapshot is not self.snapshot:
            self.snapshot = snapshot
            self._failed_pages.clear()

    def record_failure(self, error: BaseException) -> None:
        """Record that the project could not be read."""
        self._last_reading = Status((), _as_failure(error))

    def respond(self, url: str) -> SiteResponse:
        """Return the response to a request for `url`, a decoded path."""
        site = self.snapshot
        if site is None:
            text = "The content has errors. As soon as they are fixed, the site appears here."
            return self._html(503, pages.make_page("Nothing to show yet", text), path="", fingerprint="nothing")
        self._record_served(url.removeprefix(site.base_path))
        match resolve(url, site.base_path, site.paths):
            case 302, location:
                return SiteResponse(302, location=location)
            case 404, path:
                return self._respond_not_found(site, path)
            case _, path if path.endswith(".html") and not _is_large(site, path):
                return self._respond_with_page(path)
            case _, path:
                return _respond_with_file(site, path)

    def render(self, path: str) -> _CachedPage | None:
        """Return the page as it is now, or None if it cannot be rendered, which `status` then says."""
        if self.snapshot is None:
            return None
        try:
            fingerprint = self.snapshot.fingerprint(path)
            page = self._cache.get(path)
            if page is None or page.fingerprint != fingerprint:
                page = self._cache[path] = _CachedPage(fingerprint, self.snapshot.render(path))
        except Exception as error:  # noqa: BLE001 (a bad edit or a bug of ours must not end the preview)
            problem = getattr(error, "problem", None)
            self._failed_pages[path] = problem if isinstance(problem, Problem) else _as_failure(error)
            return None
        self._failed_pages.pop(path, None)
        self._cache.move_to_end(path)
        if len(self._cache) > MAX_CACHED_PAGES:
            self._cache.popitem(last=False)
        return page

    def page_fingerprint(self, path: str) -> str:
        """Return the fingerprint of a page as a browser would get it now; `client.js` distinguishes the words in it."""
        site = self.snapshot
        if site is None:
            return "nothing"
        if path in site.paths:
            return self.file_fingerprint(path)
        return f"missing {self.file_fingerprint('404.html') if path else site.base_path}"

    def file_fingerprint(self, path: str) -> str:
        """Return the fingerprint of a file of the site as a browser would get it now."""
        if self.snapshot is None or path not in self.snapshot.paths:
            return "none"
        try:
            return self.snapshot.fingerprint(path)
        except Exception:  # noqa: BLE001 (a request for it reports the error)
            return "failing"

    def served_fingerprint(self, path: str) -> str:
        """Return the fingerprint with which a file was served last, or would be if it never was."""
        return self._served.get(path) or self.file_fingerprint(path)

    def _record_served(self, path: str) -> None:
        if not path.endswith(("/", ".html")):
            if len(self._served) >= MAX_SERVED_FILES:
                self._served.clear()
            self._served[path] = self.file_fingerprint(path)

    def _respond_with_page(self, path: str) -> SiteResponse:
        page = self.render(path) or self._cache.get(path)
        if page is None:
            text = f"Rendering {escape(path)} failed. The page appears as soon as the problem is fixed."
            body = pages.make_page("This page cannot be made", text)
            return self._html(500, body, path=path, fingerprint="failing")
        return self._html(200, page.body, path=path, fingerprint=page.fingerprint)

    def _respond_not_found(self, site: "PreviewSnapshot", path: str) -> SiteResponse:
        page = self.render("404.html") if path and "404.html" in site.paths else None
        text = f'The site begins at <a href="{escape(site.base_path)}">{escape(site.base_path)}</a>.'
        body = page.body if page else pages.make_page("Nothing is here", text)
        return self._html(404, body, path=path, fingerprint=self.page_fingerprint(path))

    def _html(self, status: int, body: bytes, *, path: str, fingerprint: str) -> SiteResponse:
        base = self.snapshot.base_path if self.snapshot else ""
        page = pages.add_client(body, path=path, fingerprint=fingerprint, base=base, nonce=self._nonce)
        return SiteResponse(status, page)


def _respond_with_file(site: "PreviewSnapshot", path: str) -> SiteResponse:
    try:
        source = site.file(path)
        if source is not None:
            return SiteResponse(200, media_type=find_media_type(path), file=source, stat=_check_readable(source))
        return SiteResponse(200, site.render(path), find_media_type(path))
    except Exception as error:  # noqa: BLE001 (it may have been removed a moment ago)
        message = _as_failure(error).message
        return SiteResponse(404, message.encode("utf-8", "replace"), "text/plain; charset=utf-8")


def _is_large(site: "PreviewSnapshot", path: str) -> bool:
    """Return whether a page is copied from a file that is too large to be kept in memory with the script in it."""
    with suppress(Exception):  # rendering the page reports it
        source = site.file(path)
        return source is not None and source.stat().st_size > MAX_PAGE_BYTES
    return False


def _check_readable(path: Path) -> os.stat_result:
    with refused("read", path):
        stat = path.stat()
        if not S_ISREG(stat.st_mode) or not os.access(path, os.R_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
    return stat


def _as_failure(error: BaseException) -> Failure:
    if isinstance(error, Failure):
        return error
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    failure = Failure(
        f"briefgen has a bug ({what})",
        "Report it with what BRIEFGEN_DEBUG=1 prints and, if you can, the content.",
    )
    failure.__cause__ = error
    return failure


def resolve(url: str, base: str, paths: Collection[str]) -> tuple[Literal[200, 302, 404], str]:
    """Return the status with which GitHub Pages would respond to a request for `url`, without reading the disk.

    With 200 comes the file of `paths`, with 302 another URL, and with 404 the page that would be there, empty outside
    the base path. `url` is a decoded path; `base` begins and ends with `/`.
    """
    if not url.startswith(base):
        return (302, base) if url == "/" or f"{url}/" == base else (404, "")
    rest = url[len(base) :]
    if not rest or rest.endswith("/"):
        page = f"{rest}index.html"
        return (200 if page in paths else 404), page
    for path in (rest, f"{rest}.html"):
        if path in paths:
            return 200, path
    folder = f"{rest}/index.html"
    if folder in paths:
        return 302, f"{base}{rest}/"
    return 404, rest if rest.endswith(".html") else folder


def make_url(path: str, base: str) -> str:
    """Return the URL of a page from the server's root."""
    return base + (path.removesuffix("index.html") if f"/{path}".endswith("/index.html") else path)


def find_media_type(path: str) -> str:
    """Return the value of `Content-Type` for a file of the site."""
    media_type = _MEDIA_TYPES.get(f".{path.rpartition('.')[2].lower()}", "application/octet-stream")
    return f"{media_type}; charset=utf-8" if _IS_TEXT.fullmatch(media_type) else media_type
