"""Lists of documents → drafts of those that the project does not have yet. An import can be repeated."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from briefgen.capture.draft import Described, Drafter, Kind
from briefgen.capture.ids import choose_id, taken_ids
from briefgen.capture.lists import ListEntry, Unreadable
from briefgen.kernel.disk import Disk
from briefgen.load.discover import content_file, discover
from briefgen.load.slugs import name_key
from briefgen.model.dates import UNKNOWN
from briefgen.model.failure import Failure
from briefgen.model.links import document_key
from briefgen.model.site import Site
from briefgen.web.documents import DocumentText


class Known(Struct, frozen=True):
    """An entry of a list that has its file already, or a place above in the list."""

    line: int
    title: str
    where: str


class ImportPlan(Struct, frozen=True):
    """What an import will write: texts by path from the root; and which entries of the list have no part in it."""

    drafts: Mapping[Path, str]
    known: tuple[Known, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()


def plan_import(root: Path, site: Site, entries: Iterable[ListEntry | Unreadable], kind: Kind, day: str) -> ImportPlan:
    """Return what an import of these entries will write, each document once. `day` is that of the drafts."""
    places = _known_documents(root, site)
    taken = taken_ids(root, site)
    drafter = Drafter(site)
    drafts: dict[Path, str] = {}
    known: list[Known] = []
    unreadable: list[Unreadable] = []
    for entry in entries:
        if isinstance(entry, Unreadable):
            unreadable.append(entry)
        elif not entry.title and not entry.address:
            seen = f": {'; '.join(entry.remarks)}" if entry.remarks else ""
            unreadable.append(Unreadable(entry.line, f"the entry has neither a title nor an address{seen}"))
        elif where := places.get(_key(entry.address, entry.title)):
            known.append(Known(entry.line, entry.title or entry.address, where))
        else:
            id = choose_id(entry.title, entry.address, taken)
            file = Path(content_file(kind, id))
            drafts[file] = drafter.make(id, kind, _document(entry, day))
            places[_key(entry.address, entry.title)] = f"line {entry.line} of the list"
    return ImportPlan(drafts, tuple(known), tuple(unreadable))


def write_drafts(root: Path, plan: ImportPlan, disk: Disk = Disk()) -> Iterator[Path]:  # noqa: B008 (has no state)
    """Create the files of an import one by one, and yield the path of each from the root.

    Raises:
        Failure: there is a file of that name by now, or the disk refused one.
    """
    for file, text in plan.drafts.items():
        disk.create(root / file, text.encode())
        yield file


def _document(entry: ListEntry, day: str) -> Described:
    said = DocumentText(
        "",
        title=entry.title or None,
        author=entry.author or None,
        published=entry.published or None,
        language=entry.language or None,
        remarks=entry.remarks,
    )
    return Described(said, day, entry.address or None, entry.retrieved or None, entry.publisher or None)


def _key(address: str, title: str) -> str:
    """Return what says that two entries are of one document: the address, else the title."""
    return document_key(address) if address else f"title {name_key(title)}"


def _known_documents(root: Path, site: Site) -> dict[str, str]:
    """Return the files that have a document, by `_key`."""
    known: dict[str, str] = {}
    for source in site.sources.values():
        address = "" if source.data.url == UNKNOWN else source.data.url
        for one in (address, ""):  # an entry without an address is known by its title
            known.setdefault(_key(one, source.data.title), source.file)
    for file, text in _unread_files(root, site):
        for word in text.split():
            at = word.find("http")
            if at >= 0:
                known.setdefault(document_key(word[at:].rstrip("\"',}]")), f"{file}, which has mistakes")
    return known


def _unread_files(root: Path, site: Site) -> Iterator[tuple[str, str]]:
    """Yield the files of briefs and sources that could not be read as such, with their text."""
    read = {brief.file for brief in site.briefs.values()} | {source.file for source in site.sources.values()}
    for file in discover(root).files:
        if file.kind in ("brief", "source") and file.file not in read:
            try:
                yield file.file, Disk().read(file.path).decode("utf-8", errors="replace")
            except Failure:
                continue
