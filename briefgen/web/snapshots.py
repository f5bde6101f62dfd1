"""Addresses of archived copies in the Wayback Machine."""

import re
from typing import NamedTuple

_SNAPSHOT = re.compile(r"(https?://web\.archive\.org/web/\d{4,14})[a-z_]*/(https?:/.+)")


class Snapshot(NamedTuple):
    """An archived copy as readers see it, the address that it is of, and the address of its bytes as they were."""

    address: str
    original: str
    unchanged: str


def parse_snapshot(address: str) -> Snapshot | None:
    """Return what the address of an archived copy consists of; None if it is none."""
    found = _SNAPSHOT.fullmatch(address)
    if found is None:
        return None
    begin, original = found[1], re.sub("^(https?:)/+", r"\1//", found[2])
    return Snapshot(f"{begin}/{original}", original, f"{begin}id_/{original}")
