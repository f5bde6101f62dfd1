"""The check of addresses, host by host: redirects, rate limits of hosts, and archived copies of dead addresses.

Importing it takes a while, because it loads httpx.
"""

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import aclosing
from http import HTTPStatus
from typing import NamedTuple

from msgspec.structs import replace

from briefgen.linkcheck.outgoing_links import OutgoingLink
from briefgen.linkcheck.results import LinkResult, ResultCache, classify
from briefgen.model.failure import Failure
from briefgen.model.links import ANSWERING, LinkState
from briefgen.pipeline import Progress
from briefgen.web.archive import Archive
from briefgen.web.client import (
    REDIRECTS,
    Client,
    Method,
    NoResponse,
    Response,
    describe_status,
    resolve_location,
)
from briefgen.web.hosts import Resolver, host_of
from briefgen.web.limits import Clock, Limits, RateLimiter, format_wait, parse_retry_after
from briefgen.web.pages import check_host, is_rate_limited

_PERMANENT_REDIRECTS = {301, 308}
_SAVE_INTERVAL_S = 10.0


class Checked(NamedTuple):
    """A result. If no name server has found the host, the result holds only if the network works."""

    result: LinkResult
    is_resolved: bool = True


class LinkChecker:
    """A checker of any number of addresses. `has_response` becomes true with the first response."""

    def __init__(self, client: Client, resolver: Resolver, limits: Limits, clock: Clock) -> None:
        self.has_response = False
        self.limiter = RateLimiter(limits, clock)
        self._client = client
        self._resolver = resolver
        self._limits = limits
        self._clock = clock
        self._closed: dict[str, tuple[str, LinkState]] = {}  # hosts that demand too long a wait

    async def check(self, address: str, known: LinkResult | None = None) -> Checked:
        """Return how the address answers now; `known` is its last result."""
        try:
            response, end, target = await self._follow(address, known.conditional_headers if known else {})
            if target and target != address and classify(response.status, response.headers) == "ok":
                checked = Checked(LinkResult("moved", 0, target=target))
            else:
                # The headers of another address are of no use for this one.
                checked = Checked(self._evaluate(response, known, has_own_headers=end == address))
        except NoResponse as error:
            result = LinkResult(error.state, 0, note=error.reason, is_requested=error.is_requested)
            checked = Checked(result, error.is_resolved)
        now = int(self._clock.now())
        answered = now if checked.result.state in ANSWERING else known.answered if known else 0
        return checked._replace(result=replace(checked.result, checked=now, answered=answered))

    async def _follow(self, address: str, conditional_headers: Mapping[str, str]) -> tuple[Response, str, str]:
        """Return the response at the end of all redirects, its address, and that at the end of the permanent ones."""
        here, target, is_permanent, seconds = address, "", True, 0.0
        visits: Counter[str] = Counter()
        for _ in range(self._limits.redirects + 1):
            visits[here] += 1
            # A second visit may help if the first has set a cookie; a third one means a circle.
            if visits[here] > 2:
                raise NoResponse("it redirects in a circle")
            response = await self._request_with_retries(here, conditional_headers if here == address else {})
            seconds += response.seconds
            location = response.headers.get("location", "") if response.status in REDIRECTS else ""
            if not location:
                return response._replace(seconds=seconds), here, target
            here = resolve_location(here, location)
            is_permanent = is_permanent and response.status in _PERMANENT_REDIRECTS
            target = here if is_permanent else target
        raise NoResponse(f"it redirects more than {self._limits.redirects} times")

    def _evaluate(self, response: Response, known: LinkResult | None, *, has_own_headers: bool) -> LinkResult:
        status, headers, seconds = response
        state = classify(status, headers)
        if state != "ok":
            return LinkResult(state, 0, note=describe_status(status))
        is_slow = seconds > self._limits.slow_s
        result = LinkResult("slow" if is_slow else "ok", 0, note=f"it took {seconds:.0f} seconds" if is_slow else "")
        if not has_own_headers:
            return result
        old = known if known and status == HTTPStatus.NOT_MODIFIED else result
        return replace(result, etag=headers.get("etag", old.etag), modified=headers.get("last-modified", old.modified))

    async def _request_with_retries(self, address: str, headers: Mapping[str, str]) -> Response:
        """Return the first response that demands no wait, or the last one."""
        host = await check_host(self._resolver, address, self._limits)
        tries = 0
        while True:
            response = await self._head_or_get(host, address, headers)
            if not is_rate_limited(response.status, response.headers):
                return response
            self._wait(host, response, self._limits.default_wait_s * 2**tries)
            tries += 1
            if tries == self._limits.tries:
                return response

    def _wait(self, host: str, response: Response, default_s: float) -> None:
        """Delay requests to a host for as long as it demands, or send it no more in this run."""
        demanded = parse_retry_after(response.headers, self._clock.now())
        wait = default_s if demanded is None else demanded
        if wait > self._limits.max_wait_s:
            note = f"{describe_status(response.status)}: the host demands a wait of {format_wait(wait)}"
            self._closed[host] = note, classify(response.status, {})
            raise NoResponse(*self._closed[host])
        self.limiter.delay(host, wait)

    async def _head_or_get(self, host: str, address: str, headers: Mapping[str, str]) -> Response:
        """Return the response to HEAD, or to GET if that is an error: some servers refuse HEAD or get it wrong."""
        try:
            response = await self._request(host, "HEAD", address, headers)
        except NoResponse as error:
            if not error.can_retry:
                raise
        else:
            if response.status < HTTPStatus.BAD_REQUEST or is_rate_limited(response.status, response.headers):
                return response
        return await self._request(host, "GET", address, headers)

    async def _request(self, host: str, method: Method, address: str, headers: Mapping[str, str]) -> Response:
        async with self.limiter.limit(host):
            if host in self._closed:
                raise NoResponse(*self._closed[host])
            response = await self._client.request(method, address, headers)
        self.has_response = True
        return response


class LinkRun:
    """A run that checks addresses and stores the results.

    Raises:
        Failure: a proxy that the environment names cannot be used.
    """

    def __init__(self, cache: ResultCache, limits: Limits, clock: Clock, progress: Progress) -> None:
        resolver = Resolver()
        self._client = Client(limits, resolver, "link check")
        self._checker = LinkChecker(self._client, resolver, limits, clock)
        self._archive = Archive(self._client, self._checker.limiter, limits.archive_api)
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
