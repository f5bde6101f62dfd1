"""Pages of the web, requested as robots.txt and their hosts allow: with redirects, pauses and limits.

Importing it takes a while, because it loads httpx.
"""

from collections.abc import Mapping
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import urlsplit

from briefgen.model.links import bare, escaped
from briefgen.web import robots
from briefgen.web.client import PRIVATE, REDIRECTS, Client, Download, NoResponse, describe_status, resolve_location
from briefgen.web.documents import DocumentKind, detect_kind
from briefgen.web.hosts import Resolver, host_of
from briefgen.web.limits import Clock, Limits, RateLimiter, format_wait, parse_retry_after

_MAX_ROBOTS = 8 * robots.MAX_BYTES


class Page(NamedTuple):
    """A response after all redirects, from `address`; `wait` is in seconds, None if the host demands no wait."""

    address: str
    found: Download
    wait: float | None

    @property
    def refusal(self) -> str:
        """Return its status in words, with the wait that the host demands; empty if it is the page."""
        if self.found.status == HTTPStatus.OK:
            return ""
        wait = "" if self.wait is None else f" and demands a wait of {format_wait(self.wait)}"
        return f"{describe_status(self.found.status)}{wait}"

    @property
    def content_type(self) -> str:
        """Return the type that the server declares, with its parameters."""
        return self.found.headers.get("content-type", "")

    @property
    def charset(self) -> str | None:
        """Return the encoding that the server declares."""
        return self.content_type.lower().partition("charset=")[2].partition(";")[0].strip("\"' ") or None

    @property
    def kind(self) -> DocumentKind | None:
        """Return what kind of document it is; None if it is none."""
        return detect_kind(self.found.body, urlsplit(self.address).path, self.content_type)


class _EndlessRedirects(NoResponse):
    pass


class PageClient:
    """A client that sends each host one request at a time.

    Raises:
        Failure: a proxy that the environment names cannot be used.
    """

    def __init__(self, limits: Limits, clock: Clock, purpose: str) -> None:
        self.limiter = RateLimiter(limits, clock)
        self._limits = limits
        self._clock = clock
        self._resolver = Resolver()
        self._client = Client(limits, self._resolver, purpose)
        self._robots: dict[str, bytes] = {}
        self._closed: dict[str, str] = {}  # hosts that demand too long a wait

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    async def fetch(self, address: str, max_bytes: int) -> Page:
        """Return the response at the end of all redirects.

        Raises:
            NoResponse: there is none, or the page must not be requested; its `address` is where the redirects led.
        """
        return await self._follow(escaped(bare(address)), max_bytes)

    async def _follow(self, here: str, max_bytes: int, *, is_robots: bool = False) -> Page:
        try:
            for _ in range(self._limits.redirects + 1):
                if not is_robots:
                    await self._check_robots(here)
                found = await self._request(here, max_bytes)
                location = found.headers.get("location", "") if found.status in REDIRECTS else ""
                if not location:
                    return Page(here, found, parse_retry_after(found.headers, self._clock.now()))
                here = resolve_location(here, location)
            raise _EndlessRedirects(f"it redirects more than {self._limits.redirects} times")
        except NoResponse as error:
            error.address = here
            raise

    async def _check_robots(self, address: str) -> None:
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = await self._read_robots(f"{origin}/robots.txt")
        if not robots.is_allowed(self._robots[origin], address):
            raise NoResponse("its robots.txt does not let programs read it")

    async def _read_robots(self, address: str) -> bytes:
        # RFC 9309 §2.3.1: endless redirects and what a client error answers allow everything, a server's error nothing.
        try:
            page = await self._follow(address, _MAX_ROBOTS, is_robots=True)
        except _EndlessRedirects:
            return b""
        if page.found.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise NoResponse(f"its robots.txt answers {page.refusal}")
        return page.found.body

    async def _request(self, address: str, max_bytes: int) -> Download:
        """Return the response; after one wait if the host demands one that is short."""
        host = await check_host(self._resolver, address, self._limits)
        found = await self._download(host, address, max_bytes)
        if not is_rate_limited(found.status, found.headers):
            return found
        wait = parse_retry_after(found.headers, self._clock.now())
        if (self._limits.default_wait_s if wait is None else wait) > self._limits.max_wait_s:
            self._closed[host] = Page(address, found, wait).refusal
            return found
        self.limiter.delay(host, self._limits.default_wait_s if wait is None else wait)
        return await self._download(host, address, max_bytes)

    async def _download(self, host: str, address: str, max_bytes: int) -> Download:
        async with self.limiter.limit(host):
            if host in self._closed:
                raise NoResponse(self._closed[host])
            return await self._client.download(address, max_bytes)


async def check_host(resolver: Resolver, address: str, limits: Limits) -> str:
    """Return the host of an address, if it may be sent a request.

    Raises:
        NoResponse: there is no such host, or it is private and `limits` do not allow that.
    """
    host = host_of(address)
    if not host:
        raise NoResponse("no request can be sent to the address")
    match (await resolver.resolve(address)).status:
        case "missing":
            raise NoResponse(f'there is no host "{host}"', "dead", is_resolved=False)
        case "no-answer":
            raise NoResponse(f'no name server answered for the host "{host}"', is_resolved=False)
        case "private" if not limits.private:
            raise NoResponse(PRIVATE, is_requested=False)
    return host


def is_rate_limited(status: int, headers: Mapping[str, str]) -> bool:
    """Return whether a host demands a wait: 429, or 503 with a time (RFC 6585 §4, RFC 9110 §15.6.4)."""
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return "retry-after" in headers
    return status == HTTPStatus.TOO_MANY_REQUESTS
