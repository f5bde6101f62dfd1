"""Digests of bytes: equal digests mean equal bytes."""

from collections.abc import Iterable
from hashlib import blake2b


def digest(data: bytes) -> str:
    """Return BLAKE2b of 128 bits as 32 hexadecimal digits: short, and collisions are not to be expected."""
    return blake2b(data, digest_size=16).hexdigest()


def digest_parts(parts: Iterable[bytes]) -> str:
    """Return the digest of all parts together."""
    state = blake2b(digest_size=16)
    for part in parts:
        state.update(part)
    return state.hexdigest()
