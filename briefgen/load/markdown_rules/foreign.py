"""Markup in a body that only other programs read, and that readers would see as it is written."""

from collections.abc import Iterator, Sequence

from markdown_it.token import Token

from briefgen.load.markup import NOTE, find_markup

# A message, a hint, and start and end in the inline text.
Complaint = tuple[str, str, int, int]
_FRONT_MATTER = "these keys stand below the front matter, so readers would see them"


def foreign_inline(inline: Token) -> Iterator[Complaint]:
    """Yield what is foreign in an inline text; code and the addresses of plain links are left out."""
    text = _without_code(inline)
    for found in find_markup(text):
        words = inline.content[found.start : found.end].partition("\n")[0]
        shown = words if len(words) <= 60 else words[:59] + "…"
        message = f'"{shown}" is {found.kind.what}, and readers would see it as it is written'
        yield message, f"{found.kind.instead}; if you mean it, put a backslash before it", found.start, found.end


def _without_code(inline: Token) -> str:
    """Return the text with backticks in place of all code, which keeps every offset."""
    pieces: list[str] = []
    done = 0
    for token in inline.children or ():
        if "start" in token.meta and (token.type == "code_inline" or token.markup == "autolink"):
            start, end = token.meta["start"], token.meta["end"]
            pieces += inline.content[done:start], "`" * (end - start)
            done = end
    return "".join((*pieces, inline.content[done:]))


def foreign_block(tokens: Sequence[Token], index: int) -> tuple[str, str] | None:
    """Return message and hint where a block begins at a token that other programs read otherwise."""
    token = tokens[index]
    if token.type == "fence" and token.info.lstrip().startswith("{"):
        return (
            f'"{token.markup}{token.info.strip()}" is a directive of MyST or pandoc, which is shown as code here',
            f"{NOTE}, or name a language: {token.markup}python",
        )
    is_underlined = token.type == "heading_open" and token.markup == "-"
    if is_underlined and _are_keys(tokens[index + 1].content):
        return _FRONT_MATTER, "move them to the top of the file, between its two lines of three hyphens"
    return None


def _are_keys(text: str) -> bool:
    names = [line.partition(":") for line in text.split("\n") if line[:1] not in (" ", "-", "#")]
    return bool(names) and all(
        colon and name.replace("_", "a").isalnum() and name.islower() for name, colon, _ in names
    )
