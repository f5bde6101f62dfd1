"""Entries that nothing uses: perhaps misspelt where they are used, or left over."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any, get_args

from briefgen.model.content import Id
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.references import FOLDERS, Kind, Use, map_body, map_entry
from briefgen.model.site import Document, Site, SourceRecord


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
            yield _unused(
                "unused-theme",
                Pointer(theme.file, ("name",)),
                f'no brief has the theme "{theme.id}"',
                "add it to the `themes` of a brief or give it to a claim, or remove the file",
            )
    for actor in site.actors.values():
        if actor.id not in used["actor"]:
            yield _unused(
                "unused-actor",
                Pointer(actor.file, ("name",)),
                f'nothing mentions the actor "{actor.id}"',
                "add it to the `actors` of a brief or give it a claim, or remove the file",
            )
    for source in site.sources.values():
        if source.brief is None and source.id not in used["source"]:
            yield _unused(
                "unused-source",
                Pointer(source.file, ("title",)),
                f'nothing cites the source "{source.id}"',
                f"cite it as [@{source.id}], in `evidence`, `confirmed_by` or `cites`, or remove the file",
            )


def _used(site: Site) -> Mapping[Kind, set[Id]]:
    """Return the ids of themes, actors and sources in use; what an entry uses of itself does not count."""
    fields, bodies = _Collectors(), _Collectors()
    for brief in site.briefs.values():
        fields.add_entry(brief)
    documents: tuple[Iterable[Document[Any]], ...] = (site.briefs.values(), site.themes.values(), site.pages.values())
    for document in chain.from_iterable(documents):
        bodies.add_body(document)
    used: dict[Kind, set[Id]] = {
        "theme": fields.ids("theme"),
        "actor": fields.ids("actor") | bodies.ids("actor"),
        "source": fields.ids("source") | bodies.ids("source"),
    }
    for actor in site.actors.values():
        own = _Collectors()
        own.add_entry(actor)
        own.add_body(actor)
        used["actor"] |= own.ids("actor") - {actor.id}
        used["source"] |= own.ids("source")
    for source in site.sources.values():
        if source.data.cites or source.data.flags:
            own = _Collectors()
            own.add_entry(source)
            used["source"] |= own.ids("source") - {source.id}
    return used


class _Collectors:
    """Collects what documents refer to, by kind."""

    def __init__(self) -> None:
        self._used: Mapping[Kind, _Used] = {kind: _Used() for kind in get_args(Kind)}

    def add_entry(self, document: Document[Any] | SourceRecord) -> None:
        map_entry(document.data, document.file, self._used, _unchanged)

    def add_body(self, document: Document[Any]) -> None:
        map_body(document.body, document.file, self._used, _unchanged)

    def ids(self, kind: Kind) -> set[Id]:
        """Return the ids of a kind, of those that links lead to as well: actors/x.md#roles, /actors/x/."""
        return self._used[kind].targets | {id for found, id in map(_entry, self._used["link"].targets) if found == kind}


def _unchanged(use: Use) -> str:
    return use.target


def _entry(target: str) -> tuple[Kind | None, Id]:
    folder, _, rest = target.partition("#")[0].removeprefix("/").partition("/")
    return FOLDERS.get(folder), rest.partition("/")[0].removesuffix(".md").removesuffix(".yaml")


def _unused(code: str, at: Pointer, message: str, hint: str) -> Problem:
    return Problem(code=code, message=message, at=at, hint=hint, severity=Severity.WARNING)
