"""Sites from keyword arguments, as loading would make them: `a_site(briefs={"meeting": {"claims": [{…}]}})`.

What a test does not care about is filled in. Values are written with the keys of the YAML; `body` holds references.
Actors, themes and sources that are named but not given are made, because in a `Site` every reference resolves.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, TypeVar

import msgspec

from briefgen.model.content import Actor, Brief, Claim, Config, FreePage, Publisher, SourceFile, Theme
from briefgen.model.site import Body, Document, Site, SourceRecord
from briefgen.model.texts import Reference
from briefgen.model.vocabulary import RELATIONS

Entries = Mapping[str, Mapping[str, Any]]
T = TypeVar("T")


def mention(actor_or_theme: str, **more: Any) -> Reference:  # mention("actors/putin")
    return Reference(kind="entity", target=actor_or_theme, **more)


def cite(source_id: str, **more: Any) -> Reference:
    return Reference(kind="cite", target=f"sources/{source_id}", **more)


def a_site(
    *,
    briefs: Entries | None = None,
    actors: Entries | None = None,
    themes: Entries | None = None,
    publishers: Entries | None = None,
    sources: Entries | None = None,
    pages: Entries | None = None,
    **config: Any,
) -> Site:
    written_briefs = {brief_id: _brief(brief_id, entry) for brief_id, entry in (briefs or {}).items()}
    newest_first = sorted(written_briefs, key=lambda key: written_briefs[key].data.date, reverse=True)
    written_themes = {theme_id: _theme(theme_id, entry) for theme_id, entry in (themes or {}).items()}
    written_actors = {actor_id: _actor(actor_id, entry) for actor_id, entry in (actors or {}).items()}
    written_pages = {
        page_id: _document("pages", page_id, {"title": _name(page_id)} | dict(entry), FreePage)
        for page_id, entry in (pages or {}).items()
    }
    records = {source_id: _record(source_id, entry) for source_id, entry in (sources or {}).items()}
    for brief_id, brief in written_briefs.items():
        if brief.data.source is not None:
            own_id = brief.data.source.id or brief_id
            records[own_id] = SourceRecord(id=own_id, data=brief.data.source, file=brief.file, brief=brief_id)
    bodies = [
        *(brief.body for brief in written_briefs.values()),
        *(actor.body for actor in written_actors.values()),
        *(theme.body for theme in written_themes.values()),
        *(page.body for page in written_pages.values()),
    ]
    for kind, named in _named(written_briefs.values(), written_actors.values(), records.values(), bodies):
        if kind == "actors" and named not in written_actors:
            written_actors[named] = _actor(named, {})
        if kind == "themes" and named not in written_themes:
            written_themes[named] = _theme(named, {})
        if kind == "sources" and named not in records:
            records[named] = _record(named, {})
    written_publishers = {
        publisher_id: _document(
            "publishers", publisher_id, {"name": _name(publisher_id)} | dict(entry), Publisher, suffix=".yaml"
        )
        for publisher_id, entry in (publishers or {}).items()
    }
    for source_id, record in list(records.items()):
        credit = _id(record.data.credit) if record.data.credit is not None else None
        records[source_id] = msgspec.structs.replace(record, credit=credit)
        if (name := record.data.publisher) != "unknown":
            publisher_id = _id(name)
            nameless = Document(id=publisher_id, file="", data=Publisher(name=name))
            written_publishers.setdefault(publisher_id, nameless)
            records[source_id] = msgspec.structs.replace(record, publisher=publisher_id, credit=credit)
    return Site(
        config=msgspec.convert({"title": "A site"} | config, Config),
        briefs={brief_id: written_briefs[brief_id] for brief_id in newest_first},
        actors=dict(sorted(written_actors.items())),
        themes=dict(sorted(written_themes.items())),
        publishers=dict(sorted(written_publishers.items())),
        sources=dict(sorted(records.items())),
        pages=dict(sorted(written_pages.items())),
    )


def _id(name: str) -> str:
    return "-".join(re.findall(r"\w+", name.casefold()))


def _name(entry_id: str) -> str:
    return entry_id.replace("-", " ").capitalize()


def _document(folder: str, entry_id: str, entry: Mapping[str, Any], data: type[T], suffix: str = ".md") -> Document[T]:
    values = dict(entry)
    body = Body(digest=entry_id, references=tuple(values.pop("body", ())))
    return Document(
        id=entry_id,
        file=f"content/{folder}/{entry_id}{suffix}",
        data=msgspec.convert(values, data),
        body=body,
    )


def _actor(actor_id: str, entry: Mapping[str, Any]) -> Document[Actor]:
    return _document("actors", actor_id, {"name": _name(actor_id), "kind": "person"} | dict(entry), Actor)


def _theme(theme_id: str, entry: Mapping[str, Any]) -> Document[Theme]:
    filled = {"name": _name(theme_id)} | dict(entry)
    disputes = [
        {"id": f"dispute-{number}", "question": "Which?", "kind": "fact"} | dispute
        for number, dispute in enumerate(filled.get("disputes", ()), start=1)
    ]
    return _document("themes", theme_id, filled | {"disputes": disputes}, Theme)


def _brief(brief_id: str, entry: Mapping[str, Any]) -> Document[Brief]:
    filled = {"title": _name(brief_id), "date": "2025-12-03"} | dict(entry)
    if "source" in filled:
        filled["source"] = {"title": _name(brief_id)} | filled["source"]
    filled["claims"] = [
        {"id": f"claim-{number}", "says": "Something."} | ({} if "publisher" in claim else {"actor": "speaker"}) | claim
        for number, claim in enumerate(filled.get("claims", ()), start=1)
    ]
    for claim in filled["claims"]:
        for relation in RELATIONS.keys() & claim.keys():
            claim[relation] = [ref if "#" in ref else f"{brief_id}#{ref}" for ref in claim[relation]]
    return _document("briefs", brief_id, filled, Brief)


def _record(source_id: str, entry: Mapping[str, Any]) -> SourceRecord:
    data = msgspec.convert({"title": _name(source_id)} | dict(entry), SourceFile)
    return SourceRecord(id=source_id, data=data, file=f"content/sources/{source_id}.yaml")


def _named(
    briefs: Iterable[Document[Brief]],
    actors: Iterable[Document[Actor]],
    records: Iterable[SourceRecord],
    bodies: Iterable[Body],
) -> Iterator[tuple[str, str]]:
    records = list(records)
    summarised = [document.data for document in briefs]
    for brief in summarised:
        yield from (("actors", name) for name in brief.actors)
        yield from (("themes", name) for name in brief.themes)
    for claims in (*(brief.claims for brief in summarised), *(record.claims for record in records)):
        yield from chain.from_iterable(map(_named_in_claim, claims))
    for actor in list(actors):
        yield from (("actors", role.of) for role in actor.data.roles if role.of is not None)
    for record in records:
        yield from (("sources", source_id) for source_id in record.data.cites)
        for flag in record.data.flags:
            yield from (("sources", source_id) for source_id in flag.evidence)
    for body in bodies:
        for reference in body.references:
            if reference.kind in ("entity", "cite"):
                kind, _, target = reference.target.partition("/")
                yield kind, target


def _named_in_claim(claim: Claim) -> Iterator[tuple[str, str]]:
    yield from (("actors", name) for name in (claim.actor, claim.for_) if name is not None)
    if claim.theme is not None:
        yield "themes", claim.theme
    yield from (("sources", source_id) for source_id in claim.confirmed_by)
    if claim.finding is not None:
        yield from (("sources", source_id) for source_id in claim.finding.evidence)
