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
    joinable = False  # whether a mark may follow
    for char in line:
        cell = _make_cell(char, column, joinable)
        found.append(cell)
        column += cell.width
        joinable = cell.text == char
    return found


def _make_cell(char: str, column: int, joinable: bool) -> Cell:  # noqa: FBT001 (a state, not a switch)
    if " " <= char <= "~":
        return Cell(char, 1)
    if char == "\t":
        width = TAB - column % TAB
        return Cell(" " * width, width)
    if char < " " or char == "\x7f":  # U+2400 … picture the control characters
        return Cell("\u2421" if char == "\x7f" else chr(0x2400 + ord(char)), 1)
    category = unicodedata.category(char)
    is_mark = category in ("Mn", "Me") or char in _JOINERS
    # Hangul vowels and finals share their first letter's cell.
    if joinable and (is_mark or "\u1160" <= char <= "\u11ff"):
        return Cell(char, 0)
    # Without a letter below it, a mark would be drawn on the frame around the excerpt.
    if is_mark or category in _INVISIBLE:
        name = f"<U+{ord(char):04X}>"
        return Cell(name, len(name))
    return Cell(char, 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1)


def cut_excerpt(line: str, column: int, length: int, width: int) -> tuple[str, str]:
    """Return `line` cut to `width` columns of a terminal around `length` code points from `column`, and its carets.

    Columns count from 1; for 0 there are no carets. A column after the end of the line gets one caret there; carets
    that do not fit are left out.
    """
    # All problems in one block share a part of the line, which is split into cells once.
    index = max(min(column - 1, len(line)), 0)
    skipped = max(index // _REACH - 1, 0) * _REACH
    cells, offsets = _split_part(line[skipped : index // _REACH * _REACH + 2 * _REACH])
    begin = index - skipped
    end = min(begin + max(length, 1), len(cells)) if column else begin
    first, last = _find_window(offsets, offsets[begin], max(offsets[end], offsets[begin] + 1), width)
    text = "".join(cell.text for cell in cells[first:last])
    text = ("…" if first else "") + (f"{text}…" if last < len(cells) else text.rstrip())
    indent = offsets[begin] - offsets[first] + (1 if first else 0)
    carets = max(min(offsets[end], offsets[last]) - offsets[begin], 1)
    return text, " " * indent + "^" * carets if column else ""


@lru_cache(maxsize=2)  # problems come sorted by place
def _split_part(text: str) -> tuple[list[Cell], list[int]]:
    """Return the cells of a part of a line, and the column at which each begins and the last one ends."""
    cells = split_cells(text)
    return cells, [0, *accumulate(cell.width for cell in cells)]


def _find_window(offsets: list[int], start: int, stop: int, width: int) -> tuple[int, int]:
    """Return the first cell to print and the one after the last, so that `start` and if possible `stop` are visible."""
    total = offsets[-1]
    if max(total, start + 1) <= width:
        return 0, len(offsets) - 1
    room = width - 2  # an ellipsis at either end
    left = max(start - room // 3, min(stop - room, start))
    left = max(min(left, total - room), 0)
    # Of equal offsets the last, because no window may begin between a letter and its marks.
    first = bisect_right(offsets, offsets[bisect_left(offsets, left)]) - 1
    return first, bisect_right(offsets, offsets[first] + room) - 1
