"""The texts of pages that hold quoted words, host by host.

Importing it takes a while, because it loads httpx.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import aclosing

from briefgen.pipeline import Progress
from briefgen.web.client import NoResponse
from briefgen.web.documents import DocumentText, UnreadableDocument, read_document
from briefgen.web.hosts import host_of
from briefgen.web.limits import Clock, Limits
from briefgen.web.pages import PageClient

_MAX_BYTES = 20 * 1024 * 1024
_READERS = 2  # processes that take documents apart at the same time

Store = Callable[[str, DocumentText | None, str], None]
"""Takes an address and its text, or None and the reason why there is none."""


class PageReader:
    """Requests pages and reads their texts, one request at a time for each host.

    Raises:
        Failure: a proxy that the environment names cannot be used.
    """

    def __init__(self, limits: Limits, clock: Clock, progress: Progress) -> None:
        self._limits = limits
        self._progress = progress
        self._client = PageClient(limits, clock, "link check")
        self._readers = asyncio.Semaphore(_READERS)

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
            self._client.limiter.delay(host, self._limits.pause_s)
            for address in queue:
                try:
                    store(address, await self._read(address), "")
                except (NoResponse, UnreadableDocument) as error:
                    store(address, None, error.reason)
                done += 1
                self._progress("Looking for quoted words", done, len(addresses))

        async with aclosing(self._client), asyncio.TaskGroup() as group:
            for host, queue in queues.items():
                group.create_task(read_host(host, queue))

    async def _read(self, address: str) -> DocumentText:
        page = await self._client.fetch(address, _MAX_BYTES)
        if page.refusal:
            raise NoResponse(page.refusal)
        if page.kind is None or page.kind == "wacz":
            raise UnreadableDocument("it is no page with text")
        async with self._readers:
            return await asyncio.to_thread(read_document, page.found.body, page.kind, page.address, page.charset)
