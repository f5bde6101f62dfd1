"""`[[target]]` and `[[target|label]]`: an actor or a theme."""

import re

from markdown_it.rules_inline import StateInline, link

from briefgen.load.markdown_rules.spans import mark

_ENTITY = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]")


def entity(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
    """An inline rule: pushes a token `entity` with the target in `info` and the label in `content`."""
    start = state.pos
    if not state.src.startswith("[[", start):
        return False
    match = _ENTITY.match(state.src, start, state.posMax)
    if match is None or not match[1].strip():
        return False
    # `[[1]](https://…)` is a link whose text is "[1]".
    if state.src.startswith("(", match.end()) and link(state, True):
        state.pos = start
        return False
    if not silent:
        target, label = match.groups()
        token = state.push("entity", "", 0)
        token.info = " ".join(target.split())
        token.content = " ".join((label or "").split())
        mark(token, start, match.end())
    state.pos = match.end()
    return True
