"""Connections that go where `Hosts` says: to a proxy, or to an IP address that was checked. It loads httpx."""

from contextlib import suppress

import httpx

from briefgen.linkcheck.client import PRIVATE, NoReply
from briefgen.linkcheck.hosts import Hosts, Route, proxies
from briefgen.linkcheck.limits import Limits
from briefgen.model.problem import Failure

_FIRST_TRIES_S = 2.0  # for a connection to an IP address, where the host has others


class Transport(httpx.AsyncBaseTransport):
    """Send each request by the route to its host; httpx itself must not look names up nor choose proxies.

    Raises:
        Failure: a proxy cannot be used.
    """

    def __init__(self, hosts: Hosts, limits: Limits) -> None:
        self._hosts = hosts
        self._limits = limits
        context = httpx.create_ssl_context()
        # Hosts may share an IP address, and a connection that was made to one of them must not serve another.
        self._direct = httpx.AsyncHTTPTransport(verify=context, limits=httpx.Limits(max_keepalive_connections=0))
        self._proxied = {proxy: _through(proxy) for proxy in proxies()}

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        route = await self._hosts.route(url.scheme, url.raw_host.decode(), url.port)
        if route.found == "private" and not self._limits.private:
            raise NoReply(PRIVATE)
        if route.proxy:
            return await self._proxied[route.proxy].handle_async_request(request)
        return await self._send(request, route)

    async def aclose(self) -> None:
        for transport in (self._direct, *self._proxied.values()):
            await transport.aclose()

    async def _send(self, request: httpx.Request, route: Route) -> httpx.Response:
        if not route.numbers:
            raise httpx.ConnectError("the host is not known")
        for number in route.numbers[:-1]:
            with suppress(httpx.ConnectError, httpx.ConnectTimeout):
                return await self._direct.handle_async_request(_to(request, number, _FIRST_TRIES_S))
        return await self._direct.handle_async_request(_to(request, route.numbers[-1]))


def _to(request: httpx.Request, number: str, connect_s: float | None = None) -> httpx.Request:
    """Return the request with an IP address in place of its host, which TLS and the server are still given."""
    name = request.url.raw_host.decode()
    timeout = dict(request.extensions.get("timeout", {}))
    if connect_s is not None:
        timeout["connect"] = connect_s
    return httpx.Request(
        request.method,
        request.url.copy_with(host=number),
        headers=request.headers,
        stream=request.stream,
        extensions={**request.extensions, "sni_hostname": name.rstrip("."), "timeout": timeout},
    )


def _through(proxy: str) -> httpx.AsyncHTTPTransport:
    try:
        return httpx.AsyncHTTPTransport(proxy=httpx.Proxy(proxy))
    except (ImportError, ValueError, httpx.InvalidURL) as error:
        scheme = proxy.partition("://")[0]  # the rest may hold a password
        raise Failure(
            f'a proxy in the environment, an address that begins with "{scheme}://", cannot be used',
            "Set HTTPS_PROXY, HTTP_PROXY and ALL_PROXY to addresses such as http://proxy.example:3128.",
        ) from error
