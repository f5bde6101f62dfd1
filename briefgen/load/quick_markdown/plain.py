"""Code, emphasis and links of plain words, told at once; whatever is less plain is left to markdown-it."""

import re

from markdown_it.rules_inline import StateInline

from briefgen.load.markdown_rules.spans import mark

# Marks around words that begin and end with a letter or digit, after white space and before white space or a mark of
# punctuation: they can be read in one way only, whatever stands around them (CommonMark 0.31.2, §6.2).
_EMPHASIS = re.compile(r"(?<![^ \n(])(\*\*?|__?)([^\W_](?:[^\n!&*<\[\\\]_`~]*[^\W_])?)\1(?=[ \n.,;:?!)]|\Z)")
# No space at either end, which would be taken away.
_CODE = re.compile(r"`([^`\n ](?:[^`\n]*[^`\n ])?)`(?!`)")
_LINK = re.compile(r"\[([^\n!&*<\[\\\]_`~@^]+)\]\(([A-Za-z0-9/._~:?=#%@,;+-]+)\)")


def plain_emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
    """An inline rule before the one for all emphasis."""
    found = None if silent else _EMPHASIS.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    marks, words = found.groups()
    name = "strong" if len(marks) == 2 else "em"
    state.push(f"{name}_open", name, 1).markup = marks
    state.append_pending(words)
    state.push(f"{name}_close", name, -1).markup = marks
    state.pos = found.end()
    return True


def plain_code(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """An inline rule before the one for all code."""
    # Up to the end of the text, as marks behind the part that is looked at belong to the last run.
    found = _CODE.match(state.src, state.pos)
    if found is None or found.end() > state.posMax:
        return False
    if not silent:
        token = state.push("code_inline", "code", 0)
        token.markup, token.content = "`", found[1]
        mark(token, state.pos, found.end())
    state.pos = found.end()
    return True


def plain_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """An inline rule before the one for all links."""
    found = _LINK.match(state.src, state.pos, state.posMax)
    if found is None or state.level >= state.md.options.maxNesting:
        return False
    # From inside too many brackets markdown-it may have looked at the words before, and not have found their end.
    if state.cache.setdefault(found.start(1), found.end(1)) != found.end(1):
        return False
    if not silent:
        begin = state.push("link_open", "a", 1)
        begin.attrs = {"href": state.md.normalizeLink(found[2])}
        mark(begin, state.pos, found.end())
        state.append_pending(found[1])
        state.push("link_close", "a", -1)
    state.pos = found.end()
    return True
