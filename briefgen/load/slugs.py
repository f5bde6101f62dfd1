"""Ids and anchors from texts."""

import re
import unicodedata
from hashlib import blake2b

from briefgen.model.names import fold

_NO_WORD = re.compile(r"[^a-z0-9]")
_APART = re.compile(r"[^a-z0-9]+")
_LETTERS = str.maketrans(
    {
        "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "ħ": "h",
        "’": "", "ʼ": "", "'": "", "–": "-", "—": "-",
    }
)  # fmt: skip


def ascii_form(text: str) -> str:
    """`text` in lower-case ASCII; what has no Latin form is left out."""
    decomposed = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    return decomposed.encode("ascii", "ignore").decode("ascii").lower()


def slug(text: str) -> str:
    """An id made of what `text` has in Latin letters and digits; empty if it has none."""
    return _APART.sub("-", ascii_form(text)).strip("-")[:100].strip("-")


def whole_slug(name: str) -> str:
    """The slug of a name whose letters all have a Latin form; else empty.

    A name that is Latin in part would share the slug of that part with strangers.
    """
    return slug(name) if all(ascii_form(letter) for letter in name if letter.isalpha()) else ""


def name_id(name: str, prefix: str) -> str:
    """A stable id for a name in any script: its slug, else `prefix` and eight hexadecimal digits."""
    return whole_slug(name) or f"{prefix}-{blake2b(fold(name).encode(), digest_size=4).hexdigest()}"


def anchor(text: str) -> str:
    """A fragment id: Latin letters without marks, those of other scripts as they are; empty if there are none.

    It holds no underscore, so ids with one never meet it.
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
