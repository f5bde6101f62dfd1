"""Plain text, as a curator saves or pastes it: lines that belong together become one paragraph."""

import re
from collections.abc import Iterable, Iterator

from briefgen.web.charsets import decode
from briefgen.web.documents import DocumentText, UnreadableDocument, shorten
from briefgen.web.text_lines import drop_heading_marks, read_first_lines

IN_PARAGRAPH = "\u2028"
"""A line end within a paragraph, kept after a hyphen, which may or may not belong to the word."""
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x85\u2028\u2029]")
_MIN_WRAPPED = 40  # characters; shorter lines were ended on purpose, as in verses and addresses
_MAX_WRAPPED = 120  # longer ones are whole paragraphs


def read_text(data: bytes, charset: str | None = None) -> DocumentText:
    """Return the text of a file without markup, but for the signs of headings in Markdown.

    Its first line is the title if it looks like one; lines of menus, with a name or with a day are none.

    Raises:
        UnreadableDocument: there is no text in it.
    """
    text, _, decoding = decode(data, charset)
    remarks = list(decoding)
    lines = drop_heading_marks(map(str.strip, _LINE_END.split(text.replace("\0", ""))))
    paragraphs = list(join_lines(lines))
    if not paragraphs:
        raise UnreadableDocument("it is empty", "Give a file with the text of the document.")
    title, seen = read_first_lines(paragraphs)
    return DocumentText(
        "\n".join(paragraphs),
        title=shorten(title, "title", remarks),
        extractor="plain text",
        remarks=tuple(remarks),
        seen=seen,
    )


def join_lines(lines: Iterable[str]) -> Iterator[str]:
    """Yield paragraphs: runs of lines between empty ones, joined if they were wrapped at a width."""
    block: list[str] = []
    for line in (*lines, ""):
        if line.strip():
            block.append(line.strip())
            continue
        yield from [join_words(block)] if _is_wrapped(block) else block
        block = []


def join_words(lines: Iterable[str]) -> str:
    """Return lines as one paragraph."""
    text = ""
    for line in lines:
        is_hyphenated = text.endswith(("-", "\u2010", "\u00ad")) and text[-2:-1].isalnum()
        text += (IN_PARAGRAPH if is_hyphenated else " ") + line if text else line
    return text


def _is_wrapped(lines: list[str]) -> bool:
    return len(lines) > 1 and all(_MIN_WRAPPED <= len(line) <= _MAX_WRAPPED for line in lines[:-1])
