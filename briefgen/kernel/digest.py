"""Digests of bytes: equal digests mean equal bytes."""

from hashlib import blake2b

DIGEST_BYTES = 16


def digest(data: bytes) -> str:
    """Return BLAKE2b of 128 bits as 32 hexadecimal digits: short, and collisions are not to be expected."""
    return blake2b(data, digest_size=DIGEST_BYTES).hexdigest()
