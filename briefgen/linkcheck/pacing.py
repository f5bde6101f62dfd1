"""One request at a time for each host, a pause between two, and few hosts at once."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from briefgen.linkcheck.limits import Limits, Time


class Pacing:
    """Hands out turns. A host that asked for a longer pause has it; meanwhile others go on."""

    def __init__(self, limits: Limits, time: Time) -> None:
        self._limits = limits
        self._time = time
        self._slots = asyncio.Semaphore(limits.at_once)
        self._queues: dict[str, asyncio.Lock] = {}
        self._free: dict[str, float] = {}  # from when on a host may be asked again

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """The time in which `host` may be asked one thing."""
        async with self._queues.setdefault(host, asyncio.Lock()):
            while (wait := self._free.get(host, 0.0) - self._time.ticks()) > 0:
                await self._time.sleep(wait)
            async with self._slots:
                try:
                    yield
                finally:
                    self.hold(host, self._limits.pause_s)

    def hold(self, host: str, seconds: float) -> None:
        """Ask nothing of a host for so long."""
        self._free[host] = max(self._free.get(host, 0.0), self._time.ticks() + seconds)
