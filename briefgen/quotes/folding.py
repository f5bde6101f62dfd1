"""The fold table: which differences between a quote and its source are typography. Any other difference counts."""

import re
from bisect import bisect_right
from unicodedata import category, is_normalized, normalize

from msgspec import Struct

JOINT = "\u00ad"
"""In a folded text: a hyphen at the end of a line between two letters, which may or may not belong to the word."""
BROKEN = "\u200b"
"""In a folded text: a hyphen at the end of a line beside a figure, which belongs to the words."""


class Fold(Struct, frozen=True):
    """One row of the table: characters that are taken for one another, each replaced by `becomes`.

    Without `characters`, the rule cannot be written as a list of them, and `says` is all there is.
    """

    id: str
    says: str
    characters: tuple[str, ...] = ()
    becomes: str = ""


FOLDS = (
    Fold("composition", "A letter with an accent is the same in one character or in two (Unicode NFC)"),
    Fold(
        "spaces",
        "All kinds and any number of spaces count as one space",
        ("\t", "\u00a0", "\u1680", *map(chr, range(0x2000, 0x200B)), "\u202f", "\u205f", "\u3000"),
        " ",
    ),
    Fold(
        "line-breaks",
        "A line break counts as a space",
        ("\n", "\v", "\f", "\r", "\u0085", "\u2028", "\u2029"),
        " ",
    ),
    Fold(
        "hyphenation",
        "A word that is hyphenated at the end of a line counts as one word, with or without its hyphen",
    ),
    Fold(
        "dashes",
        "All hyphens, dashes and minus signs count as a hyphen",
        ("\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2015", "\u2212"),
        "-",
    ),
    Fold(
        "double-quotation-marks",
        "All double quotation marks count as straight ones",
        ("\u201c", "\u201d", "\u201e", "\u201f", "\u00ab", "\u00bb"),
        '"',
    ),
    Fold(
        "single-quotation-marks",
        "All apostrophes and single quotation marks count as a straight apostrophe",
        ("\u2018", "\u2019", "\u201a", "\u201b", "\u2039", "\u203a", "\u02bc"),
        "'",
    ),
    Fold("ligature-ff", "A ligature counts as its letters", ("\ufb00",), "ff"),
    Fold("ligature-fi", "A ligature counts as its letters", ("\ufb01",), "fi"),
    Fold("ligature-fl", "A ligature counts as its letters", ("\ufb02",), "fl"),
    Fold("ligature-ffi", "A ligature counts as its letters", ("\ufb03",), "ffi"),
    Fold("ligature-ffl", "A ligature counts as its letters", ("\ufb04",), "ffl"),
    Fold(
        "invisible",
        "Soft hyphens, zero-width spaces and word joiners are left out",
        ("\u00ad", "\u200b", "\u2060", "\ufeff"),
    ),
)

_BECOMES = {char: row.becomes for row in FOLDS for char in row.characters}
_OF = {row.id: "".join(row.characters) for row in FOLDS}
_BREAKS = _OF["line-breaks"]
_SPACES = " " + _OF["spaces"]
_LINE_END = f"[{_SPACES}]*(?:\r\n|[{_BREAKS}])[{_SPACES}]*"
_CHANGES = re.compile(
    # The hyphen at a line end: between word characters only, and not before an empty line.
    rf"(?P<joint>(?<=[^\W_])[-\u2010\u00ad]{_LINE_END}(?=[^\W_]))"
    rf"|(?P<space>[{_SPACES}{_BREAKS}]{{2,}}|[{_SPACES[1:]}{_BREAKS}])"
    rf"|(?P<other>[{''.join(char for char in _BECOMES if char not in _SPACES + _BREAKS)}])"
)
# The vowels and final consonants of Hangul, which compose like combining marks.
_JAMO = frozenset(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))


class Folded(Struct, frozen=True):
    """A folded text, and where each of its characters comes from."""

    text: str
    changed: tuple[int, ...] = ()  # offsets in `text` from which on another distance to the original holds
    origins: tuple[int, ...] = ()  # the original offset at each of them

    def offset(self, index: int) -> int:
        """Return the offset in the original text of the character at an index of the folded one."""
        at = bisect_right(self.changed, index) - 1
        return index if at < 0 else self.origins[at] + index - self.changed[at]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original characters that became `text[start:end]`."""
        if end <= start:
            return self.offset(start), self.offset(start)
        return self.offset(start), self.offset(end - 1) + self._width(end - 1)

    def _width(self, index: int) -> int:
        return max(1, self.offset(index + 1) - self.offset(index))


def fold(text: str) -> Folded:
    """Replace what the table names."""
    folded = _replace(text)
    if is_normalized("NFC", folded.text):
        return folded
    composed = _compose(folded.text)
    return Folded(
        composed.text,
        tuple(composed.changed),
        tuple(folded.offset(origin) for origin in composed.origins),
    )


def _replace(text: str) -> Folded:
    pieces: list[str] = []
    changed: list[int] = []
    origins: list[int] = []
    length = end = 0
    for match in _CHANGES.finditer(text):
        start = match.start()
        length += start - end
        pieces.append(text[end:start])
        end = match.end()
        if match.lastgroup == "space":
            new = " "
        elif match.lastgroup == "joint":
            new = JOINT if text[start - 1].isalpha() and text[end].isalpha() else BROKEN
        else:
            new = _BECOMES[match.group()]
        pieces.append(new)
        changed.append(length)
        origins.append(start)
        length += len(new)
        changed.append(length)
        origins.append(end)
    pieces.append(text[end:])
    return Folded("".join(pieces), tuple(changed), tuple(origins))


def _compose(text: str) -> Folded:
    pieces: list[str] = []
    changed: list[int] = []
    origins: list[int] = []
    length = start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (text[end] in _JAMO or category(text[end])[0] == "M"):
            end += 1
        new = normalize("NFC", text[start:end])
        pieces.append(new)
        changed.append(length)
        origins.append(start)
        length += len(new)
        start = end
    changed.append(length)
    origins.append(len(text))
    return Folded("".join(pieces), tuple(changed), tuple(origins))
