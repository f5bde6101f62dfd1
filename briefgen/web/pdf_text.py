"""The text of a PDF file. Runs in the process of `web.reader`, which bounds its time and memory."""

import re
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from io import BytesIO
from statistics import quantiles
from typing import TYPE_CHECKING

from briefgen.web.documents import DocumentText, UnreadableDocument, shorten, tidy
from briefgen.web.plain_text import join_words
from briefgen.web.text_lines import read_first_lines

if TYPE_CHECKING:
    from pypdf import PdfReader

_MIN_CHARACTERS = 20  # on a page with text; stamps of scanners are shorter
_DIGITS = re.compile(r"\d+")
_SENTENCE_END = re.compile(r"""[.!?:;…。！？؟۔।]["'”’»)\]]*$""")
_NAME_OF_A_FILE = re.compile(r"(?i)^(untitled|microsoft word|.*\.(docx?|pdf|indd|qxd|rtf|odt|tmp))\b")
_LONGEST_HEAD, _LONGEST_SEEN = 80, 80  # characters
_MOST_LINES_SEEN = 3
_DAY = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")


def read_pdf(data: bytes) -> DocumentText:
    """Return the text of a PDF file, as pages print it.

    What the file says of its title, its author and the day on which it was made is only `seen`, because it comes from
    the program that made the file rather than from its author; but a title that the first page shows is the title.

    Raises:
        UnreadableDocument: it is encrypted, damaged, or has no text.
    """
    from pypdf.errors import PyPdfError

    try:
        reader = _open(data)
        pages = [_read_lines(page.extract_text()) for page in reader.pages]
        says = reader.metadata
        named = {
            name: tidy(str(says.get(f"/{name}") or "")) if says else "" for name in ("Title", "Author", "CreationDate")
        }
        publisher = _find_publisher(reader)
        language = reader.root_object.get("/Lang")
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError) as error:
        raise UnreadableDocument(f"the PDF file is damaged ({type(error).__name__})") from None
    missing = sum(sum(map(len, lines)) < _MIN_CHARACTERS for lines in pages)
    if missing == len(pages):
        raise UnreadableDocument("the PDF file has no text, as its pages are pictures")
    paragraphs = list(_join_pages(_drop_running_heads(pages)))
    remarks = [f"pages without text: {missing} of {len(pages)}"] if missing else []
    title = _find_title(named["Title"], paragraphs)
    seen = read_first_lines(paragraphs).seen
    if not title:
        seen["title"] = _describe_title(named["Title"], paragraphs)
    if named["Author"]:
        _add(seen, "author", f'the file names "{named["Author"][:_LONGEST_SEEN]}"')
    if found := _DAY.match(named["CreationDate"]):
        _add(seen, "published", f"the file was made on {'-'.join(filter(None, found.groups()))}")
    if heads := [line for line in _list_heads(pages) if line != title]:
        seen["publisher"] = f'its first page begins with "{heads[0][:_LONGEST_SEEN]}"'
    return DocumentText(
        "\n".join(paragraphs),
        title=shorten(title, "title", remarks),
        site_name=shorten(publisher, "publisher", remarks),
        language=str(language) if language and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", str(language)) else None,
        extractor=f"pypdf {version('pypdf')}",
        is_whole=not missing,
        remarks=tuple(remarks),
        seen=seen,
    )


def _find_publisher(reader: "PdfReader") -> str:
    """Return the publisher that the XMP packet of a file names; empty if there is none, or none that can be read."""
    try:
        found = reader.xmp_metadata.dc_publisher if reader.xmp_metadata else None
    except Exception:  # noqa: BLE001 (its XML is parsed by pypdf, which lets all errors of parsers pass)
        return ""
    return tidy("; ".join(map(str, found or ())))


def _open(data: bytes) -> "PdfReader":
    from pypdf import PasswordType, PdfReader
    from pypdf.errors import DependencyError

    reader = PdfReader(BytesIO(data))
    if reader.is_encrypted:
        try:
            is_open = reader.decrypt("") != PasswordType.NOT_DECRYPTED
        except (DependencyError, NotImplementedError):
            is_open = False
        if not is_open:
            raise UnreadableDocument("the PDF file is encrypted")
    return reader


def _read_lines(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines()]


def _drop_running_heads(pages: list[list[str]]) -> list[list[str]]:
    """Return the pages without numbers and lines that most pages have at their top or bottom."""
    pages = [list(_strip(page)) for page in pages]
    edges = Counter(_mask(line) for page in pages for line in dict.fromkeys((*page[:1], *page[-1:])))
    repeated = {line for line, count in edges.items() if count >= 3 and count * 2 > len(pages)}

    def is_running(line: str) -> bool:
        return _mask(line) in repeated or line.strip("-–— ").isdecimal()

    return [
        [line for number, line in enumerate(page) if number not in (0, len(page) - 1) or not is_running(line)]
        for page in pages
    ]


def _strip(page: list[str]) -> list[str]:
    filled = [number for number, line in enumerate(page) if line]
    return page[filled[0] : filled[-1] + 1] if filled else []


def _mask(line: str) -> str:
    return _DIGITS.sub("0", line)


def _join_pages(pages: list[list[str]]) -> Iterator[str]:
    """Yield paragraphs. One ends at an empty line, and at a short line that ends a sentence or precedes a heading."""
    lengths = [len(line) for page in pages for line in page if line]
    full = quantiles(lengths, n=10)[-1] if len(lengths) > 1 else 0
    block: list[str] = []
    for page in pages:
        for line in page:
            if block and (not line or _ends_paragraph(block[-1], line, full)):
                yield join_words(block)
                block = []
            if line:
                block.append(line)
    if block:
        yield join_words(block)


def _ends_paragraph(line: str, following: str, full: float) -> bool:
    if _SENTENCE_END.search(line):
        return len(line) < 0.85 * full
    # A heading, or a line of a list: far from the margin, and what follows begins like a sentence.
    return len(line) < 0.6 * full and not following[0].islower() and not line.endswith(("-", "\u2010", ","))


def _find_title(named: str, paragraphs: list[str]) -> str | None:
    """Return the title that the file names if its first lines show it."""
    start = " ".join(paragraphs[:5]).casefold()
    return named if named and named.casefold() in start else None


def _describe_title(named: str, paragraphs: list[str]) -> str:
    says = f'the file says "{named[:_LONGEST_SEEN]}"; ' if named and not _NAME_OF_A_FILE.match(named) else ""
    lines = ", ".join(f'"{line[:_LONGEST_SEEN]}"' for line in paragraphs[:_MOST_LINES_SEEN])
    return f"{says}its text begins with {lines}"


def _add(seen: dict[str, str], key: str, says: str) -> None:
    seen[key] = f"{seen[key]}; {says}" if key in seen else says


def _list_heads(pages: list[list[str]]) -> list[str]:
    """Return the first line of the first page with text, which may be the head of all pages, if it is short."""
    first = next((line for page in pages for line in page if len(line) > 2), "")
    return [first] if first and len(first) <= _LONGEST_HEAD and not first.isdecimal() else []
