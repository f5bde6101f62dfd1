"""Tokens and parser states that take less time to make: a text of some pages needs thousands of tokens."""

from functools import lru_cache
from itertools import accumulate
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Scanned
from markdown_it.token import Token
from msgspec import Struct, field


class LightToken(Struct):
    """A replacement of markdown-it's `Token` for rules and renderers, made in a third of the time."""

    type: str
    tag: str
    nesting: int
    level: int = 0
    block: bool = False
    content: str = ""
    map: list[int] | None = None
    children: list[Any] | None = None
    attrs: dict[str, str | int | float] = field(default_factory=dict)
    markup: str = ""
    info: str = ""
    meta: dict[Any, Any] = field(default_factory=dict)
    hidden: bool = False

    attrItems = Token.attrItems  # noqa: N815 (markdown-it's names)
    attrSet = Token.attrSet  # noqa: N815
    attrGet = Token.attrGet  # noqa: N815
    attrJoin = Token.attrJoin  # noqa: N815
    attrPush = Token.attrPush  # noqa: N815


class BlockState(StateBlock):
    """The state of block rules."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        self.has_bars = "|" in src  # looked for once, as each list item and quotation is read by itself
        if "\t" in src:
            super().__init__(src, md, env, tokens)
            return
        super().__init__("", md, env, tokens)
        self.src = src
        lines = src.split("\n")
        if not lines[-1].strip(" "):
            lines.pop()
        self.lineMax = len(lines)
        self.eMarks = [end - 1 for end in accumulate(len(line) + 1 for line in lines)]
        self.bMarks = [0, *(end + 1 for end in self.eMarks)][: len(lines)]
        self.tShift = [len(line) - len(line.lstrip(" ")) for line in lines]
        for marks, last in ((self.bMarks, len(src)), (self.eMarks, len(src)), (self.tShift, 0)):
            marks.append(last)
        self.sCount = self.tShift.copy()
        self.bsCount = [0] * len(self.tShift)

    def push(self, ttype: str, tag: str, nesting: int) -> Any:
        """Append a new token and return it."""
        level = self.level
        if nesting < 0:
            self.level = level = level - 1
        elif nesting > 0:
            self.level = level + 1
        token = LightToken(ttype, tag, nesting, level, True)
        self.tokens.append(token)  # type: ignore[arg-type]
        return token


class InlineState(StateInline):
    """The state of inline rules."""

    def __init__(self, src: str, md: MarkdownIt, env: Any, tokens: list[Token]) -> None:
        self._pieces: list[str] = []
        self.paired = False  # whether the text has marks that may form pairs
        super().__init__(src, md, env, tokens)

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803, FBT001 (markdown-it's names)
        """Return whether a run of marks can open and close emphasis (CommonMark 0.31.2, §6.2), and its length."""
        self.paired = True
        src, end = self.src, self.posMax
        marker, stop = src[start], start + 1
        while stop < end and src[stop] == marker:
            stop += 1
        punctuation, space = _kind(src[start - 1] if start > 0 else " ")
        next_punctuation, next_space = _kind(src[stop] if stop < end else " ")
        left = not (next_space or (next_punctuation and not (space or punctuation)))
        right = not (space or (punctuation and not (next_space or next_punctuation)))
        return Scanned(
            left and (canSplitWord or not right or punctuation),
            right and (canSplitWord or not left or next_punctuation),
            stop - start,
        )

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


@lru_cache(maxsize=1000)
def _kind(character: str) -> tuple[bool, bool]:
    """Return whether a character counts as punctuation, and whether as a space."""
    code = ord(character)
    return isMdAsciiPunct(code) or isPunctChar(character), isWhiteSpace(code)
