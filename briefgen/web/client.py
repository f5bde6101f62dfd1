"""HTTP requests, over connections to IP addresses that were checked or to a proxy.

Importing it takes a while, because it loads httpx.
"""

import asyncio
import platform
import re
import ssl
import time
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from http.client import responses
from typing import Literal, NamedTuple
from urllib.parse import urljoin

import httpx

from briefgen import __version__
from briefgen.model.failure import Failure
from briefgen.model.links import LinkState, bare, escaped, without_credentials
from briefgen.web.hosts import Resolver, host_of, list_proxies
from briefgen.web.limits import Limits

PRIVATE = "its host is in a private network, which readers cannot reach"
REDIRECTS = frozenset((301, 302, 303, 307, 308))
_GZIP = b"\x1f\x8b"
_MAX_BODY_BYTES = 1024 * 1024
_MAX_SHOWN = 200  # characters of a location that cannot be used
_CONNECT_S = 2.0  # for a connection to an IP address if the host has others

Method = Literal["HEAD", "GET"]


class Response(NamedTuple):
    """The head of a response, and the seconds until it came.

    Names of headers are in small letters. A header that occurs with several values is left out, as it has no meaning.
    """

    status: int
    headers: Mapping[str, str]
    seconds: float = 0.0


class Download(NamedTuple):
    """A whole response: `body` without what compressed it for the transport, and the headers as in `Response`."""

    status: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(eq=False)
class NoResponse(Exception):
    """The reason, in words, why there is no useful response, and the state of the link because of that."""

    reason: str
    state: LinkState = "unreachable"
    can_retry: bool = False  # whether another method may get a response
    is_resolved: bool = True  # false if no name server has found the host
    is_requested: bool = True  # false for a host that must get no request
    address: str = ""  # to which redirects led, if that is known


class Client:
    """A client that does not follow redirects, and names what it is used for to servers.

    Raises:
        Failure: a proxy that the environment names cannot be used.
    """

    def __init__(self, limits: Limits, resolver: Resolver, purpose: str) -> None:
        self._timeout_s = limits.timeout_s
        transport = _Transport(resolver, is_private_allowed=limits.private)
        self._client = httpx.AsyncClient(transport=transport, timeout=limits.timeout_s, headers=_make_headers(purpose))

    async def request(self, method: Method, address: str, headers: Mapping[str, str]) -> Response:
        """Return the head of the response; its body is not read, however long it is.

        Raises:
            NoResponse: there is none.
        """
        began = time.monotonic()
        async with self._open(method, address, headers) as response:
            seconds = time.monotonic() - began
            return Response(response.status_code, _single_headers(response), seconds)

    async def read(self, address: str) -> bytes:
        """Return the body of a response with status 200.

        Raises:
            NoResponse: there is none.
        """
        download = await self.download(address, _MAX_BODY_BYTES)
        if download.status != 200:
            raise NoResponse(f"status {download.status}")
        return download.body

    async def download(self, address: str, max_bytes: int) -> Download:
        """Return a response, whose body is read only if its status is 200.

        Raises:
            NoResponse: there is none, or its body is longer than `max_bytes`.
        """
        async with self._open("GET", address, {"Accept-Encoding": "gzip"}) as response:
            headers = _single_headers(response)
            if response.status_code != 200:
                return Download(response.status_code, headers, b"")
            with suppress(ValueError):
                if int(headers.get("content-length", "0")) > max_bytes:
                    raise _make_too_long(max_bytes)
            decoder = _make_decoder(headers.get("content-encoding", ""))
            body = bytearray()
            async for part in response.aiter_raw():
                # httpx would decompress a part without a limit: a thousand bytes of it for each one sent.
                body += decoder.decompress(part, max_bytes + 1 - len(body)) if decoder else part
                if len(body) > max_bytes:
                    raise _make_too_long(max_bytes)
            if decoder and body and not decoder.eof:
                raise NoResponse("the connection broke off", can_retry=True)
            if decoder and decoder.unused_data.startswith(_GZIP):
                raise NoResponse("it is compressed in several parts")
        return Download(200, headers, bytes(body))

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    @asynccontextmanager
    async def _open(self, method: Method, address: str, headers: Mapping[str, str]) -> AsyncIterator[httpx.Response]:
        try:
            # The timeouts of httpx begin again with each byte, so a server that sends one now and then would never end.
            async with asyncio.timeout(self._timeout_s):
                async with self._client.stream(method, address, headers=headers) as response:
                    yield response
        except (httpx.TimeoutException, TimeoutError) as error:
            can_retry = not isinstance(error, httpx.ConnectTimeout)
            raise NoResponse(f"no answer within {self._timeout_s:g} seconds", can_retry=can_retry) from None
        except httpx.ConnectError as error:
            raise NoResponse(_explain(error)) from None
        except zlib.error:
            raise NoResponse("the response is malformed") from None
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            raise NoResponse("no request can be sent to the address") from None
        except (httpx.HTTPError, OSError) as error:
            # Without a response the server only closed the connection; any other protocol error is a malformed one.
            is_closed = not isinstance(error, httpx.RemoteProtocolError) or re.search("without|closed", str(error))
            reason = "the connection broke off" if is_closed else "the response is malformed"
            raise NoResponse(reason, can_retry=True) from None


def _single_headers(response: httpx.Response) -> dict[str, str]:
    values = {name: set(response.headers.get_list(name)) for name in response.headers}
    if len(values.get("location", ())) > 1:
        raise NoResponse("it redirects to several addresses at once", can_retry=True)
    return {name.lower(): found.pop() for name, found in values.items() if len(found) == 1}


def _make_too_long(max_bytes: int) -> NoResponse:
    return NoResponse(f"it is longer than {max_bytes // 1024**2} MB")


def _make_decoder(encoding: str) -> "zlib._Decompress | None":
    match encoding.strip().lower():
        case "" | "identity":
            return None
        case "gzip" | "x-gzip" | "deflate":
            return zlib.decompressobj(zlib.MAX_WBITS | 32)  # finds out which of the two it is
        case _:
            raise NoResponse(f'it is compressed in a way that was not requested: "{encoding[:_MAX_SHOWN]}"')


def describe_status(status: int) -> str:
    """Return a status as in `404 Not Found`."""
    return f"{status} {responses.get(status, '')}".rstrip()


def resolve_location(here: str, location: str) -> str:
    """Return the address to which a redirect leads, without a name and password that its location may hold.

    Raises:
        NoResponse: it is no address of the web.
    """
    # Parsers of addresses ignore these three characters.
    location = without_credentials(location.translate(dict.fromkeys(map(ord, "\t\r\n"))))
    try:
        target = escaped(bare(urljoin(here, location)))
    except ValueError:
        target = ""
    if not target.startswith(("http://", "https://")) or not host_of(target):
        raise NoResponse(f"it redirects to what is no address of the web: {location[:_MAX_SHOWN]}")
    return target


class _Transport(httpx.AsyncBaseTransport):
    """A transport by the route to each host, so that httpx neither looks names up nor chooses proxies."""

    def __init__(self, resolver: Resolver, *, is_private_allowed: bool) -> None:
        self._resolver = resolver
        self._is_private_allowed = is_private_allowed
        # Hosts may share an IP address, and a connection that was made to one of them must not serve another.
        self._direct = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_keepalive_connections=0))
        self._proxied = {proxy: _connect_proxy(proxy) for proxy in list_proxies()}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        route = await self._resolver.resolve(str(request.url))
        if route.status == "private" and not self._is_private_allowed:
            raise NoResponse(PRIVATE)
        if route.proxy:
            return await self._proxied[route.proxy].handle_async_request(request)
        if not route.ip_addresses:
            raise httpx.ConnectError("the host is not known")
        for address in route.ip_addresses[:-1]:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return await self._direct.handle_async_request(_redirect_to(request, address, _CONNECT_S))
        return await self._direct.handle_async_request(_redirect_to(request, route.ip_addresses[-1]))

    async def aclose(self) -> None:
        for transport in (self._direct, *self._proxied.values()):
            await transport.aclose()


def _make_headers(purpose: str) -> dict[str, str]:
    agent = f"briefgen/{__version__} ({purpose}; Python {platform.python_version()})"
    return {"User-Agent": agent, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "*"}


def _redirect_to(request: httpx.Request, address: str, connect_s: float | None = None) -> httpx.Request:
    """Return the request with an IP address in place of its host, which TLS and the server still get."""
    timeout = request.extensions.get("timeout", {}) | ({} if connect_s is None else {"connect": connect_s})
    name = request.url.raw_host.decode().rstrip(".")
    return httpx.Request(
        request.method,
        request.url.copy_with(host=address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": name, "timeout": timeout},
    )


def _connect_proxy(proxy: str) -> httpx.AsyncHTTPTransport:
    try:
        return httpx.AsyncHTTPTransport(proxy=httpx.Proxy(proxy))
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        scheme = proxy.partition("://")[0]  # the rest may hold a password
        raise Failure(
            f'a proxy in the environment, an address that begins with "{scheme}://", cannot be used',
            "Set HTTPS_PROXY, HTTP_PROXY and ALL_PROXY to addresses such as http://proxy.example:3128.",
        ) from error


def _explain(error: BaseException) -> str:
    """Return in words why no connection could be made."""
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
