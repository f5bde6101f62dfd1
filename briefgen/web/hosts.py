"""Hosts of addresses: the route to each, and whether it is in the public internet."""

import asyncio
import socket
from itertools import zip_longest
from typing import Literal, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from briefgen.kernel.host_names import can_be_public, is_public


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
            return Route("public" if can_be_public(host) else "private", proxy)
        if host not in self._routes:
            self._routes[host] = await _look_up(host)
        return self._routes[host]


def host_of(address: str) -> str:
    """Return the name or IP address of a host; empty if there is none, or none that can get a request."""
    try:
        parts = urlsplit(address)
        # urlsplit raises a ValueError for a port above 65535, and a connection to such a port an OverflowError.
        return (parts.hostname or "") if parts.port != 0 else ""
    except ValueError:
        return ""


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
