"""The known publisher of a document: by its address, or by the name that the document gives."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import urlsplit

from briefgen.kernel.mentions import NameIndex
from briefgen.load.names import unshared_names
from briefgen.load.slugs import name_key
from briefgen.model.content import Id, Publisher
from briefgen.model.dates import UNKNOWN
from briefgen.model.links import document_key
from briefgen.model.site import Site

_FIRST_LINES = 10
_LONGEST_LINE = 150  # characters


class PublisherFinder:
    """Finds the publishers of many documents."""

    def __init__(self, site: Site) -> None:
        self._ids = unshared_names(site.publishers.values())
        self._hosts = _hosts(site)
        self._site = site

    def find(self, address: str | None, name: str | None) -> Id | None:
        """Return the id of a publisher of the site; None where there is none, or where a host has several."""
        if name and (found := self._ids.get(name_key(name))):
            return found
        labels = host_of(address).split(".") if address else []
        # `news.post.example` is of `post.example`, but nothing is of `example` alone.
        for start in range(len(labels) - 1):
            known = self._hosts.get(".".join(labels[start:]))
            if known:
                return min(known) if len(known) == 1 else None
        return None

    def find_named(self, text: str) -> Iterator[tuple[Id, str]]:
        """Yield the publishers that are named in short lines at the beginning of a text, each with its first name."""
        lines = [line for line in text.split("\n")[:_FIRST_LINES] if len(line) <= _LONGEST_LINE]
        seen: set[Id] = set()
        for line in lines:
            for found in self._names.find(line):
                if found.id not in seen:
                    seen.add(found.id)
                    yield found.id, line[found.start : found.end]

    @cached_property
    def _names(self) -> NameIndex:
        shared = Counter(name for one in self._site.publishers.values() for name in _own_names(one.data))
        names = ((name, id) for id, one in self._site.publishers.items() for name in _own_names(one.data))
        return NameIndex({name: id for name, id in names if shared[name] == 1})


def _own_names(publisher: Publisher) -> set[str]:
    return {publisher.name, *publisher.aliases}


def host_of(address: str) -> str:
    """Return the host of an address without `www.` and the like; empty if it cannot be taken apart."""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return document_key(f"https://{host}/") if host else ""


def _hosts(site: Site) -> dict[str, frozenset[Id]]:
    """Return the publishers by host: those whose own address it is, else those whose sources are there."""
    own: dict[str, set[Id]] = defaultdict(set)
    of_sources: dict[str, set[Id]] = defaultdict(set)
    for id, publisher in site.publishers.items():
        if publisher.data.url:
            own[host_of(publisher.data.url)].add(id)
    for source in site.sources.values():
        if source.publisher and source.data.url != UNKNOWN:
            of_sources[host_of(source.data.url)].add(source.publisher)
    return {host: frozenset(ids) for host, ids in (of_sources | own).items() if host}
