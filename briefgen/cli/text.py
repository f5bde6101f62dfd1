"""Foreign text → text that a terminal shows as it is: nothing invisible, nothing that it obeys, widths known."""

import unicodedata
from typing import NamedTuple

TAB = 4
_JOINERS = "\u200c\u200d"  # Persian, Indic scripts and emoji are spelled with them
# Control, format, private, surrogate, unassigned; line and paragraph separator.
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))


class Cell(NamedTuple):
    """One code point as it is shown, and how many columns of a terminal it takes."""

    text: str
    width: int


def cells(line: str) -> list[Cell]:
    """One cell per code point of a line; tabs reach to the next stop, what cannot be seen is named."""
    found: list[Cell] = []
    column = 0
    joinable = False
    for char in line:
        if " " <= char <= "~":
            cell = Cell(char, 1)
            joinable = True
        elif char == "\t":
            width = TAB - column % TAB
            cell = Cell(" " * width, width)
            joinable = False
        else:
            cell, joinable = _cell(char, joinable)
        found.append(cell)
        column += cell.width
    return found


def shown(text: str) -> str:
    """`text` on one line, safe for a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(cell.text for cell in cells(" ".join(text.split("\n")).replace("\t", " ")))


def width_of(text: str) -> int:
    """How many columns a terminal needs for `text`."""
    return len(text) if text.isascii() else sum(cell.width for cell in cells(text))


def _cell(char: str, joinable: bool) -> tuple[Cell, bool]:  # noqa: FBT001 (a state, not a switch)
    """The cell of a character that is not printable ASCII, and whether a mark may follow it."""
    category = unicodedata.category(char)
    if category in ("Mn", "Me") or char in _JOINERS:
        # A mark with nothing below it would settle on the frame around the excerpt.
        return (Cell(char, 0), True) if joinable else (_named(char), False)
    if "\u1160" <= char <= "\u11ff" and joinable:  # Hangul vowels and finals share their first letter's cell
        return Cell(char, 0), True
    if char < " ":
        return Cell(chr(0x2400 + ord(char)), 1), False  # U+2400 … picture the control characters
    if char == "\x7f":
        return Cell("\u2421", 1), False
    if category in _UNSEEN:
        return _named(char), False
    return Cell(char, 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1), True


def _named(char: str) -> Cell:
    name = f"<U+{ord(char):04X}>"
    return Cell(name, len(name))
