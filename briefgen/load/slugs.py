"""Ids and anchors from texts."""

import re
import unicodedata
from hashlib import blake2b

from briefgen.load.shapes import ID
from briefgen.model.names import fold

_ID = re.compile(ID)
_MAX_LENGTH = 100  # characters
_NO_WORD = re.compile(r"[^a-z0-9]")
_APART = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h",
        "’": "", "ʼ": "", "'": "", "–": "-", "—": "-",
    }
)  # fmt: skip


def is_id(text: str) -> bool:
    """Return whether a text can be an id."""
    return _ID.fullmatch(text) is not None and len(text) <= _MAX_LENGTH


def check_id(text: str, words: str) -> tuple[str, str]:
    """Return what is wrong with an id, and one made of `words` instead; empty texts if nothing is."""
    if is_id(text):
        return "", ""
    rule = f"an id is made of lower-case words joined by single hyphens, {_MAX_LENGTH} characters at most"
    return f'"{text}" is no id: {rule}', slug(words)


def ascii_form(text: str) -> str:
    """Return `text` in lower-case ASCII, without what has no Latin form."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return decomposed.encode("ascii", "ignore").decode("ascii").lower()


def slug(text: str) -> str:
    """Return an id made of the letters and digits of `text`; letters of other scripts than Latin are transliterated."""
    latin = ascii_form(text) if is_latin(text) else "".join(map(_romanize, unicodedata.normalize("NFC", text)))
    return _APART.sub("-", latin).strip("-")[:_MAX_LENGTH].strip("-")


def is_latin(text: str) -> bool:
    """Return True if all letters of a text have a Latin form."""
    return text.isascii() or all(ascii_form(letter) for letter in text if letter.isalpha())


def _romanize(letter: str) -> str:
    if (latin := ascii_form(letter)) or not (letter.isalnum() or unicodedata.category(letter).startswith("M")):
        return latin
    from anyascii import anyascii

    return "".join(filter(str.isalnum, anyascii(letter).lower()))


def name_key(name: str) -> str:
    """Return what the spellings of one name have in common.

    Names in other scripts than Latin differ already by one letter: transliterated, different names may be equal.
    """
    return (slug(name) if is_latin(name) else "") or fold(name)


def unique_id(name: str, stem: str) -> str:
    """Return an id that begins with `stem` and that no other name has."""
    return f"{stem[:90].rstrip('-')}-{blake2b(name_key(name).encode(), digest_size=4).hexdigest()}"


def anchor(text: str) -> str:
    """Return a fragment id: Latin letters without marks, those of other scripts as they are; empty if there are none.

    It has no underscore, so ids with one are never equal to it.
    """
    if text.isascii():
        return "-".join(_NO_WORD.sub(" ", text.lower().replace("'", "")).split())
    kept = "".join(
        _anchor_letter(letter) for letter in unicodedata.normalize("NFC", text.casefold()).translate(_LETTERS)
    )
    return "-".join(kept.split())


def _anchor_letter(letter: str) -> str:
    if not letter.isascii():
        latin = ascii_form(letter)
        if not latin:
            return letter if letter.isalnum() or unicodedata.category(letter).startswith("M") else " "
        letter = latin
    return "".join(one if one.isalnum() else " " for one in letter)
