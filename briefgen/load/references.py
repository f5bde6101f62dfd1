"""Documents → `Site`: every name becomes the id of something that exists, or a problem."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from typing import Any, TypeVar

from msgspec import Struct
from msgspec.structs import replace

from briefgen.load.alias_addresses import AliasAddresses
from briefgen.load.failed import Failed
from briefgen.load.former import Former, renamed
from briefgen.load.names import Missing, Names
from briefgen.load.publishers import Publishers
from briefgen.load.records import Claims, Keys, Sources
from briefgen.load.suggest import joined, question
from briefgen.model.content import (
    Actor,
    Brief,
    Claim,
    Config,
    ContentKind,
    FreePage,
    Id,
    KnownLink,
    KnownLinks,
    Publisher,
    Source,
    Theme,
)
from briefgen.model.links import bare
from briefgen.model.names import fold
from briefgen.model.problem import Place, Pointer, Problem
from briefgen.model.site import Body, Document, Reference, Site, StaticFile

T = TypeVar("T")
D = TypeVar("D", bound=Struct)


def resolve(
    config: Config,
    documents: Mapping[str, Sequence[Document[Any]]],
    statics: Iterable[StaticFile] = (),
    failed: Iterable[Failed] = (),
) -> tuple[Site, tuple[Problem, ...]]:
    """The site, whole only where there are no problems. What may be in a `failed` file is none."""
    resolver = _Resolver(documents, list(failed))
    return resolver.site(config, tuple(statics)), resolver.problems()


def _by_id(documents: Sequence[Document[T]]) -> dict[Id, Document[T]]:
    return {document.id: document for document in sorted(documents, key=lambda document: document.id)}


def _newest_first(documents: Sequence[Document[Brief]]) -> dict[Id, Document[Brief]]:
    ordered = sorted(_by_id(documents).values(), key=lambda document: document.data.date, reverse=True)
    return {document.id: document for document in ordered}


def _publisher_names(sources: Mapping[Id, Document[Source]], briefs: Mapping[Id, Document[Brief]]) -> Iterator[str]:
    yield from (source.data.publisher for source in sources.values())
    yield from (brief.data.source.publisher for brief in briefs.values() if brief.data.source)


def _missing(failed: Iterable[Failed], *kinds: ContentKind) -> Missing:
    mine = [one for one in failed if one.kind in kinds]
    names = {fold(name) for one in mine for name in (one.id, *(one.names or ()))}
    # Of a source in a file of its own the id is the file's name, and it has no other.
    return Missing(frozenset(names), any(one.names is None and (one.kind != "source" or not one.id) for one in mine))


class _Resolver:
    def __init__(self, documents: Mapping[str, Sequence[Document[Any]]], failed: Sequence[Failed]) -> None:
        self.found: list[Problem] = []
        self.briefs: dict[Id, Document[Brief]] = _newest_first(documents.get("brief", ()))
        self.actors: dict[Id, Document[Actor]] = _by_id(documents.get("actor", ()))
        self.themes: dict[Id, Document[Theme]] = _by_id(documents.get("theme", ()))
        self.pages: dict[Id, Document[FreePage]] = _by_id(documents.get("page", ()))
        publishers: dict[Id, Document[Publisher]] = _by_id(documents.get("publisher", ()))
        sources: dict[Id, Document[Source]] = _by_id(documents.get("source", ()))
        in_order = sorted(self.briefs.values(), key=lambda brief: brief.id)
        self.actor_names = Names("actor", self.actors, _missing(failed, "actor"))
        self.theme_names = Names("theme", self.themes, _missing(failed, "theme"))
        self.publishers = Publishers(publishers, _publisher_names(sources, self.briefs), _missing(failed, "publisher"))
        self.sources = Sources(sources.values(), in_order, self.publishers, _missing(failed, "source", "brief"))
        lost = {
            one.id: None if one.names is None else frozenset(name[1:] for name in one.names if name.startswith("#"))
            for one in failed
            if one.kind == "brief"
        }
        self.claims = Claims(in_order, lost)
        self.links = self.known_links(documents.get("links", ()))
        named: dict[str, Mapping[Id, Document[Any]]] = {
            "actors": self.actors,
            "themes": self.themes,
            "publishers": self.publishers.all,
        }
        self.former = Former({"briefs": self.briefs, **named, "pages": self.pages}, self.sources.records)
        self.aliases = AliasAddresses(named, self.former.redirects)
        self.sources.former = self.former.ids("sources")
        self.claims.former = self.former.ids("briefs")
        self.actor_names.elsewhere = partial(self.elsewhere, ("actor",))
        self.theme_names.elsewhere = partial(self.elsewhere, ("theme",))
        self.sources.elsewhere = partial(self.elsewhere, ("source",))

    def site(self, config: Config, statics: tuple[StaticFile, ...]) -> Site:
        for record in self.sources.records.values():
            self.source(record.data, record.file, ("source",) if record.brief else ())
        disputes: dict[Id, str] = {}
        return Site(
            config=config,
            briefs={id: self.document(document, self.brief(document)) for id, document in self.briefs.items()},
            actors={id: self.document(document, self.actor(document)) for id, document in self.actors.items()},
            themes={
                id: self.document(document, self.theme(document, disputes)) for id, document in self.themes.items()
            },
            publishers=self.publishers.all,
            sources=dict(sorted(self.sources.records.items())),
            pages={id: self.document(document, document.data) for id, document in self.pages.items()},
            statics=statics,
            links=self.links,
            redirects=self.former.redirects,
            alias_addresses=self.aliases.redirects,
        )

    def known_links(self, documents: Iterable[Document[KnownLinks]]) -> dict[str, KnownLink]:
        found: dict[str, KnownLink] = {}
        for document in documents:
            for index, link in enumerate(document.data.links):
                if found.setdefault(bare(link.address), link) is not link:
                    at = Pointer(document.file, ("links", index, "address"))
                    message = f'the address "{link.address}" is listed twice'
                    self.found.append(Problem("duplicate-id", message, at, "remove one of the two entries"))
        return found

    def problems(self) -> tuple[Problem, ...]:
        shared = (*self.actor_names.shared(), *self.theme_names.shared())
        by_kind = (self.publishers, self.sources, self.claims, self.former)
        lost = self.aliases.problems()
        return (*shared, *chain.from_iterable(each.problems for each in by_kind), *lost, *self.found)

    def elsewhere(self, wanted: tuple[str, ...], name: str) -> str:
        """Return a hint where a name is none of the `wanted` kinds but of another; else an empty text."""
        for kind, file in self.entries(name):
            if kind not in wanted:
                return f'"{name}" is {"an" if kind == "actor" else "a"} {kind}: {file or "sources name it"}.'
        return ""

    def entries(self, name: str) -> Iterator[tuple[str, str]]:
        """Yield kind and file of everything that has this id, name or alias."""
        for names in (self.actor_names, self.theme_names, self.publishers.names):
            if found := names.find(name):
                yield names.noun, names.documents[found].file
        if self.publishers.has_made(name):
            yield "publisher", ""
        if name in self.briefs:
            yield "brief", self.briefs[name].file
        if name in self.sources.records:
            yield "source", self.sources.records[name].file
        if name in self.pages:
            yield "page", self.pages[name].file

    def document(self, document: Document[D], data: D) -> Document[D]:
        """The document with resolved data and body; itself where nothing changes, as for most."""
        body = self.body(document.file, document.body)
        return document if data is document.data and body is document.body else replace(document, data=data, body=body)

    def name(self, name: str, names: Names, at: Pointer) -> Id:
        found = names.find(name)
        if found is None:
            problem = names.unknown(name, at)
            if problem:
                self.found.append(problem)
        return found or name

    def names(self, written: tuple[str, ...], names: Names, file: str, key: str) -> tuple[Id, ...]:
        if names.ids.issuperset(written):
            return written
        ids = (self.name(name, names, Pointer(file, (key, index))) for index, name in enumerate(written))
        # Two names of one actor are one actor.
        return tuple(dict.fromkeys(ids))

    def brief(self, document: Document[Brief]) -> Brief:
        brief, file = document.data, document.file
        actors = self.names(brief.actors, self.actor_names, file, "actors")
        themes = self.names(brief.themes, self.theme_names, file, "themes")
        claims = [self.claim(claim, document, ("claims", index)) for index, claim in enumerate(brief.claims)]
        same = all(map(_is, claims, brief.claims))
        if actors is brief.actors and themes is brief.themes and same:
            return brief
        return replace(brief, actors=actors, themes=themes, claims=tuple(claims))

    def plain(self, claim: Claim) -> bool:
        """Whether all names are ids already and nothing else is referred to: true of most, and told at once."""
        actors, themes = self.actor_names.ids, self.theme_names.ids
        return (
            claim.actor in actors
            and (claim.theme is None or claim.theme in themes)
            and (claim.for_ is None or claim.for_ in actors)
            and not (claim.disputes or claim.confirmed_by or claim.outcome)
        )

    def claim(self, claim: Claim, document: Document[Brief], keys: Keys) -> Claim:
        if self.plain(claim):
            return claim
        file = document.file
        actor = self.name(claim.actor, self.actor_names, Pointer(file, (*keys, "actor")))
        on_behalf = claim.for_ and self.name(claim.for_, self.actor_names, Pointer(file, (*keys, "for")))
        theme = claim.theme and self.name(claim.theme, self.theme_names, Pointer(file, (*keys, "theme")))
        disputes = tuple(
            self.claims.find(written, document.id, Pointer(file, (*keys, "disputes", index)))
            for index, written in enumerate(claim.disputes)
        )
        self.sources.check(claim.confirmed_by, file, (*keys, "confirmed_by"))
        if claim.outcome:
            self.sources.check(claim.outcome.evidence, file, (*keys, "outcome", "evidence"))
        resolved = (actor, on_behalf, theme, disputes)
        if resolved == (claim.actor, claim.for_, claim.theme, claim.disputes):
            return claim
        return replace(claim, actor=actor, for_=on_behalf, theme=theme, disputes=disputes)

    def actor(self, document: Document[Actor]) -> Actor:
        roles = tuple(
            replace(role, of=self.name(role.of, self.actor_names, Pointer(document.file, ("roles", index, "of"))))
            if role.of
            else role
            for index, role in enumerate(document.data.roles)
        )
        return document.data if roles == document.data.roles else replace(document.data, roles=roles)

    def theme(self, document: Document[Theme], seen: dict[Id, str]) -> Theme:
        for index, dispute in enumerate(document.data.disputes):
            keys: Keys = ("disputes", index)
            if dispute.id in seen:
                message = f'the dispute id "{dispute.id}" is already in {seen[dispute.id]}'
                at = Pointer(document.file, (*keys, "id"))
                self.found.append(Problem("duplicate-id", message, at, "give one of them another id"))
            seen.setdefault(dispute.id, document.file)
            for number, written in enumerate(dispute.claims):
                self.claims.find(written, None, Pointer(document.file, (*keys, "claims", number)))
        return document.data

    def source(self, source: Source, file: str, keys: Keys) -> None:
        self.sources.check(source.cites, file, (*keys, "cites"))
        for index, flag in enumerate(source.flags):
            self.sources.check(flag.evidence, file, (*keys, "flags", index, "evidence"))

    def body(self, file: str, body: Body) -> Body:
        if not body.references:
            return body
        references = tuple(self.reference(file, reference) for reference in body.references)
        return body if all(map(_is, references, body.references)) else replace(body, references=references)

    def reference(self, file: str, reference: Reference) -> Reference:
        if reference.kind == "cite":
            if reference.target not in self.sources.records:
                self.sources.complain(reference.target, _place(file, reference))
            return replace(reference, target=f"sources/{reference.target}")
        if reference.kind != "entity":
            return reference
        for names, folder in ((self.actor_names, "actors"), (self.theme_names, "themes")):
            found = names.find(reference.target)
            if found:
                # An id is for the machine, but a name or alias was chosen to be read.
                label = reference.label or (reference.target if reference.target not in names.ids else None)
                return replace(reference, target=f"{folder}/{found}", label=label)
        self.unknown_reference(file, reference)
        return reference

    def other_link(self, name: str) -> str:
        """Return a hint how to link what has this name and is neither actor nor theme; else an empty text."""
        for kind, file in self.entries(name):
            if file:
                link = f"[@{name}]" if kind == "source" else f"[{name}](../{file.removeprefix('content/')})"
                return f'"{name}" is a {kind}: write {link}.'
        return self.elsewhere(("actor", "theme"), name)

    def unknown_reference(self, file: str, reference: Reference) -> None:
        name = reference.target
        for names in (self.actor_names, self.theme_names):
            if new := names.renamed(name):
                self.found.append(renamed(names.noun, name, new, _place(file, reference)))
                return
        if self.actor_names.excused(name) or self.theme_names.excused(name):
            return
        other = self.other_link(name)
        suggestion = None if other else self.actor_names.suggestion(name) or self.theme_names.suggestion(name)
        hint = self.actor_names.metonym(name) or joined(
            other or question(suggestion),
            "Actors live in content/actors/, themes in content/themes/.",
        )
        problem = Problem("unknown-reference", f'no actor or theme "{name}"', _place(file, reference), hint)
        self.found.append(problem)


def _is(one: object, other: object) -> bool:
    return one is other


def _place(file: str, reference: Reference) -> Place:
    return Place(file, reference.line, reference.column, reference.length)
