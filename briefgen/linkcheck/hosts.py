"""Names of hosts → whether they exist, and whether readers everywhere could reach them."""

import asyncio
import socket
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit
from urllib.request import getproxies

Found = Literal["public", "private", "missing", "no-answer"]


def host_of(address: str) -> str:
    """The name or number between `//` and the path; empty where there is none, or none that can be asked."""
    try:
        parts = urlsplit(address)
        # A port above 65535 is a ValueError here, and an error of the machine's for whoever connects.
        return (parts.hostname or "") if parts.port != 0 else ""
    except ValueError:
        return ""


class Hosts:
    """Looks each name up once. Behind a proxy nobody can tell from here, so every host counts as public."""

    def __init__(self) -> None:
        self._known: dict[str, Found] = {}
        self._behind_proxy = bool({"http", "https", "all"} & getproxies().keys())

    async def find(self, host: str) -> Found:
        """`missing` where the name is not known, `no-answer` where that could not be found out."""
        if self._behind_proxy:
            return "public"
        if host not in self._known:
            self._known[host] = await _looked_up(host)
        return self._known[host]


async def _looked_up(host: str) -> Found:
    try:
        found = await asyncio.get_running_loop().getaddrinfo(host, None, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        return "missing" if error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", -5)) else "no-answer"
    except (OSError, UnicodeError):  # the latter for a label that is no name
        return "missing"
    addresses = (ip_address(str(each[4][0]).partition("%")[0]) for each in found)
    return "public" if all(address.is_global for address in addresses) else "private"
