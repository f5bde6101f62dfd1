"""Inline text: only rules that can begin with the character after a piece of plain text are tried."""

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token

from briefgen.load.fast_markdown.tokens import LightToken, RulesByCharacter
from briefgen.load.markdown_rules.addresses import PLAIN
from briefgen.load.markdown_rules.rules import mark

# Rules that are not listed can begin with any character.
_BEGIN = {
    "text": "",  # `FastInlines` skips plain text itself
    "newline": "\n",
    "escape": "\\",
    "backticks": "`",
    "strikethrough": "~",
    "plain_emphasis": "*_",
    "emphasis": "*_",
    "plain_link": "[",
    "actor_or_theme": "[",
    "source": "[",
    "link": "[",
    "footnote_ref": "[",
    "missing_footnote": "[",
    "image": "!",
    "autolink": "<",
    "entity": "&",
}
# Marks around words that begin and end with a letter or digit, after white space and before white space or
# punctuation, have one reading only, whatever surrounds them (CommonMark 0.31.2, §6.2).
_EMPHASIS = re.compile(r"(?<![^ \n(])(\*\*?|__?)([^\W_](?:[^\n!&*<\[\\\]_`~]*[^\W_])?)\1(?=[ \n.,;:?!)]|\Z)")
# A link of plain words to an address that is normal as it is, see `addresses.is_plain`.
_LINK = re.compile(rf"\[([^\W_](?:[^\n!&*<\[\\\]_`~]*[^\W_])?)\]\(({PLAIN})\)")


class InlineState(StateInline):
    """The state of inline rules, with lighter tokens."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        self._pieces: list[str] = []
        self.has_marks = False  # whether the text has marks that may form pairs
        super().__init__(src, md, env, tokens)

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, FBT001 (markdown-it's names)
        """Return whether a run of marks can open and close emphasis, and its length."""
        self.has_marks = True
        return super().scanDelims(start, canSplitWord)

    @property
    def pending(self) -> str:
        """Return the text that is in no token yet."""
        if len(self._pieces) > 1:
            self._pieces = ["".join(self._pieces)]
        return self._pieces[0] if self._pieces else ""

    @pending.setter
    def pending(self, text: str) -> None:
        self._pieces = [text] if text else []

    def append_pending(self, text: str) -> None:
        """Append to the pending text."""
        self._pieces.append(text)

    def pushPending(self) -> Any:  # noqa: N802 (markdown-it's name)
        """Append the pending text as a token and return it."""
        token = LightToken("text", "", 0, self.pendingLevel, False, "".join(self._pieces))
        self.tokens.append(token)  # type: ignore[arg-type]
        self._pieces = []
        return token

    def push(self, ttype: str, tag: str, nesting: int) -> Any:
        """Append the pending text and a new token, and return this."""
        if self._pieces:
            self.pushPending()
        level, meta = self.level, None
        if nesting < 0:
            self.level = level = level - 1
            self.delimiters = self._prev_delimiters.pop()
        elif nesting > 0:
            self.level = level + 1
            self._prev_delimiters.append(self.delimiters)
            self.delimiters = []
            meta = {"delimiters": self.delimiters}
        token = LightToken(ttype, tag, nesting, level)
        self.pendingLevel = self.level
        self.tokens.append(token)  # type: ignore[arg-type]
        self.tokens_meta.append(meta)
        return token


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
        if state.has_marks:
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


def plain_emphasis(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
    """Match emphasis of plain words, as an inline rule before the stock one."""
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


def plain_link(state: StateInline, silent: bool) -> bool:  # noqa: FBT001  (the signature of an inline rule)
    """Match a link of plain words, as an inline rule before all others that begin with a bracket."""
    found = None if silent else _LINK.match(state.src, state.pos, state.posMax)
    if found is None:
        return False
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": found[2]}
    mark(token, *found.span())
    state.append_pending(found[1])
    state.push("link_close", "a", -1)
    state.pos = found.end()
    return True
