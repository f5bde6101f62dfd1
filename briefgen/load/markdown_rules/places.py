"""Line and column of what stands in an inline text.

markdown-it knows the lines of a block but no columns: it cuts markers and indentation off. Every line of an inline
text is still a piece of its source line, so it can be found there: at the end of the line in paragraphs, between two
bars in tables.
"""

from markdown_it.token import Token


class Places:
    """The source of one body; cells of a table must be asked for in their order, each once, by `enter`."""

    def __init__(self, text: str, above: int) -> None:
        self.lines = text.split("\n")
        self.above = above
        self.inline: Token | None = None
        self.cell = 0
        self.row = -1
        self.after = 0  # where the next cell of the row may begin
        self.in_table = False

    def enter(self, inline: Token, *, cell: bool) -> None:
        """Begin with the next inline text."""
        self.inline, self.in_table = inline, cell
        if not cell or inline.map is None:
            return
        if self.row != inline.map[0]:
            self.row, self.after = inline.map[0], 0
        if inline.content:
            written = inline.content.replace("|", "\\|")
            self.cell = max(0, self._line(self.row).find(written, self.after))
            self.after = self.cell + len(written)

    def place(self, start: int, end: int) -> tuple[int, int, int]:
        """Line, column and length of a piece of the inline text; the length stays on the first line."""
        if self.inline is None or self.inline.map is None:
            return 0, 0, 1
        content = self.inline.content
        if self.in_table:
            before = start + content.count("|", 0, start)
            length = end - start + content.count("|", start, end)
            return self.above + self.row + 1, self.cell + before + 1, length
        number = content.count("\n", 0, start)
        begin = content.rfind("\n", 0, start) + 1
        stop = content.find("\n", begin)
        piece = content[begin : stop if stop >= 0 else None]
        source = self._line(self.inline.map[0] + number)
        column = self._begin(source, piece) + start - begin
        return self.above + self.inline.map[0] + number + 1, column + 1, min(end, begin + len(piece)) - start

    def _line(self, number: int) -> str:
        return self.lines[number] if number < len(self.lines) else ""

    @staticmethod
    def _begin(source: str, piece: str) -> int:
        """Where a line of inline text begins in its source line, which may have a closing sequence of `#` after it."""
        bare = piece.lstrip()
        indent = len(piece) - len(bare)
        bare = bare.rstrip()
        whole = source.rstrip()
        begin = len(whole) - len(bare) if whole.endswith(bare) else max(0, source.find(bare))
        return begin - indent
