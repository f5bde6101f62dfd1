"""The fold table: which differences between a quote and its source are typography. Any other difference counts."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
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
_SINGLE = tuple((old, new) for old, new in _BECOMES.items() if len(new) == 1)
_OF = {row.id: "".join(row.characters) for row in FOLDS}
LINE_BREAKS = _OF["line-breaks"]
HYPHENS = "-\u2010\u00ad"
"""Those that divide words at the ends of lines."""
_SPACES = " " + _OF["spaces"]
_LINE_END = f"[{_SPACES}]*(?:\r\n|[{LINE_BREAKS}])[{_SPACES}]*"
_CHANGES = re.compile(
    # A hyphen at the end of a line, but not before an empty line.
    rf"(?P<hyphenation>(?<=\S)[{HYPHENS}]{_LINE_END}(?=[^\W_]))"
    rf"|(?P<space>[{_SPACES}{LINE_BREAKS}]{{2,}}|[{_SPACES[1:]}{LINE_BREAKS}])"
    rf"|(?P<other>[{''.join(char for char in _BECOMES if char not in _SPACES + LINE_BREAKS)}])"
)
# The vowels and final consonants of Hangul, which compose like combining marks.
_JAMO = frozenset(map(chr, (*range(0x1161, 0x1176), *range(0x11A8, 0x11C3))))


class Folded(Struct, frozen=True):
    """A text with replacements, and where each of its characters comes from."""

    text: str
    starts: tuple[int, ...]  # of each replacement: where it begins and ends in `text`,
    ends: tuple[int, ...]
    origins: tuple[int, ...]  # and what it replaced in the original
    origin_ends: tuple[int, ...]
    original: "Folded | None" = None  # if the original was folded itself

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the original characters that became `text[start:end]`, which is not empty."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        if first >= 0:
            start = self.origins[first] if start < self.ends[first] else start + self._shift(first)
        if last >= 0:
            end = self.origin_ends[last] if end - 1 < self.ends[last] else end + self._shift(last)
        return self.original.span(start, end) if self.original else (start, end)

    def index(self, offset: int) -> int:
        """Return the index in `text` of what the character at an offset of the original became."""
        if self.original:
            offset = self.original.index(offset)
        at = bisect_right(self.origins, offset) - 1
        if at < 0:
            return offset
        return self.starts[at] if offset < self.origin_ends[at] else offset - self._shift(at)

    def _shift(self, at: int) -> int:
        return self.origin_ends[at] - self.ends[at]


Replacement = tuple[int, int, str]
"""Start and end of some characters, and what comes in their place."""


def replace(text: str, replacements: Iterable[Replacement], original: Folded | None = None) -> Folded:
    """Return a text with replacements, given in order."""
    pieces: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    origins: list[int] = []
    origin_ends: list[int] = []
    length = done = 0
    for start, end, new in replacements:
        pieces += (text[done:start], new)
        length += start - done
        starts.append(length)
        length += len(new)
        ends.append(length)
        origins.append(start)
        origin_ends.append(end)
        done = end
    pieces.append(text[done:])
    return Folded("".join(pieces), tuple(starts), tuple(ends), tuple(origins), tuple(origin_ends), original)


def fold(text: str) -> Folded:
    """Replace what the table names."""
    composed = _compose(text)
    inner = composed.text if composed else text
    folded = replace(inner, _replacements(inner), composed)
    return _compose(folded.text, folded) or folded  # again, as something may have been between letter and accent


def fold_characters(text: str) -> str:
    """Replace single characters by single ones, so that all offsets stay: the part of the table that takes no time."""
    for old, new in _SINGLE:
        text = text.replace(old, new)
    return text


def _replacements(text: str) -> Iterator[Replacement]:
    for match in _CHANGES.finditer(text):
        start, end = match.span()
        if match.lastgroup == "space":
            yield start, end, " "
        elif match.lastgroup == "hyphenation":
            before = start - 1
            while before > 0 and text[before] in _OF["invisible"]:
                before -= 1
            yield start, end, _break_word(text[before], text[start], text[end])
        else:
            yield start, end, _BECOMES[match.group()]


def _break_word(before: str, hyphen: str, after: str) -> str:
    if before.isalpha() or category(before)[0] == "M":
        return JOINT if after.isalpha() else BROKEN
    if before.isalnum():
        return BROKEN
    return " " if hyphen == "\u00ad" else "- "


def _compose(text: str, original: Folded | None = None) -> Folded | None:
    return None if is_normalized("NFC", text) else replace(text, _compositions(text), original)


def _compositions(text: str) -> Iterator[Replacement]:
    start = 0
    while start < len(text):
        end = start + 1
        while end < len(text) and (text[end] in _JAMO or category(text[end])[0] == "M"):
            end += 1
        if (new := normalize("NFC", text[start:end])) != text[start:end]:
            yield start, end, new
        start = end
