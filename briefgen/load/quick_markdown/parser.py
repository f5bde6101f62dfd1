"""The parser made quick.

markdown-it asks every rule at every place, and most look at a character and say no. Here those rules alone are asked
that can begin with a character, and what is plain is told at once: headings, lists, emphasis, code and links of nothing
but words. What comes out is the same: `tests/property/test_quick_markdown.py` compares.
"""

import re
from types import SimpleNamespace
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkDestination, parseLinkLabel, parseLinkTitle
from markdown_it.rules_core import StateCore, normalize, text_join

from briefgen.load.quick_markdown.blocks import Blocks
from briefgen.load.quick_markdown.html import QuickHtml
from briefgen.load.quick_markdown.inlines import Inlines
from briefgen.load.quick_markdown.plain import plain_code, plain_emphasis, plain_link
from briefgen.load.quick_markdown.plain_blocks import plain_heading, plain_list

_PLAIN_DESTINATION = re.compile(r"[A-Za-z0-9/._~:?=#%@,;+-]+(?=[) \n])")


def quick(parser: MarkdownIt) -> MarkdownIt:
    """A parser, whose rules do not change any more, made quick."""
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
    parser.block = Blocks(parser.block.ruler)
    parser.inline = Inlines(parser.inline)
    parser.renderer = QuickHtml(parser)
    return parser


def _normalize(state: StateCore) -> None:
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _text_join(state: StateCore) -> None:
    # Only what was escaped is in pieces by now: no rule pushes a text beside another one.
    if "\\" in state.src or "&" in state.src:
        text_join(state)


class _Destination(NamedTuple):
    ok: bool
    pos: int
    str: str


def _destination(string: str, pos: int, maximum: int) -> Any:
    """The address of a link, as `parseLinkDestination` finds it character by character."""
    plain = _PLAIN_DESTINATION.match(string, pos, maximum)
    return _Destination(True, plain.end(), plain[0]) if plain else parseLinkDestination(string, pos, maximum)
