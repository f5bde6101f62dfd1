"""Tokens → HTML, where it differs from markdown-it's own."""

from collections.abc import Callable, Sequence
from typing import Any

from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from briefgen.load.markdown_rules.rules import reference_id


def _constant(html: str) -> Callable[..., str]:
    return lambda *_: html


class Html(RendererHTML):
    """Each method is named after the type of token that it renders."""

    @staticmethod
    def renderAttrs(token: Token) -> str:  # noqa: N802 (markdown-it's name)
        """Return the attributes of a tag; most have none."""
        return RendererHTML.renderAttrs(token) if token.attrs else ""

    def entity(self, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        return placeholder(tokens[index].meta["reference"])

    cite = entity

    def fault(self, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        return escapeHtml(tokens[index].content)

    # Elements that may be too wide for a phone scroll by themselves, so keyboards must reach them.

    def table_open(self, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        label = f"Table {tokens[index].meta['number']}"
        return f'<div class="table" tabindex="0" role="region" aria-label="{label}">\n<table>\n'

    table_close = _constant("</table>\n</div>\n")

    def code_block(self, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        return f'<pre tabindex="0"><code>{escapeHtml(tokens[index].content)}</code></pre>\n'

    def fence(self, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        token = tokens[index]
        words = token.info.split()
        language = f' class="language-{escapeHtml(words[0])}"' if words else ""
        return f'<pre tabindex="0"><code{language}>{escapeHtml(token.content)}</code></pre>\n'

    def footnote_ref(self, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        token = tokens[index]
        number = token.meta["number"]
        return (
            f'<sup class="footnote-ref"><a href="#fn_{number}" id="{reference_id(token)}" role="doc-noteref" '
            f'aria-label="Footnote {number}">{number}</a></sup>'
        )

    footnote_block_open = _constant('<section class="footnotes" role="doc-endnotes" aria-label="Footnotes">\n<ol>\n')
    footnote_block_close = _constant("</ol>\n</section>\n")
    footnote_close = _constant("</li>\n")

    def footnote_open(self, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        return f'<li id="fn_{tokens[index].meta["number"]}">'

    def footnote_anchor(self, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
        meta = tokens[index].meta
        number, use = meta["number"], meta["use"]
        where = f"{number}" if use == 1 else f"{number}, place {use}"
        # U+FE0E keeps phones from showing the arrow as a coloured emoji.
        return (
            f' <a href="#{reference_id(tokens[index])}" class="footnote-back" role="doc-backlink" '
            f'aria-label="Back to footnote {where} in the text">↩\ufe0e</a>'
        )


def placeholder(number: int) -> str:
    """Return the placeholder of a reference, which no text can have, until a page is rendered."""
    return f"\x00{number}\x00"
