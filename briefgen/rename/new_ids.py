"""What each reference of a file becomes when something has another id."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from briefgen.load.names import Missing, Names, Publishers
from briefgen.model.content import Id
from briefgen.model.names import fold
from briefgen.model.references import WRITTEN_FIELDS, Mapper, Use
from briefgen.model.site import Body, Document, Site

KINDS = {"actor": "actors", "theme": "themes", "publisher": "publishers", "source": "sources", "brief": "briefs"}
"""The kinds that can be renamed, each with its folder of `content/`."""


class NewId(NamedTuple):
    """The ids before and after, and what they are the id of: an `entry` is a file, else the own source of a brief."""

    kind: str
    old: Id
    new: Id
    is_file: bool
    is_source: bool  # whether it is the id of a source, as that of a brief is if its source has none
    has_claims: bool  # whether references to claims begin with it
    names: Mapping[str, Names | Publishers]  # as they are, by kind
    new_names: Names | Publishers | None = None  # of its own kind, as they will be

    def change(self, use: Use) -> str:
        """Return what a reference becomes, which may be the same. Names and aliases stay as they are."""
        target, kind = use.target, use.kind
        if kind == "link":
            return self._link(target)
        if kind == "claim":
            owner, mark, claim = target.rpartition("#")
            return f"{self.new}{mark}{claim}" if self.has_claims and owner == self.old else target
        if kind == "source" or (use.reference and use.reference.kind == "cite"):
            return self.new if self.is_source and target == self.old else target
        if kind == "brief":
            return self.new if self.kind == "brief" and target == self.old else target
        if kind == "name":
            return self.new if self._is_linked(target) else target
        return self.new if kind == self.kind and self._is_meant(target) else target

    def _is_linked(self, name: str) -> bool:
        """Return whether `[[name]]` leads to it: of an actor and a theme of one name, it leads to the actor."""
        if self.kind == "theme" and find_name(self.names["actor"], name) is not None:
            return False
        return self.kind in ("actor", "theme") and self._is_meant(name)

    def _is_meant(self, name: str) -> bool:
        if name == self.old:
            return True
        found = find_name(self.names[self.kind], name)
        if found is None:  # after a rename that was interrupted
            return fold(name) == self.old
        return found == self.old and self.new_names is not None and find_name(self.new_names, name) != self.new

    def _link(self, target: str) -> str:
        path, mark, fragment = target.partition("#")
        folders = [KINDS[self.kind]] if self.is_file else []
        folders += ["sources"] if self.is_source else []
        for folder in folders:
            path = re.sub(rf"^(/?{folder}/){re.escape(self.old)}(?=[./?]|$)", rf"\g<1>{self.new}", path)
        return path + mark + fragment


def find_name(names: Names | Publishers, name: str) -> Id | None:
    """Return the id of what has a name."""
    return names.resolve(name) if isinstance(names, Publishers) else names.find(name)


def collect_names(site: Site, kind: str = "", old: Id = "", new: Id = "") -> dict[str, Names | Publishers]:
    """Return the names of actors, themes and publishers by kind: as they are, or with `new` in place of `old`."""

    def documents(of: str, found: Mapping[Id, Document[Any]]) -> dict[Id, Document[Any]]:
        renamed = {(new if of == kind and id == old else id): document for id, document in found.items()}
        return {id: replace(document, id=id) for id, document in renamed.items()}

    filed = {id: document for id, document in site.publishers.items() if document.file}
    made = [document.data.name for document in site.publishers.values() if not document.file]
    return {
        "actor": Names("actor", documents("actor", site.actors), Missing()),
        "theme": Names("theme", documents("theme", site.themes), Missing()),
        "publisher": Publishers(documents("publisher", filed), made, Missing()),
    }


class ChangedUse(NamedTuple):
    """A reference that gets a new target; `number` is its place, from 0, in its sentence."""

    use: Use
    new: str
    number: int


def map_document(document: Document[Any], new_id: NewId | None) -> tuple[Document[Any], list[ChangedUse]]:
    """Return a document as its file has it, with new targets and without the places of references, and the changes."""
    changed: list[ChangedUse] = []
    counts: dict[tuple[str | int, ...], int] = {}

    def change(use: Use) -> str:
        index = counts[use.keys] = counts.get(use.keys, -1) + 1
        new = new_id.change(use) if new_id else use.target
        if new != use.target:
            changed.append(ChangedUse(use, new, index))
        return new

    mapper = Mapper(document.file, _NoTargets(), change, fields=WRITTEN_FIELDS)
    mapped = mapper.document(document)
    return replace(mapped, body=_without_places(mapped.body)), changed


class _NoTargets(dict[Any, Any]):
    """No target stays without being looked at."""

    def __missing__(self, kind: object) -> tuple[()]:
        return ()


def _without_places(body: Body) -> Body:
    references = tuple([replace(one, line=0, column=0, length=0) for one in body.references])
    outside = tuple([replace(one, line=0, column=0, length=0) for one in body.outside])
    return replace(body, references=references, outside=outside)
