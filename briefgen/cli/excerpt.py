"""The part of a line with a problem that fits on a terminal."""

from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from briefgen.cli.text import Cell, cells

_REACH = 2_000  # code points to either side that are looked at: a line may hold millions, a terminal shows few


class _Stretch(NamedTuple):
    """A stretch of a line as cells; `offsets[i]` is where cell i begins, `offsets[-1]` where the stretch ends."""

    cells: list[Cell]
    offsets: list[int]


class Excerpt(NamedTuple):
    """A line as it is shown, and the carets for the line below it; empty where nothing is to be underlined."""

    text: str
    carets: str


def excerpt(line: str, column: int, length: int, width: int) -> Excerpt:
    """Return `line` cut to `width` columns of a terminal around `length` code points from `column`.

    Columns count from 1, and 0 is nowhere. A column after the end of the line gets one caret there; carets that do not
    fit are left out.
    """
    column = min(column, len(line) + 1)
    # All places of one block share a stretch, which is laid out once.
    block = max(column - 1, 0) // _REACH * _REACH
    skipped = max(block - _REACH, 0)
    shown, offsets = _stretch(line[skipped : block + 2 * _REACH])
    column -= skipped
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


@lru_cache(maxsize=2)  # problems come sorted by place
def _stretch(text: str) -> _Stretch:
    found = cells(text)
    return _Stretch(found, [0, *accumulate(cell.width for cell in found)])


def _window(offsets: list[int], start: int, stop: int, width: int) -> tuple[int, int]:
    """Return the first cell that is shown and the one after the last, so that `start` and if possible `stop` are seen.

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


def _text(shown: list[Cell], first: int, last: int) -> str:
    text = "".join(cell.text for cell in shown[first:last])
    return ("…" if first else "") + (f"{text}…" if last < len(shown) else text.rstrip())
