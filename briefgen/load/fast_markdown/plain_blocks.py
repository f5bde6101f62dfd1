"""Short cuts for headings of words and lists with one line of words per item; others are left to the stock rules."""

import re

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock

# Neither spaces nor a closing sequence at the end.
_HEADING = re.compile(r"(#{1,6}) ([^\W_](?:[^\n]*[^\s#])?)(?=\n|\Z)")
# Only a paragraph can begin with a letter.
_ITEM = re.compile(r"([-*+]|[0-9]{1,9}[.)]) (?=[^\W\d_])")
_MARKERS = "-*+0123456789"


def plain_heading(state: StateBlock, startLine: int, endLine: int, silent: bool) -> bool:  # noqa: N803, FBT001
    """Match a heading of words, as a block rule before the stock one."""
    del endLine
    if silent or state.level:
        return False
    found = _HEADING.match(state.src, state.bMarks[startLine])
    if found is None:
        return False
    marks, words = found.groups()
    state.line = startLine + 1
    begin = state.push("heading_open", f"h{len(marks)}", 1)
    begin.map, begin.markup = [startLine, state.line], marks
    text = state.push("inline", "", 0)
    text.content, text.map, text.children = mdTrim(words), [startLine, state.line], []
    state.push("heading_close", f"h{len(marks)}", -1).markup = marks
    return True


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
    _push(state, startLine, after, markers, kind, ordered=kind in ".)")
    state.line = after
    return True


def _push(state: StateBlock, start: int, after: int, markers: list[str], kind: str, *, ordered: bool) -> None:
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
