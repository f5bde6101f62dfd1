"""Line and column of parts of an inline text.

markdown-it keeps the lines of a block but no columns: it cuts markers and indentation off. Every line of an inline
text is still a piece of its source line, so it can be found there: at the end of the line in paragraphs, between two
bars in tables.
"""

from bisect import bisect_left
from functools import cached_property

from markdown_it.token import Token

from briefgen.load.text import LineIndex


class Places:
    """The source of one body; cells of a table must be entered in their order, each once."""

    def __init__(self, text: str, above: int) -> None:
        self.lines = text.split("\n")
        self.above = above
        self.inline: _Cell | _Paragraph | None = None
        self.row = -1
        self.after = 0  # where the next cell of the row may begin

    def enter(self, inline: Token, *, cell: bool) -> None:
        """Begin with the next inline text."""
        if inline.map is None:
            self.inline = None
        elif cell:
            self.inline = self._cell(inline.map[0], inline.content)
        else:
            self.inline = _Paragraph(inline.content, self.lines, inline.map[0])

    def _cell(self, row: int, content: str) -> "_Cell":
        if self.row != row:
            self.row, self.after = row, 0
        written = content.replace("|", "\\|")
        column = max(0, self.lines[row].find(written, self.after)) if row < len(self.lines) else 0
        self.after = column + len(written)
        return _Cell(content, row, column)

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """Return line, column and length of a piece of the inline text; the length stays on the first line."""
        if self.inline is None:
            return 0, 0, 1
        line, column, length = self.inline.place(start, end)
        return self.above + line + 1, column + 1, length


class _Cell:
    """A cell of a table: one line, in whose source each bar has a backslash before it."""

    def __init__(self, content: str, row: int, column: int) -> None:
        self.content = content
        self.row = row
        self.column = column

    @cached_property
    def bars(self) -> list[int]:
        return [offset for offset, character in enumerate(self.content) if character == "|"]

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        before, inside = bisect_left(self.bars, start), bisect_left(self.bars, end)
        return self.row, self.column + start + before, end - start + inside - before


class _Paragraph:
    """Any other text: each of its lines is a piece of one source line."""

    def __init__(self, content: str, lines: list[str], first: int) -> None:
        self.content = content
        self.lines = lines
        self.first = first
        self.columns: dict[int, int] = {}  # of the lines that were needed so far

    @cached_property
    def index(self) -> LineIndex:
        return LineIndex(self.content)

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        number, begin, stop = self.index.find(start)
        if number not in self.columns:
            line = self.first + number
            source = self.lines[line] if line < len(self.lines) else ""
            self.columns[number] = _column(source, self.content[begin:stop])
        return self.first + number, self.columns[number] + start - begin, min(end, stop) - start


def _column(source: str, piece: str) -> int:
    """Return where a line of inline text begins in its source line, which may end in a closing sequence of `#`."""
    bare = piece.lstrip()
    indent = len(piece) - len(bare)
    bare = bare.rstrip()
    whole = source.rstrip()
    begin = len(whole) - len(bare) if whole.endswith(bare) else max(0, source.find(bare))
    return begin - indent
