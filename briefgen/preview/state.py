"""The last good state of the site, what is wrong now, and what each open page has to do about it."""

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import Future
from contextlib import suppress
from errno import EACCES
from pathlib import Path
from secrets import token_urlsafe
from stat import S_ISREG
from threading import Lock

from msgspec import Struct

from briefgen.kernel.disk import refused
from briefgen.model.problem import Failure, Problem, Severity
from briefgen.preview import overlay, pages
from briefgen.preview.count import Count
from briefgen.preview.lookup import Elsewhere, Found, address, resolve
from briefgen.preview.media import media_type
from briefgen.preview.messages import Know, Message, Reload, Show, Swap
from briefgen.preview.source import Read, Snapshot
from briefgen.preview.worker import Worker

KEPT_PAGES = 64
MOST_OF_PAGE = 4 * 1024 * 1024  # bytes of an HTML file that gets the script
MOST_GIVEN = 10_000


class Rebuilt(Struct, frozen=True):
    """A new state of the site. `changed` pages differ from the one before, None where nobody counted them."""

    seconds: float
    changed: int | None


class Status(Struct, frozen=True):
    """All that is wrong now: in the content, and `trouble` with the machine or with briefgen itself."""

    problems: tuple[Problem, ...] = ()
    trouble: Failure | None = None


Tell = Callable[[Rebuilt | Status], None]
"""Is told of each rebuild, and of what is wrong whenever that changes."""


class File(Struct, frozen=True):
    """A file that can be read."""

    path: Path
    stat: os.stat_result


class Answer(Struct, frozen=True):
    """What a browser gets: a `location` and nothing else, a `file`, or the `body`."""

    status: int
    body: bytes = b""
    media_type: str = "text/html; charset=utf-8"
    location: str = ""
    file: File | None = None


class Client:
    """An open page. `assets` are the fingerprints of what it uses, empty where it does not know them."""

    def __init__(
        self,
        send: Callable[[Message], None],
        *,
        page: str,
        fingerprint: str,
        base: str,
        styles: frozenset[str] = frozenset(),
        assets: Mapping[str, str] | None = None,
    ) -> None:
        self.send = send
        self.page = page
        self.fingerprint = fingerprint
        self.base = base
        self.styles = styles
        self.assets = dict.fromkeys(styles, "") | dict(assets or {})
        self.told: int | None = None


class _Kept(Struct, frozen=True):
    """A page as it was when it could last be rendered."""

    fingerprint: str
    body: bytes


class Preview:
    """What the server asks and the watcher tells. Every method may be called from any thread and returns at once."""

    def __init__(self, read: Read, root: Path, tell: Tell, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._read = read
        self._root = root
        self._tell = tell
        self._clock = clock
        self._nonce = token_urlsafe(16)
        self._worker = Worker()
        self._queued: Future[None] | None = None
        self._changes: list[Collection[str] | None] = []  # what the next reading will find changed
        self._asking = Lock()
        # From here on only the worker's thread reads and writes.
        self._good: Snapshot | None = None
        self._snapshot_status = Status()
        self._failing: dict[str, Problem | Failure] = {}
        self._status = Status()
        self._shown = Show((), 0, 0)
        self._revision = 0
        self._kept: OrderedDict[str, _Kept] = OrderedDict()
        self._clients: dict[Client, None] = {}
        self._counting: tuple[Count, float] | None = None
        self._given: dict[str, str] = {}  # the fingerprints with which files other than pages were last given away

    def changed(self, paths: Collection[str] | None = None) -> Future[None]:
        """Read the project again; nothing has changed but files at `paths`, if that is known.

        While one reading waits for its turn, there is no need for another.
        """
        with self._asking:
            self._changes.append(paths)
            queued = self._queued
            if queued is None or queued.done() or queued.running():
                queued = self._queued = self._worker.do(self._rebuild)
            return queued

    def answer(self, url: str) -> Future[Answer]:
        """What stands at `url`, a decoded path."""
        return self._worker.do(lambda: self._answer(url))

    def join(self, client: Client) -> None:
        """Tell `client` of everything that concerns it, from what it has missed on."""
        self._worker.do(lambda: self._join(client))

    def leave(self, client: Client) -> None:
        """Tell `client` nothing more."""
        self._worker.do(lambda: self._clients.pop(client, None))

    def stop(self) -> None:
        """Do nothing more."""
        self._worker.stop()

    def _rebuild(self) -> None:
        started = self._clock()
        before = self._good
        try:
            snapshot = self._read(self._changed_paths())
        except Exception as error:  # noqa: BLE001 (a bad edit or a bug of ours must not end the preview)
            self._snapshot_status = Status((), _failure(error))
            with self._asking:
                self._changes.append(None)  # the next reading must look at what this one did not get to
        else:
            self._snapshot_status = Status(snapshot.problems)
            if snapshot.ok and snapshot is not before:
                self._good = snapshot
                self._failing.clear()
        for client in tuple(self._clients):
            self._update(client)
        self._announce()
        seconds = self._clock() - started
        if self._good is not before:
            self._count_later(Count(before, self._good), seconds)
        else:
            self._tell(Rebuilt(seconds, 0))

    def _changed_paths(self) -> Collection[str] | None:
        with self._asking:
            changes, self._changes = self._changes, []
        known = [paths for paths in changes if paths is not None]
        return set().union(*known) if len(known) == len(changes) else None

    def _count_later(self, count: Count, seconds: float) -> None:
        waiting, self._counting = self._counting, (count, seconds)
        if waiting is None:
            self._worker.when_idle(self._count)
        else:
            # There was no time to count, and each count holds two states of the site.
            self._tell(Rebuilt(waiting[1], None))

    def _count(self) -> None:
        """Count changed pages, in slices so that whoever asks for a page waits for none of it."""
        if self._counting is None:
            return
        count, seconds = self._counting
        if count.go_on(self._clock):
            self._counting = None
            self._tell(Rebuilt(seconds, count.changed))
        else:
            self._worker.when_idle(self._count)

    def _answer(self, url: str) -> Answer:
        good = self._good
        if good is None:
            body = self._with_client(pages.nothing_yet(), path="", fingerprint=self._fingerprint(""))
            return Answer(503, body)
        self._give(url.removeprefix(good.base_path))
        match resolve(url, good.base_path, good.paths):
            case Elsewhere(there):
                return Answer(302, location=there)
            case Found(path):
                return self._page(good, path) if path.endswith(".html") else self._file(good, path)
            case missing:
                return self._missing(good, missing.path)

    def _give(self, path: str) -> None:
        if not path.endswith(("/", ".html")):
            if len(self._given) >= MOST_GIVEN:
                self._given.clear()
            self._given[path] = self._asset(path)

    def _page(self, good: Snapshot, path: str) -> Answer:
        if _is_large(good, path):
            return self._file(good, path)
        kept = self._rendered(path) or self._kept.get(path)
        self._announce()
        if kept is None:
            return Answer(500, self._with_client(pages.cannot_render(path), path=path, fingerprint="failing"))
        return Answer(200, self._with_client(kept.body, path=path, fingerprint=kept.fingerprint))

    def _file(self, good: Snapshot, path: str) -> Answer:
        try:
            source = good.file(path)
            if source is not None:
                return Answer(200, media_type=media_type(path), file=_readable(source))
            return Answer(200, good.render(path), media_type(path))
        except Exception as error:  # noqa: BLE001 (it may have been removed a moment ago)
            message = _failure(error).message
            return Answer(404, message.encode("utf-8", "replace"), "text/plain; charset=utf-8")

    def _missing(self, good: Snapshot, path: str) -> Answer:
        own = self._rendered("404.html") if path and "404.html" in good.paths else None
        self._announce()
        body = own.body if own else pages.not_found(good.base_path)
        return Answer(404, self._with_client(body, path=path, fingerprint=self._fingerprint(path)))

    def _rendered(self, path: str) -> _Kept | None:
        """The page as it is now; None if it cannot be rendered, which is then among what is wrong."""
        good = self._good
        if good is None:
            return None
        try:
            fingerprint = good.fingerprint(path)
            kept = self._kept.get(path)
            if kept is None or kept.fingerprint != fingerprint:
                kept = self._kept[path] = _Kept(fingerprint, good.render(path))
        except Exception as error:  # noqa: BLE001 (as in `_rebuild`)
            problem = getattr(error, "problem", None)
            self._failing[path] = problem if isinstance(problem, Problem) else _failure(error)
            return None
        self._failing.pop(path, None)
        self._kept.move_to_end(path)
        if len(self._kept) > KEPT_PAGES:
            self._kept.popitem(last=False)
        return kept

    def _with_client(self, body: bytes, *, path: str, fingerprint: str) -> bytes:
        base = self._good.base_path if self._good else ""
        return pages.with_client(body, path=path, fingerprint=fingerprint, base=base, nonce=self._nonce)

    def _fingerprint(self, path: str) -> str:
        """What a browser that shows this page must have; a page that is not there has that of the 404 page."""
        good = self._good
        if good is None:
            return "nothing"
        try:
            if path and path in good.paths:
                return good.fingerprint(path)
            return "missing " + (good.fingerprint("404.html") if path and "404.html" in good.paths else good.base_path)
        except Exception:  # noqa: BLE001 (whoever renders it says why)
            return "failing"

    def _asset(self, path: str) -> str:
        """What a browser that uses this file must have."""
        good = self._good
        if good is None or path not in good.paths:
            return "none"
        try:
            return good.fingerprint(path)
        except Exception:  # noqa: BLE001 (whoever asks for it is told)
            return "failing"

    def _join(self, client: Client) -> None:
        self._clients[client] = None
        for path, known in client.assets.items():
            if not known:
                # It has just been loaded, so this is what it got, whatever has changed since.
                client.assets[path] = self._given.get(path) or self._asset(path)
        if not self._update(client):
            client.send(Know(client.assets))

    def _update(self, client: Client) -> bool:
        """Tell a page what has changed for it; whether that makes it load again."""
        reload = self._wants_reload(client)
        if reload:
            client.send(reload)
            return True
        new = {path: self._asset(path) for path in client.assets}
        changed = {path: now for path, now in new.items() if now != client.assets[path]}
        client.assets = new
        if changed.keys() <= client.styles:
            if changed:
                client.send(Swap(changed))
        else:
            client.send(Reload(whole=True))
            return True
        self._show(client)
        return False

    def _wants_reload(self, client: Client) -> Reload | None:
        good = self._good
        if good is None:
            return None
        if client.page and client.base != good.base_path:
            client.base = good.base_path
            return Reload(address(client.page, good.base_path))
        now = self._fingerprint(client.page)
        if now == client.fingerprint:
            return None
        # The old page stays where the new one cannot be rendered; else the new one is ready when it is asked for.
        if client.page in good.paths and self._rendered(client.page) is None:
            return None
        client.fingerprint = now
        return Reload()

    def _announce(self) -> None:
        """Tell everybody what is wrong, if that has changed."""
        failing = self._failing.values()
        found = [problem for problem in failing if isinstance(problem, Problem)]
        problems = tuple(dict.fromkeys((*self._snapshot_status.problems, *found)))
        troubles = (self._snapshot_status.trouble, *(one for one in failing if isinstance(one, Failure)))
        status = Status(problems, next(filter(None, troubles), None))
        errors = sum(problem.severity is Severity.ERROR for problem in problems) + bool(status.trouble)
        # Also if only the lines around the problems have changed, which browsers show.
        shown = Show(
            overlay.shown(problems, status.trouble, self._root), errors, len(problems) + bool(status.trouble) - errors
        )
        if shown != self._shown:
            self._shown = shown
            self._revision += 1
            for client in self._clients:
                self._show(client)
        if not _same(status, self._status):
            self._status = status
            self._tell(status)

    def _show(self, client: Client) -> None:
        if client.told != self._revision:
            client.told = self._revision
            client.send(self._shown)


def _is_large(good: Snapshot, path: str) -> bool:
    """Return whether a page is copied from a file that is too large to be kept in memory with the script in it."""
    with suppress(Exception):  # rendering says why
        source = good.file(path)
        return source is not None and source.stat().st_size > MOST_OF_PAGE
    return False


def _readable(path: Path) -> File:
    with refused("read", path):
        stat = path.stat()
        if not S_ISREG(stat.st_mode) or not os.access(path, os.R_OK):
            raise PermissionError(EACCES, os.strerror(EACCES))
    return File(path, stat)


def _failure(error: BaseException) -> Failure:
    if isinstance(error, Failure):
        return error
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    failure = Failure(
        f"briefgen has a bug ({what})",
        "Please report it, with what BRIEFGEN_DEBUG=1 prints and, if you can, the content.",
    )
    failure.__cause__ = error
    return failure


def _same(one: Status, other: Status) -> bool:
    return one.problems == other.problems and str(one.trouble or "") == str(other.trouble or "")
