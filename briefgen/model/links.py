"""Outgoing addresses, and what is known of how they answer."""

import re
from contextlib import suppress
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

_ESCAPED = re.compile(r"[A-Za-z0-9_.!#$%&'()*+,/:;=?@\[\]~-]*")


def escaped(address: str) -> str:
    """Return the address with characters escaped that it must not have (RFC 3986 §2); existing escapes stay."""
    return address if _ESCAPED.fullmatch(address) else quote(address, safe="!#$%&'()*+,/:;=?@[]~")


def without_credentials(address: str) -> str:
    """Return the address without user name and password (RFC 3986 §3.2.1), also if it cannot be taken apart."""
    return re.sub(r"(?<=[/\\]{2})[^/?#]*@", "", address)


def without_passwords(text: str) -> str:
    """Return a text whose addresses have neither user name nor password."""
    return re.sub(r"(?<=://)[^/?#\s]*@", "", text)


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


# Parameters that only tell a site where its visitors come from; names are compared in lower case.
_TRACKING = re.compile(
    r"utm_.*|pk_.*|mtm_.*|hsa_.*|at_(campaign|medium|ptr_name|link_.*|format|bbc_team)|wt[._]mc(_id)?|xtor|cmpid"
    r"|fbclid|[dg]clid|[gw]braid|msclkid|y(s)?clid|twclid|ttclid|igsh(id)?|mc_[ce]id|mkt_tok|li_fat_id|_ga|_gl|_hs(enc|mi)"
    r"|ref_(src|url)|guccounter|guce_referrer(_sig)?|ocid|smid|smtyp|s_cid|__twitter_impression"
)
_UNRESERVED = re.compile(r"%(2D|2E|3\d|4[1-9A-F]|5[0-9AF]|6[1-9A-F]|7[0-9AE])", re.IGNORECASE)  # RFC 3986 §2.3
_SIMPLE = re.compile(r"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)(/[A-Za-z0-9/._-]*)")


def document_key(address: str) -> str:
    """Return what all spellings of a document's address have in common; no address of its own.

    They may differ in scheme, `www.` or the host for mobile devices, a last slash, escapes, the order of parameters and
    parameters that only track visitors. A fragment may be a document of its own, such as an entry of a live blog;
    one for a browser's search is not.
    """
    if simple := _SIMPLE.fullmatch(address):
        return f"{_main_host(simple[1])}{simple[2].rstrip('/')}"
    page, _, fragment = address.partition("#")
    host, slash, rest = page.partition("://")[2].partition("/")
    if "?" in host:
        host, slash, rest = host.partition("?")[0], "/", page[page.index("?") :]
    path, _, query = escaped(rest).partition("?")
    path = _UNRESERVED.sub(_decode, path).rstrip("/") if "%" in path else path.rstrip("/")
    kept = sorted(part for part in query.split("&") if part and not _is_tracking(part))
    place = fragment.partition(":~:")[0]
    if _is_tracking(place):
        place = ""
    before_query = f"{_main_host(_plain_host(host))}{slash if path or kept else ''}{path}"
    return before_query + ("?" + "&".join(kept) if kept else "") + (f"#{place}" if place else "")


def _plain_host(host: str) -> str:
    host = host.rpartition("@")[2].lower().removesuffix(":443").removesuffix(":80").removesuffix(".")
    if not host.isascii():
        with suppress(UnicodeError):
            return host.encode("idna").decode()
    return host


def _main_host(host: str) -> str:
    """Return a host without a first label for the web or for mobile devices, if it is still a host then."""
    first, _, rest = host.partition(".")
    return rest if first in ("www", "m", "mobile", "amp") and "." in rest else host


def _is_tracking(parameter: str) -> bool:
    return _TRACKING.fullmatch(parameter.partition("=")[0].lower()) is not None


def _decode(escape: re.Match[str]) -> str:
    return chr(int(escape[1], 16))
