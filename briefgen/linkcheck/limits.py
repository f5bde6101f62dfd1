"""How much is asked of others, and how long they may take; and the clock, which tests replace."""

import asyncio
import time
from collections.abc import Awaitable, Callable

from msgspec import Struct

from briefgen.kernel.clock import now


class Limits(Struct, frozen=True):
    """Seconds and numbers; the defaults are those of `briefgen check --links`."""

    pause_s: float = 1.0  # between two requests to one host
    at_once: int = 50  # requests under way, each to another host
    patience_s: float = 20.0  # for one request
    slow_s: float = 10.0
    longest_wait_s: float = 60.0  # that a host may ask for
    usual_wait_s: float = 5.0  # where a host says 429 and not how long; doubled each time
    tries: int = 3
    redirects: int = 10
    private: bool = False  # whether hosts in private networks are asked
    archive_api: str = "https://archive.org/wayback/available"


class Time(Struct, frozen=True):
    """`now` in seconds since 1970; `ticks` never goes back; `sleep` waits."""

    now: Callable[[], float] = lambda: now().timestamp()
    ticks: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
