"""One run over many addresses, host by host. Each result is stored as soon as it is there."""

import asyncio
from collections.abc import Collection, Sequence
from contextlib import aclosing
from urllib.parse import urlencode

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from briefgen.linkcheck.client import Client, NoResponse, Resolver, host_of
from briefgen.linkcheck.limits import Clock, Limits, RateLimiter
from briefgen.linkcheck.link_checker import LinkChecker
from briefgen.linkcheck.outgoing_links import OutgoingLink
from briefgen.linkcheck.results import LinkResult, ResultCache
from briefgen.model.failure import Failure
from briefgen.model.links import escaped, without_credentials
from briefgen.pipeline import Progress

_SAVE_INTERVAL_S = 10.0


class _Closest(Struct):
    url: str
    available: bool = False


class _Snapshots(Struct):
    closest: _Closest | None = None


class _Available(Struct):
    archived_snapshots: _Snapshots


class LinkRun:
    """A run that checks addresses and stores the results.

    Raises:
        Failure: a proxy that the environment names cannot be used.
    """

    def __init__(self, cache: ResultCache, limits: Limits, clock: Clock, progress: Progress) -> None:
        resolver = Resolver()
        self._client = Client(limits, resolver)
        self._checker = LinkChecker(self._client, resolver, limits, clock)
        self._archive = _Archive(self._client, self._checker.limiter, limits.archive_api)
        self._cache = cache
        self._clock = clock
        self._progress = progress
        self._unresolved: list[tuple[OutgoingLink, LinkResult]] = []

    def run(self, links: Sequence[OutgoingLink], linked: Collection[str]) -> None:
        """Check the links. `linked` are all addresses whose results are worth saving.

        Raises:
            Failure: there is probably no network.
        """
        try:
            asyncio.run(self._check_all(links, linked))
        finally:
            # An interrupt comes here, too.
            self._cache.save(linked, self._clock.now())

    async def _check_all(self, links: Sequence[OutgoingLink], linked: Collection[str]) -> None:
        queues: dict[str, list[OutgoingLink]] = {}
        for link in links:
            queues.setdefault(host_of(link.address), []).append(link)
        done, saved = 0, self._clock.monotonic()

        async def check_host(queue: Sequence[OutgoingLink]) -> None:
            nonlocal done, saved
            for link in queue:
                result, is_resolved = await self._checker.check(link.address, self._cache.get(link.address))
                if is_resolved:
                    await self._store(link, result)
                else:
                    self._unresolved.append((link, result))
                done += 1
                self._progress("Checking links", done, len(links))
                if self._clock.monotonic() - saved > _SAVE_INTERVAL_S:
                    self._cache.save(linked, self._clock.now())
                    saved = self._clock.monotonic()

        self._progress("Checking links", 0, len(links))
        async with aclosing(self._client):
            async with asyncio.TaskGroup() as group:
                for queue in queues.values():
                    group.create_task(check_host(queue))
            await self._store_unresolved()

    async def _store_unresolved(self) -> None:
        """Store the results for hosts without an IP address, which the network may have caused if nothing responded."""
        has_network = self._checker.has_response
        if not has_network and len({host_of(link.address) for link, _ in self._unresolved}) > 1:
            raise Failure(
                "no host could be found by its name, so there is probably no network",
                "Connect and try again, or use what is known with `--offline`.",
            )
        for link, result in self._unresolved:
            await self._store(link, result if has_network else replace(result, state="unreachable"))

    async def _store(self, link: OutgoingLink, result: LinkResult) -> None:
        """Store a result; for a dead address with an archived copy, unless the content names one or it is one."""
        if result.state == "dead" and not (link.archive or link.is_archived_copy):
            known = self._cache.get(link.address)
            archive = known.archive if known else None
            # An interrupt during the request to the archive must not lose the result.
            self._cache[link.address] = replace(result, archive=archive)
            if not archive:
                archive = await self._archive.find_copy(link.address, link.day)
            result = replace(result, archive=archive)
        self._cache[link.address] = result


class _Archive:
    """The Wayback Machine (https://archive.org/help/wayback_api.php). After a failure it gets no more requests."""

    def __init__(self, client: Client, limiter: RateLimiter, api: str) -> None:
        self._client = client
        self._limiter = limiter
        self._api = api
        self._lock = asyncio.Lock()
        self._has_failed = False

    async def find_copy(self, address: str, day: str) -> str | None:
        """Return the copy nearest to `day` (`20251203`, or the beginning of one; empty for the newest).

        Empty if there is none; None if the service did not answer.
        """
        query = {"url": address} | ({"timestamp": day} if day else {})
        try:
            found = msgspec.json.decode(await self._read(f"{self._api}?{urlencode(query)}"), type=_Available)
        except (NoResponse, msgspec.DecodeError, UnicodeDecodeError):
            return None
        closest = found.archived_snapshots.closest
        url = closest.url if closest and closest.available else ""
        if not url.startswith(("http://", "https://")) or not host_of(url):
            return ""
        # The service still writes the old form of its own addresses.
        return escaped(without_credentials(url)).replace("http://web.archive.org/", "https://web.archive.org/", 1)

    async def _read(self, address: str) -> bytes:
        # Without this lock, requests that wait for their turn would be delayed only to learn that the service failed.
        async with self._lock:
            if self._has_failed:
                raise NoResponse("it did not answer before")
            try:
                async with self._limiter.limit(host_of(address)):
                    return await self._client.read(address)
            except NoResponse:
                self._has_failed = True
                raise
