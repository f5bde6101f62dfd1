"""The Wayback Machine's nearest copy of an address (https://archive.org/help/wayback_api.php)."""

from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from briefgen.linkcheck.asking import Asker
from briefgen.linkcheck.client import NoReply
from briefgen.linkcheck.hosts import host_of
from briefgen.model.links import escaped, without_credentials


class _Closest(Struct):
    url: str
    available: bool = False


class _Snapshots(Struct):
    closest: _Closest | None = None


class _Available(Struct):
    archived_snapshots: _Snapshots


async def archived(asker: Asker, api: str, address: str, day: str) -> str | None:
    """The copy nearest to `day` (`20251203`, or the beginning of one; empty for the newest).

    Empty where there is none; None where the service did not say.
    """
    query = {"url": address} | ({"timestamp": day} if day else {})
    try:
        found = msgspec.json.decode(await asker.read(f"{api}?{urlencode(query)}"), type=_Available)
    except (NoReply, msgspec.DecodeError, UnicodeDecodeError):
        return None
    closest = found.archived_snapshots.closest
    if (
        closest is None
        or not closest.available
        or not closest.url.startswith(("http://", "https://"))
        or not host_of(closest.url)
    ):
        return ""
    # The service still writes the old form of its own addresses.
    return escaped(without_credentials(closest.url)).replace("http://web.archive.org/", "https://web.archive.org/", 1)
