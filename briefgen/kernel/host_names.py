"""Names of hosts in the letters of the DNS, and whether a text can be one."""

import re
from ipaddress import IPv4Address

# RFC 1123 §2.1: letters, digits and hyphens, neither beginning nor ending with a hyphen; RFC 1035 §2.3.4: 63 at most.
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
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
