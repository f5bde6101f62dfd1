"""The limits of requests to other people's servers: their defaults, what hosts demand, and who has to wait."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import UTC
from email.utils import parsedate_to_datetime

from msgspec import Struct

from briefgen.kernel.clock import now

LONGEST_S = 365 * 24 * 3600.0


class Limits(Struct, frozen=True):
    """Seconds and numbers; the defaults are those of `briefgen check --links`."""

    pause_s: float = 1.0  # between two requests to one host
    concurrency: int = 50  # number of simultaneous requests, each to another host
    timeout_s: float = 20.0  # for one request
    slow_s: float = 10.0
    max_wait_s: float = 60.0  # if a host demands a longer wait, it gets no more requests
    default_wait_s: float = 5.0  # after 429 without `Retry-After`; doubled each time
    tries: int = 3
    redirects: int = 10
    private: bool = False  # whether hosts in private networks get requests
    archive_api: str = "https://archive.org/wayback/available"


class Clock(Struct, frozen=True):
    """Sources of time, which tests replace: `now` returns seconds since 1970; `monotonic` never goes back."""

    now: Callable[[], float] = lambda: now().timestamp()
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep


class RateLimiter:
    """Permissions for requests, one at a time for each host, with pauses. Requests to others go on meanwhile."""

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


def parse_retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the seconds of `Retry-After`, a year at most, or None if it has neither seconds nor a date.

    `now` is in seconds since 1970. Source: RFC 9110 §10.2.3.
    """
    text = headers.get("retry-after", "").strip()
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
