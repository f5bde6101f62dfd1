"""`briefgen add`: a document → its private copy, and the draft of a brief or of a source record.

Nothing can get lost: the bytes are kept first, then read, then moved to the folder of the copy; the draft comes last.
After an interruption the same command goes on from there.
"""

from collections.abc import Callable, Iterable
from pathlib import Path, PurePath
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from briefgen.capture import store
from briefgen.capture.draft import Kind, extend_draft, write_draft
from briefgen.capture.ids import choose_id, taken_ids
from briefgen.capture.publishers import host_of
from briefgen.capture.store import Captured
from briefgen.kernel.disk import Disk
from briefgen.load.discover_copies import FOLDER
from briefgen.model.content import Id
from briefgen.model.failure import Failure
from briefgen.model.links import document_key
from briefgen.model.site import Site
from briefgen.web.documents import DocumentText, UnreadableDocument, read_document, require_libraries
from briefgen.web.text_lines import find_first_words


class Wanted(NamedTuple):
    """A document to add. `origin` is its address, or the bytes of a file; `obtain` fetches or describes it.

    `find_archived` returns the address of an archived copy: empty if there is none, None without an answer.
    """

    origin: str | bytes
    obtain: Callable[[], Captured]
    kind: Kind = "brief"
    id: Id | None = None
    name: str = ""  # of the file
    find_archived: Callable[[str, str], str | None] | None = None


class Added(Struct, frozen=True):
    """What became of a document: `copy` and `draft` are new files, None where nothing was written."""

    id: Id
    copy: Path | None = None
    draft: Path | None = None
    source: str = ""  # the file that had this source already
    remarks: tuple[str, ...] = ()
    unread: UnreadableDocument | None = None


class _Known(NamedTuple):
    id: Id
    file: str  # of the source; empty if there is a copy alone
    has_text: bool


def add_document(root: Path, site: Site, wanted: Wanted, disk: Disk = Disk()) -> Added:  # noqa: B008 (has no state)
    """Keep a document, and write what is missing of its copy and its draft.

    Raises:
        Failure: it cannot be had, or the machine refused something.
    """
    adder = _Adder(root, site, wanted, disk)
    known = adder.find_known((wanted.origin,) if isinstance(wanted.origin, str) else (), wanted.origin)
    if known and known.file and known.has_text:
        return Added(known.id, source=known.file)
    captured = store.read_copy(root, known.id, disk) if known and not known.file else None
    captured = captured or store.find_staged(root, wanted.origin, disk)
    if captured is None:
        captured = wanted.obtain()
        store.stage(root, captured, disk)
    return adder.add(captured, known)


class _Adder:
    def __init__(self, root: Path, site: Site, wanted: Wanted, disk: Disk) -> None:
        self._root = root
        self._site = site
        self._wanted = wanted
        self._disk = disk

    def add(self, captured: Captured, known: _Known | None) -> Added:
        """Read a document that is kept, and write what is missing."""
        if captured.kind != "text":
            require_libraries()
        document, unread = _read(captured)
        if document.retrieved:
            captured = replace(captured, retrieved=min(document.retrieved, captured.retrieved))
        known = known or self.find_known((captured.final_address, document.address), captured.data)
        if known and known.file and known.has_text:
            store.discard_staged(self._root, captured, self._disk)
            return Added(known.id, source=known.file)
        id = self._choose_id(captured, document, known)
        captured, remarks = self._look_up(captured, document)
        if captured.final_address and host_of(captured.final_address) != host_of(captured.address or ""):
            remarks = (f"the address leads to another host: {captured.final_address}", *remarks)
        copy = draft = None
        source = self._find_file(id)
        if source and not unread:
            draft = extend_draft(self._root, self._site, id, document, self._disk)
        if not (known and known.has_text):
            copy = store.keep_copy(self._root, id, captured, None if unread else document, self._disk)
        if not source:
            kind = self._wanted.kind
            draft = write_draft(self._root, self._site, id, kind, document=document, captured=captured, disk=self._disk)
        elif captured.archive:
            remarks += (f"an archived copy, for `archive` in {source}: {captured.archive}",)
        return Added(id, copy, draft, source, (*document.remarks, *remarks), unread)

    def find_known(self, addresses: Iterable[str | None], data: str | bytes) -> _Known | None:
        """Return the source or the copy that has one of the addresses, or these bytes."""
        keys = _keys(addresses)
        for record in self._site.sources.values():
            if keys & _keys((record.data.url, record.data.archive)):
                return self._describe(record.id)
        hash = store.hash_bytes(data) if isinstance(data, bytes) else None
        for id, copy in self._site.copies.items():
            places = (copy.capture.address, copy.capture.final_address)
            if (hash and copy.capture.sha256 == hash) or keys & _keys(places):
                return self._describe(id)
        return None

    def _describe(self, id: Id) -> _Known:
        return _Known(id, self._find_file(id), store.has_text(self._root, id))

    def _find_file(self, id: Id) -> str:
        record = self._site.sources.get(id)
        return record.file if record else ""

    def _choose_id(self, captured: Captured, document: DocumentText, known: _Known | None) -> Id:
        wanted = self._wanted.id
        if known:
            if wanted and wanted != known.id:
                where = known.file or f"{FOLDER}/{known.id}"
                raise Failure(f'this document is "{known.id}" already, in {where}', "Leave out `--id`.")
            return known.id
        taken = taken_ids(self._root, self._site)
        if wanted:
            if wanted in taken and wanted not in self._site.sources:
                raise Failure(f'the id "{wanted}" is taken, and nothing is overwritten', "Choose another one.")
            return wanted
        address = captured.final_address or captured.address or document.address
        title = document.title
        if not (title or address or self._wanted.name):
            title = find_first_words(document.text)
        return choose_id(title, address or PurePath(self._wanted.name).stem, taken | {*self._site.copies})

    def _look_up(self, captured: Captured, document: DocumentText) -> tuple[Captured, tuple[str, ...]]:
        address = captured.address or document.address
        if self._wanted.find_archived is None or address is None or captured.archive:
            return captured, ()
        archive = self._wanted.find_archived(address, captured.retrieved)
        if archive is None:
            return captured, ("the archive did not answer, so it is not known whether it has a copy",)
        return replace(captured, archive=archive or None), () if archive else ("the archive has no copy",)


def _read(captured: Captured) -> tuple[DocumentText, UnreadableDocument | None]:
    address = captured.final_address or captured.address
    try:
        return read_document(captured.data, captured.kind, address, captured.charset), None
    except UnreadableDocument as error:
        return DocumentText("", address=address, is_whole=False, remarks=(f"no text: {error.reason}",)), error


def _keys(addresses: Iterable[str | None]) -> set[str]:
    return {document_key(address) for address in addresses if address and address.startswith(("http://", "https://"))}
