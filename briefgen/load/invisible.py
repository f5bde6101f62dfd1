"""Characters that have no business in a text: control characters, and those that turn round what follows."""

import re
from collections.abc import Iterator

from briefgen.load.yaml import Value

Keys = tuple[str | int, ...]

# Tabs and line feeds are white space. Carriage returns are line ends by the time that anybody looks. Isolates and marks
# (U+2066, U+200F …) are how right-to-left words are rightly set among others; overrides only ever disguise.
_CLASS = "\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ufffe\uffff"
_FOUND = re.compile(f"[{_CLASS}]")
_CONTROLS = bytes({*range(32), 0x7F} - {0x09, 0x0A, 0x0D})
# The others in UTF-8. Each begins with bytes that are rare in most texts, so this is quick.
_WIDE = re.compile(rb"\xc2[\x80-\x9f]|\xe2\x80[\xad\xae]|\xef\xbf[\xbe\xbf]")
_OVERRIDES = "\u202d\u202e"
MOST = 20


def may_hold(data: bytes) -> bool:
    """Whether these bytes, which are UTF-8, hold such a character; quick for the many that do not."""
    return len(data.translate(None, _CONTROLS)) != len(data) or (not data.isascii() and bool(_WIDE.search(data)))


def found(text: str) -> Iterator[tuple[int, str, str]]:
    """The place in the text, a message and a hint for each such character, up to `MOST`."""
    for number, match in enumerate(_FOUND.finditer(text)):
        if number == MOST:
            return
        yield match.start(), *complaint(match[0])


def complaint(character: str) -> tuple[str, str]:
    """Message and hint."""
    name = f"U+{ord(character):04X}"
    if character in _OVERRIDES:
        return (
            f"{name} turns the text round that follows",
            "remove it: readers would see another text than stands there",
        )
    return f"{name} is a control character", "remove it: nobody sees it, and feeds and pages cannot hold it"


def without(text: str) -> str:
    """The text, as long as before, with a replacement character for each."""
    return _FOUND.sub("\ufffd", text)


def escaped(raw: Value, keys: Keys = ()) -> Iterator[tuple[Keys, str, str]]:
    """The keys, a message and a hint for each value that holds such a character: YAML may write them as escapes."""
    if isinstance(raw, str):
        match = _FOUND.search(raw)
        if match:
            yield keys, *complaint(match[0])
        return
    for key, value in raw.items() if isinstance(raw, dict) else enumerate(raw):
        yield from escaped(value, (*keys, key))
