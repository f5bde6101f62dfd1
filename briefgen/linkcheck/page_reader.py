"""The texts of pages that hold quoted words, host by host: with robots.txt, pauses and limits.

Importing it takes a while, because it loads httpx.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing
from http import HTTPStatus
from urllib.parse import urlsplit

from briefgen.model.links import bare, escaped
from briefgen.pipeline import Progress
from briefgen.web import robots
from briefgen.web.client import PRIVATE, REDIRECTS, Client, Download, NoResponse, describe_status, resolve_location
from briefgen.web.documents import DocumentText, UnreadableDocument, detect_kind, read_document
from briefgen.web.hosts import Resolver, host_of
from briefgen.web.limits import Clock, Limits, RateLimiter, format_wait, parse_retry_after

_MAX_BYTES = 20 * 1024 * 1024
_MAX_ROBOTS = 4 * 1024 * 1024
_READERS = 2  # processes that take documents apart at the same time
_BUSY = (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE)

Store = Callable[[str, DocumentText | None, str], None]
"""Takes an address and its text, or None and the reason why there is none."""


class PageReader:
    """Requests pages and reads their texts, one request at a time for each host.

    Raises:
        Failure: a proxy that the environment names cannot be used.
    """

    def __init__(self, limits: Limits, clock: Clock, progress: Progress) -> None:
        self._limits = limits
        self._clock = clock
        self._progress = progress
        self._resolver = Resolver()
        self._client = Client(limits, self._resolver, "link check")
        self._limiter = RateLimiter(limits, clock)
        self._readers = asyncio.Semaphore(_READERS)
        self._robots: dict[str, bytes] = {}
        self._closed: dict[str, str] = {}  # hosts that demand too long a wait

    def run(self, addresses: Sequence[str], store: Store) -> None:
        """Read all pages, and store each as soon as it is read."""
        asyncio.run(self._read_all(addresses, store))

    async def _read_all(self, addresses: Sequence[str], store: Store) -> None:
        queues: dict[str, list[str]] = {}
        for address in addresses:
            queues.setdefault(host_of(address), []).append(address)
        done = 0

        async def read_host(host: str, queue: Iterable[str]) -> None:
            nonlocal done
            # The check of links may just have sent it a request.
            self._limiter.delay(host, self._limits.pause_s)
            for address in queue:
                try:
                    store(address, await self._read(address), "")
                except NoResponse as error:
                    store(address, None, error.reason)
                except UnreadableDocument as error:
                    store(address, None, error.reason)
                done += 1
                self._progress("Looking for quoted words", done, len(addresses))

        async with aclosing(self._client), asyncio.TaskGroup() as group:
            for host, queue in queues.items():
                group.create_task(read_host(host, queue))

    async def _read(self, address: str) -> DocumentText:
        found, end = await self._follow(escaped(bare(address)))
        if found.status != HTTPStatus.OK:
            raise NoResponse(describe_status(found.status))
        content_type = found.headers.get("content-type", "")
        kind = detect_kind(found.body, urlsplit(end).path, content_type)
        if kind is None or kind == "wacz":
            raise UnreadableDocument("it is no page with text")
        charset = content_type.lower().partition("charset=")[2].partition(";")[0].strip("\"' ") or None
        async with self._readers:
            return await asyncio.to_thread(read_document, found.body, kind, end, charset)

    async def _follow(self, here: str) -> tuple[Download, str]:
        for _ in range(self._limits.redirects + 1):
            if not await self._is_allowed(here):
                raise NoResponse("its robots.txt does not let programs read it")
            found = await self._request(here, _MAX_BYTES)
            location = found.headers.get("location", "") if found.status in REDIRECTS else ""
            if not location:
                return found, here
            here = resolve_location(here, location)
        raise NoResponse(f"it redirects more than {self._limits.redirects} times")

    async def _is_allowed(self, address: str) -> bool:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = await self._read_robots(f"{origin}/robots.txt")
        return robots.is_allowed(self._robots[origin], address)

    async def _read_robots(self, here: str) -> bytes:
        # RFC 9309 §2.3.1: what a client error answers allows everything, a server's error nothing.
        for _ in range(self._limits.redirects + 1):
            found = await self._request(here, _MAX_ROBOTS)
            location = found.headers.get("location", "") if found.status in REDIRECTS else ""
            if not location:
                break
            here = resolve_location(here, location)
        else:
            return b""
        if found.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise NoResponse(f"its robots.txt answers {describe_status(found.status)}")
        return found.body

    async def _request(self, address: str, max_bytes: int) -> Download:
        """Return the response; after one wait if the host demands one that is short."""
        host = host_of(address)
        if not host:
            raise NoResponse("no request can be sent to the address")
        if (await self._resolver.resolve(address)).status == "private" and not self._limits.private:
            raise NoResponse(PRIVATE)
        found = await self._download(host, address, max_bytes)
        if found.status in _BUSY:
            self._wait(host, found)
            found = await self._download(host, address, max_bytes)
        return found

    async def _download(self, host: str, address: str, max_bytes: int) -> Download:
        async with self._limiter.limit(host):
            if host in self._closed:
                raise NoResponse(self._closed[host])
            return await self._client.download(address, max_bytes)

    def _wait(self, host: str, found: Download) -> None:
        wait = parse_retry_after(found.headers, self._clock.now())
        wait = self._limits.default_wait_s if wait is None else wait
        if wait > self._limits.max_wait_s:
            self._closed[host] = f"{describe_status(found.status)}: the host demands a wait of {format_wait(wait)}"
            raise NoResponse(self._closed[host])
        self._limiter.delay(host, wait)
