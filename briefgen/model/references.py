"""The table of references: every field of the content that names something else, and one function that maps them all.

Resolving names, dropping what is broken, hiding what is not published and finding what is unused are uses of it.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from operator import is_
from typing import Any, Literal, NamedTuple, TypeVar, get_args

from msgspec import Struct
from msgspec.structs import fields, replace

from briefgen.model import checks, content
from briefgen.model.checks import Checks, PublishedBrief, SourceCheck
from briefgen.model.content import (
    Actor,
    Brief,
    Claim,
    Correction,
    Dispute,
    Entry,
    Finding,
    Flag,
    Id,
    Role,
    Side,
    Source,
    SourceFile,
    Theme,
)
from briefgen.model.problem import Place, Pointer
from briefgen.model.site import Body, Document, Site, SiteOf, SourceRecord
from briefgen.model.texts import AnyText, MarkedText, Reference, written
from briefgen.model.vocabulary import RELATIONS

T = TypeVar("T", bound=Struct)

Keys = tuple[str | int, ...]
Kind = Literal["actor", "theme", "publisher", "source", "brief", "claim", "link", "name"]
"""What a reference names. Only the record of checks names briefs. Only texts have links, which are addresses inside the
project (see `model.texts.Reference`), and names, which could not be resolved."""

FIELDS: dict[type[Struct], tuple[tuple[str, Kind | type[Struct]], ...]] = {
    Brief: (
        ("actors", "actor"),
        ("themes", "theme"),
        ("source", Source),
        ("claims", Claim),
        ("corrections", Correction),
    ),
    Claim: (
        ("actor", "actor"),
        ("publisher", "publisher"),
        ("for_", "actor"),
        ("theme", "theme"),
        *((relation, "claim") for relation in RELATIONS),
        ("confirmed_by", "source"),
        ("via", "source"),
        ("finding", Finding),
    ),
    Correction: (("claims", "claim"),),
    Finding: (("evidence", "source"),),
    Source: (("cites", "source"), ("flags", Flag)),
    SourceFile: (("cites", "source"), ("flags", Flag), ("claims", Claim)),
    Flag: (("evidence", "source"),),
    Actor: (("roles", Role),),
    Role: (("of", "actor"),),
    Theme: (("disputes", Dispute),),
    Dispute: (("claims", "claim"), ("sides", Side), ("evidence", "source")),
    Side: (("claims", "claim"),),
}
"""By struct, its fields with references: of one kind, or in structs of another type. Sentences are not listed."""


def _types_in(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from _types_in(part)


def _sentences(struct: type[Struct]) -> dict[str, type[Struct]]:
    """Return the fields of a struct with sentences, or with structs that have some: by name, the type of struct."""
    inner = {
        field.name: one
        for field in fields(struct)
        for one in _types_in(field.type)
        if isinstance(one, type) and issubclass(one, Struct)
    }
    return {name: one for name, one in inner.items() if one is MarkedText or _sentences(one)}


SENTENCES: dict[type[Struct], tuple[tuple[str, type[Struct]], ...]] = {
    struct: tuple(_sentences(struct).items())
    for struct in (vars(content) | vars(checks)).values()
    if isinstance(struct, type) and issubclass(struct, Entry)
}
"""By struct, its fields that take Markdown, as their annotations say, and its fields with such structs."""

ALL_FIELDS = {
    struct: tuple({**dict(FIELDS.get(struct, ())), **dict(found)}.items()) for struct, found in SENTENCES.items()
}

WRITTEN_FIELDS: dict[type[Struct], tuple[tuple[str, Any], ...]] = {
    **ALL_FIELDS,
    **{
        struct: (*ALL_FIELDS[struct], ("publisher", "publisher"), ("credit", "publisher"))
        for struct in (Source, SourceFile)
    },
    Checks: (("sources", SourceCheck), ("published", PublishedBrief)),
    SourceCheck: (("id", "source"),),
    PublishedBrief: (("id", "brief"),),
}
"""All references as files have them: also the names of publishers that need no file, and the ids in the record of
checks. In a site a `SourceRecord` has the ids of these publishers, and checks are by source."""

REQUIRED: dict[type[Struct], tuple[str, ...]] = {Claim: ("actor", "publisher")}
"""Fields of which an entry needs one: where such a reference is dropped, so is the entry."""

FOLDERS: dict[str, Kind] = {"actors": "actor", "themes": "theme", "sources": "source"}
"""The kinds of references in bodies by the folder in their targets, such as `actors/putin`."""


class Everything:
    """A container of all targets."""

    def __contains__(self, target: object) -> bool:
        return True


class Use(NamedTuple):
    """A reference where it is written: in a field of `file`, or as `reference` in the body of it or in a sentence.

    `words` are how a sentence writes it.
    """

    kind: Kind
    target: str
    file: str
    keys: Keys
    reference: Reference | None = None
    words: str = ""

    @property
    def at(self) -> Place | Pointer:
        """Return the place in the file."""
        reference = self.reference
        if reference is None or self.keys:
            return Pointer(self.file, self.keys, words=self.words)
        return Place(self.file, reference.line, reference.column, reference.length)


Targets = Mapping[Kind, Container[str]]
"""By kind, the targets that stay as they are."""

Change = Callable[[Use], str | None]
"""Returns the new target of a reference, or None to drop it. In a body, a dropped reference keeps its words."""


Resolve = Callable[[Use, Reference], Reference]
"""Returns a reference to a name, in the body of a file or a sentence, with the id of what has that name."""


def map_references(site: Site, keep: Targets, change: Change, resolve: Resolve | None = None) -> Site:
    """Return the site with new targets: those in `keep` stay, all others are changed.

    With `resolve`, the texts name actors, themes and sources as they are written, and it resolves all these names.
    """

    def mapper(place: Document[Any] | SourceRecord) -> Mapper:
        return Mapper(place.file, keep, change, resolve, ALL_FIELDS if place.has_marks else FIELDS)

    def documents(found: Mapping[Id, Document[T]]) -> dict[Id, Document[T]]:
        return {id: mapper(document).document(document) for id, document in found.items()}

    return replace(
        site,
        sources={
            # The own source of a brief is in the brief as well, where its references are reported.
            id: replace(record, data=data) if data is not record.data else record
            for id, record in site.sources.items()
            for data in (mapper(record).entry(record.data, record.keys),)
        },
        briefs=documents(site.briefs),
        actors=documents(site.actors),
        themes=documents(site.themes),
        pages=documents(site.pages),
        publishers=documents(site.publishers),
        config=Mapper(CONFIG, keep, change, resolve).entry(site.config),
    )


def sentences(entry: Struct, keys: Keys = ()) -> Iterator[tuple[Keys, AnyText]]:
    """Yield the sentences of an entry of content, each with its keys."""
    for name, kind in SENTENCES[type(entry)]:
        value = getattr(entry, name)
        if not value:
            continue
        for at, one in (
            (((*keys, name, index), one) for index, one in enumerate(value))
            if isinstance(value, tuple)
            else (((*keys, name), value),)
        ):
            if kind is MarkedText:
                yield at, one
            else:
                yield from sentences(one, at)


def marked_texts(entry: Struct, keys: Keys = ()) -> Iterator[tuple[Keys, MarkedText]]:
    """Yield the sentences of an entry of content that have Markdown, each with its keys."""
    return ((at, one) for at, one in sentences(entry, keys) if isinstance(one, MarkedText))


def all_marked_texts(site: SiteOf[Any]) -> Iterator[tuple[str, Keys, MarkedText]]:
    """Yield the sentences of a site that have Markdown, each with its file and keys."""
    entries: list[tuple[str, Keys, Struct]] = [(CONFIG, (), site.config)]
    for documents in (site.briefs, site.themes, site.publishers):
        entries += [(document.file, (), document.data) for document in documents.values() if document.has_marks]
    entries += [
        (record.file, (), record.data) for record in site.sources.values() if record.has_marks and not record.brief
    ]
    entries += [(notice_file(id), ("retraction",), notice) for id, notice in site.retracted.items() if notice]
    for file, above, entry in entries:
        for keys, text in marked_texts(entry, above):
            yield file, keys, text


def notice_file(brief: Id) -> str:
    """Return the file of a retracted brief."""
    return f"content/briefs/{brief}.md"


CONFIG = "content/site.yaml"


class Mapper(NamedTuple):
    """Maps the references in one file. What has no reference that changes is returned itself, as most is."""

    file: str
    keep: Targets
    change: Change
    resolve: Resolve | None = None
    fields: Mapping[type[Struct], Iterable[tuple[str, Any]]] = ALL_FIELDS  # `FIELDS` where no sentence has Markdown

    def document(self, document: Document[T]) -> Document[T]:
        data, body = self.entry(document.data), self.body(document.body)
        return document if data is document.data and body is document.body else replace(document, data=data, body=body)

    def body(self, body: Body) -> Body:
        """Return a body with new targets; a dropped reference gets an empty one."""
        if not body.references:
            return body
        references = tuple([self.reference(reference, (), "") for reference in body.references])
        return body if _are_same(references, body.references) else replace(body, references=references)

    def entry(self, entry: T, keys: Keys = ()) -> T:
        """Return an entry of content, which is at `keys` in its file, with new targets."""
        changed: dict[str, Any] = {}
        new: Any
        kind: Any
        for name, kind in self.fields.get(type(entry), ()):
            value = getattr(entry, name)
            if not value:
                continue
            if kind is MarkedText:
                new = self.texts(value, (*keys, name))
            elif isinstance(kind, type):
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
        required = REQUIRED.get(type(value[0]), ())
        return tuple(
            [entry for entry in entries if not required or any(getattr(entry, name) is not None for name in required)]
        )

    def texts(self, value: AnyText | tuple[AnyText, ...], keys: Keys) -> AnyText | tuple[AnyText, ...]:
        """Return a sentence, or several."""
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            new = tuple([self.texts(text, (*keys, index)) for index, text in enumerate(value)])
            return value if _are_same(new, value) else new  # type: ignore[return-value]  # a sentence gives a sentence
        found = tuple([self.reference(one, keys, written(one)) for one in value.references])
        return value if _are_same(found, value.references) else replace(value, references=found)

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

    def reference(self, reference: Reference, keys: Keys, words: str) -> Reference:
        target = reference.target
        if not target:
            return reference
        kind: Kind = "link"
        folder = ""
        if reference.kind in ("entity", "cite"):
            if self.resolve is not None:
                return self.resolve(Use("name", target, self.file, keys, reference, words), reference)
            folder, _, id = target.partition("/")
            kind, target = (FOLDERS[folder], id) if folder in FOLDERS else ("name", target)
        if target in self.keep[kind]:
            return reference
        new = self.change(Use(kind, target, self.file, keys, reference, words))
        if new == target:
            return reference
        in_folder = new is not None and kind not in ("link", "name")
        return replace(reference, target=f"{folder}/{new}" if in_folder else new or "")


def _are_same(new: Sequence[object], old: Sequence[object]) -> bool:
    return all(map(is_, new, old))
