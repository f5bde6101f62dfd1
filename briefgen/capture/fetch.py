"""A document from its address: one request after robots.txt and redirects, with limits of size, time and network.

Importing it takes a while, because it loads httpx.
"""

import asyncio
from contextlib import aclosing
from http import HTTPStatus
from urllib.parse import urlsplit

from briefgen.capture.store import Captured
from briefgen.model.failure import Failure
from briefgen.model.links import bare, escaped
from briefgen.web import robots
from briefgen.web.archive import Archive
from briefgen.web.client import PRIVATE, REDIRECTS, Client, Download, NoResponse, describe_status, resolve_location
from briefgen.web.documents import detect_kind
from briefgen.web.hosts import Resolver, host_of
from briefgen.web.limits import Clock, Limits, RateLimiter, format_wait, parse_retry_after

MAX_BYTES = 50 * 1024 * 1024
LIMITS = Limits(timeout_s=60.0, pause_s=0.0, max_wait_s=10.0)
_MAX_ROBOTS = 8 * robots.MAX_BYTES
SAVE_IT = "Open it in a browser, save the page, and give the file: `briefgen add PAGE.html`."
_PURPOSE = "a page for a person"
_FOR_PEOPLE_ONLY = {401, 402, 403, 406, 407, 451}  # a browser may get the page where a program does not


def fetch(
    address: str,
    day: str,
    limits: Limits = LIMITS,
    clock: Clock = Clock(),  # noqa: B008 (frozen)
) -> Captured:
    """Return the document at an address of the web, fetched on this day.

    Raises:
        Failure: the server did not send it, or it must not be requested.
    """

    async def run() -> Captured:
        resolver = Resolver()
        async with aclosing(Client(limits, resolver, _PURPOSE)) as client:
            return await _Fetcher(client, resolver, limits, clock).fetch(address, day)

    return asyncio.run(run())


def find_archived(address: str, day: str, limits: Limits = LIMITS, clock: Clock = Clock()) -> str | None:  # noqa: B008 (frozen)
    """Return the address of the archived copy nearest to a day; empty if there is none, None without an answer."""

    async def run() -> str | None:
        async with aclosing(Client(limits, Resolver(), _PURPOSE)) as client:
            archive = Archive(client, RateLimiter(limits, clock), limits.archive_api)
            return await archive.find_copy(address, day.replace("-", ""))

    return asyncio.run(run())


class _Fetcher:
    def __init__(self, client: Client, resolver: Resolver, limits: Limits, clock: Clock) -> None:
        self._client = client
        self._resolver = resolver
        self._limits = limits
        self._clock = clock
        self._robots: dict[str, bytes] = {}

    async def fetch(self, address: str, day: str) -> Captured:
        if not host_of(address):
            raise Failure(f'no request can be sent to "{address}"', "Give an address such as https://news.example/dam.")
        start = escaped(bare(address))
        try:
            found, end = await self._follow(start)
        except NoResponse as error:
            raise _explain(address, error) from None
        if found.status != HTTPStatus.OK:
            raise self._refuse(address, found, day)
        if not found.body.strip():
            raise Failure(f"{address} sent an empty page", SAVE_IT)
        declared = found.headers.get("content-type", "")
        kind = detect_kind(found.body, urlsplit(end).path, declared)
        if kind is None:
            raise Failure(
                f'{address} is no web page, PDF file, web archive or plain text, but "{declared[:100]}"',
                "Give the address of a page, or a file with its text: `briefgen add TEXT.txt`.",
            )
        return Captured(
            found.body,
            kind,
            day,
            address,
            end if end != start else None,
            declared.partition("charset=")[2].partition(";")[0].strip("\"' ") or None,
        )

    async def _follow(self, here: str) -> tuple[Download, str]:
        for _ in range(self._limits.redirects + 1):
            await self._check_host(here)
            await self._check_robots(here)
            found = await self._download(here, MAX_BYTES)
            location = found.headers.get("location", "") if found.status in REDIRECTS else ""
            if not location:
                return found, here
            here = resolve_location(here, location)
        raise NoResponse(f"it redirects more than {self._limits.redirects} times")

    async def _download(self, address: str, max_bytes: int) -> Download:
        """Return a response; after the wait that the host demands, if that is a short one."""
        found = await self._client.download(address, max_bytes)
        if found.status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
            wait = parse_retry_after(found.headers, self._clock.now())
            if wait is not None and wait <= self._limits.max_wait_s:
                await self._clock.sleep(wait)
                return await self._client.download(address, max_bytes)
        return found

    async def _check_host(self, address: str) -> None:
        route = await self._resolver.resolve(address)
        if route.status == "missing":
            raise Failure(f'there is no host "{host_of(address)}"', "Look at its spelling.")
        if route.status == "no-answer":
            raise Failure(
                f'no name server answered for the host "{host_of(address)}"', "Look at the network connection."
            )

    async def _check_robots(self, address: str) -> None:
        """Raise Failure if robots.txt forbids the address; without such a file, everything is allowed."""
        parts = urlsplit(address)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            self._robots[origin] = await self._read_robots(f"{origin}/robots.txt")
        if not robots.is_allowed(self._robots[origin], address):
            raise Failure(f"robots.txt of {parts.hostname} does not let programs fetch {address}", SAVE_IT)

    async def _read_robots(self, here: str) -> bytes:
        # RFC 9309 §2.3.1: at least five redirects; what a client error answers allows everything, a server's nothing.
        for _ in range(self._limits.redirects):
            found = await self._download(here, _MAX_ROBOTS)
            location = found.headers.get("location", "") if found.status in REDIRECTS else ""
            if not location:
                break
            here = resolve_location(here, location)
        else:
            return b""
        if found.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise NoResponse(f"its robots.txt answers {describe_status(found.status)}")
        return found.body

    def _refuse(self, address: str, found: Download, day: str) -> Failure:
        message = f"{address} answers {describe_status(found.status)}"
        wait = parse_retry_after(found.headers, self._clock.now())
        if wait is not None:
            return Failure(f"{message} and demands a wait of {format_wait(wait)}", f"Try again then, or: {SAVE_IT}")
        if found.status == HTTPStatus.TOO_MANY_REQUESTS:
            return Failure(message, f"Try again later, or: {SAVE_IT}")
        if found.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            archived = f"https://web.archive.org/web/{day[:4]}/{address}"
            return Failure(message, f"Look for its new address, or add its archived copy: `briefgen add {archived}`.")
        if found.status in _FOR_PEOPLE_ONLY or "cf-mitigated" in found.headers:
            return Failure(f"{message}, which may be meant for programs alone", SAVE_IT)
        return Failure(message, f"Try again later, or: {SAVE_IT}")


def _explain(address: str, error: NoResponse) -> Failure:
    if error.reason == PRIVATE:
        return Failure(
            f"{address} is not fetched, because it leads into a private network", "Allow it with `--private`."
        )
    return Failure(f"{address} cannot be fetched: {error.reason}", SAVE_IT)
