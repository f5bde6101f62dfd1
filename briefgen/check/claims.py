"""Claims: roles, dates, quotes and credibility."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from briefgen.check.wording import on, quoted
from briefgen.model.claimed import Claimed, corroborating_sources, written_claims
from briefgen.model.content import Actor, Id, Role
from briefgen.model.dates import certainly_before
from briefgen.model.names import did_you_mean, fold
from briefgen.model.origins import independent_origins, shared_traces
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Document, Site

_ORIGIN = {
    "claim": "",
    "source": "the claim has no date of its own, so that of its source counts",
    "brief": "the claim has no date of its own, so that of the brief counts",
}

_LONGEST_QUOTE = 300  # characters
_LOOKED_AT = 100  # roles of an actor, for a hint
_SUGGESTED = 200  # problems that come with a suggestion, which is slow to find
_SHOWN = 8


def unfit_roles(site: Site) -> Iterator[Problem]:
    """Find claims in a role that their actor never had, or did not hold at the time."""

    @cache
    def roles_of(actor_id: Id) -> dict[tuple[str, ...], list[Role]]:
        found: dict[tuple[str, ...], list[Role]] = defaultdict(list)
        for role in site.actors[actor_id].data.roles:
            found[_words(role.title)].append(role)
        return found

    unknown = 0
    for one in written_claims(site):
        role, actor = one.claim.role, site.actors.get(one.claim.actor or "")
        if role is None or actor is None:
            continue
        held, when = roles_of(actor.id).get(_words(role), []), one.when
        at = Pointer(one.file, ("claims", one.number, "role"))
        if not held:
            unknown += 1
            hint = _known_roles(actor, role if unknown <= _SUGGESTED else "")
            yield Problem("unknown-role", f'{actor.data.name} has no role "{role}"', at, hint)
        elif all(_why_not_held(role, when) for role in held):
            yield Problem("role-not-held", _not_held(actor.data, held, when), at, _other_roles(actor.data, when))


def _words(title: str) -> tuple[str, ...]:
    return tuple(fold(title).split())


def _known_roles(actor: Document[Actor], wanted: str) -> str:
    titles = list(dict.fromkeys(role.title for role in actor.data.roles[:_LOOKED_AT]))
    if not titles:
        return f"add it to the `roles` in {actor.file}, or leave `role` out"
    listed = f"the roles in {actor.file}: {_few(titles)}"
    nearest = did_you_mean(wanted, titles, cutoff=0.6) if wanted else ""
    return f"{nearest} {listed[0].upper()}{listed[1:]}" if nearest else listed


def _why_not_held(role: Role, when: Claimed) -> str:
    """Return why the role was certainly not held then; empty if it may have been."""
    if role.from_ is not None and certainly_before(when.date, role.from_):
        return f"began only {on(role.from_)}"
    if role.until is not None and not when.at_latest and certainly_before(role.until, when.date):
        return f"had ended {on(role.until)}"
    return ""


def _not_held(actor: Actor, held: list[Role], when: Claimed) -> str:
    reasons = " or ".join(dict.fromkeys(_why_not_held(role, when) for role in held[:_SHOWN]))
    return f'{actor.name}\'s role "{held[0].title}" {reasons}; the claim is of {when.date}'


def _other_roles(actor: Actor, when: Claimed) -> str:
    fitting = dict.fromkeys(role.title for role in actor.roles[:_LOOKED_AT] if not _why_not_held(role, when))
    advice = f"roles at that time: {_few(fitting)}" if fitting else "no role is known for that time"
    return "; ".join(filter(None, (_ORIGIN[when.of], advice)))


def _few(titles: Iterable[str]) -> str:
    some = list(islice(titles, _SHOWN + 1))
    return quoted(some) if len(some) <= _SHOWN else f"{quoted(some[:_SHOWN])} among others"


def claims_after_their_source(site: Site) -> Iterator[Problem]:
    """Find claims that were certainly made after the source that reports them was published."""
    for one in written_claims(site):
        said = one.claim.date
        if one.source is not None and said is not None and certainly_before(one.source.published, said):
            message = f"a claim of {said} in a source that was published {on(one.source.published)}"
            hint = "`date` is when the statement was made: at the latest when the source was published"
            yield Problem("claim-after-source", message, Pointer(one.file, ("claims", one.number, "date")), hint)


def long_quotes(site: Site) -> Iterator[Problem]:
    """Find quotes that are too long to be a few exact words."""
    for one in written_claims(site):
        quote = one.claim.quote
        if quote is not None and len(quote) > _LONGEST_QUOTE:
            message = f"a quote of {len(quote)} characters"
            hint = f"quote the few words that matter, {_LONGEST_QUOTE} characters at most; `says` tells the rest"
            at = Pointer(one.file, ("claims", one.number, "quote"))
            yield Problem("long-quote", message, at, hint, Severity.WARNING)


def unconfirmed_credibility(site: Site) -> Iterator[Problem]:
    """Find claims of credibility 1 (confirmed by other sources) that do not rest on two independent sources."""
    origins: dict[Id, frozenset[Id]] = {}
    corroborating = corroborating_sources(written_claims(site))
    for one in written_claims(site):
        if one.claim.credibility != 1:
            continue
        own = () if one.source_id is None else (one.source_id,)
        sources = tuple(dict.fromkeys((*own, *one.claim.confirmed_by, *corroborating.get(one.key, ()))))
        if not site.sources.keys() >= set(sources):
            continue  # an id leads nowhere, which is a problem already
        if independent_origins(site.sources, sources, origins) < 2:
            hint = _credibility_hint(site, sources, origins)
            at = Pointer(one.file, ("claims", one.number, "credibility"))
            yield Problem("unconfirmed-credibility", _credibility_message(sources), at, hint)


def _credibility_message(sources: tuple[Id, ...]) -> str:
    wanted = "credibility 1 needs two independent sources"
    if not sources:
        return f"{wanted}; there is none"
    if len(sources) == 1:
        return f'{wanted}; there is only "{sources[0]}"'
    return f"{wanted}; {quoted(sources)} are of one origin"


def _credibility_hint(site: Site, sources: tuple[Id, ...], origins: dict[Id, frozenset[Id]]) -> str:
    advice = "name an independent one in `confirmed_by`, or grade the claim 2"
    if len(sources) < 2:
        return advice
    one, other = sources[:2]
    shared = shared_traces(site.sources, one, other, origins)
    return f"{quoted((one, other))} both go back to {quoted(shared)}: {advice}"
