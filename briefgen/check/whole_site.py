"""Checks of all entries together: backward roles, what is unused, the card image, dates in the future."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import chain
from typing import Any, get_args

from briefgen.check.wording import on
from briefgen.model.claimed import written_claims
from briefgen.model.content import Id
from briefgen.model.dates import certainly_before
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.references import ALL_FIELDS, CONFIG, FIELDS, FOLDERS, Keys, Kind, Mapper, Use
from briefgen.model.site import Document, Site, SourceRecord

_IMAGES = (".png", ".jpg", ".jpeg", ".webp", ".gif")


def backward_roles(site: Site) -> Iterator[Problem]:
    """Find roles that certainly end before they begin."""
    for actor in site.actors.values():
        for number, role in enumerate(actor.data.roles):
            if role.from_ and role.until and certainly_before(role.until, role.from_):
                message = f'the role "{role.title}" ends {on(role.until)}, before it begins {on(role.from_)}'
                hint = "correct `from` or `until`; leave `until` out if the role is still held"
                yield Problem("role-dates", message, Pointer(actor.file, ("roles", number, "until")), hint)


class _Used:
    """A container that collects all targets that are looked up in it."""

    def __init__(self) -> None:
        self.targets: set[str] = set()

    def __contains__(self, target: object) -> bool:
        self.targets.add(str(target))
        return True


def unused_entries(site: Site) -> Iterator[Problem]:
    """Find themes that no brief has, actors that nothing mentions, and files of `sources/` that nothing cites."""
    used = _used(site)
    for theme in site.themes.values():
        if theme.id not in used["theme"]:
            message = f'no brief or claim has the theme "{theme.id}"'
            hint = "add it to the `themes` of a brief or give it to a claim, or remove the file"
            yield Problem("unused-theme", message, Pointer(theme.file, ("name",)), hint, Severity.WARNING)
    for actor in site.actors.values():
        if actor.id not in used["actor"]:
            message = f'nothing mentions the actor "{actor.id}"'
            hint = "add it to the `actors` of a brief or give it a claim, or remove the file"
            yield Problem("unused-actor", message, Pointer(actor.file, ("name",)), hint, Severity.WARNING)
    for source in site.sources.values():
        if source.brief is None and source.id not in used["source"]:
            message = f'nothing cites the source "{source.id}"'
            hint = f"cite it as [@{source.id}], in `evidence`, `cites` or `confirmed_by`, give it claims, or remove it"
            yield Problem("unused-source", message, Pointer(source.file, ("title",)), hint, Severity.WARNING)


def _used(site: Site) -> Mapping[Kind, set[Id]]:
    """Return the ids of themes, actors and sources in use; what an entry uses of itself does not count.

    A source that carries claims is in use.
    """
    shared = _Collector()
    documents = (site.briefs.values(), site.themes.values(), site.pages.values(), site.publishers.values())
    for document in chain[Document[Any]](*documents):
        shared.add(document)
    Mapper(CONFIG, shared.used, _unchanged).entry(site.config)
    used: dict[Kind, set[Id]] = {
        # What a text only mentions may have no brief.
        "theme": {theme for brief in site.briefs.values() for theme in brief.data.themes}
        | {one.claim.theme for one in written_claims(site) if one.claim.theme},
        "actor": shared.ids("actor"),
        "source": shared.ids("source") | {source.id for source in site.sources.values() if source.claims},
    }
    for actor in site.actors.values():
        own = _Collector()
        own.add(actor)
        used["actor"] |= own.ids("actor") - {actor.id}
        used["source"] |= own.ids("source")
    for source in site.sources.values():
        if source.data.cites or source.data.flags or source.claims or source.has_marks:
            own = _Collector()
            own.add(source)
            used["source"] |= own.ids("source") - {source.id}
            used["actor"] |= own.ids("actor")
    return used


class _Collector:
    """Collects what documents refer to, by kind."""

    def __init__(self) -> None:
        self.used: Mapping[Kind, _Used] = {kind: _Used() for kind in get_args(Kind)}

    def add(self, place: Document[Any] | SourceRecord) -> None:
        mapper = Mapper(place.file, self.used, _unchanged, fields=ALL_FIELDS if place.has_marks else FIELDS)
        mapper.entry(place.data)
        if isinstance(place, Document):
            mapper.body(place.body)

    def ids(self, kind: Kind) -> set[Id]:
        """Return the ids of a kind, of those that links lead to as well: actors/x.md#roles, /actors/x/."""
        return self.used[kind].targets | {id for found, id in map(_entry, self.used["link"].targets) if found == kind}


def _unchanged(use: Use) -> str:
    return use.target


def _entry(target: str) -> tuple[Kind | None, Id]:
    folder, _, rest = target.partition("#")[0].removeprefix("/").partition("/")
    return FOLDERS.get(folder), rest.partition("/")[0].removesuffix(".md").removesuffix(".yaml")


def unknown_card_image(site: Site) -> Iterator[Problem]:
    """Find a card image that is not among the static files, or of a kind that no other site shows."""
    image = site.config.card_image
    if image is None:
        return
    at = Pointer("content/site.yaml", ("card_image", "file"))
    pictures = [static.path for static in site.statics if static.path.lower().endswith(_IMAGES)]
    if image.file in pictures:
        return
    if any(static.path == image.file for static in site.statics):
        kinds = f"{', '.join(_IMAGES[:-1])} or {_IMAGES[-1]}"
        yield Problem("unknown-card-image", f'"{image.file}" is no picture that other sites show', at, f"use {kinds}")
        return
    found = f"there are {', '.join(pictures[:3])}" if pictures else "put it there"
    message = f'there is no file "{image.file}" in content/static/'
    yield Problem("unknown-card-image", message, at, f"{found}; write its path from there, such as images/card.png")


def future_dates(site: Site, day: date) -> Iterator[Problem]:
    """Find dates of something past that are certainly after the build day."""
    # The build day is that of UTC; elsewhere it may be the day after.
    latest = min(day, date.max - timedelta(1)) + timedelta(1)
    for file, keys, written in _past(site):
        if certainly_before(latest.isoformat(), written):
            message = f"`{keys[-1]}` is {written}, after the day of this build"
            hint = "write the date on which it happened, or `unknown`"
            yield Problem("future-date", message, Pointer(file, keys), hint, Severity.WARNING)


def _past(site: Site) -> Iterator[tuple[str, Keys, str]]:
    for source in site.sources.values():
        yield source.file, (*source.keys, "published"), source.data.published
        if source.data.retrieved is not None:
            yield source.file, (*source.keys, "retrieved"), source.data.retrieved
    for theme in site.themes.values():
        for number, dispute in enumerate(theme.data.disputes):
            if dispute.reading is not None:
                yield theme.file, ("disputes", number, "reading", "date"), dispute.reading.date
    for one in written_claims(site):
        if one.claim.date is not None:
            yield one.file, ("claims", one.number, "date"), one.claim.date
        if one.claim.finding is not None and one.claim.finding.date is not None:
            yield one.file, ("claims", one.number, "finding", "date"), one.claim.finding.date
