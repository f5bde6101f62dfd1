"""The blocks of a page: paragraphs, headings, lists, quotations, one after the other and inside each other.

A row of a table is an entry of a list, and each of its cells one below that, behind the heading of its column:
CommonMark has no tables, and a cell may hold a list.
"""

from msgspec import Struct

from briefgen.render.markdown.inline import finish, write_heading, write_paragraph

_BULLETS = ("-", "*")


class _Container(Struct):
    """A list, an entry of one, or a quotation, with the state around it."""

    name: str
    prefix: str
    lead: str
    line: int  # the number of lines before it
    marker: str = ""  # of a list: its bullet, or what follows its numbers
    number: int = 0  # of the next entry of a list
    is_nested: bool = False  # whether a list follows the text of an entry


class Blocks:
    """Collects the lines of a document. `inline` has the pieces of the block that is being read."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.inline: list[str] = []
        self.label = ""  # what comes before the next paragraph: the heading of a column
        self.title = -1  # the place of the first heading of level 1 in `lines`
        self._containers: list[_Container] = []
        self._prefix = ""  # of each line of the innermost container
        self._lead = ""  # of the next line: with the markers of entries that have none yet
        self._last = ""  # prefix of the last line
        self._is_tight = False  # whether no blank line comes before the next one
        self._ended: tuple[str, str] | None = None  # prefix and marker of a list that ended with the last line

    def flush(self, level: int = 0) -> None:
        """End the block that is being read: a paragraph, or a heading of this level."""
        if not self.inline:
            return
        text = finish(self.inline)
        self.inline.clear()
        if not text or text.isspace():
            return
        if self.label:
            text, self.label = f"{self.label}: {text}", ""
        if level:
            self._add(write_heading(text, level))
            if level == 1 and self.title < 0 and not self._containers:
                self.title = len(self.lines) - 1
        else:
            self._add(write_paragraph(text, self._prefix))

    def add_code(self, text: str) -> None:
        """Add a block of code."""
        self.flush()
        fence = "```"
        while fence in text:
            fence += "`"
        self._add(f"\n{self._prefix}".join((fence, *text.strip("\n").split("\n"), fence)))

    def add_rule(self) -> None:
        """Add a thematic break."""
        self.flush()
        self._add("***")

    def open_list(self, name: str, start: int | None = None) -> None:
        """Begin a list; one with a `start` is numbered from there."""
        self.flush()
        if self.label:
            self.inline.append(f"{self.label}:")
            self.label = ""
            self.flush()
        markers = _BULLETS if start is None else (".", ")")
        # Two lists one after the other would be one.
        marker = markers[1] if self._ended == (self._prefix, markers[0]) else markers[0]
        outer = self._containers[-1] if self._containers else None
        is_nested = start is None and outer is not None and not outer.marker and len(self.lines) > outer.line
        self._push(_Container(name, self._prefix, self._lead, len(self.lines), marker, start or 0, is_nested))

    def open_item(self, name: str) -> None:
        """Begin an entry of the innermost list, after the end of the one before, if that has no end tag."""
        self.flush()
        while self._containers and not self._containers[-1].marker:
            self._pop()
        if not self._containers:
            self.open_list("ul")
        parent = self._containers[-1]
        mark = parent.marker
        if mark not in _BULLETS:
            mark = f"{parent.number}{mark}"
            parent.number += 1
        is_tight = parent.is_nested or len(self.lines) > parent.line
        self._push(_Container(name, self._prefix, self._lead, len(self.lines)), f"{mark} ", " " * (len(mark) + 1))
        self._is_tight = is_tight

    def open_quotation(self) -> None:
        """Begin a quotation."""
        self.flush()
        self._push(_Container("blockquote", self._prefix, self._lead, len(self.lines)), "> ", "> ")

    def close(self, name: str) -> None:
        """End the innermost container of this name with all that is in it; if there is none, do nothing."""
        self.flush()
        self.label = ""
        if any(one.name == name for one in self._containers):
            while self._pop().name != name:
                pass

    def is_in(self, name: str) -> bool:
        """Return whether the innermost container has this name."""
        return bool(self._containers) and self._containers[-1].name == name

    def _push(self, container: _Container, lead: str = "", prefix: str = "") -> None:
        self._containers.append(container)
        self._lead += lead
        self._prefix += prefix

    def _pop(self) -> _Container:
        one = self._containers.pop()
        is_empty = len(self.lines) == one.line
        self._prefix = one.prefix
        self._lead = one.lead if is_empty else one.prefix
        if not is_empty:
            # A quotation after this one, with the same prefix, is another one.
            self._last = min(self._last, one.prefix, key=len)
        self._is_tight = False
        self._ended = (one.prefix, one.marker) if one.marker and not is_empty else self._ended
        return one

    def _add(self, text: str) -> None:
        if self.lines and not self._is_tight:
            # The blank line belongs to the containers that both lines are in.
            around = min(self._last, self._prefix, key=len)
            self.lines.append(around.rstrip())
        self.lines.append(self._lead + text)
        self._lead = self._last = self._prefix
        self._is_tight = False
        self._ended = None
