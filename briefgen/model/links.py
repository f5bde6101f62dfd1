"""Outgoing addresses, and what is known of how they answer."""

import re
from typing import Literal
from urllib.parse import quote, urlsplit

LinkState = Literal["ok", "moved", "dead", "blocked", "unreachable", "slow"]

LINK_STATES: dict[LinkState, str] = {
    "ok": "answers",
    "moved": "answers at another address, for good",
    "dead": "is gone, or its host is",
    "blocked": "answers people perhaps, but no programs",
    "unreachable": "did not answer, or failed",
    "slow": "answers, but only after a long time",
}
ANSWERING: frozenset[LinkState] = frozenset(("ok", "moved", "slow"))


def escaped(address: str) -> str:
    """Return the address with characters escaped that it must not have (RFC 3986 §2); existing escapes stay."""
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~")


def without_credentials(address: str) -> str:
    """Return the address without user name and password (RFC 3986 §3.2.1), also if it cannot be taken apart."""
    return re.sub(r"(?<=[/\\]{2})[^/?#]*@", "", address)


def bare(address: str) -> str:
    """Return the address as it is requested: without fragment, scheme and host in lower case.

    Source: RFC 3986 §6.2.2.1, §3.5. An address that cannot be taken apart is returned as it is.
    """
    address = address.partition("#")[0]
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if not parts.netloc:
        return address
    user, at, host = parts.netloc.rpartition("@")
    return parts._replace(netloc=f"{user}{at}{host.lower()}", path=parts.path or "/").geturl()
