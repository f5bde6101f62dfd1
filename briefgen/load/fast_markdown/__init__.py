"""markdown-it's parser, made faster: the same rules, tried only where they can match, and short cuts for plain text.

It relies on internals of markdown-it-py, whose minor version is pinned. `BRIEFGEN_REFERENCE=1` runs the stock parser
instead; `tests/property/test_fast_markdown.py` compares the two (decision 15).
"""

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, normalize, text_join

from briefgen.load.fast_markdown.blocks import FastBlocks, plain_list
from briefgen.load.fast_markdown.inlines import FastInlines, plain_emphasis, plain_link


def make_fast(parser: MarkdownIt) -> MarkdownIt:
    """Make a parser faster and return it. Its rules must not change afterwards."""
    parser.block.ruler.before("list", "plain_list", plain_list)
    parser.inline.ruler.before("emphasis", "plain_emphasis", plain_emphasis)
    parser.inline.ruler.before("actor_or_theme", "plain_link", plain_link)
    parser.core.ruler.at("normalize", _normalize)
    parser.core.ruler.at("text_join", _join_texts)
    parser.block = FastBlocks(parser.block.ruler)
    parser.inline = FastInlines(parser.inline)
    return parser


def _normalize(state: StateCore) -> None:
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _join_texts(state: StateCore) -> None:
    # Only escapes leave adjacent text tokens: no rule adds a text next to another one.
    if "\\" in state.src or "&" in state.src:
        text_join(state)
