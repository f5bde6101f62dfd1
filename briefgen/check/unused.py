"""What nobody uses is perhaps misspelt somewhere, or left over."""

from collections.abc import Iterator
from typing import Any

from briefgen.model.content import Id
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Document, Site


def unused_themes(site: Site) -> Iterator[Problem]:
    """Themes that no brief has, by its own list or by its claims."""
    briefs = [brief.data for brief in site.briefs.values()]
    used = {theme for brief in briefs for theme in brief.themes}
    used_by_claims = {claim.theme for brief in briefs for claim in brief.claims}
    for theme in site.themes.values():
        if theme.id not in used and theme.id not in used_by_claims:
            yield _unused(
                "unused-theme",
                Pointer(theme.file, ("name",)),
                f'no brief has the theme "{theme.id}"',
                "add it to the `themes` of a brief or give it to a claim, or remove the file",
            )


def unused_actors(site: Site) -> Iterator[Problem]:
    """Actors whom no brief names and no text mentions, other than their own."""
    briefs = [brief.data for brief in site.briefs.values()]
    used: set[Id | None] = set(_referred(site, "actors"))
    used |= {actor for brief in briefs for actor in brief.actors}
    used |= {claim.actor for brief in briefs for claim in brief.claims}
    used |= {claim.for_ for brief in briefs for claim in brief.claims}
    used |= {role.of for actor in site.actors.values() for role in actor.data.roles if role.of != actor.id}
    for actor in site.actors.values():
        if actor.id not in used:
            yield _unused(
                "unused-actor",
                Pointer(actor.file, ("name",)),
                f'nothing mentions the actor "{actor.id}"',
                "add it to the `actors` of a brief or give it a claim, or remove the file",
            )


def unused_sources(site: Site) -> Iterator[Problem]:
    """Files of `sources/` that nothing cites, other than themselves."""
    used = set(_referred(site, "sources"))
    sources = site.sources.values()
    used |= {cited for source in sources for cited in source.data.cites if cited != source.id}
    flagged = [(source.id, flag) for source in sources for flag in source.data.flags]
    used |= {cited for source_id, flag in flagged for cited in flag.evidence if cited != source_id}
    claims = [claim for brief in site.briefs.values() for claim in brief.data.claims]
    used |= {cited for claim in claims for cited in claim.confirmed_by}
    used |= {cited for claim in claims if claim.outcome is not None for cited in claim.outcome.evidence}
    for source in sources:
        if source.brief is None and source.id not in used:
            yield _unused(
                "unused-source",
                Pointer(source.file, ("title",)),
                f'nothing cites the source "{source.id}"',
                f"cite it as [@{source.id}], in `evidence`, `confirmed_by` or `cites`, or remove the file",
            )


def _referred(site: Site, folder: str) -> Iterator[Id]:
    """Ids of one folder that texts refer to; an actor's own text does not count for the actor."""
    documents: list[Document[Any]] = [*site.briefs.values(), *site.themes.values(), *site.pages.values()]
    targets = {reference.target for document in documents for reference in document.body.references}
    yield from (target for place, target in map(_entry, targets) if place == folder)
    for actor in site.actors.values():
        own = (_entry(reference.target) for reference in actor.body.references)
        yield from (target for place, target in own if place == folder and target != actor.id)


def _entry(target: str) -> tuple[str, Id]:
    """Folder and id that a text refers to by [[…]], [@…] or a link: actors/x, actors/x.md#roles, /actors/x/."""
    folder, _, rest = target.partition("#")[0].removeprefix("/").partition("/")
    return folder, rest.partition("/")[0].removesuffix(".md").removesuffix(".yaml")


def _unused(code: str, at: Pointer, message: str, hint: str) -> Problem:
    return Problem(code=code, message=message, at=at, hint=hint, severity=Severity.WARNING)
