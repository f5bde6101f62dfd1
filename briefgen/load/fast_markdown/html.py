"""Tokens → HTML with fewer calls: most tokens are plain text, or tags without attributes."""

from collections.abc import Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.token import Token

from briefgen.load.markdown_rules.html import Html


class FastHtml(Html):
    """The same HTML as `Html` makes, in less time."""

    def renderInline(self, tokens: Sequence[Token], options: Any, env: Any) -> str:  # noqa: N802 (markdown-it's name)
        """Return inline tokens as HTML."""
        if len(tokens) == 1 and tokens[0].type == "text":
            return escapeHtml(tokens[0].content)
        out, rules = [], self.rules
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "text":
                out.append(escapeHtml(token.content))
            elif (rule := rules.get(kind)) is not None:
                out.append(rule(tokens, index, options, env))
            else:
                out.append(self.renderToken(tokens, index, options, env))
        return "".join(out)

    def renderToken(self, tokens: Sequence[Token], idx: int, _options: Any, _env: Any) -> str:  # noqa: N802
        """Return a tag, with line breaks around blocks."""
        token = tokens[idx]
        tag, nesting = token.tag, token.nesting
        if token.hidden:
            return ""
        if nesting < 0:
            return f"</{tag}>\n" if token.block else f"</{tag}>"
        opening = f"<{tag}{self.renderAttrs(token)}>"
        if not token.block:
            return opening
        before = "\n" if idx and tokens[idx - 1].hidden else ""
        return before + opening if nesting and _continues_line(tag, tokens[idx + 1]) else f"{before}{opening}\n"


def _continues_line(tag: str, following: Token) -> bool:
    """Return whether the token after an opening tag is on the same line."""
    return following.type == "inline" or following.hidden or (following.nesting < 0 and following.tag == tag)
