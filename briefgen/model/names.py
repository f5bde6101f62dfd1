"""Names in a form in which two spellings of one name are equal."""

import re
from unicodedata import category, normalize

# What may be left out: Arabic vowel signs and stretching, points in Syriac and Hebrew, variation selectors.
_OPTIONAL = re.compile(
    "[\u0610-\u061a\u0640\u064b-\u0652\u0656-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"
    "\u08d3-\u08e1\u08e3-\u08ff\u0711\u0730-\u074a"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u180b-\u180d\ufe00-\ufe0f]"
)


def fold(name: str) -> str:
    """Return a name without regard to case, white space, optional vowel signs and invisible characters.

    It serves to compare names. A quote is never folded: its words count as they are.
    """
    if name.isascii():
        return " ".join(name.casefold().split())
    visible = "".join(character for character in name if category(character) != "Cf")
    return " ".join(_OPTIONAL.sub("", normalize("NFC", visible).casefold()).split())
