"""Names of hosts: whether a text can be one, in the letters of the DNS, and whether it can be a public one."""

import re
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

# RFC 1123 §2.1: letters, digits and hyphens, neither beginning nor ending with a hyphen; RFC 1035 §2.3.4: 63 at most.
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_FULL_NAME = re.compile(r"(?:[\w-]+\.)+[^\W\d][\w-]*")  # no top-level domain begins with a digit
# RFC 6761 §6.3, RFC 6762 §3, RFC 8375, and the one that ICANN reserved in 2024.
_LOCAL_DOMAINS = (".localhost", ".local", ".home.arpa", ".internal")
_ORDINARY = re.compile(r"https?://((?:[a-z0-9-]+\.)+[a-z]{2,})(?=[/?#]|\Z)")  # most addresses, seen fast
_GLOBAL_UNICAST, _NAT64 = "2000::/3", "64:ff9b::/96"
_NUMBER = re.compile(r"[0-9]+|0[xX][0-9A-Fa-f]*")


def ascii_host(name: str) -> str:
    """Return a host's name in ASCII, as RFC 5891 writes it; empty where the DNS can have no such name."""
    try:
        if not name.isascii():
            import idna

            name = idna.encode(name, uts46=True).decode()
        labels = name.removesuffix(".").split(".")
        if len(name) > 253 or not all(map(_LABEL.fullmatch, labels)):
            return ""
        if any(label[:4].lower() == "xn--" for label in labels):
            import idna

            idna.decode(name)
        if _NUMBER.fullmatch(labels[-1]):
            IPv4Address(name)  # browsers take a name that ends in a number for an address
    except ValueError:  # of which idna's error is one
        return ""
    return name


def is_public(text: str) -> bool:
    """Return whether an IP address is in the public internet, and the one that is embedded in it, if any, as well."""
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address):
        embedded = IPv4Address(int(address) & 0xFFFF_FFFF) if address in ip_network(_NAT64) else address.ipv4_mapped
        embedded = embedded or address.sixtofour
        if embedded is None and address not in ip_network(_GLOBAL_UNICAST):
            return False
        address = embedded or address
    # `is_global` is true for multicast addresses.
    return address.is_global and not address.is_multicast


def can_be_public(host: str) -> bool:
    """Return whether a host, by its name or IP address alone, can be one of the public internet."""
    name = host.rstrip(".").lower()
    try:
        return is_public(name)
    except ValueError:
        # An IP address in another form, such as 0x7f.1, is no full name: programs interpret it in different ways.
        return _FULL_NAME.fullmatch(name) is not None and not name.endswith(_LOCAL_DOMAINS)


def has_public_host(address: str) -> bool:
    """Return whether the host of an http address can be in the public internet; true if it cannot be taken apart."""
    if ordinary := _ORDINARY.match(address):
        return not ordinary[1].endswith(_LOCAL_DOMAINS)
    try:
        host = urlsplit(address).hostname
    except ValueError:
        return True
    return not host or can_be_public(host)
