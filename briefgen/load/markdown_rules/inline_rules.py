"""The inline rules of actors, themes and sources, and tokens that remember where they were written."""

import re
from collections.abc import Callable

from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

Rule = Callable[[StateInline, bool], bool]

_ENTITY = re.compile(r"\[\[([^\[\]|]+)(?:\|([^\[\]]*))?\]\]")
_CITATION = re.compile(
    r"""\s*@(?P<id>[^\s\[\],;"“”„«»]+)
    (?:\s*,\s*(?:"(?P<straight>(?:[^"\\]|\\.){0,2000})"|“(?P<curly>[^”]{0,2000})”
        |„(?P<low>[^“”]{0,2000})[“”]|«(?P<angular>[^»]{0,2000})»))?
    \s*(?P<end>[;\]])""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPED = re.compile(r'\\(["\\])')
_MALFORMED = re.compile(r"\[@\w[^\[\]\n]*\]?")
_HINT = 'write [@source-id] or [@source-id, "exact words"]; \\[@ shows it as it is'


def mark(token: Token, start: int, end: int) -> None:
    """Remember the offsets of a token's source."""
    token.meta = {"start": start, "end": end}


def marked(rule: Rule) -> Rule:
    """Return a rule of markdown-it whose links, images and code remember where they were written."""

    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            for token in state.tokens[count : count + 2]:
                if token.type in ("link_open", "image", "code_inline"):
                    mark(token, start, state.pos)
                    break
        return True

    return run


def fault(state: StateInline, start: int, end: int, *, code: str, message: str, hint: str) -> None:
    """Show a piece of text as it is, with a problem to report."""
    token = state.push("fault", "", 0)
    token.content = state.src[start:end]
    mark(token, start, end)
    token.meta |= {"code": code, "message": message, "hint": hint}


def entity(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
    """Push a token `entity` for `[[target|label]]`, with the target in `info` and the label in `content`."""
    start = state.pos
    match = _ENTITY.match(state.src, start, state.posMax)
    # `[[1]](https://…)` is a link whose text is "[1]".
    if match is None or not match[1].strip() or _is_link_text(state, match.end()):
        return False
    if not silent:
        target, label = match.groups()
        token = state.push("entity", "", 0)
        token.info = " ".join(target.split())
        token.content = " ".join((label or "").split())
        mark(token, start, match.end())
    state.pos = match.end()
    return True


def _is_link_text(state: StateInline, end: int) -> bool:
    """Return whether the brackets from the present position to `end` are the text of a link."""
    start = state.pos
    is_link = state.src.startswith("(", end) and link(state, True)
    state.pos = start
    return is_link


def cite(state: StateInline, silent: bool) -> bool:  # noqa: FBT001
    """Push a token `cite` for each source of `[@one; @two, "words"]`, the id in `info` and the words in `content`."""
    start = state.pos
    if not state.src.startswith("[@", start):
        return False
    items: list[re.Match[str]] = []
    end = start + 1
    while (match := _CITATION.match(state.src, end, state.posMax)) is not None:
        items.append(match)
        end = match.end()
        if match["end"] == "]":
            break
    is_valid = bool(items) and items[-1]["end"] == "]"
    if not is_valid:
        if (malformed := _MALFORMED.match(state.src, start, state.posMax)) is None:
            return False
        end = malformed.end()
    if _is_link_text(state, end):
        return False
    if not silent and is_valid:
        _push_citations(state, items, start)
    elif not silent:
        fault(state, start, end, code="wrong-type", message="this citation cannot be read", hint=_HINT)
    state.pos = end
    return True


def _push_citations(state: StateInline, items: list[re.Match[str]], start: int) -> None:
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
