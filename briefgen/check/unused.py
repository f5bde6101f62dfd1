"""What nobody uses is perhaps misspelt somewhere, or left over."""

from collections.abc import Iterator

from briefgen.model.content import Id
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Site


class _Used:
    """Ids of themes, actors and sources, as they are gathered."""

    def __init__(self) -> None:
        self.themes: set[Id | None] = set()
        self.actors: set[Id | None] = set()
        self.sources: set[Id] = set()


def unused_entries(site: Site) -> Iterator[Problem]:
    """Themes that no brief has, actors whom nobody mentions, and files of `sources/` that nothing cites."""
    used = _Used()
    # One walk for all three: what a check costs on a large site is to touch every claim.
    _use_by_briefs(site, used)
    _use_by_others(site, used)
    _use_by_texts(site, used)
    for theme in site.themes.values():
        if theme.id not in used.themes:
            yield _unused(
                "unused-theme",
                Pointer(theme.file, ("name",)),
                f'no brief has the theme "{theme.id}"',
                "add it to the `themes` of a brief or give it to a claim, or remove the file",
            )
    for actor in site.actors.values():
        if actor.id not in used.actors:
            yield _unused(
                "unused-actor",
                Pointer(actor.file, ("name",)),
                f'nothing mentions the actor "{actor.id}"',
                "add it to the `actors` of a brief or give it a claim, or remove the file",
            )
    for source in site.sources.values():
        if source.brief is None and source.id not in used.sources:
            yield _unused(
                "unused-source",
                Pointer(source.file, ("title",)),
                f'nothing cites the source "{source.id}"',
                f"cite it as [@{source.id}], in `evidence`, `confirmed_by` or `cites`, or remove the file",
            )


def _use_by_briefs(site: Site, used: _Used) -> None:
    for brief in site.briefs.values():
        used.themes.update(brief.data.themes)
        used.actors.update(brief.data.actors)
        for claim in brief.data.claims:
            used.themes.add(claim.theme)
            used.actors.add(claim.actor)
            used.actors.add(claim.for_)
            if claim.confirmed_by:
                used.sources.update(claim.confirmed_by)
            if claim.outcome is not None:
                used.sources.update(claim.outcome.evidence)


def _use_by_others(site: Site, used: _Used) -> None:
    """What actors and sources use, apart from themselves."""
    for actor in site.actors.values():
        used.actors |= {role.of for role in actor.data.roles} - {actor.id}
    for source in site.sources.values():
        if source.data.cites or source.data.flags:
            evidence = [cited for flag in source.data.flags for cited in flag.evidence]
            used.sources |= {*source.data.cites, *evidence} - {source.id}


def _use_by_texts(site: Site, used: _Used) -> None:
    """What texts refer to; an actor's own text does not count for the actor."""
    targets: set[str] = set()
    for documents in (site.briefs, site.themes, site.pages):
        for document in documents.values():
            for reference in document.body.references:
                targets.add(reference.target)
    entries = set(map(_entry, targets))
    for actor in site.actors.values():
        own = {_entry(reference.target) for reference in actor.body.references}
        entries |= own - {("actors", actor.id)}
    used.actors |= {entry_id for folder, entry_id in entries if folder == "actors"}
    used.sources |= {entry_id for folder, entry_id in entries if folder == "sources"}


def _entry(target: str) -> tuple[str, Id]:
    """Folder and id that a text refers to by [[…]], [@…] or a link: actors/x, actors/x.md#roles, /actors/x/."""
    folder, _, rest = target.partition("#")[0].removeprefix("/").partition("/")
    return folder, rest.partition("/")[0].removesuffix(".md").removesuffix(".yaml")


def _unused(code: str, at: Pointer, message: str, hint: str) -> Problem:
    return Problem(code=code, message=message, at=at, hint=hint, severity=Severity.WARNING)
