"""Archived copies of addresses, from the Wayback Machine.

Importing it takes a while, because it loads httpx.
"""

import asyncio
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from briefgen.model.links import escaped, without_credentials
from briefgen.web.client import Client, NoResponse
from briefgen.web.hosts import host_of
from briefgen.web.limits import RateLimiter


class _Closest(Struct):
    url: str
    available: bool = False


class _Snapshots(Struct):
    closest: _Closest | None = None


class _Available(Struct):
    archived_snapshots: _Snapshots


class Archive:
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
