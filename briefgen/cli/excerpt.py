"""The part of a line with a problem that fits on a terminal."""

from itertools import accumulate
from typing import NamedTuple

from briefgen.cli.text import Cell, cells

_REACH = 2_000  # code points to either side that are looked at: a line may hold millions, a terminal shows few


class Excerpt(NamedTuple):
    """A line as it is shown, and the carets for the line below it; empty where nothing is to be underlined."""

    text: str
    carets: str


def excerpt(line: str, column: int, length: int, width: int) -> Excerpt:
    """`line` cut to `width` columns of a terminal around `length` code points from `column` (from 1; 0: nowhere).

    A column after the end of the line gets one caret there; carets that do not fit are left out.
    """
    column = min(column, len(line) + 1)
    skipped = max(column - _REACH, 0)
    shown = cells(line[skipped : column + _REACH])
    column -= skipped
    # offsets[i] is where cell i begins, offsets[-1] where the line ends.
    offsets = [0, *accumulate(cell.width for cell in shown)]
    if column < 1:
        first, last = _window(offsets, 0, 1, width)
        return Excerpt(_text(shown, first, last), "")
    begin = min(column - 1, len(shown))
    end = min(begin + max(length, 1), len(shown))
    first, last = _window(offsets, offsets[begin], max(offsets[end], offsets[begin] + 1), width)
    lead = 1 if first else 0
    start = lead + offsets[begin] - offsets[first]
    stop = lead + min(offsets[end], offsets[last]) - offsets[first]
    return Excerpt(_text(shown, first, last), " " * start + "^" * max(stop - start, 1))


def _window(offsets: list[int], start: int, stop: int, width: int) -> tuple[int, int]:
    """First cell and the one after the last that are shown, so that `start` and if possible `stop` are in sight."""
    total = offsets[-1]
    count = len(offsets) - 1
    if max(total, start + 1) <= width:
        return 0, count
    room = max(width - 2, 1)  # an ellipsis at either end
    left = max(start - room // 3, 0)
    if stop > left + room:
        left = min(stop - room, start)
    left = max(min(left, total - room), 0)
    first = next((index for index in range(count) if offsets[index] >= left), count)
    while first < count and offsets[first + 1] == offsets[first]:  # not between a letter and its marks
        first += 1
    last = first
    while last < count and offsets[last + 1] - offsets[first] <= room:
        last += 1
    return first, last


def _text(shown: list[Cell], first: int, last: int) -> str:
    text = "".join(cell.text for cell in shown[first:last])
    return ("…" if first else "") + (f"{text}…" if last < len(shown) else text.rstrip())
