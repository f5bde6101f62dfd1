"""The character encoding of documents, whose own statements about it are often wrong."""

import codecs
import re
from contextlib import suppress
from typing import NamedTuple

# As browsers interpret these names (WHATWG Encoding Standard §4.2): as the larger set that the documents really use.
_LARGER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
# Python has others, which are no encodings of documents, such as `unicode_escape` and `utf-7`.
_OF_DOCUMENTS = re.compile(
    r"utf-8|utf-16(-[lb]e)?|cp(1250|1251|1252|1253|1254|1255|1256|1257|1258|866|874|932|949)|mac-(cyrillic|roman)"
    r"|iso8859-\d+|koi8-[ru]|gb18030|big5hkscs|euc_jp|iso2022_jp"
)
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(rb"""<meta\s[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s*<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)
_META_BYTES = 4096  # browsers look at 1024; some sites put it later
REPLACEMENT = "\ufffd"
_TOLERANCE = 500  # one character in so many may be broken in a text whose encoding is right


class Decoded(NamedTuple):
    """A text, the encoding that it was read with, and what is uncertain about that."""

    text: str
    charset: str
    remarks: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None, *, is_html: bool = False) -> Decoded:
    """Return a document's text, without a byte order mark; `declared` is the encoding that the server names.

    Bytes that are valid UTF-8 are UTF-8: text in another encoding is never valid by chance, except in ASCII alone.
    """
    for bom, charset in _BOMS:
        if data.startswith(bom):
            return _finish(data[len(bom) :].decode(charset, errors="replace"), charset)
    declarations = (declared, _find_named(data) if is_html else None)
    named = [found for each in declarations if (found := _look_up(each))]
    if "iso2022_jp" not in named:  # which consists of ASCII characters
        with suppress(UnicodeDecodeError):
            return Decoded(data.decode("utf-8"), "utf-8")
    for charset in named:
        text = data.decode(charset, errors="replace")
        if text.count(REPLACEMENT) * _TOLERANCE <= len(text):
            return _finish(text, charset)
    guess = _guess(data) or "utf-8"
    return _finish(data.decode(guess, errors="replace"), guess, is_guessed=True)


def _finish(text: str, charset: str, *, is_guessed: bool = False) -> Decoded:
    remarks = [f"the character encoding is a guess: {charset}"] if is_guessed else []
    if count := text.count(REPLACEMENT):
        remarks.append(f"characters that could not be read are {REPLACEMENT} in the text: {count}")
    return Decoded(text, charset, tuple(remarks))


def _find_named(data: bytes) -> str | None:
    found = _META.search(data, 0, _META_BYTES) or _XML.match(data, 0, _META_BYTES)
    name = found[1].decode("ascii", errors="ignore") if found else None
    # A page that could be read so far is in no encoding of two bytes for each character (HTML §13.2.3.2).
    return "utf-8" if name and name.lower().startswith("utf-16") else name


def _look_up(name: str | None) -> str | None:
    """Return the name by which Python knows an encoding of documents."""
    if not name:
        return None
    try:
        found = codecs.lookup({"x-sjis": "shift_jis", "x-gbk": "gbk"}.get(name.lower(), name.lower())).name
    except (LookupError, ValueError):
        return None
    found = _LARGER.get(found, found)
    return found if _OF_DOCUMENTS.fullmatch(found) else None


def _guess(data: bytes) -> str | None:
    try:
        from charset_normalizer import from_bytes
    except ImportError:  # without the extra `capture`
        return "cp1252"
    # The beginning and the end of a long text are enough, and take a second at most.
    best = from_bytes(data if len(data) < 200_000 else data[:100_000] + data[-100_000:]).best()
    return best.encoding if best else None
