"""A published site → its outgoing addresses, each once, with all places that have it."""

from collections.abc import Iterator

from msgspec import Struct

from briefgen.model.content import Source
from briefgen.model.dates import UNKNOWN, parse
from briefgen.model.links import bare
from briefgen.model.problem import Place, Pointer
from briefgen.model.references import all_marked_texts
from briefgen.model.site import Site


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
    for mention in _find_mentions(site):
        found.setdefault(bare(mention.address), []).append(mention)
    return {address: OutgoingLink(address, tuple(found[address])) for address in sorted(found)}


def _find_mentions(site: Site) -> Iterator[Mention]:
    for record in site.sources.values():
        data, above = record.data, () if record.brief is None else ("source",)
        if data.url != UNKNOWN:
            yield Mention(data.url, Pointer(record.file, (*above, "url")), data)
        if data.archive:
            yield Mention(data.archive, Pointer(record.file, (*above, "archive")), is_archived_copy=True)
    for publisher in site.publishers.values():
        if publisher.data.url:
            yield Mention(publisher.data.url, Pointer(publisher.file, ("url",)))
    for documents in (site.briefs, site.actors, site.themes, site.pages):
        for document in documents.values():
            for link in document.body.outside:
                yield Mention(link.address, Place(document.file, link.line, link.column, link.length))
    for file, keys, text in all_marked_texts(site):
        for address in text.outside:
            yield Mention(address, Pointer(file, keys, words=address))
