"""How long a host asks to be left alone (RFC 9110 §10.2.3)."""

from datetime import UTC
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from briefgen.linkcheck.client import Reply

LONGEST_S = 365 * 24 * 3600.0


def wait_of(reply: Reply, now: float) -> float | None:
    """Return the seconds of `Retry-After`, a year at most, or None if it holds neither seconds nor a date.

    `now` is in seconds since 1970.
    """
    text = reply.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return min(float(text), LONGEST_S)
    try:
        when = parsedate_to_datetime(text)
        # "-0000" gives a time without a zone.
        seconds = (when if when.tzinfo else when.replace(tzinfo=UTC)).timestamp() - now
    except (ValueError, OverflowError):
        return None
    return min(max(0.0, seconds), LONGEST_S)


def busy(reply: Reply) -> bool:
    """Whether a host asks to be left alone for a while: 429, or 503 with a time (RFC 6585 §4, RFC 9110 §15.6.4)."""
    if reply.status == HTTPStatus.SERVICE_UNAVAILABLE:
        return "retry-after" in reply.headers
    return reply.status == HTTPStatus.TOO_MANY_REQUESTS


def in_minutes(seconds: float) -> str:
    """Return a wait in words: `2 minutes`, `3 hours`."""
    if seconds >= LONGEST_S:
        return "a year or longer"
    for size, word in ((86400, "day"), (3600, "hour"), (60, "minute")):
        if seconds >= size:
            number = round(seconds / size)
            return f"{number} {word}" if number == 1 else f"{number} {word}s"
    return f"{seconds:.0f} seconds"
