"""Markdown as an independent reader takes it: markdown-it-py, with nothing but CommonMark."""

from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

_PARSER = MarkdownIt("commonmark")
_INVISIBLE = ("strong_open", "strong_close", "em_open", "em_close")


def tokens(text: str) -> Iterator[Token]:
    """All tokens of a document, those within lines in their places."""
    for token in _PARSER.parse(text):
        yield token
        yield from token.children or ()


def structure(text: str) -> list[tuple[str, int]]:
    """The blocks, links, pictures and code of a document with their levels, without its words and emphasis."""
    found = []
    for token in _PARSER.parse(text):
        found.append((token.type, token.level))
        inside = [child.type for child in token.children or () if child.type not in _INVISIBLE]
        found += [(kind, token.level) for kind in inside if kind not in ("text", "softbreak")]
    return found


def top_blocks(text: str) -> list[str]:
    """The elements that a document consists of, as HTML names them."""
    return [token.tag for token in _PARSER.parse(text) if not token.level and token.nesting == 1]


def lines(text: str) -> list[str]:
    """What can be read in each block of a document, in order; a line break is a space."""
    found = []
    for token in _PARSER.parse(text):
        if token.type == "inline":
            found.append(_read(token.children or ()))
        elif token.type in ("fence", "code_block"):
            found.append(token.content.rstrip("\n"))
    return found


def links(text: str) -> list[str]:
    """The addresses that a document links to, in order."""
    return [str(token.attrs["href"]) for token in tokens(text) if token.type == "link_open"]


def _read(children: Iterator[Token] | list[Token] | tuple[Token, ...]) -> str:
    parts = []
    for child in children:
        if child.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif child.type == "image":
            parts.append(_read(child.children or ()))
        elif child.type in ("text", "code_inline"):
            parts.append(child.content)
    return "".join(parts)
