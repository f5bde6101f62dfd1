"""A published site → its outgoing addresses, each once, with all places that have it."""

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from briefgen.model.content import Source
from briefgen.model.dates import UNKNOWN, parse
from briefgen.model.links import bare
from briefgen.model.problem import Place, Pointer
from briefgen.model.site import Site, SourceRecord


class Mention(Struct, frozen=True):
    """An address as it is written in one place. `source` is the source whose own address (`url`) it is."""

    address: str
    at: Place | Pointer
    source: Source | None = None
    is_archived_copy: bool = False


class OutgoingLink(Struct, frozen=True):
    """One address and its mentions, never none."""

    address: str
    mentions: tuple[Mention, ...]

    @property
    def archive(self) -> str:
        """Return the archived copy that the content names; empty if it names none."""
        archives = (mention.source.archive for mention in self.mentions if mention.source)
        return next((archive for archive in archives if archive), "")

    @property
    def is_archived_copy(self) -> bool:
        """Return whether the address occurs only as an archived copy."""
        return all(mention.is_archived_copy for mention in self.mentions)

    @property
    def day(self) -> str:
        """Return when the desk read it, else when it was published, as `20251203`; empty if neither is known."""
        for mention in self.mentions:
            for date in (mention.source.retrieved, mention.source.published) if mention.source else ():
                found = parse(date or UNKNOWN)
                if found and found.known:
                    return found.iso.replace("-", "")
        return ""


def find_outgoing_links(site: Site) -> dict[str, OutgoingLink]:
    """Return the links by address, in order; addresses have no fragments, which only browsers use."""
    found: dict[str, list[Mention]] = {}
    for mention in chain(_find_in_sources(site), _find_in_publishers(site), _find_in_texts(site)):
        found.setdefault(bare(mention.address), []).append(mention)
    return {address: OutgoingLink(address, tuple(found[address])) for address in sorted(found)}


def _find_in_sources(site: Site) -> Iterator[Mention]:
    for record in site.sources.values():
        data = record.data
        if data.url != UNKNOWN:
            yield Mention(data.url, _make_pointer(record, "url"), data)
        if data.archive:
            yield Mention(data.archive, _make_pointer(record, "archive"), is_archived_copy=True)


def _make_pointer(record: SourceRecord, key: str) -> Pointer:
    return Pointer(record.file, (key,) if record.brief is None else ("source", key))


def _find_in_publishers(site: Site) -> Iterator[Mention]:
    for document in site.publishers.values():
        if document.data.url:
            yield Mention(document.data.url, Pointer(document.file, ("url",)))


def _find_in_texts(site: Site) -> Iterator[Mention]:
    for documents in (site.briefs, site.actors, site.themes, site.pages):
        for document in documents.values():
            for link in document.body.outside:
                yield Mention(link.address, Place(document.file, link.line, link.column, link.length))
