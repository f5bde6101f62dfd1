"""Headings: their ids, and one level further down where the body has a title of its own."""

from collections.abc import Iterable, Sequence

from markdown_it.token import Token

from briefgen.load.slugs import anchor


def lower(tokens: Iterable[Token]) -> None:
    """Shift all headings down, so that the page's title stays the only one of level 1."""
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + 1)}"


def heading_id(inline: Token, taken: dict[str, int]) -> str:
    """An id made of the heading's words, new among `taken`, to which it is added.

    `taken` has with each id the last number that was put behind it, so that thousands of equal headings take no long.
    """
    base = anchor(plain(inline.children)) or "section"
    found, number = base, taken.get(base, 1)
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    taken[base] = number
    taken.setdefault(found, 1)
    return found


def plain(tokens: Sequence[Token] | None) -> str:
    """The words of an inline text, without marks and citations."""
    return "".join(_word(token) for token in tokens or ())


def _word(token: Token) -> str:
    if token.type == "entity":
        return token.content or token.info
    if token.type == "image":
        return plain(token.children)
    if token.type in ("softbreak", "hardbreak"):
        return " "
    return "" if token.type == "cite" else token.content
