"""Rate limits: one request at a time for each host, a pause between two, and longer waits that hosts demand."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from briefgen.linkcheck.client import Response
from briefgen.linkcheck.limits import Clock, Limits

LONGEST_S = 365 * 24 * 3600.0


class RateLimiter:
    """Permissions for requests. While one host has to wait, requests to others go on."""

    def __init__(self, limits: Limits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        self._slots = asyncio.Semaphore(limits.concurrency)
        self._locks: dict[str, asyncio.Lock] = {}
        self._free_at: dict[str, float] = {}  # the time of the next request to a host

    @asynccontextmanager
    async def limit(self, host: str) -> AsyncIterator[None]:
        """Run the block, with one request to `host`, as soon as that is allowed."""
        async with self._locks.setdefault(host, asyncio.Lock()):
            while (wait := self._free_at.get(host, 0.0) - self._clock.monotonic()) > 0:
                await self._clock.sleep(wait)
            async with self._slots:
                try:
                    yield
                finally:
                    self.delay(host, self._limits.pause_s)

    def delay(self, host: str, seconds: float) -> None:
        """Allow no request to a host for so long."""
        self._free_at[host] = max(self._free_at.get(host, 0.0), self._clock.monotonic() + seconds)


def is_rate_limited(response: Response) -> bool:
    """Return whether a host demands a wait: 429, or 503 with a time (RFC 6585 §4, RFC 9110 §15.6.4)."""
    if response.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return "retry-after" in response.headers
    return response.status == HTTPStatus.TOO_MANY_REQUESTS


def parse_retry_after(response: Response, now: float) -> float | None:
    """Return the seconds of `Retry-After`, a year at most, or None if it has neither seconds nor a date.

    `now` is in seconds since 1970. Source: RFC 9110 §10.2.3.
    """
    text = response.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_S)
    try:
        when = parsedate_to_datetime(text)
        # "-0000" gives a time without a zone.
        seconds = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now
    except (ValueError, OverflowError):
        return None
    return min(max(0.0, seconds), LONGEST_S)


def format_wait(seconds: float) -> str:
    """Return a wait in words: `2 minutes`, `3 hours`."""
    if seconds >= LONGEST_S:
        return "a year or longer"
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            number = round(seconds / size)
            return f"{number} {word}" if number == 1 else f"{number} {word}s"
    return f"{seconds:.0f} seconds"
