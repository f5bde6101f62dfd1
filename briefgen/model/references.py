"""The table of references: every field of the content that names something else, and one function that maps them all.

Resolving names, dropping what is broken, hiding what is not published and finding what is unused are uses of it.
"""

from collections.abc import Callable, Container, Mapping, Sequence
from functools import partial
from operator import is_
from typing import Any, Literal, NamedTuple, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefgen.model.content import Actor, Brief, Claim, Dispute, Flag, Id, Outcome, Role, Source, Theme
from briefgen.model.site import Body, Document, Reference, Site

T = TypeVar("T", bound=Struct)

Keys = tuple[str | int, ...]
Kind = Literal["actor", "theme", "source", "claim", "link", "name"]
"""What a reference names. Only bodies have links, which are addresses inside the project (see `model.site.Reference`),
and names, which could not be resolved."""

FIELDS: dict[type[Struct], tuple[tuple[str, Kind | type[Struct]], ...]] = {
    Brief: (("actors", "actor"), ("themes", "theme"), ("source", Source), ("claims", Claim)),
    Claim: (
        ("actor", "actor"),
        ("for_", "actor"),
        ("theme", "theme"),
        ("disputes", "claim"),
        ("confirmed_by", "source"),
        ("outcome", Outcome),
    ),
    Outcome: (("evidence", "source"),),
    Source: (("cites", "source"), ("flags", Flag)),
    Flag: (("evidence", "source"),),
    Actor: (("roles", Role),),
    Role: (("of", "actor"),),
    Theme: (("disputes", Dispute),),
    Dispute: (("claims", "claim"),),
}
"""By struct, its fields with references: of one kind, or in structs of another type."""

FOLDERS: dict[str, Kind] = {"actors": "actor", "themes": "theme", "sources": "source"}
"""The kinds of references in bodies by the folder in their targets, such as `actors/putin`."""


class Everything:
    """A container of all targets."""

    def __contains__(self, target: object) -> bool:
        return True


class Use(NamedTuple):
    """A reference where it is written: in a field of `file`, or in the body of it as `reference`."""

    kind: Kind
    target: str
    file: str
    keys: Keys
    reference: Reference | None = None


Targets = Mapping[Kind, Container[str]]
"""By kind, the targets that stay as they are."""

Change = Callable[[Use], str | None]
"""Returns the new target of a reference, or None to drop it. In a body, a dropped reference keeps its words."""

Resolve = Callable[[str, Reference], Reference]
"""Returns a reference to a name, in the body of a file, with the id of what has that name."""


def map_references(site: Site, keep: Targets, change: Change, resolve: Resolve | None = None) -> Site:
    """Return the site with new targets: those in `keep` stay, all others are changed.

    With `resolve`, the bodies name actors, themes and sources as they are written, and it resolves all these names.
    """
    mapper = partial(Mapper, keep=keep, change=change, resolve=resolve)

    def documents(found: Mapping[Id, Document[T]]) -> dict[Id, Document[T]]:
        return {id: mapper(document.file).document(document) for id, document in found.items()}

    return replace(
        site,
        sources={
            # The own source of a brief is in the brief as well, where its references are reported.
            id: replace(record, data=data) if data is not record.data else record
            for id, record in site.sources.items()
            for data in (mapper(record.file).entry(record.data, ("source",) if record.brief else ()),)
        },
        briefs=documents(site.briefs),
        actors=documents(site.actors),
        themes=documents(site.themes),
        pages=documents(site.pages),
    )


class Mapper(NamedTuple):
    """Maps the references in one file. What has no reference that changes is returned itself, as most is."""

    file: str
    keep: Targets
    change: Change
    resolve: Resolve | None = None

    def document(self, document: Document[T]) -> Document[T]:
        data, body = self.entry(document.data), self.body(document.body)
        return document if data is document.data and body is document.body else replace(document, data=data, body=body)

    def body(self, body: Body) -> Body:
        """Return a body with new targets; a dropped reference gets an empty one."""
        if not body.references:
            return body
        references = tuple(map(self.reference, body.references))
        return body if _are_same(references, body.references) else replace(body, references=references)

    def entry(self, entry: T, keys: Keys = ()) -> T:
        """Return an entry of content, which is at `keys` in its file, with new targets."""
        changed: dict[str, Any] = {}
        for name, kind in FIELDS.get(type(entry), ()):
            value = getattr(entry, name)
            if not value:
                continue
            if not isinstance(kind, str):
                new = self.nested(value, (*keys, name))
            elif isinstance(value, str):
                is_kept = value in self.keep[kind]
                new = value if is_kept else self.change(Use(kind, value, self.file, (*keys, name.rstrip("_"))))
            else:
                new = self.targets(value, kind, (*keys, name))
            if new is not value:
                changed[name] = new
        return replace(entry, **changed) if changed else entry

    def nested(self, value: Any, keys: Keys) -> Any:
        if isinstance(value, Struct):
            return self.entry(value, keys)
        entries = [self.entry(entry, (*keys, index)) for index, entry in enumerate(value)]
        if _are_same(entries, value):
            return value
        # A claim cannot exist without its actor.
        return tuple([entry for entry in entries if getattr(entry, "actor", "") is not None])

    def targets(self, value: tuple[str, ...], kind: Kind, keys: Keys) -> tuple[str, ...]:
        keep = self.keep[kind]
        if all(target in keep for target in value):
            return value
        found = [
            target if target in keep else self.change(Use(kind, target, self.file, (*keys, index)))
            for index, target in enumerate(value)
        ]
        if kind in ("actor", "theme"):
            # Two names of one actor are one actor.
            found = list(dict.fromkeys(found))
        new = tuple([target for target in found if target is not None])
        return value if new == value else new

    def reference(self, reference: Reference) -> Reference:
        target = reference.target
        if not target:
            return reference
        kind: Kind = "link"
        folder = ""
        if reference.kind in ("entity", "cite"):
            if self.resolve is not None:
                return self.resolve(self.file, reference)
            folder, _, id = target.partition("/")
            kind, target = (FOLDERS[folder], id) if folder in FOLDERS else ("name", target)
        if target in self.keep[kind]:
            return reference
        new = self.change(Use(kind, target, self.file, (), reference))
        if new == target:
            return reference
        in_folder = new is not None and kind not in ("link", "name")
        return replace(reference, target=f"{folder}/{new}" if in_folder else new or "")


def _are_same(new: Sequence[object], old: Sequence[object]) -> bool:
    return all(map(is_, new, old))
