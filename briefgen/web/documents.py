"""The text and metadata of documents that others made.

The libraries that take documents apart come with the extra `capture`. They run in a process of their own, whose time
and memory are limited: a document may be made to exhaust both.
"""

import re
from importlib.util import find_spec
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model.failure import Failure
from briefgen.model.links import without_passwords

DocumentKind = Literal["html", "pdf", "wacz", "text"]
LIBRARIES = ("htmldate", "lxml", "protego", "pypdf", "trafilatura", "warcio")
WRITE_TEXT = "Write its text into text.txt beside it, one paragraph a line."
_MAX_TEXT = 4 * 1024 * 1024 - 1  # bytes of a text and its last line feed, as `load` reads one: 700,000 words
_MAX_VALUE = 300  # characters of a title or a list of authors
# Control characters and what changes the direction of the text around it.
_UNFIT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")


class DocumentText(Struct, frozen=True, tag=True):
    """What a document says: one paragraph a line in `text`, first the title if the document shows it.

    A line of a printed text that ends with a hyphen ends with U+2028 in `text`, as the paragraph goes on. Metadata that
    is None was not found, or is uncertain: then `seen` says by its key what a person should look at (`publisher` for
    `site_name`). `published` is a date in EDTF, `language`
    a language tag, `address` the one that the document gives itself on the host where it was found, and `canonical`
    the one that it names as its own on any host.
    """

    text: str
    title: str | None = None
    author: str | None = None  # several are separated by semicolons
    published: str | None = None
    language: str | None = None
    site_name: str | None = None
    address: str | None = None
    canonical: str | None = None
    retrieved: str | None = None  # the day on which a web archive has got the page
    extractor: str = "none"  # name and version
    is_whole: bool = True  # false if a part of the document may be missing
    remarks: tuple[str, ...] = ()
    seen: dict[str, str] = {}


class UnreadableDocument(Exception):
    """A document whose text cannot be read: the reason, and what the user can do."""

    def __init__(self, reason: str, next_step: str = WRITE_TEXT) -> None:
        super().__init__(reason)
        self.reason = reason
        self.next_step = next_step


def read_document(data: bytes, kind: DocumentKind, address: str | None, charset: str | None = None) -> DocumentText:
    """Return the text and metadata of a document; `charset` is the one that a server has declared.

    Raises:
        UnreadableDocument: it has no text that can be read.
        Failure: the extra `capture` is missing.
    """
    if kind == "text":
        from briefgen.web.plain_text import read_text

        return _finish(read_text(data, charset))
    require_libraries()
    from briefgen.web.reader import read_in_process

    return _finish(read_in_process(data, kind, address, charset))


def _finish(document: DocumentText) -> DocumentText:
    """Return what a document says, with a text that is not too long and without passwords in addresses."""
    address, canonical = (without_passwords(one or "") or None for one in (document.address, document.canonical))
    remarks = tuple(map(without_passwords, document.remarks))
    seen = {name: without_passwords(text) for name, text in document.seen.items()}
    document = replace(document, address=address, canonical=canonical, remarks=remarks, seen=seen)
    data = document.text.encode()
    if len(data) <= _MAX_TEXT:
        return document
    text = data[:_MAX_TEXT].decode(errors="ignore")
    text = text.rpartition("\n")[0] or text
    remark = f"the text is too long: the first {len(text)} of {len(document.text)} characters were kept"
    return replace(document, text=text, is_whole=False, remarks=(*document.remarks, remark))


def require_libraries() -> None:
    """Raise Failure if the libraries are missing that documents other than plain text need."""
    if missing := [name for name in LIBRARIES if find_spec(name) is None]:
        raise Failure(
            f"web pages, PDF files and web archives need the extra `capture` ({missing[0]} is missing)",
            "Run `pip install 'briefgen[capture]'`, or give the text as a plain file: `briefgen add TEXT.txt`.",
        )


def detect_kind(data: bytes, name: str = "", content_type: str = "") -> DocumentKind | None:
    """Return what a document is by its first bytes, else by its name or declared type; None for anything else."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if start.startswith(b"PK\x03\x04"):
        return "wacz" if suffix in ("wacz", "zip") or b"datapackage.json" in data else None
    if re.match(rb"(?i)<(!doctype\s+html|html|head|body|!--)", start) or re.search(
        rb"(?i)<(html|head|body)[\s>]", start
    ):
        return "html"
    if suffix in ("html", "htm", "xhtml") or "html" in content_type.lower():
        return "html"
    is_binary = b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff"))
    if is_binary or start.startswith((b"{", b"<?xml")):
        return "text" if suffix == "txt" and not is_binary else None
    if suffix in ("txt", "text", "md") or content_type.lower().startswith("text/plain"):
        return "text"
    return None


def tidy(value: str) -> str:
    """Return a value on one line, without characters that no line of content may have."""
    return " ".join(_UNFIT.sub(" ", value).split())


def shorten(value: str | None, name: str, remarks: list[str]) -> str | None:
    """Return a tidy value of a bearable length, or None if nothing is left; a remark says that it was cut."""
    tidied = tidy(value) if value else ""
    if len(tidied) <= _MAX_VALUE:
        return tidied or None
    remarks.append(f"the {name} is {len(tidied)} characters long and was cut")
    return f"{tidied[:_MAX_VALUE].rpartition(' ')[0] or tidied[:_MAX_VALUE]}…"
