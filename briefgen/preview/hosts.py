"""Which names a browser may have used to get here.

A page elsewhere on the web can let its own name point to 127.0.0.1 and so read what a server there says (DNS
rebinding); the name in its requests gives it away.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address
from socket import gethostname


def is_allowed(header: str, host: str) -> bool:
    """Whether the `Host` header names us, where `host` is what we were told to listen on."""
    name = _name(header)
    if not name:
        return False
    address = _address(name)
    if name == _name(host) or name == "localhost" or name.endswith(".localhost"):
        return True
    if address is not None and address.is_loopback:
        return True
    if is_loopback(host):
        return False
    # On all addresses, or on one that others reach: whoever writes a number means no name that could be turned.
    own = gethostname().lower()
    return address is not None or name in (own, f"{own}.local")


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches a server that listens on `host`."""
    address = _address(_name(host))
    return address.is_loopback if address is not None else _name(host) in ("", "localhost")


def _name(header: str) -> str:
    """The name without a port, brackets and a final dot."""
    header = header.strip().lower()
    if header.startswith("["):
        name, _, rest = header[1:].partition("]")
        return name if not rest or rest.startswith(":") else ""
    if header.count(":") == 1:
        header = header.partition(":")[0]
    return header.removesuffix(".")


def _address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None
