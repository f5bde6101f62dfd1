"""What nobody uses is perhaps misspelt somewhere, or left over."""

from collections.abc import Iterator

from briefgen.model.content import Brief, Id, Source
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Body, Site


def unused_entries(site: Site) -> Iterator[Problem]:
    """Themes without a brief, actors whom nobody mentions, and files of `sources/` that nothing cites."""
    themed: set[Id] = set()
    mentioned: set[str] = set()
    cited: set[str] = set()
    for brief in site.briefs.values():
        themed.update(brief.data.themes)
        themed.update(claim.theme for claim in brief.data.claims if claim.theme is not None)
        mentioned.update(_speakers(brief.data))
        cited.update(_evidence_of_claims(brief.data))
        _collect(brief.body, mentioned, cited)
    for actor in site.actors.values():
        mentioned.update(role.of for role in actor.data.roles if role.of not in (None, actor.id))
        _collect(actor.body, mentioned, cited, apart_from=actor.id)
    for theme in site.themes.values():
        _collect(theme.body, mentioned, cited)
    for page in site.pages.values():
        _collect(page.body, mentioned, cited)
    for source in site.sources.values():
        cited.update(_evidence_of_source(source.data, apart_from=source.id))

    for theme in site.themes.values():
        if theme.id not in themed:
            yield _unused(
                "unused-theme",
                theme.file,
                "name",
                f'no brief has the theme "{theme.id}"',
                "add it to the `themes` of a brief or give it to a claim, or remove the file",
            )
    for actor in site.actors.values():
        if actor.id not in mentioned:
            yield _unused(
                "unused-actor",
                actor.file,
                "name",
                f'nothing mentions the actor "{actor.id}"',
                "add it to the `actors` of a brief or give it a claim, or remove the file",
            )
    for source in site.sources.values():
        if source.brief is None and source.id not in cited:
            yield _unused(
                "unused-source",
                source.file,
                "title",
                f'nothing cites the source "{source.id}"',
                f"cite it as [@{source.id}], in `evidence`, `confirmed_by` or `cites`, or remove the file",
            )


def _speakers(brief: Brief) -> Iterator[Id]:
    yield from brief.actors
    for claim in brief.claims:
        yield claim.actor
        if claim.for_ is not None:
            yield claim.for_


def _evidence_of_claims(brief: Brief) -> Iterator[Id]:
    for claim in brief.claims:
        yield from claim.confirmed_by
        if claim.outcome is not None:
            yield from claim.outcome.evidence


def _evidence_of_source(source: Source, *, apart_from: Id) -> Iterator[Id]:
    evidence = (source_id for flag in source.flags for source_id in flag.evidence)
    yield from (source_id for source_id in (*source.cites, *evidence) if source_id != apart_from)


def _collect(body: Body, mentioned: set[Id], cited: set[Id], apart_from: Id = "") -> None:
    """Add what a text refers to, by [[…]], [@…] or a link, other than the actor whose own text it is."""
    for reference in body.references:
        # `actors/putin`, `actors/putin.md#roles` or `/actors/putin/`
        folder, _, rest = reference.target.partition("#")[0].removeprefix("/").partition("/")
        target = rest.partition("/")[0].removesuffix(".md").removesuffix(".yaml")
        if folder == "sources":
            cited.add(target)
        elif folder == "actors" and target != apart_from:
            mentioned.add(target)


def _unused(code: str, file: str, key: str, message: str, hint: str) -> Problem:
    return Problem(code=code, message=message, at=Pointer(file, (key,)), hint=hint, severity=Severity.WARNING)
