"""Documents → `Site`: every name becomes the id of something that exists, or a problem."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, TypeVar

from msgspec.structs import replace

from briefgen.load.discover import Failed
from briefgen.load.names import Missing, Names, Publishers
from briefgen.load.records import Claims, Sources
from briefgen.load.redirects import FormerIds, find_alias_addresses, renamed
from briefgen.load.slugs import slug
from briefgen.load.suggest import joined
from briefgen.model.checks import Checks, PublishedBrief, SourceCheck
from briefgen.model.claimed import written_claims
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
from briefgen.model.disputes import keep_whole_disputes
from briefgen.model.links import bare
from briefgen.model.names import fold, question
from briefgen.model.problem import Pointer, Problem
from briefgen.model.references import Everything, Targets, Use, map_references
from briefgen.model.site import Document, Site, StaticFile
from briefgen.model.texts import Reference

T = TypeVar("T")

_SPEAKERS = {"actor", "publisher"}


def resolve(
    config: Config,
    documents: Mapping[str, Sequence[Document[Any]]],
    statics: Iterable[StaticFile] = (),
    failed: Iterable[Failed] = (),
) -> tuple[Site, tuple[Problem, ...]]:
    """Return the site, which is complete only without problems. A name that a `failed` file may have is no problem."""
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


def _repeated_disputes(themes: Iterable[Document[Theme]]) -> Iterator[Problem]:
    files: dict[Id, str] = {}
    for theme in themes:
        for index, dispute in enumerate(theme.data.disputes):
            if dispute.id in files:
                message = f'the dispute id "{dispute.id}" is already in {files[dispute.id]}'
                at = Pointer(theme.file, ("disputes", index, "id"))
                yield Problem("duplicate-id", message, at, "give one of them another id")
            files.setdefault(dispute.id, theme.file)


class _Resolver:
    def __init__(self, documents: Mapping[str, Sequence[Document[Any]]], failed: Sequence[Failed]) -> None:
        self.found: list[Problem] = []
        self.briefs: dict[Id, Document[Brief]] = _newest_first(documents.get("brief", ()))
        self.actors: dict[Id, Document[Actor]] = _by_id(documents.get("actor", ()))
        self.themes: dict[Id, Document[Theme]] = _by_id(documents.get("theme", ()))
        self.pages: dict[Id, Document[FreePage]] = _by_id(documents.get("page", ()))
        publishers: dict[Id, Document[Publisher]] = _by_id(documents.get("publisher", ()))
        sources: dict[Id, Document[Source]] = _by_id(documents.get("source", ()))
        self.actor_names = Names("actor", self.actors, _missing(failed, "actor"), self.elsewhere)
        self.theme_names = Names("theme", self.themes, _missing(failed, "theme"), self.elsewhere)
        self.publishers = Publishers(publishers, _publisher_names(sources, self.briefs), _missing(failed, "publisher"))
        sources, self.briefs = self.publishers.complete_all(sources), self.publishers.complete_own(self.briefs)
        in_order = sorted(self.briefs.values(), key=lambda brief: brief.id)
        missing = _missing(failed, "source", "brief")
        self.sources = Sources(sources.values(), in_order, self.publishers, missing, self.elsewhere)
        lost = {
            one.id: None if one.names is None else frozenset(name[1:] for name in one.names if name.startswith("#"))
            for one in failed
            if one.kind in ("brief", "source")
        }
        self.claims = Claims(in_order, self.sources.records, lost)
        self.owners = {document.file: document.id for document in (*in_order, *sources.values())}
        self.links = self.known_links(documents.get("links", ()))
        self.found.extend(_repeated_disputes(self.themes.values()))
        named: dict[str, Mapping[Id, Document[Any]]] = {
            "actors": self.actors,
            "themes": self.themes,
            "publishers": self.publishers.all,
        }
        self.former = FormerIds({"briefs": self.briefs, **named, "pages": self.pages}, self.sources.records)
        self.alias_addresses, self.lost_addresses = find_alias_addresses(named, self.former.redirects)
        self.sources.former = self.former.ids("sources")
        self.claims.former = self.former.ids("sources") | self.former.ids("briefs")
        self.checks = self.known_checks(documents.get("checks", ()))
        self.published = self.known_published(documents.get("checks", ()))

    def site(self, config: Config, statics: tuple[StaticFile, ...]) -> Site:
        site = Site(
            config=config,
            briefs=self.briefs,
            actors=self.actors,
            themes=self.themes,
            publishers=self.publishers.all,
            sources=self.sources.records,
            pages=self.pages,
            statics=statics,
            links=self.links,
            checks=self.checks,
            published=self.published,
            redirects=self.former.redirects,
            alias_addresses=self.alias_addresses,
        )
        keep: Targets = {
            "actor": self.actor_names.ids,
            "theme": self.theme_names.ids,
            "publisher": self.publishers.all,
            "source": self.sources.records,
            "claim": self.claims.known,
            "link": Everything(),
        }
        resolved = map_references(site, keep, self.target, self.reference)
        return replace(resolved, sources=dict(sorted(resolved.sources.items())))

    def known_links(self, documents: Iterable[Document[KnownLinks]]) -> dict[str, KnownLink]:
        found: dict[str, KnownLink] = {}
        for document in documents:
            for index, link in enumerate(document.data.links):
                if found.setdefault(bare(link.address), link) is not link:
                    at = Pointer(document.file, ("links", index, "address"))
                    message = f'the address "{link.address}" is listed twice'
                    self.found.append(Problem("duplicate-id", message, at, "remove one of the two entries"))
        return found

    def known_checks(self, documents: Iterable[Document[Checks]]) -> dict[Id, SourceCheck]:
        """Return the record by source, with checks in the order of their hashes; what has no source is left out."""
        found: dict[Id, SourceCheck] = {}
        for document in documents:
            for index, source in enumerate(document.data.sources):
                quotes = {quote.words: quote for quote in source.quotes}
                if source.id in found:
                    message = f'the source "{source.id}" is listed twice'
                elif len(quotes) < len(source.quotes):
                    message = f'a quotation of the source "{source.id}" is listed twice'
                else:
                    found[source.id] = replace(source, quotes=tuple([quotes[words] for words in sorted(quotes)]))
                    continue
                at = Pointer(document.file, ("sources", index, "id"))
                self.found.append(Problem("duplicate-id", message, at, "remove one of the two entries"))
        former = self.former.ids("sources")
        named = {former.get(id, id) if id not in self.sources.records else id: source for id, source in found.items()}
        return {id: replace(source, id=id) for id, source in named.items() if id in self.sources.records}

    def known_published(self, documents: Iterable[Document[Checks]]) -> dict[Id, PublishedBrief]:
        """Return what was published by brief; what has no brief is left out."""
        former, found = self.former.ids("briefs"), dict[Id, PublishedBrief]()
        for document in documents:
            for index, brief in enumerate(document.data.published):
                id = brief.id if brief.id in self.briefs else former.get(brief.id, "")
                if id in found:
                    at = Pointer(document.file, ("published", index, "id"))
                    message = f'the brief "{brief.id}" is listed twice'
                    self.found.append(Problem("duplicate-id", message, at, "remove one of the two entries"))
                elif id in self.briefs:
                    found[id] = replace(brief, id=id)
        return found

    def problems(self) -> tuple[Problem, ...]:
        shared = (*self.actor_names.shared(), *self.theme_names.shared())
        by_kind = (self.publishers, self.sources, self.claims, self.former)
        found = (*shared, *chain.from_iterable(each.problems for each in by_kind), *self.lost_addresses, *self.found)
        # The own source of a brief is mapped twice: as a source and in its brief.
        return tuple(dict.fromkeys(found))

    def elsewhere(self, wanted: str, name: str) -> str:
        """Return a hint if a name is not of the `wanted` kind but of another; else an empty text."""
        for kind, file in self.entries(name):
            if kind != wanted:
                also = f" A claim of it has `{kind}: {name}`." if {kind, wanted} == _SPEAKERS else ""
                return f'"{name}" is {"an" if kind == "actor" else "a"} {kind}: {file or "sources name it"}.{also}'
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

    def target(self, use: Use) -> str:
        """Return the id that a field names; what is written there if it names nothing."""
        at = use.at
        if use.kind == "claim":
            return self.claims.find(use.target, self.owners.get(use.file), at)
        if use.kind == "source":
            self.sources.complain(use.target, at)
            return use.target
        if use.kind == "publisher":
            return self.publishers.speaker(use.target, at, self.elsewhere) or use.target
        names = self.actor_names if use.kind == "actor" else self.theme_names
        found = names.find(use.target)
        if found is None and (problem := names.unknown(use.target, at)):
            self.found.append(problem)
        return found or use.target

    def reference(self, use: Use, reference: Reference) -> Reference:
        """Return a reference of a text with the id that it names; as it is if it names nothing."""
        if reference.kind == "cite":
            if reference.target not in self.sources.records:
                self.sources.complain(reference.target, use.at)
            return replace(reference, target=f"sources/{reference.target}")
        for names, folder in ((self.actor_names, "actors"), (self.theme_names, "themes")):
            found = names.find(reference.target)
            if found:
                # An id is for the machine, but a name or alias was chosen to be read.
                name = names.documents[found].data.name if reference.target in names.ids else reference.target
                return replace(reference, target=f"{folder}/{found}", label=reference.label or name)
        self.unknown_reference(use)
        return reference

    def other_link(self, name: str) -> str:
        """Return a hint how to link what has this name and is neither actor nor theme; else an empty text."""
        for kind, file in self.entries(name):
            if file:
                link = f"[@{name}]" if kind == "source" else f"[{name}](../{file.removeprefix('content/')})"
                return f'"{name}" is a {kind}: write {link}.'
        return self.elsewhere("actor", name)

    def unknown_reference(self, use: Use) -> None:
        name = use.target
        for names in (self.actor_names, self.theme_names):
            if new := names.renamed(name):
                self.found.append(renamed(names.noun, name, new, use.at))
                return
        if self.actor_names.excused(name) or self.theme_names.excused(name):
            return
        other = self.other_link(name)
        suggestion = None if other else self.actor_names.suggestion(name) or self.theme_names.suggestion(name)
        guess, where = other or question(suggestion), "Actors live in content/actors/, themes in content/themes/"
        create = f"; `briefgen new actor {id}` creates a file" if (id := slug(name)) and not guess else ""
        hint = self.actor_names.metonym(name) or joined(guess, f"{where}{create}.")
        self.found.append(Problem("unknown-reference", f'no actor or theme "{name}"', use.at, hint))


def drop_broken_references(site: Site) -> Site:
    """Return the site without references to what does not exist, so that planning can find other problems."""
    claims = {
        one.key
        for one in written_claims(site)
        if one.claim.actor in site.actors or one.claim.publisher in site.publishers
    }
    keep: Targets = {
        "actor": site.actors,
        "theme": site.themes,
        "publisher": site.publishers,
        "source": site.sources,
        "claim": claims,
        "link": Everything(),
        "name": (),
    }
    kept = map_references(site, keep, lambda _: None)
    return replace(_with_unique_claims(kept), themes=dict(_with_whole_disputes(kept.themes.values())))


def _with_whole_disputes(themes: Iterable[Document[Theme]]) -> Iterator[tuple[Id, Document[Theme]]]:
    """Keep the first of several disputes with one id, and none of too few claims or sides."""
    seen: set[Id] = set()
    for document in themes:
        disputes = {dispute.id: dispute for dispute in reversed(document.data.disputes) if dispute.id not in seen}
        seen.update(disputes)
        whole = keep_whole_disputes(reversed(disputes.values()))
        data = replace(document.data, disputes=whole) if document.data.disputes else document.data
        yield document.id, replace(document, data=data) if data is not document.data else document


def _with_unique_claims(site: Site) -> Site:
    """Keep the first of several claims with one id, because an id names one claim."""
    kept = {one.key: one.claim for one in reversed(written_claims(site))}

    def unique(owner: Id, claims: tuple[Claim, ...]) -> tuple[Claim, ...]:
        return tuple(claim for claim in claims if kept[f"{owner}#{claim.id}"] is claim)

    briefs = {
        id: replace(document, data=replace(document.data, claims=unique(id, document.data.claims)))
        for id, document in site.briefs.items()
    }
    sources = {
        id: replace(record, data=replace(record.data, claims=unique(id, record.claims))) if record.claims else record
        for id, record in site.sources.items()
    }
    return replace(site, briefs=briefs, sources=sources)
