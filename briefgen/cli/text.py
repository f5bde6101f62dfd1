"""Untrusted text made safe to print: invisible and control characters are named, and the width is measured."""

import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

TAB = 4
_REACH = 2_000  # code points to either side of a problem: a line may hold millions, a terminal shows few
_JOINERS = "\u200c\u200d"  # Persian, Indic scripts and emoji are spelled with them
# Control, format, private, surrogate, unassigned; line and paragraph separator.
_INVISIBLE = frozenset(("Cc", "Cf", "Cs", "Cn", "Zl", "Zp"))


class Cell(NamedTuple):
    """One code point as it is printed, and the number of terminal columns that it takes."""

    text: str
    width: int


def printable(text: str) -> str:
    """Return `text` on one line, safe for a terminal."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(cell.text for cell in split_cells(" ".join(text.split("\n")).replace("\t", " ")))


def measure_width(text: str) -> int:
    """Return the number of terminal columns that `text` takes."""
    return len(text) if text.isascii() else sum(cell.width for cell in split_cells(text))


def split_cells(line: str) -> list[Cell]:
    """Return one cell per code point of a line; tabs reach to the next tab stop."""
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
            cell, joinable = _make_cell(char, joinable)
        found.append(cell)
        column += cell.width
    return found


def _make_cell(char: str, joinable: bool) -> tuple[Cell, bool]:  # noqa: FBT001 (a state, not a switch)
    """Return the cell of a character that is not printable ASCII, and whether a mark may follow it."""
    category = unicodedata.category(char)
    if category in ("Mn", "Me") or char in _JOINERS:
        # Without a letter below it, a mark would be drawn on the frame around the excerpt.
        return (Cell(char, 0), True) if joinable else (_name(char), False)
    if "\u1160" <= char <= "\u11ff" and joinable:  # Hangul vowels and finals share their first letter's cell
        return Cell(char, 0), True
    if char < " ":
        return Cell(chr(0x2400 + ord(char)), 1), False  # U+2400 … picture the control characters
    if char == "\x7f":
        return Cell("\u2421", 1), False
    if category in _INVISIBLE:
        return _name(char), False
    return Cell(char, 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1), True


def _name(char: str) -> Cell:
    name = f"<U+{ord(char):04X}>"
    return Cell(name, len(name))


def cut_excerpt(line: str, column: int, length: int, width: int) -> tuple[str, str]:
    """Return `line` cut to `width` columns of a terminal around `length` code points from `column`, and its carets.

    Columns count from 1; for 0 there are no carets. A column after the end of the line gets one caret there; carets
    that do not fit are left out.
    """
    column = min(column, len(line) + 1)
    # All problems in one block share a part of the line, which is split into cells once.
    block = max(column - 1, 0) // _REACH * _REACH
    skipped = max(block - _REACH, 0)
    cells, offsets = _split_part(line[skipped : block + 2 * _REACH])
    column -= skipped
    if column < 1:
        first, last = _find_window(offsets, 0, 1, width)
        return _join(cells, first, last), ""
    begin = min(column - 1, len(cells))
    end = min(begin + max(length, 1), len(cells))
    first, last = _find_window(offsets, offsets[begin], max(offsets[end], offsets[begin] + 1), width)
    ellipsis = 1 if first else 0
    start = ellipsis + offsets[begin] - offsets[first]
    stop = ellipsis + min(offsets[end], offsets[last]) - offsets[first]
    return _join(cells, first, last), " " * start + "^" * max(stop - start, 1)


@lru_cache(maxsize=2)  # problems come sorted by place
def _split_part(text: str) -> tuple[list[Cell], list[int]]:
    """Return the cells of a part of a line, and the column at which each begins and the last one ends."""
    cells = split_cells(text)
    return cells, [0, *accumulate(cell.width for cell in cells)]


def _find_window(offsets: list[int], start: int, stop: int, width: int) -> tuple[int, int]:
    """Return the first cell to print and the one after the last, so that `start` and if possible `stop` are visible.

    No window begins between a letter and its marks.
    """
    total = offsets[-1]
    count = len(offsets) - 1
    if max(total, start + 1) <= width:
        return 0, count
    room = max(width - 2, 1)  # an ellipsis at either end
    left = max(start - room // 3, 0)
    if stop > left + room:
        left = min(stop - room, start)
    left = max(min(left, total - room), 0)
    first = bisect_left(offsets, left, 0, count)
    if first < count:
        first = bisect_right(offsets, offsets[first], first) - 1
    return first, max(first, bisect_right(offsets, offsets[first] + room) - 1)


def _join(cells: list[Cell], first: int, last: int) -> str:
    text = "".join(cell.text for cell in cells[first:last])
    return ("…" if first else "") + (f"{text}…" if last < len(cells) else text.rstrip())
