"""`[@source-id]`, `[@source-id, "exact words"]`, `[@one; @two]`: sources."""

import re

from markdown_it.rules_inline import StateInline, link

from briefgen.load.markdown_rules.spans import fault, mark

_ITEM = re.compile(
    r"""\s*@(?P<id>[^\s\[\],;"“”„«»]+)
    (?:\s*,\s*(?:"(?P<straight>(?:[^"\\]|\\.){0,2000})"|“(?P<curly>[^”]{0,2000})”
        |„(?P<low>[^“”]{0,2000})[“”]|«(?P<angular>[^»]{0,2000})»))?
    \s*(?P<end>[;\]])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r'\\(["\\])')
_ANY = re.compile(r"\[@\w[^\[\]\n]*\]?")
_HINT = 'write [@source-id] or [@source-id, "exact words"]; \\[@ shows it as it is'


def cite(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
    """An inline rule: pushes a token `cite` for each source, the id in `info` and the quoted words in `content`."""
    start = state.pos
    if not state.src.startswith("[@", start):
        return False
    items: list[re.Match[str]] = []
    pos = start + 1
    while (match := _ITEM.match(state.src, pos, state.posMax)) is not None:
        items.append(match)
        pos = match.end()
        if match["end"] == "]":
            break
    if not items or items[-1]["end"] != "]":
        return _malformed(state, start, silent=silent)
    if state.src.startswith("(", pos) and link(state, True):
        state.pos = start
        return False
    if not silent:
        _push(state, items, start)
    state.pos = pos
    return True


def _push(state: StateInline, items: list[re.Match[str]], start: int) -> None:
    for index, match in enumerate(items):
        if index:
            state.push("text", "", 0).content = " "
        quote = match["straight"]
        words = _ESCAPED.sub(r"\1", quote) if quote else match["curly"] or match["low"] or match["angular"] or ""
        token = state.push("cite", "", 0)
        token.info = match["id"]
        token.content = " ".join(words.split())
        # Of several, each after the first begins at its own @.
        first = start if index == 0 else match.start("id") - 1
        mark(token, first, match.end() if len(items) == 1 else match.start("end"))


def _malformed(state: StateInline, start: int, *, silent: bool) -> bool:
    """Text that was meant as a citation, shown as it is and complained about."""
    match = _ANY.match(state.src, start, state.posMax)
    if match is None:
        return False
    if state.src.startswith("(", match.end()) and link(state, True):
        state.pos = start
        return False
    if not silent:
        fault(state, start, match.end(), code="wrong-type", message="this citation cannot be read", hint=_HINT)
    state.pos = match.end()
    return True
