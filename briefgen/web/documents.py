"""The text and metadata of documents that others made.

The libraries that take documents apart come with the extra `capture` and are not imported here.
"""

from typing import Literal

from msgspec import Struct

DocumentKind = Literal["html", "pdf", "wacz", "text"]


class DocumentText(Struct, frozen=True):
    """What a document says: one paragraph a line in `text`, first the title if the document shows it.

    Metadata that is None was not found. `published` is a date in EDTF, `language` a language tag, and `address` the
    canonical one, if the document names it. `remarks` say what was seen beside values that are uncertain.
    """

    text: str
    title: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    site_name: str | None = None
    address: str | None = None
    extractor: str = "none"  # name and version
    is_whole: bool = True  # false if a part of the document is known to be missing
    remarks: tuple[str, ...] = ()


class UnreadableDocument(Exception):
    """A document whose text cannot be read: the reason, and what the user can do."""

    def __init__(self, reason: str, next_step: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.next_step = next_step


def read_document(
    data: bytes,
    kind: DocumentKind,
    address: str | None,
    charset: str | None = None,  # noqa: ARG001 (of HTML)
) -> DocumentText:
    """Return the text and metadata of a document; `charset` is the one that a server has declared.

    Raises:
        UnreadableDocument: it has no text that can be read.
        Failure: the extra `capture` is missing.
    """
    if kind != "text":
        raise UnreadableDocument("documents of this kind cannot be read yet", "Save its text as a file TEXT.txt.")
    return DocumentText(data.decode("utf-8", errors="replace"), address=address)
