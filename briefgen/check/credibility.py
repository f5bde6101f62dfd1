"""Credibility 1 means "confirmed by other sources": by others indeed, not by the same one told again."""

from collections.abc import Iterator

from briefgen.check.wording import quoted
from briefgen.model.content import Id
from briefgen.model.origins import independent_origins, shared_traces
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site


def unconfirmed_credibility(site: Site) -> Iterator[Problem]:
    """Yield a problem for each claim of credibility 1 that does not rest on two independent sources."""
    origins: dict[Id, frozenset[Id]] = {}
    for brief in site.briefs.values():
        source = brief.data.source
        own = () if source is None else (source.id or brief.id,)
        for number, claim in enumerate(brief.data.claims):
            if claim.credibility != 1:
                continue
            sources = tuple(dict.fromkeys((*own, *claim.confirmed_by)))
            if not site.sources.keys() >= set(sources):
                continue  # an id leads nowhere, which is a problem already
            if independent_origins(site.sources, sources, origins) < 2:
                yield Problem(
                    code="unconfirmed-credibility",
                    message=_message(sources),
                    at=Pointer(brief.file, ("claims", number, "credibility")),
                    hint=_hint(site, sources, origins),
                )


def _message(sources: tuple[Id, ...]) -> str:
    wanted = "credibility 1 needs two independent sources"
    if not sources:
        return f"{wanted}; there is none"
    if len(sources) == 1:
        return f'{wanted}; there is only "{sources[0]}"'
    return f"{wanted}; {quoted(sources)} are of one origin"


def _hint(site: Site, sources: tuple[Id, ...], origins: dict[Id, frozenset[Id]]) -> str:
    advice = "name an independent one in `confirmed_by`, or grade the claim 2"
    if len(sources) < 2:
        return advice
    one, other = sources[:2]
    shared = shared_traces(site.sources, one, other, origins)
    return f"{quoted((one, other))} both go back to {quoted(shared)}: {advice}"
