"""The page in a web archive (WACZ): a zip file with WARC files inside. Nothing of it is written to the disk.

Runs in the process of `web.reader`, which bounds its time and memory.
Source: Web Archive Collection Zipped 1.1.1, Webrecorder.
"""

import json
import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from msgspec.structs import replace

from briefgen.model.links import document_key
from briefgen.web.documents import DocumentText, UnreadableDocument, detect_kind

if TYPE_CHECKING:
    from warcio.recordloader import ArcWarcRecord

_MAX_MEMBER = 512 * 1024 * 1024  # bytes of one file in the archive
_MAX_PAGE = 50 * 1024 * 1024
_MAX_LIST = 4 * 1024 * 1024
_MAX_FILES = 10_000
_MAX_REDIRECTS = 10
_SHOWN = 5  # addresses in a remark
_DAY = re.compile(r"\d{4}-\d\d-\d\dT")
_REDIRECTS = ("301", "302", "303", "307", "308")


class Page(NamedTuple):
    """An archived document and its address."""

    address: str
    data: bytes
    content_type: str
    day: str | None


def read_wacz(data: bytes, address: str | None) -> DocumentText:
    """Return what the page at `address` says, else the main page of the archive.

    Raises:
        UnreadableDocument: the archive is damaged or hostile, or there is no page with text in it.
    """
    from briefgen.web.html_text import read_html
    from briefgen.web.pdf_text import read_pdf

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            names = _list_names(archive)
            listed = _list_pages(archive, names)
            found = _find_page(archive, names, [address] if address else listed)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        raise UnreadableDocument(f"the web archive is damaged ({type(error).__name__})") from None
    remarks: tuple[str, ...] = ()
    if address is None and len(listed) > 1:
        others = ", ".join(each for each in listed[:_SHOWN] if each != found.address)
        remarks = (f"the web archive has {len(listed)} pages, of which this is {found.address}; others: {others}",)
    if detect_kind(found.data, content_type=found.content_type) == "pdf":
        document = read_pdf(found.data)
    else:
        charset = found.content_type.partition("charset=")[2].partition(";")[0].strip("\"' ") or None
        document = read_html(found.data, found.address, charset)
    address = document.address or found.address
    return replace(document, address=address, retrieved=found.day, remarks=(*remarks, *document.remarks))


def _list_names(archive: zipfile.ZipFile) -> list[str]:
    """Return the names of all files in the archive, after a look for what no honest one has."""
    entries = archive.infolist()
    if len(entries) > _MAX_FILES:
        raise UnreadableDocument(f"the web archive has more than {_MAX_FILES} files")
    for entry in entries:
        path = PurePosixPath(entry.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or path.as_posix()[1:2] == ":":
            raise UnreadableDocument(f'the web archive has a file whose path leaves it: "{entry.filename[:200]}"')
        if entry.file_size > _MAX_MEMBER:
            raise UnreadableDocument(
                f'"{entry.filename[:200]}" in the web archive is longer than {_MAX_MEMBER // 1024**2} MB'
            )
    return [entry.filename for entry in entries]


def _list_pages(archive: zipfile.ZipFile, names: list[str]) -> list[str]:
    """Return the addresses of the pages, the main one first."""
    found: list[str] = []
    for line in (_read(archive, "datapackage.json", names), *_read(archive, "pages/pages.jsonl", names).splitlines()):
        try:
            entry = json.loads(line or "{}")
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict):
            found += [each for key in ("mainPageUrl", "mainPageURL", "url") if isinstance(each := entry.get(key), str)]
    return list(dict.fromkeys(found))


def _read(archive: zipfile.ZipFile, name: str, names: list[str]) -> bytes:
    if name not in names:
        return b""
    with archive.open(name) as file:
        return file.read(_MAX_LIST)


def _find_page(archive: zipfile.ZipFile, names: list[str], wanted: list[str]) -> Page:
    """Return the first wanted page that is there, through redirects; the first page of all if none is named."""
    documents: dict[str, str] = {}  # the key of each address
    locations: dict[str, str] = {}
    for address, record in _iterate(archive, names):
        location = record.http_headers.get_header("Location") if record.http_headers else None
        if location and record.http_headers.get_statuscode() in _REDIRECTS:
            locations[document_key(address)] = urljoin(address, location)
        elif _is_document(record):
            documents.setdefault(document_key(address), address)
    for address in wanted or list(documents.values())[:1]:
        key = document_key(address)
        for _ in range(_MAX_REDIRECTS):
            if key in documents or key not in locations:
                break
            key = document_key(locations[key])
        if key in documents:
            return _read_page(archive, names, documents[key])
    what = f"no page {wanted[0][:200]}" if wanted else "no page"
    raise UnreadableDocument(f"the web archive has {what}")


def _read_page(archive: zipfile.ZipFile, names: list[str], wanted: str) -> Page:
    for address, record in _iterate(archive, names):
        if address == wanted and _is_document(record):
            data = record.content_stream().read(_MAX_PAGE + 1)
            if len(data) > _MAX_PAGE:
                raise UnreadableDocument(f"the page in the web archive is longer than {_MAX_PAGE // 1024**2} MB")
            date = record.rec_headers.get_header("WARC-Date") or ""
            return Page(address, data, _get_content_type(record), date[:10] if _DAY.match(date) else None)
    raise AssertionError(wanted)  # the caller has found it there


def _iterate(archive: zipfile.ZipFile, names: list[str]) -> Iterator[tuple[str, "ArcWarcRecord"]]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    for name in sorted(names):
        if name.startswith("archive/") and name.endswith((".warc", ".warc.gz")):
            with archive.open(name) as file:
                try:
                    for record in ArchiveIterator(file):
                        address = record.rec_headers.get_header("WARC-Target-URI")
                        if record.rec_type in ("response", "resource") and address:
                            yield address.strip("<>"), record
                except ArchiveLoadFailed:
                    raise UnreadableDocument(f'"{name[:200]}" in the web archive is damaged') from None


def _is_document(record: "ArcWarcRecord") -> bool:
    if record.http_headers and record.http_headers.get_statuscode() != "200":
        return False
    return any(kind in _get_content_type(record).lower() for kind in ("html", "application/pdf"))


def _get_content_type(record: "ArcWarcRecord") -> str:
    headers = record.http_headers or record.rec_headers
    return headers.get_header("Content-Type") or ""
