"""Which format a list has: by the name of its file, else by how it begins."""

from pathlib import PurePath

from briefgen.capture.lists.bibtex import read_bibtex
from briefgen.capture.lists.csl import read_csl
from briefgen.capture.lists.entries import Entries, Unreadable
from briefgen.capture.lists.feed import read_feed
from briefgen.capture.lists.ris import read_ris
from briefgen.capture.lists.table import read_table

_OF_TEXT = {
    ".json": read_csl, ".ris": read_ris, ".bib": read_bibtex, ".bibtex": read_bibtex,
    ".csv": read_table, ".tsv": read_table, ".txt": read_table,
}  # fmt: skip
_FEEDS = (".xml", ".rss", ".atom", ".rdf")
FORMATS = "CSL-JSON (.json), RIS (.ris), BibTeX (.bib), a table (.csv) or a feed (.xml)"


def read_list(data: bytes, name: str) -> Entries:
    """Yield the entries of a list in the order of the file; `name` is that of its file."""
    if not data.strip():
        yield Unreadable(1, "the list is empty", f"It may be {FORMATS}.")
        return
    suffix = PurePath(name).suffix.lower()
    start = data.removeprefix(b"\xef\xbb\xbf").lstrip()[:100]
    if suffix in _FEEDS or (suffix not in _OF_TEXT and start.startswith(b"<")):
        yield from read_feed(data)
        return
    try:
        text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        yield Unreadable(line, "the list is not UTF-8", "Export or save it as UTF-8.")
        return
    # Line ends of Windows, but as csv: a cell may hold them.
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    read = _OF_TEXT.get(suffix)
    if read is None:
        guess = {"[": read_csl, "{": read_csl, "@": read_bibtex, "T": read_ris}.get(text.lstrip()[:1])
        read = guess if guess is not read_ris or text.lstrip().startswith("TY") else read_table
    yield from (read or read_table)(text)
