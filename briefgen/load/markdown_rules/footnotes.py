"""Footnotes: numbered in the order in which readers meet them, and gathered at the end.

The plugin's own gathering numbers by the order of parsing, and writes back links to references that are not shown.
"""

import re
from collections.abc import Iterable

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from briefgen.load.markdown_rules.inline_rules import Rule, fault

# The limit keeps many opening brackets from taking time with the square of their number.
_REFERENCE = re.compile(r"\[\^([^\s\]]{1,200})\]")


def short(rule: Rule) -> Rule:
    """Limit the length of labels that the plugin's rule for references looks for."""

    def run(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
        return _REFERENCE.match(state.src, state.pos, state.posMax) is not None and rule(state, silent)

    return run


def missing(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
    """Report a reference to a missing footnote, as an inline rule after those of footnotes and links."""
    match = _REFERENCE.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        message = f'no footnote "{match[1]}"'
        hint = f"write [^{match[1]}]: and its text on a line of its own; \\[^ shows it as it is"
        fault(state, state.pos, match.end(), code="broken-link", message=message, hint=hint)
    state.pos = match.end()
    return True


def gather(state: StateCore) -> None:
    """Move the footnotes with references to the end, each with links back, as a core rule."""
    if "footnotes" not in state.env:
        return
    body, notes = _apart(state.tokens)
    order: list[str] = []
    numbers: dict[str, int] = {}
    uses: dict[str, int] = {}

    def count(tokens: Iterable[Token]) -> None:
        for token in (child for block in tokens for child in block.children or () if child.type == "footnote_ref"):
            label = token.meta["label"]
            if label not in numbers:
                order.append(label)
                numbers[label] = len(order)
            uses[label] = uses.get(label, 0) + 1
            token.meta |= {"number": numbers[label], "use": uses[label]}

    count(body)
    # Notes may refer to notes, so the list grows while it is read.
    for label in order:
        count(notes[label])
    state.tokens = body
    if not order:
        return
    state.tokens.append(Token("footnote_block_open", "section", 1, block=True))
    for number, label in enumerate(order, 1):
        state.tokens.append(Token("footnote_open", "li", 1, block=True, meta={"number": number}))
        tokens = notes[label]
        last = tokens.pop() if tokens and tokens[-1].type == "paragraph_close" else None
        state.tokens.extend(tokens)
        for use in range(1, uses[label] + 1):
            state.tokens.append(Token("footnote_anchor", "", 0, meta={"number": number, "use": use}))
        if last:
            state.tokens.append(last)
        state.tokens.append(Token("footnote_close", "li", -1, block=True))
    state.tokens.append(Token("footnote_block_close", "section", -1, block=True))


def _apart(tokens: Iterable[Token]) -> tuple[list[Token], dict[str, list[Token]]]:
    """Return the body, and the tokens of each note by its label; a note inside a note becomes one beside it."""
    body: list[Token] = []
    notes: dict[str, list[Token]] = {}
    inside: list[list[Token]] = [body]
    for token in tokens:
        if token.type == "footnote_reference_open":
            inside.append(notes.setdefault(token.meta["label"], []))
        elif token.type == "footnote_reference_close":
            inside.pop()
        else:
            inside[-1].append(token)
    return body, notes


def reference_id(token: Token) -> str:
    """Return the id of a reference to a note."""
    number, use = token.meta["number"], token.meta["use"]
    return f"fnref_{number}" if use == 1 else f"fnref_{number}_{use}"
