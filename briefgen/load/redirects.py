"""Redirects: addresses of former ids, and of aliases: /actors/usa/ leads to the actor with the alias "USA"."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from typing import Any

from briefgen.load.slugs import slug
from briefgen.load.suggest import either, few
from briefgen.model.content import Brief, Id
from briefgen.model.problem import Place, Pointer, Problem, Severity
from briefgen.model.site import Document, SourceRecord


class FormerIds:
    """The redirects from former ids, for `documents` by folder of `content/`. `problems` are `former-id-taken`."""

    def __init__(self, documents: Mapping[str, Mapping[Id, Document[Any]]], sources: Mapping[Id, SourceRecord]) -> None:
        self.redirects: dict[str, str] = {}
        self.problems: list[Problem] = []
        self._files: dict[str, str] = {}
        for folder, found in documents.items():
            for document in found.values():
                self._add(folder, document, found, ())
        for record in sources.values():
            self._add("sources", record, sources, record.keys)
        self._inherit(documents["briefs"], sources)

    def _add(
        self, folder: str, entry: Document[Any] | SourceRecord, live: Mapping[Id, object], keys: tuple[str, ...]
    ) -> None:
        for index, old in enumerate(entry.data.former_ids):
            key = f"{folder}/{old}"
            at = Pointer(entry.file, (*keys, "former_ids", index))
            if old == entry.id:
                self._complain(f'"{old}" is still the id', at, "list only ids that it has no more")
            elif old in live:
                what = f'"{old}" is the id of something else in content/{folder}/'
                self._complain(what, at, "remove it from the list")
            elif other := self._files.get(key):
                is_twice = other == entry.file
                what = f'"{old}" is listed twice here' if is_twice else f'"{old}" is also a former id in {other}'
                self._complain(what, at, "keep it in one place: an address leads to one page")
            else:
                self.redirects[key] = f"{folder}/{entry.id}"
                self._files[key] = entry.file

    def _inherit(self, briefs: Mapping[Id, Document[Brief]], sources: Mapping[Id, SourceRecord]) -> None:
        """Add the former ids of briefs to their sources without ids of their own, which were renamed with them."""
        for id, record in sources.items():
            if record.brief is None or record.data.id is not None:
                continue
            for old in briefs[record.brief].data.former_ids:
                if old not in sources:
                    self.redirects.setdefault(f"sources/{old}", f"sources/{id}")

    def _complain(self, message: str, at: Pointer, hint: str) -> None:
        self.problems.append(Problem("former-id-taken", message, at, hint))

    def ids(self, folder: str) -> dict[Id, Id]:
        """Return the former ids in a folder of `content/`, each with the id that replaced it."""
        pairs = ((old.split("/"), new.split("/")) for old, new in self.redirects.items())
        return {old[1]: new[1] for old, new in pairs if old[0] == folder}


def find_alias_addresses(
    documents: Mapping[str, Mapping[Id, Document[Any]]], taken: Container[str]
) -> tuple[dict[str, str], tuple[Problem, ...]]:
    """Return the redirects from aliases, for `documents` by folder of `content/`, and problems of lost addresses.

    A publisher without a file has the address of its name, so the name of one with a file makes a redirect as well.
    `taken` has the addresses that lead elsewhere already. An address that two could claim leads to neither.
    """
    claims: dict[str, dict[Id, Document[Any]]] = defaultdict(dict)
    for folder, by_id in documents.items():
        for id, document in by_id.items():
            for name in _names(folder, document):
                address = slug(name)
                if address and address not in by_id and f"{folder}/{address}" not in taken:
                    claims[f"{folder}/{address}"][id] = document
    redirects = {old: f"{old.partition('/')[0]}/{min(found)}" for old, found in claims.items() if len(found) == 1}
    return redirects, tuple(_find_lost_addresses(claims))


def _find_lost_addresses(claims: Mapping[str, Mapping[Id, Document[Any]]]) -> Iterator[Problem]:
    """Yield `lost-address` for each publisher whose name has an address that leads to nothing."""
    for old, found in claims.items():
        folder, _, address = old.partition("/")
        if folder != "publishers" or len(found) < 2:
            continue
        for id, document in found.items():
            if slug(document.data.name) == address:
                others = either(few(sorted(other.file for other in found.values() if other.id != id)))
                yield Problem(
                    "lost-address",
                    f'"{old}/", the address of the name "{document.data.name}", leads to no page',
                    Pointer(document.file, ("name",)),
                    f"a name in {others} has the same address: "
                    f"write `former_ids: [{address}]` in the file of the publisher that it led to",
                    Severity.WARNING,
                )


def _names(folder: str, document: Document[Any]) -> tuple[str, ...]:
    if folder != "publishers":
        names: tuple[str, ...] = document.data.aliases
        return names
    return (document.data.name, *document.data.aliases) if document.file else ()


def renamed(noun: str, old: str, new: str, at: Place | Pointer, write: str = "") -> Problem:
    """Return `former-id` for a reference to an id that is another one now."""
    return Problem("former-id", f'the {noun} "{old}" has another id now', at, f'write "{write or new}"')
