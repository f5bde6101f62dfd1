"""Names in a form in which two spellings of one name are equal, and the name that was probably meant."""

import re
from collections.abc import Iterable
from unicodedata import category, normalize

# What may be left out: Arabic vowel signs and stretching, points in Syriac and Hebrew, variation selectors. Hamza above
# or below a letter, too: with or without it, the letter below is the same.
_OPTIONAL = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u0652\u0654-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u08d3-\u08e1\u08e3-\u08ff\u0711\u0730-\u074a"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u180b-\u180d\ufe00-\ufe0f]"
)
LONGEST = 100  # characters: the time to compare words grows with the square of their length


def normal_form(name: str) -> str:
    """Return a name without regard to white space, optional vowel signs, hamza seats and invisible characters."""
    if name.isascii():
        return " ".join(name.split())
    visible = "".join(character for character in name if category(character) != "Cf")
    return " ".join(normalize("NFC", _OPTIONAL.sub("", normalize("NFD", visible))).split())


def fold(name: str) -> str:
    """Return the normal form of a name without regard to case.

    It serves to compare names. A quote is never folded: its words count as they are.
    """
    return normal_form(name).casefold()


def closest(word: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    """Return the known word that is spelled most like `word`, case aside; None for a very long word."""
    if len(word) > LONGEST:
        return None
    from difflib import get_close_matches  # only where something is wrong

    folded = {fold(one): one for one in known}
    found = get_close_matches(fold(word), folded, n=1, cutoff=cutoff)
    return folded[found[0]] if found else None


def did_you_mean(word: str, known: Iterable[str], cutoff: float = 0.7) -> str:
    """Return `did you mean "x"?`, or nothing."""
    return question(closest(word, known, cutoff))


def question(found: str | None) -> str:
    """Return the question that offers a suggestion; empty without one."""
    return f'did you mean "{found}"?' if found else ""
