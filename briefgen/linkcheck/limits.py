"""The limits of requests to other people's servers, and the clock, which tests replace."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from msgspec import Struct

from briefgen.kernel.clock import now


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
    """Sources of time: `now` returns seconds since 1970; `monotonic` never goes back; `sleep` waits."""

    now: Callable[[], float] = lambda: now().timestamp()
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
