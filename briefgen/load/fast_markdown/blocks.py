"""Blocks: only rules that can begin with the first character of a line are tried, and paragraphs scan lines once."""

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from briefgen.load.fast_markdown.tokens import LightToken, RulesByCharacter

# Rules that are not listed can begin with any character.
_BEGIN = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "plain_list": "*+-0123456789",
    "list": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "heading": "#",
    # `FastBlocks` calls these itself.
    "code": "",
    "lheading": "",
    "deflist": "",
    "paragraph": "",
}
_END_PARAGRAPHS = _BEGIN | {"deflist": ":~"}
_NO_TABLE = {"table": ""}  # for texts without a bar
_UNDERLINE = re.compile(r"(?:-+|=+)[ \t]*")
# Only a paragraph can begin with a letter.
_ITEM = re.compile(r"([-*+]|[0-9]{1,9}[.)]) (?=[^\W\d_])")
_MARKERS = "-*+0123456789"


class BlockState(StateBlock):
    """The state of block rules, with lighter tokens."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        self.has_bars = "|" in src  # looked up once, because the content of lists and quotations is parsed in parts
        super().__init__(src, md, env, tokens)

    def push(self, ttype: str, tag: str, nesting: int) -> Any:
        """Append a new token and return it."""
        level = self.level
        if nesting < 0:
            self.level = level = level - 1
        elif nesting > 0:
            self.level = level + 1
        token = LightToken(ttype, tag, nesting, level, True)
        self.tokens.append(token)  # type: ignore[arg-type]
        return token


class FastBlocks(ParserBlock):
    """A parser of blocks with the present rules of a ruler."""

    def __init__(self, ruler: Ruler[Any]) -> None:
        self.ruler = ruler
        # Indexed by whether the text has a bar.
        self._rules = RulesByCharacter(ruler, _BEGIN | _NO_TABLE), RulesByCharacter(ruler, _BEGIN)
        self._ends = tuple(
            RulesByCharacter(ruler, begin, "paragraph") for begin in (_END_PARAGRAPHS | _NO_TABLE, _END_PARAGRAPHS)
        )
        named = dict(zip(ruler.get_active_rules(), ruler.getRules(""), strict=True))
        self._code, self._definitions = named["code"], named["deflist"]

    def parse(self, src: str, md: MarkdownIt, env: Any, outTokens: list[Token]) -> list[Token] | None:  # noqa: N803
        """Append the tokens of a whole text to `outTokens`."""
        if not src:
            return None
        state = BlockState(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens

    def tokenize(self, state: Any, startLine: int, endLine: int) -> None:  # noqa: N803 (markdown-it's names)
        """Append the tokens of these lines to those of a `BlockState`."""
        src, indents, begins, shifts = state.src, state.sCount, state.bMarks, state.tShift
        deepest = state.md.options.maxNesting
        rules = self._rules[state.has_bars]
        line, loose = startLine, False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or indents[line] < state.blkIndent:
                return
            if state.level >= deepest:
                state.line = endLine
                return
            if indents[line] < state.blkIndent + 4 or not self._code(state, line, endLine, False):
                start = begins[line] + shifts[line]
                for rule in rules[src[start : start + 1]]:
                    if rule(state, line, endLine, False):
                        break
                else:
                    self._lines(state, line, endLine)
            state.tight = not loose
            line = state.line
            # A paragraph in a list may include the empty line after it.
            if line - 1 < endLine and state.isEmpty(line - 1):
                loose = True
            if line < endLine and state.isEmpty(line):
                loose = True
                line += 1
                state.line = line

    def _lines(self, state: StateBlock, line: int, end: int) -> None:
        """Append an underlined heading, a definition list, or a paragraph."""
        outer, state.parentType = state.parentType, "paragraph"
        last, underline = self._last(state, line, end)
        if underline:
            self._push(state, (line, last), "heading", "h1" if underline == "=" else "h2", underline)
            # markdown-it restores this only after headings.
            state.parentType = outer
        elif not (self._may_define(state, line + 1, end) and self._definitions(state, line, end, False)):
            self._push(state, (line, last), "paragraph", "p")

    def _last(self, state: Any, line: int, end: int) -> tuple[int, str]:
        """Return the line after a paragraph that begins at `line`, and the character that underlines it, if any."""
        src, indents, begins, shifts, ends = state.src, state.sCount, state.bMarks, state.tShift, state.eMarks
        rules = self._ends[state.has_bars]
        while (line := line + 1) < state.lineMax and (place := begins[line] + shifts[line]) < ends[line]:
            indent, character = indents[line], src[place]
            if indent > state.blkIndent + 3:
                continue
            under = character in "-=" and line < end and indent >= state.blkIndent
            if under and _UNDERLINE.fullmatch(src, place, ends[line]):
                return line, character
            # A negative indent marks a lazy continuation line of a quotation.
            if indent >= 0 and any(rule(state, line, state.lineMax, True) for rule in rules[character]):
                break
        return line, ""

    @staticmethod
    def _may_define(state: StateBlock, line: int, end: int) -> bool:
        """Return whether a definition may begin at a line, or at the next one if the line is empty."""
        if line < end and state.isEmpty(line):
            line += 1
        start = state.bMarks[line] + state.tShift[line]
        return line < end and state.src[start : start + 1] in (":", "~")

    @staticmethod
    def _push(state: StateBlock, lines: tuple[int, int], name: str, tag: str, underline: str = "") -> None:
        line, last = lines
        begins = state.bMarks[line]
        start = begins + state.tShift[line]
        # With tabs, markdown-it may remove less than all white space before the words.
        if last - line == 1 and state.src.find("\t", begins, start) < 0:
            content = state.src[start : state.eMarks[line]]
        else:
            content = state.getLines(line, last, state.blkIndent, False)
        state.line = last + len(underline)
        begin = state.push(f"{name}_open", tag, 1)
        begin.map, begin.markup = [line, state.line], underline
        text = state.push("inline", "", 0)
        text.content, text.map, text.children = mdTrim(content), [line, last], []
        state.push(f"{name}_close", tag, -1).markup = underline


def plain_list(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803, FBT001
    """Match a list with one line of words per item, as a block rule before the stock one."""
    if silent or state.level:
        return False
    markers: list[str] = []
    line = startLine
    while line < endLine and (found := _ITEM.match(state.src, state.bMarks[line])):
        # Stop at once: otherwise each of many short lists would scan all those that follow.
        if markers and found[1][-1] != markers[0][-1]:
            return False
        markers.append(found[1])
        line += 1
    after = state.skipEmptyLines(line)
    if not markers or (line < endLine and after == line):
        return False
    # An indented line or another item may belong to this list.
    if after < endLine and (state.tShift[after] or state.src[state.bMarks[after]] in _MARKERS):
        return False
    kind = markers[0][-1]
    _push_list(state, startLine, after, markers, kind, ordered=kind in ".)")
    state.line = after
    return True


def _push_list(state: StateBlock, start: int, after: int, markers: list[str], kind: str, *, ordered: bool) -> None:
    name, tag = ("ordered_list", "ol") if ordered else ("bullet_list", "ul")
    begin = state.push(f"{name}_open", tag, 1)
    begin.map, begin.markup = [start, after], kind
    if ordered and (number := int(markers[0][:-1])) != 1:
        begin.attrs = {"start": number}
    last = start + len(markers) - 1
    for line, marker in enumerate(markers, start):
        item = state.push("list_item_open", "li", 1)
        # The last item includes the empty lines after the list.
        item.map, item.markup = [line, line + 1 if line < last else after], kind
        if ordered:
            item.info = marker[:-1]
        paragraph = state.push("paragraph_open", "p", 1)
        paragraph.map, paragraph.hidden = [line, line + 1], True
        text = state.push("inline", "", 0)
        text.content = mdTrim(state.src[state.bMarks[line] + len(marker) + 1 : state.eMarks[line]])
        text.map, text.children = [line, line + 1], []
        state.push("paragraph_close", "p", -1).hidden = True
        state.push("list_item_close", "li", -1).markup = kind
    state.push(f"{name}_close", tag, -1).markup = kind
