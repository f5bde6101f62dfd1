"""The results of checks, and where they are kept: in a cache, and on request in a content file.

The cache in `.briefgen/` may be deleted at any time. `content/links.yaml` is committed, and pages show it.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, time
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, field

from briefgen.kernel import record_file
from briefgen.kernel.disk import Disk
from briefgen.load.forms import followable
from briefgen.model.content import KnownLink
from briefgen.model.failure import Failure
from briefgen.model.links import ANSWERING, LinkState

CACHE_FILE = ".briefgen/links.json"
RECORD_FILE = "content/links.yaml"
_CACHE_VERSION = 1
_HOUR_S = 3600
_DAY_S = 24 * _HOUR_S
MAX_AGE_S: dict[LinkState, int] = {
    "ok": 7 * _DAY_S,
    "moved": 7 * _DAY_S,
    "dead": _DAY_S,
    "blocked": _DAY_S,
    "slow": _DAY_S,
    "unreachable": _HOUR_S,
}
_MAX_UNLINKED_S = 90 * _DAY_S  # a deleted text with the link may come back
_COMMENT = "How the addresses answered that this site links to; written by `briefgen check --links --record`."

Seconds = Annotated[int, Meta(ge=0, lt=253_402_300_800)]  # since 1970, until the year 9999


class LinkResult(Struct, frozen=True, omit_defaults=True):
    """How one address answered at one time; times are seconds since 1970.

    `target` is the new address of a moved one; `etag` and `modified` let the server report next time that nothing has
    changed. `archive` is an archived copy of a dead address: empty if there is none, None if that is unknown.
    """

    state: LinkState
    checked: Seconds
    answered: Seconds = 0  # last time; 0 for never
    note: str = ""
    target: str = ""
    etag: str = ""
    modified: str = ""
    archive: str | None = None
    is_requested: bool = field(default=True, name="asked")  # false for a host that must get no request

    @property
    def conditional_headers(self) -> dict[str, str]:
        """Return headers with which the server may report that nothing has changed (RFC 9110 §13.1)."""
        if self.state not in ANSWERING:
            return {}
        headers = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in headers.items() if value}

    def is_fresh(self, now: float) -> bool:
        """Return whether the address need not be checked again yet. A result from the future is not fresh."""
        return self.is_requested and 0 <= now - self.checked < MAX_AGE_S[self.state]


def classify(status: int, headers: Mapping[str, str]) -> LinkState:
    """Return the state of an address whose response has this status, which is no redirect (RFC 9110 §15)."""
    if status < HTTPStatus.MULTIPLE_CHOICES or status == HTTPStatus.NOT_MODIFIED:
        return "ok"
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return "dead"
    if headers.get("cf-mitigated") == "challenge":  # a test for human visitors, sent with any status
        return "blocked"
    if status in (HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY) or status < HTTPStatus.BAD_REQUEST:
        return "unreachable"
    # One large site sends 999 to programs that it rejects.
    return "unreachable" if HTTPStatus.INTERNAL_SERVER_ERROR <= status < 600 else "blocked"


class _CacheFile(Struct, frozen=True):
    version: int
    answers: dict[str, LinkResult]


class ResultCache(ChainMap[str, LinkResult]):
    """The last results by address, however old. A file that cannot be read or written counts as empty.

    `recorded` are results that the content has; they are used for addresses without a better one, and not saved.
    """

    def __init__(self, root: Path, disk: Disk, recorded: Mapping[str, LinkResult] | None = None) -> None:
        self._path = root / CACHE_FILE
        self._disk = disk
        super().__init__(self._read(), dict(recorded or {}))

    def save(self, linked: Iterable[str], now: float) -> None:
        """Write the file, without old results for addresses that are not `linked`."""
        addresses = set(linked)
        results = {
            address: result
            for address, result in sorted(self.maps[0].items())
            if address in addresses or now - result.checked < _MAX_UNLINKED_S
        }
        with suppress(Failure):
            self._disk.write_atomically(self._path, msgspec.json.encode(_CacheFile(_CACHE_VERSION, results)))

    def _read(self) -> dict[str, LinkResult]:
        try:
            found = msgspec.json.decode(self._disk.read(self._path), type=_CacheFile)
        except (Failure, msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return {}
        return dict(found.answers) if found.version == _CACHE_VERSION else {}


def as_result(link: KnownLink) -> LinkResult:
    """Return an entry as a result, which is never fresh."""
    note = f"recorded on {link.since}" if link.since else "as recorded"
    answered = _as_seconds(link.answered) if link.answered else 0
    return LinkResult(link.state, 0, answered, note, link.target or "", archive=link.archive)


def update_entries(
    addresses: Iterable[str], results: Mapping[str, LinkResult], before: Mapping[str, KnownLink]
) -> tuple[KnownLink, ...]:
    """Return an entry for each of the addresses that has a result, in their order."""
    return tuple(
        _make_entry(address, results[address], before.get(address))
        for address in addresses
        if address in results and followable(address)
    )


def write_record(root: Path, links: Iterable[KnownLink], disk: Disk) -> bool:
    """Write the file, unless it is up to date or would be the first one and empty. Return whether it was written.

    Raises:
        Failure: the machine refused it.
    """
    entries = [msgspec.to_builtins(link) for link in links]
    return record_file.write_record(root / RECORD_FILE, _COMMENT, {"links": entries}, disk)


def _make_entry(address: str, result: LinkResult, before: KnownLink | None) -> KnownLink:
    if result.checked == 0 and before is not None:  # the result is the entry itself
        return before
    same = before if before and before.state == result.state else None
    since = (same.since if same else None) or as_day(result.checked)
    archive = result.archive or (same.archive if same else None)
    days = [as_day(result.answered) if result.answered else "", (before and before.answered) or ""]
    return KnownLink(
        address=address,
        state=result.state,
        answered=max(days) or None,
        since=since if result.state != "ok" else None,
        target=result.target if result.state == "moved" else None,
        archive=archive if result.state == "dead" else None,
    )


def as_day(seconds: int) -> str:
    """Return the day of a time in UTC."""
    return datetime.fromtimestamp(seconds, UTC).date().isoformat()


def _as_seconds(day: str) -> int:
    return int(datetime.combine(date.fromisoformat(day), time(), UTC).timestamp())
