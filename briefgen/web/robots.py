"""What robots.txt allows to programs that call themselves briefgen (RFC 9309)."""

AGENT = "briefgen"
MAX_BYTES = 512 * 1024  # RFC 9309 §2.5 demands 500 KiB


def is_allowed(robots: bytes, address: str) -> bool:
    """Return whether this robots.txt lets briefgen request the address."""
    from protego import Protego

    return bool(Protego.parse(robots[:MAX_BYTES].decode("utf-8", errors="replace")).can_fetch(address, AGENT))
