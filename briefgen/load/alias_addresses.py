"""Addresses of aliases: /actors/usa/ leads to the actor that "USA" is an alias of, unless something lives there."""

from collections import defaultdict
from collections.abc import Container, Mapping
from typing import Any

from briefgen.load.slugs import whole_slug
from briefgen.model.content import Id
from briefgen.model.site import Document


def alias_addresses(documents: Mapping[str, Mapping[Id, Document[Any]]], taken: Container[str]) -> dict[str, str]:
    """`actors/usa` → `actors/united-states`, by the folder of `content/` that `documents` lie in.

    `taken` has what leads elsewhere already. An address that two could claim leads to neither, as their shared alias
    does, and an alias without a Latin form has none that anyone would guess.
    """
    found: dict[str, set[str]] = defaultdict(set)
    for folder, by_id in documents.items():
        for id, document in by_id.items():
            for alias in document.data.aliases:
                address = whole_slug(alias)
                if address and address not in by_id:
                    found[f"{folder}/{address}"].add(f"{folder}/{id}")
    return {old: min(new) for old, new in found.items() if len(new) == 1 and old not in taken}
