"""The entry point: a stock parser → a faster one with the same output.

markdown-it tries every rule at every position, and most rules reject the first character. Here only rules that can
begin with it are tried, and plain text takes short cuts: headings, lists, emphasis, code and links of words only.
"""

import re
from types import SimpleNamespace
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.rules_core import StateCore, normalize, text_join

from briefgen.load.fast_markdown.blocks import FastBlocks
from briefgen.load.fast_markdown.html import FastHtml
from briefgen.load.fast_markdown.inlines import FastInlines
from briefgen.load.fast_markdown.plain import plain_code, plain_emphasis, plain_link
from briefgen.load.fast_markdown.plain_blocks import plain_heading, plain_list

_PLAIN_DESTINATION = re.compile(r"[A-Za-z0-9/._~:?=#%@,;+-]+(?=[) \n])")


def make_fast(parser: MarkdownIt) -> MarkdownIt:
    """Make a parser faster. Its rules must not change afterwards."""
    parser.block.ruler.before("list", "plain_list", plain_list)
    parser.block.ruler.before("heading", "plain_heading", plain_heading)
    parser.inline.ruler.before("backticks", "plain_code", plain_code)
    parser.inline.ruler.before("emphasis", "plain_emphasis", plain_emphasis)
    parser.inline.ruler.before("link", "plain_link", plain_link)
    parser.core.ruler.at("normalize", _normalize)
    parser.core.ruler.at("text_join", _text_join)
    parser.helpers = SimpleNamespace(  # type: ignore[assignment]
        parseLinkDestination=_destination, parseLinkLabel=parseLinkLabel, parseLinkTitle=parseLinkTitle
    )
    parser.block = FastBlocks(parser.block.ruler)
    parser.inline = FastInlines(parser.inline)
    parser.renderer = FastHtml(parser)
    return parser


def _normalize(state: StateCore) -> None:
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _text_join(state: StateCore) -> None:
    # Only escapes leave adjacent text tokens: no rule adds a text next to another one.
    if "\\" in state.src or "&" in state.src:
        text_join(state)


class _Destination(NamedTuple):
    ok: bool
    pos: int
    str: str


def _destination(string: str, pos: int, maximum: int) -> Any:
    """Return the address of a link, as `parseLinkDestination` does character by character."""
    plain = _PLAIN_DESTINATION.match(string, pos, maximum)
    return _Destination(True, plain.end(), plain[0]) if plain else parseLinkDestination(string, pos, maximum)
