"""A published site → its outgoing addresses, each once, with all places that mention it."""

from collections.abc import Iterator
from itertools import chain

from msgspec import Struct

from briefgen.model.content import Source
from briefgen.model.dates import UNKNOWN, parse
from briefgen.model.links import bare
from briefgen.model.problem import Place, Pointer
from briefgen.model.site import Site, SourceRecord


class Mention(Struct, frozen=True):
    """An address as it is written in one place.

    `source` is the source whose own address (`url`) it is; `copy` is true of what is an archived copy already.
    """

    address: str
    at: Place | Pointer
    source: Source | None = None
    copy: bool = False


class Outgoing(Struct, frozen=True):
    """One address and its mentions, never none."""

    address: str
    mentions: tuple[Mention, ...]

    @property
    def archive(self) -> str:
        """An archived copy that the content names already."""
        archives = (mention.source.archive for mention in self.mentions if mention.source)
        return next((archive for archive in archives if archive), "")

    @property
    def copy(self) -> bool:
        """Whether it is nothing but an archived copy."""
        return all(mention.copy for mention in self.mentions)

    @property
    def day(self) -> str:
        """When the desk read it, else when it was published, as `20251203`; empty where nobody knows."""
        for mention in self.mentions:
            for date in (mention.source.retrieved, mention.source.published) if mention.source else ():
                found = parse(date or UNKNOWN)
                if found and found.known:
                    return found.iso.replace("-", "")
        return ""


def outgoing(site: Site) -> dict[str, Outgoing]:
    """The addresses in their order; fragments are left to readers' browsers."""
    found: dict[str, list[Mention]] = {}
    for mention in chain(_of_sources(site), _of_publishers(site), _of_texts(site)):
        found.setdefault(bare(mention.address), []).append(mention)
    return {address: Outgoing(address, tuple(found[address])) for address in sorted(found)}


def _of_sources(site: Site) -> Iterator[Mention]:
    for record in site.sources.values():
        data = record.data
        if data.url != UNKNOWN:
            yield Mention(data.url, _pointer(record, "url"), data)
        if data.archive:
            yield Mention(data.archive, _pointer(record, "archive"), copy=True)


def _pointer(record: SourceRecord, key: str) -> Pointer:
    return Pointer(record.file, (key,) if record.brief is None else ("source", key))


def _of_publishers(site: Site) -> Iterator[Mention]:
    for document in site.publishers.values():
        if document.data.url:
            yield Mention(document.data.url, Pointer(document.file, ("url",)))


def _of_texts(site: Site) -> Iterator[Mention]:
    for documents in (site.briefs, site.actors, site.themes, site.pages):
        for document in documents.values():
            for link in document.body.outside:
                yield Mention(link.address, Place(document.file, link.line, link.column, link.length))
