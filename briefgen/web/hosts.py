"""Hosts of addresses: the route to each, and whether it is in the public internet."""

import asyncio
import re
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from itertools import zip_longest
from typing import Literal, NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

_GLOBAL_UNICAST = ip_network("2000::/3")
_NAT64 = ip_network("64:ff9b::/96")
_FULL_NAME = re.compile(r"(?:[\w-]+\.)+[^\W\d][\w-]*")  # no top-level domain begins with a digit
# RFC 6761 §6.3, RFC 6762 §3, RFC 8375, and the one that ICANN reserved in 2024.
_LOCAL_DOMAINS = (".localhost", ".local", ".home.arpa", ".internal")


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
