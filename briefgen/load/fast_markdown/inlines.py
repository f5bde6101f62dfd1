"""Inline text: only rules that can begin with the character after a piece of plain text are tried."""

from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from briefgen.load.fast_markdown.rules import RulesByCharacter
from briefgen.load.fast_markdown.tokens import InlineState, LightToken

# Rules that are not listed can begin with any character.
_BEGIN = {
    "text": "",  # `FastInlines` skips plain text itself
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


class FastInlines(ParserInline):
    """A parser of inline text with the present rules of another."""

    def __init__(self, stock: ParserInline) -> None:
        super().__init__()
        self.ruler, self.ruler2, self.terminator_re = stock.ruler, stock.ruler2, stock.terminator_re
        self._rules = RulesByCharacter(stock.ruler, _BEGIN)

    def parse(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> list[Token]:
        """Append the tokens of one text to `tokens`."""
        if src and self.terminator_re.search(src) is None:
            tokens.append(LightToken("text", "", 0, content=src))  # type: ignore[arg-type]
            return tokens
        state = InlineState(src, md, env, tokens)
        self.tokenize(state)
        # Only marks without a partner leave adjacent text tokens, which these rules join.
        if state.paired:
            for rule in self.ruler2.getRules(""):
                rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """Append the tokens of the rest of a text."""
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
