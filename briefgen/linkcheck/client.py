"""HTTP requests, over connections to IP addresses that were checked or to a proxy.

Importing it takes a while, because it loads httpx.
"""

import asyncio
import platform
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Literal, NamedTuple

import httpx

from briefgen import __version__
from briefgen.linkcheck.hosts import Resolver, Route, list_proxies
from briefgen.linkcheck.limits import Limits
from briefgen.model.failure import Failure

_AGENT = f"briefgen/{__version__} (link check; Python {platform.python_version()})"
_HEADERS = {"User-Agent": _AGENT, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "*"}
_MAX_BODY_BYTES = 1024 * 1024
_CONNECT_S = 2.0  # for a connection to an IP address if the host has others
PRIVATE = "its host is in a private network, which readers cannot reach"

Method = Literal["HEAD", "GET"]


class Response(NamedTuple):
    """The head of a response, and the seconds until it came.

    Names of headers are in small letters. A header that occurs with several values is left out, as it has no meaning.
    """

    status: int
    headers: Mapping[str, str]
    seconds: float = 0.0


class NoResponse(Exception):
    """The reason, in words, why there is no response. If `can_retry`, another method may get one."""

    def __init__(self, reason: str, *, can_retry: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.can_retry = can_retry


class Client:
    """A client that does not follow redirects.

    Raises:
        Failure: a proxy that the environment names cannot be used.
    """

    def __init__(self, limits: Limits, resolver: Resolver) -> None:
        self._timeout_s = limits.timeout_s
        self._client = httpx.AsyncClient(
            transport=_Transport(resolver, limits), timeout=httpx.Timeout(limits.timeout_s), headers=_HEADERS
        )

    async def request(self, method: Method, address: str, headers: Mapping[str, str]) -> Response:
        """Return the head of the response; its body is not read, however long it is.

        Raises:
            NoResponse: there is none.
        """
        began = time.monotonic()
        async with self._open(method, address, headers) as response:
            seconds = time.monotonic() - began
            values = {name: set(response.headers.get_list(name)) for name in response.headers}
            if len(values.get("location", ())) > 1:
                raise NoResponse("it redirects to several addresses at once", can_retry=True)
            single = {name.lower(): found.pop() for name, found in values.items() if len(found) == 1}
            return Response(response.status_code, single, seconds)

    async def read(self, address: str) -> bytes:
        """Return the body of a response with status 200.

        Raises:
            NoResponse: there is none.
        """
        data = b""
        async with self._open("GET", address, {}) as response:
            if response.status_code != 200:
                raise NoResponse(f"status {response.status_code}")
            async for part in response.aiter_bytes():
                data += part
                if len(data) > _MAX_BODY_BYTES:
                    raise NoResponse("the response is too long")
        return data

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
        except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError):
            raise NoResponse("no request can be sent to the address") from None
        except httpx.RemoteProtocolError as error:
            # Without a response the server only closed the connection; any other error means a malformed response.
            is_closed = "without" in str(error) or "closed" in str(error)
            reason = "the connection broke off" if is_closed else "the response is malformed"
            raise NoResponse(reason, can_retry=True) from None
        except (httpx.HTTPError, OSError):
            raise NoResponse("the connection broke off", can_retry=True) from None


class _Transport(httpx.AsyncBaseTransport):
    """A transport by the route to each host, so that httpx neither looks names up nor chooses proxies."""

    def __init__(self, resolver: Resolver, limits: Limits) -> None:
        self._resolver = resolver
        self._limits = limits
        context = httpx.create_ssl_context()
        # Hosts may share an IP address, and a connection that was made to one of them must not serve another.
        self._direct = httpx.AsyncHTTPTransport(verify=context, limits=httpx.Limits(max_keepalive_connections=0))
        self._proxied = {proxy: _connect_proxy(proxy) for proxy in list_proxies()}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        route = await self._resolver.find_route(url.scheme, url.raw_host.decode(), url.port)
        if route.status == "private" and not self._limits.private:
            raise NoResponse(PRIVATE)
        if route.proxy:
            return await self._proxied[route.proxy].handle_async_request(request)
        return await self._send(request, route)

    async def aclose(self) -> None:
        for transport in (self._direct, *self._proxied.values()):
            await transport.aclose()

    async def _send(self, request: httpx.Request, route: Route) -> httpx.Response:
        if not route.ip_addresses:
            raise httpx.ConnectError("the host is not known")
        for ip_address in route.ip_addresses[:-1]:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return await self._direct.handle_async_request(_redirect_to(request, ip_address, _CONNECT_S))
        return await self._direct.handle_async_request(_redirect_to(request, route.ip_addresses[-1]))


def _redirect_to(request: httpx.Request, ip_address: str, connect_s: float | None = None) -> httpx.Request:
    """Return the request with an IP address in place of its host, which TLS and the server still get."""
    name = request.url.raw_host.decode()
    timeout = dict(request.extensions.get("timeout", {}))
    if connect_s is not None:
        timeout["connect"] = connect_s
    return httpx.Request(
        request.method,
        request.url.copy_with(host=ip_address),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": name.rstrip("."), "timeout": timeout},
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
