"""The pages that are open in browsers, and the messages that keep them up to date; `client.js` carries these out."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct

from briefgen.kernel.source_lines import read_line
from briefgen.model.failure import Failure
from briefgen.model.problem import Place, Problem
from briefgen.preview.last_good_site import LastGoodSite, Status, make_url

MAX_SHOWN = 100  # more problems are of no use at once and could make a browser slow
_MAX_EXCERPT = 160  # code points of a long line that are shown before the place, in it and after it


class Message(Struct, frozen=True, tag_field="type"):
    """An instruction for an open page."""


class Reload(Message, frozen=True, tag="reload"):
    """The instruction to get the page again: if `full`, with all files that it uses; from `url`, unless it is empty."""

    url: str = ""
    full: bool = False


class SwapStyles(Message, frozen=True, tag="styles"):
    """The instruction to load these stylesheets again; fingerprints by path."""

    styles: dict[str, str]


class SetFingerprints(Message, frozen=True, tag="fingerprints"):
    """The fingerprints of the files that the page uses, which it sends when it connects again."""

    files: dict[str, str]


class ShowProblems(Message, frozen=True, tag="problems"):
    """The problems to show, instead of those before, as `show_problems` returns them."""

    problems: tuple[dict[str, Any], ...] = ()
    errors: int = 0
    warnings: int = 0


class ConnectLater(Message, frozen=True, tag="later"):
    """The instruction to connect again in a moment: another page of the browser needs the connection."""


class OpenPage(Struct, eq=False, kw_only=True):
    """A page that is open in a browser: what it shows, and how to send it a message.

    `files` has the fingerprints of what it uses, stylesheets included; empty ones for what it has just loaded.
    """

    send: Callable[[Message], None]
    path: str
    fingerprint: str
    base: str
    styles: frozenset[str] = frozenset()
    files: dict[str, str] = {}
    shown: ShowProblems | None = None

    def __post_init__(self) -> None:
        self.files = dict.fromkeys(self.styles, "") | self.files


class PageHub:
    """All open pages. Each is sent only what concerns it. Only for the thread that uses the site."""

    def __init__(self, site: LastGoodSite, root: Path) -> None:
        self.pages: dict[OpenPage, None] = {}
        self._site = site
        self._root = root
        self._shown = ShowProblems()

    def add(self, page: OpenPage) -> None:
        """Send a page all that concerns it from now on, beginning with what it has missed."""
        self.pages[page] = None
        for path, fingerprint in page.files.items():
            if not fingerprint:
                # The browser has just loaded the file, so it has the version that was served last.
                page.files[path] = self._site.served_fingerprint(path)
        if not self._update(page):
            page.send(SetFingerprints(page.files))

    def remove(self, page: OpenPage) -> None:
        """Send a page nothing more."""
        self.pages.pop(page, None)

    def update(self) -> None:
        """Send each page what has changed for it."""
        for page in tuple(self.pages):
            self._update(page)

    def show(self, status: Status) -> None:
        """Send all pages what is wrong, if that has changed, or the lines of the files with problems have."""
        warnings = sum(not problem.is_error for problem in status.problems)
        errors = len(status.problems) - warnings + bool(status.failure)
        self._shown = ShowProblems(show_problems(status.problems, status.failure, self._root), errors, warnings)
        for page in self.pages:
            self._show(page)

    def _update(self, page: OpenPage) -> bool:
        """Send a page what has changed for it. Return whether that makes it load again."""
        message = self._find_reload(page) or self._find_changed_files(page)
        if message:
            page.send(message)
        if isinstance(message, Reload):
            return True
        self._show(page)
        return False

    def _find_reload(self, page: OpenPage) -> Reload | None:
        site = self._site.snapshot
        if site is None:
            return None
        if page.path and page.base != site.base_path:
            page.base = site.base_path
            return Reload(make_url(page.path, site.base_path))
        fingerprint = self._site.page_fingerprint(page.path)
        if fingerprint == page.fingerprint:
            return None
        # A page that cannot be rendered stays open as it was. Any other is in the cache before the browser requests it.
        if page.path in site.paths and self._site.render(page.path) is None:
            return None
        page.fingerprint = fingerprint
        return Reload()

    def _find_changed_files(self, page: OpenPage) -> Reload | SwapStyles | None:
        before = page.files
        page.files = {path: self._site.file_fingerprint(path) for path in before}
        changed = {path: fingerprint for path, fingerprint in page.files.items() if fingerprint != before[path]}
        if not changed.keys() <= page.styles:
            return Reload(full=True)
        return SwapStyles(changed) if changed else None

    def _show(self, page: OpenPage) -> None:
        if page.shown != self._shown:
            page.shown = self._shown
            page.send(self._shown)


def show_problems(problems: Sequence[Problem], failure: Failure | None, root: Path) -> tuple[dict[str, Any], ...]:
    """Return a failure, then errors, then warnings, in the order of their places; at most `MAX_SHOWN` problems.

    All is text, never HTML. Of the three parts of `excerpt`, a line, the middle one has the problem.
    """
    ordered = sorted(problems, key=lambda problem: not problem.is_error)[:MAX_SHOWN]
    first = [Problem("", failure.message, Place(""), failure.next_step)] if failure else []
    return tuple(_show_problem(problem, root) for problem in (*first, *ordered))


def _show_problem(problem: Problem, root: Path) -> dict[str, Any]:
    place = problem.place
    line = read_line(root / place.file, place.line)
    return {
        "severity": str(problem.severity),
        "code": problem.code,
        "message": problem.message,
        "place": ":".join(str(part) for part in (place.file, place.line, place.column) if part),
        "excerpt": None if line is None else _cut_line(line, place.column, place.length),
        "hint": problem.hint,
    }


def _cut_line(line: str, column: int, length: int) -> tuple[str, str, str]:
    if column < 1:
        return _cut_end(line, _MAX_EXCERPT * 2), "", ""
    start = min(column - 1, len(line))
    stop = min(start + max(length, 1), len(line))
    before = line[:start]
    if len(before) > _MAX_EXCERPT:
        before = "…" + before[-_MAX_EXCERPT:]
    return before, _cut_end(line[start:stop], _MAX_EXCERPT), _cut_end(line[stop:], _MAX_EXCERPT)


def _cut_end(text: str, most: int) -> str:
    return text if len(text) <= most else text[:most] + "…"
