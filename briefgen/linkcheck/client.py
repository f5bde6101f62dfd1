"""Requests over HTTP. httpx is loaded with the first one."""

import platform
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from briefgen import __version__
from briefgen.linkcheck.hosts import Hosts
from briefgen.linkcheck.limits import Limits

if TYPE_CHECKING:
    import httpx

AGENT = f"briefgen/{__version__} (link check; Python {platform.python_version()})"
MOST_BYTES = 1024 * 1024  # of an answer that is read at all
PRIVATE = "its host is in a private network, where readers cannot come"


class Reply(NamedTuple):
    """The head of a response, and how long it took.

    Names of headers are in small letters. A header that occurs with several values is left out, as it has no meaning.
    """

    status: int
    headers: Mapping[str, str]
    seconds: float = 0.0


class NoReply(Exception):
    """No response, and why, in words. With `again` another method may fare better."""

    def __init__(self, why: str, *, again: bool = False) -> None:
        super().__init__(why)
        self.why = why
        self.again = again


class Client(Protocol):
    """What asks. Neither follows redirects.

    Raises: NoReply.
    """

    async def head(self, method: Literal["HEAD", "GET"], address: str, headers: Mapping[str, str]) -> Reply:
        """The head of the response; its body is not read, however long it is."""

    async def read(self, address: str) -> bytes:
        """The body of a response that is fine."""


@asynccontextmanager
async def opened(limits: Limits, hosts: Hosts) -> AsyncIterator[Client]:
    """Provide a client until the block ends.

    Raises:
        Failure: a proxy that the environment names cannot be used.
    """
    import httpx

    from briefgen.linkcheck.transport import Transport

    timeout = httpx.Timeout(limits.patience_s)
    headers = {"User-Agent": AGENT, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "*"}
    transport = Transport(hosts, limits)
    async with httpx.AsyncClient(transport=transport, timeout=timeout, headers=headers) as client:
        yield _Client(client, limits)


class _Client:
    def __init__(self, client: "httpx.AsyncClient", limits: Limits) -> None:
        self._client = client
        self._limits = limits

    async def head(self, method: Literal["HEAD", "GET"], address: str, headers: Mapping[str, str]) -> Reply:
        began = time.monotonic()
        async with self._response(method, address, headers) as response:
            seconds = time.monotonic() - began
            values = {name: set(response.headers.get_list(name)) for name in response.headers}
            if len(values.get("location", ())) > 1:
                raise NoReply("it redirects to several addresses at once", again=True)
            single = {name.lower(): found.pop() for name, found in values.items() if len(found) == 1}
            return Reply(response.status_code, single, seconds)

    async def read(self, address: str) -> bytes:
        data = b""
        async with self._response("GET", address, {}) as response:
            if response.status_code != 200:
                raise NoReply(f"status {response.status_code}")
            async for part in response.aiter_bytes():
                data += part
                if len(data) > MOST_BYTES:
                    raise NoReply("the answer is too long")
        return data

    @asynccontextmanager
    async def _response(self, method: str, address: str, headers: Mapping[str, str]) -> AsyncIterator["httpx.Response"]:
        import asyncio

        import httpx

        try:
            # httpx counts from byte to byte; a server that sends one now and then would never end.
            async with asyncio.timeout(self._limits.patience_s):
                async with self._client.stream(method, address, headers=headers) as response:
                    yield response
        except (httpx.TimeoutException, TimeoutError) as error:
            connecting = isinstance(error, httpx.ConnectTimeout)
            raise NoReply(f"no answer within {self._limits.patience_s:g} seconds", again=not connecting) from None
        except httpx.ConnectError as error:
            raise NoReply(_why_not_connected(error)) from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            raise NoReply("the address cannot be asked") from None
        except (httpx.HTTPError, OSError):
            raise NoReply("the connection broke off", again=True) from None


def _why_not_connected(error: BaseException) -> str:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            return f"its certificate is not trusted: {cause.verify_message}"
        if isinstance(cause, ssl.SSLError):
            return "no secure connection can be made"
        if isinstance(cause, ConnectionRefusedError):
            return "the connection is refused"
        cause = cause.__cause__ or cause.__context__
    return "no connection can be made"
