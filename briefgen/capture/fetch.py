"""A document from its address, with limits of size, time and network.

Importing it takes a while, because it loads httpx.
"""

import asyncio
from contextlib import aclosing
from http import HTTPStatus

from briefgen.capture.store import Captured
from briefgen.model.failure import Failure
from briefgen.model.links import bare, escaped
from briefgen.web.archive import Archive
from briefgen.web.client import Client, NoResponse
from briefgen.web.hosts import Resolver, host_of
from briefgen.web.limits import Clock, Limits, RateLimiter
from briefgen.web.pages import Page, PageClient

MAX_BYTES = 50 * 1024 * 1024
LIMITS = Limits(timeout_s=60.0, pause_s=0.0, max_wait_s=10.0)
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

    async def run() -> Page:
        async with aclosing(PageClient(limits, clock, _PURPOSE)) as client:
            return await client.fetch(address, MAX_BYTES)

    if not host_of(address):
        raise Failure(f'no request can be sent to "{address}"', "Give an address such as https://news.example/dam.")
    try:
        page = asyncio.run(run())
    except NoResponse as error:
        raise _explain(_describe(address, error.address), error) from None
    name = _describe(address, page.address)
    if page.refusal:
        raise _refuse(name, page, day)
    if not page.found.body.strip():
        raise Failure(f"{name} sent an empty page", SAVE_IT)
    if page.kind is None:
        raise Failure(
            f'{name} is no web page, PDF file, web archive or plain text, but "{page.content_type[:100]}"',
            "Give the address of a page, or a file with its text: `briefgen add TEXT.txt`.",
        )
    final = page.address if page.address != escaped(bare(address)) else None
    return Captured(page.found.body, page.kind, day, address, final, page.charset)


def find_archived(address: str, day: str, limits: Limits = LIMITS, clock: Clock = Clock()) -> str | None:  # noqa: B008 (frozen)
    """Return the address of the archived copy nearest to a day; empty if there is none, None without an answer."""

    async def run() -> str | None:
        async with aclosing(Client(limits, Resolver(), _PURPOSE)) as client:
            archive = Archive(client, RateLimiter(limits, clock), limits.archive_api)
            return await archive.find_copy(address, day.replace("-", ""))

    return asyncio.run(run())


def _describe(address: str, end: str) -> str:
    """Return the subject of a message: an address, and where its redirects led."""
    return address if end in ("", escaped(bare(address))) else f"{address} leads to {end}, which"


def _refuse(name: str, page: Page, day: str) -> Failure:
    status, message = page.found.status, f"{name} answers {page.refusal}"
    if page.wait is not None:
        return Failure(message, f"Try again then, or: {SAVE_IT}")
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        archived = f"https://web.archive.org/web/{day[:4]}/{page.address}"
        return Failure(message, f"Look for its new address, or add its archived copy: `briefgen add {archived}`.")
    if status in _FOR_PEOPLE_ONLY or "cf-mitigated" in page.found.headers:
        return Failure(f"{message}, which may be meant for programs alone", SAVE_IT)
    return Failure(message, f"Try again later, or: {SAVE_IT}")


def _explain(name: str, error: NoResponse) -> Failure:
    if not error.is_requested:
        return Failure(f"{name} is not fetched: its host is in a private network", "Allow it with `--private`.")
    hint = SAVE_IT if error.is_resolved else "Look at its spelling, and at the network connection."
    return Failure(f"{name} cannot be fetched: {error.reason}", hint)
