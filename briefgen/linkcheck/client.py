"""HTTP requests, over connections to IP addresses that were checked or to a proxy.

Importing it takes a while, because it loads httpx.
"""

import asyncio
import platform
import re
import socket
import ssl
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from itertools import zip_longest
from typing import Literal, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import httpx

from briefgen import __version__
from briefgen.linkcheck.limits import Limits
from briefgen.model.failure import Failure
from briefgen.model.links import LinkState

PRIVATE = "its host is in a private network, which readers cannot reach"
_AGENT = f"briefgen/{__version__} (link check; Python {platform.python_version()})"
_HEADERS = {"User-Agent": _AGENT, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Accept-Language": "*"}
_MAX_BODY_BYTES = 1024 * 1024
_CONNECT_S = 2.0  # for a connection to an IP address if the host has others

_GLOBAL_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_FULL_NAME = re.compile(r"(?:[\w-]+\.)+[^\W\d][\w-]*")  # no top-level domain begins with a digit
# RFC 6761 §6.3, RFC 6762 §3, RFC 8375, and the one that ICANN reserved in 2024.
_LOCAL_DOMAINS = (".localhost", ".local", ".home.arpa", ".internal")

Method = Literal["HEAD", "GET"]


class Response(NamedTuple):
    """The head of a response, and the seconds until it came.

    Names of headers are in small letters. A header that occurs with several values is left out, as it has no meaning.
    """

    status: int
    headers: Mapping[str, str]
    seconds: float = 0.0


@dataclass(eq=False)
class NoResponse(Exception):
    """The reason, in words, why there is no useful response, and the state of the link because of that."""

    reason: str
    state: LinkState = "unreachable"
    can_retry: bool = False  # whether another method may get a response
    is_resolved: bool = True  # false if no name server has found the host
    is_requested: bool = True  # false for a host that must get no request


class Route(NamedTuple):
    """The route to a host: through `proxy`, or directly to one of its IP addresses."""

    status: Literal["public", "private", "missing", "no-answer"]
    proxy: str = ""
    ip_addresses: tuple[str, ...] = ()


class Resolver:
    """A cache of routes. Each name is looked up once, so a connection goes to the IP addresses that were checked."""

    def __init__(self) -> None:
        self._routes: dict[str, Route] = {}

    async def resolve(self, address: str) -> Route:
        """Return the route to the host of an address.

        It is `missing` if its name does not exist, `no-answer` if no name server answered. A proxy looks names up
        itself, perhaps in another network. Only hosts that are never public are private then.
        """
        parts = urlsplit(address)
        host = parts.hostname or ""
        if proxy := _find_proxy(parts.scheme, host, parts.port):
            return Route("public" if _can_be_public(host) else "private", proxy)
        if host not in self._routes:
            self._routes[host] = await _look_up(host)
        return self._routes[host]


class Client:
    """A client that does not follow redirects.

    Raises:
        Failure: a proxy that the environment names cannot be used.
    """

    def __init__(self, limits: Limits, resolver: Resolver) -> None:
        self._timeout_s = limits.timeout_s
        transport = _Transport(resolver, is_private_allowed=limits.private)
        self._client = httpx.AsyncClient(transport=transport, timeout=limits.timeout_s, headers=_HEADERS)

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
        except (httpx.HTTPError, OSError) as error:
            # Without a response the server only closed the connection; any other protocol error is a malformed one.
            is_closed = not isinstance(error, httpx.RemoteProtocolError) or re.search("without|closed", str(error))
            reason = "the connection broke off" if is_closed else "the response is malformed"
            raise NoResponse(reason, can_retry=True) from None


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


def host_of(address: str) -> str:
    """Return the name or IP address of a host; empty if there is none, or none that can get a request."""
    try:
        parts = urlsplit(address)
        # urlsplit raises a ValueError for a port above 65535, and a connection to such a port an OverflowError.
        return (parts.hostname or "") if parts.port != 0 else ""
    except ValueError:
        return ""


def is_public(text: str) -> bool:
    """Return whether an IP address is in the public internet, and the one that is embedded in it, if any, as well."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        embedded = IPv4Address(int(address) & 0xFFFF_FFFF) if address in _NAT64 else address.ipv4_mapped
        embedded = embedded or address.sixtofour
        if embedded is None and address not in _GLOBAL_UNICAST:
            return False
        address = embedded or address
    # `is_global` is true for multicast addresses.
    return address.is_global and not address.is_multicast


def list_proxies() -> set[str]:
    """Return the addresses of all proxies that the environment names."""
    found = getproxies()
    if found.get("no") == "*":
        return set()
    return {_add_scheme(proxy) for scheme in ("http", "https", "all") if (proxy := found.get(scheme))}


def _find_proxy(scheme: str, host: str, port: int | None) -> str:
    found = getproxies()
    proxy = found.get(scheme) or found.get("all")
    name = host.rstrip(".")
    if not proxy or proxy_bypass(name if ":" in name or not port else f"{name}:{port}"):
        return ""
    return _add_scheme(proxy)


def _add_scheme(proxy: str) -> str:
    return proxy if "://" in proxy else f"http://{proxy}"


def _can_be_public(host: str) -> bool:
    name = host.rstrip(".").lower()
    try:
        return is_public(name)
    except ValueError:
        # An IP address in another form, such as 0x7f.1, is no full name: proxies interpret it in different ways.
        return _FULL_NAME.fullmatch(name) is not None and not name.endswith(_LOCAL_DOMAINS)


async def _look_up(host: str) -> Route:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        is_missing = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", -5))
        return Route("missing" if is_missing else "no-answer")
    except (OSError, UnicodeError):  # the latter for a label that cannot be part of a name
        return Route("missing")
    addresses = list(dict.fromkeys(str(each[4][0]) for each in found))
    # IPv6 and IPv4 in turn, as one of the two may not work from here (RFC 8305 §4).
    preferred = [each for each in addresses if (":" in each) == (":" in addresses[0])]
    others = [each for each in addresses if each not in preferred]
    in_turn = tuple(each for pair in zip_longest(preferred, others) for each in pair if each)
    return Route("public" if all(map(is_public, addresses)) else "private", ip_addresses=in_turn)


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
