"""The host names to which the preview responds.

A page elsewhere on the web can let its own name point to 127.0.0.1 and so read what a server there sends (DNS
rebinding). Its requests still have that name in their `Host` header.
"""

from ipaddress import IPv4Address, IPv6Address, ip_address
from socket import gethostname


def is_allowed(header: str, host: str) -> bool:
    """Return whether the `Host` header has a name of this server, which was started with `host`."""
    name, own_name = _parse_name(header), _parse_name(host)
    if not name:
        return False
    if name == own_name or _is_local(name):
        return True
    if not own_name or _is_local(own_name):
        return False
    # The server is open to the network. An IP address in the header is no name that could be rebound.
    machine = gethostname().lower()
    return _parse_address(name) is not None or name in (machine, f"{machine}.local")


def _is_local(name: str) -> bool:
    address = _parse_address(name)
    return address.is_loopback if address else name == "localhost" or name.endswith(".localhost")


def _parse_name(header: str) -> str:
    """Return the name without a port, brackets and a final dot."""
    header = header.strip().lower()
    if header.startswith("["):
        name, _, rest = header[1:].partition("]")
        return name if not rest or rest.startswith(":") else ""
    if header.count(":") == 1:
        header = header.partition(":")[0]
    return header.removesuffix(".")


def _parse_address(name: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(name)
    except ValueError:
        return None
