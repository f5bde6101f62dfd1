"""The text and metadata of a web page. Runs in the process of `web.reader`, which bounds its time and memory."""

import re
from copy import deepcopy
from importlib.metadata import version
from typing import TYPE_CHECKING

from briefgen.web.charsets import decode
from briefgen.web.documents import DocumentText, UnreadableDocument
from briefgen.web.html_metadata import read_metadata, text_of
from briefgen.web.text_lines import drop_heading_marks, is_picture_credit

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_MIN_BYTES = 250  # fewer are a notice, rather than an article; in bytes, as an ideogram says more than a letter
_REPLACE_IT = "if a browser shows more, save the page there, remove this copy, and add the file"
_SAVE_IT = "If a browser shows more, save the page there and add the file."
# Elements of the simplified page that trafilatura makes, each of which is a paragraph.
_BLOCKS = frozenset(("body", "cell", "div", "fw", "head", "item", "list", "main", "p", "quote", "row", "table"))
_NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)


def read_html(data: bytes, address: str | None, charset: str | None) -> DocumentText:
    """Return what a page says. `address` is where it was found, `charset` the encoding that the server declared.

    Raises:
        UnreadableDocument: it has no text.
    """
    from trafilatura import load_html

    source, _, decoding = decode(data, charset, is_html=True)
    remarks = list(decoding)
    tree = load_html(source)
    if tree is None:
        raise UnreadableDocument("it is no web page")
    about = read_metadata(tree, source, address, remarks)
    paragraphs = _add_what_is_missing(_extract_paragraphs(tree, about.address), tree, about.title)
    text = "\n".join(drop_heading_marks(line for line in paragraphs if not is_picture_credit(line)))
    if not text:
        raise UnreadableDocument("the page has no text without its scripts", _SAVE_IT)
    is_short = len(text.encode()) < _MIN_BYTES
    is_free = not _NOT_FREE.search(source)
    if is_short:
        remarks.append(
            f"the page has very little text ({len(text)} characters), as a wall of cookies has; {_REPLACE_IT}"
        )
    if not is_free:
        remarks.append("the page says that it is not free to read, so this may be a part of the text")
    return DocumentText(
        text=text,
        **about._asdict(),
        extractor=f"trafilatura {version('trafilatura')}",
        is_whole=is_free and not is_short,
        remarks=tuple(remarks),
    )


def _extract_paragraphs(tree: "HtmlElement", address: str | None) -> list[str]:
    """Return the paragraphs of the article on a page. A line break within one counts as a space."""
    from lxml.etree import iterwalk
    from trafilatura import bare_extraction

    document = bare_extraction(deepcopy(tree), url=address, favor_recall=True, include_comments=False)
    body = getattr(document, "body", None)
    parts: list[str] = []
    # Without recursion, because pages may be nested without a limit.
    for event, element in iterwalk(body, events=("start", "end")) if body is not None else ():
        text = element.text if event == "start" else element.tail
        parts.append("\n" if element.tag in _BLOCKS else " " if element.tag == "lb" else "")
        parts.append((text or "").replace("\n", " "))
    return [text for line in "".join(parts).split("\n") if (text := " ".join(line.split()))]


def _add_what_is_missing(paragraphs: list[str], tree: "HtmlElement", title: str | None) -> list[str]:
    """Return the paragraphs, first the title if the page shows it, last the captions that the extraction left out."""
    headings = {text_of(heading) for heading in tree.xpath("//h1|//h2")}
    if title and title in headings:
        paragraphs = [title, *(text for number, text in enumerate(paragraphs) if number > 2 or text != title)]
    known = "\n".join(paragraphs)
    captions = dict.fromkeys(text_of(caption) for caption in tree.xpath("//figure//figcaption"))
    return paragraphs + [caption for caption in captions if caption and caption not in known]
