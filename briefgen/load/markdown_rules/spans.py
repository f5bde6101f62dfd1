"""Where in its inline text a token was written; `places` makes a line and a column of it."""

from collections.abc import Callable

from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

Rule = Callable[[StateInline, bool], bool]


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
