"""Text fragments: the part of a link that opens a page at quoted words (WICG, URL Fragment Text Directives)."""

from collections.abc import Iterable
from urllib.parse import quote as percent_encode

LONGEST = 300
"""Longer texts are written as their first and last words."""
_EDGE = 5


def fragment_of_words(quote: str) -> str:
    """Return the text directive for words that are exact, within one paragraph and unique on their page."""
    return "text=" + _directive(" ".join(quote.split()))


def text_fragment(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text directives for places in a text, in its own characters, with context only where it is needed."""
    return "&".join("text=" + _directive(" ".join(text[start:end].split())) for start, end in spans)


def _directive(words: str) -> str:
    if len(words) <= LONGEST:
        return _encode(words)
    parts = words.split(" ")
    return f"{_encode(' '.join(parts[:_EDGE]))},{_encode(' '.join(parts[-_EDGE:]))}"


def _encode(words: str) -> str:
    # The hyphen is a separator in a directive, and `quote` leaves it as it is.
    return percent_encode(words, safe="").replace("-", "%2D")
