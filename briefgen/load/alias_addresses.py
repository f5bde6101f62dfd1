"""Addresses of aliases: /actors/usa/ leads to the actor that "USA" is an alias of, unless something lives there."""

from collections import defaultdict
from collections.abc import Container, Iterator, Mapping
from typing import Any

from briefgen.load.slugs import slug
from briefgen.load.suggest import either, few
from briefgen.model.content import Id
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Document


class AliasAddresses:
    """The redirects that aliases make, for `documents` by the folder of `content/` that they lie in.

    A publisher lives at the address of its name until it has a file, so its name makes a redirect as well.
    `taken` has the addresses that lead elsewhere already. An address that two could claim leads to neither.
    """

    def __init__(self, documents: Mapping[str, Mapping[Id, Document[Any]]], taken: Container[str]) -> None:
        self._claims: dict[str, dict[Id, Document[Any]]] = defaultdict(dict)
        for folder, by_id in documents.items():
            for id, document in by_id.items():
                for name in _names(folder, document):
                    address = slug(name)
                    if address and address not in by_id and f"{folder}/{address}" not in taken:
                        self._claims[f"{folder}/{address}"][id] = document
        self.redirects = {
            old: f"{old.partition('/')[0]}/{min(found)}" for old, found in self._claims.items() if len(found) == 1
        }

    def problems(self) -> Iterator[Problem]:
        """Yield `lost-address` for each publisher whose name has an address that leads to nothing."""
        for old, found in self._claims.items():
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
