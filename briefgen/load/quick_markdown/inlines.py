"""Inline texts: rules are chosen by the character that ends a piece of plain text."""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from briefgen.load.quick_markdown.chosen import Chosen
from briefgen.load.quick_markdown.tokens import InlineState, LightToken

# What is not listed may begin with anything.
_BEGIN = {
    "text": "",  # `Inlines` passes over plain text by itself
    "newline": "\n",
    "escape": "\\",
    "plain_code": "`",
    "backticks": "`",
    "strikethrough": "~",
    "plain_emphasis": "*_",
    "emphasis": "*_",
    "actor_or_theme": "[",
    "source": "[",
    "plain_link": "[",
    "link": "[",
    "footnote_ref": "[",
    "missing_footnote": "[",
    "image": "!",
    "autolink": "<",
    "entity": "&",
}


class Inlines(ParserInline):
    """A parser of inline texts with all rules that another has by now."""

    def __init__(self, stock: ParserInline) -> None:
        super().__init__()
        self.ruler, self.ruler2, self.terminator_re = stock.ruler, stock.ruler2, stock.terminator_re
        self._rules = Chosen(stock.ruler, _BEGIN)

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Tokens of one text, appended to `tokens`."""
        if src and self.terminator_re.search(src) is None:
            tokens.append(LightToken("text", "", 0, content=src))  # type: ignore[arg-type]
            return tokens
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        # Marks that make no pair are texts, and nothing else leaves two of them side by side.
        if state.paired:
            for rule in self.ruler2.getRules(""):
                rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """Tokens of what is left of a text."""
        src, end, search, rules = state.src, state.posMax, self.terminator_re.search, self._rules
        deepest = state.md.options.maxNesting
        while (place := state.pos) < end:
            found = search(src, place, end)
            stop = found.start() if found else end
            if stop > place:
                state.append_pending(src[place:stop])
                state.pos = stop
                if found is None:
                    break
            for rule in rules[src[stop]] if state.level < deepest else ():
                if rule(state, False):
                    break
            else:
                state.append_pending(src[stop])
                state.pos = stop + 1
        if state.pending:
            state.pushPending()
