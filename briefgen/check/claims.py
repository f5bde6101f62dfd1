"""Claims and their disputes: roles, dates, quotes, credibility and outcomes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from briefgen.check.wording import did_you_mean, on, quoted
from briefgen.model.claimed import Claimed, claimed
from briefgen.model.content import Actor, Dispute, Id, Role
from briefgen.model.dates import certainly_before
from briefgen.model.names import fold
from briefgen.model.origins import independent_origins, shared_traces
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.references import Keys
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
    for brief in site.briefs.values():
        for number, claim in enumerate(brief.data.claims):
            actor = site.actors.get(claim.actor)
            if claim.role is None or actor is None:
                continue
            held = roles_of(actor.id).get(_words(claim.role), [])
            when = claimed(brief.data, claim)
            if not held:
                unknown += 1
                message = f'{actor.data.name} has no role "{claim.role}"'
                hint = _known_roles(actor, claim.role if unknown <= _SUGGESTED else "")
                yield Problem("unknown-role", message, Pointer(brief.file, ("claims", number, "role")), hint)
            elif all(_why_not_held(role, when) for role in held):
                message = _not_held(actor.data, held, when)
                hint = _other_roles(actor.data, when)
                yield Problem("role-not-held", message, Pointer(brief.file, ("claims", number, "role")), hint)


def _words(title: str) -> tuple[str, ...]:
    return tuple(fold(title).split())


def _known_roles(actor: Document[Actor], wanted: str) -> str:
    titles = list(dict.fromkeys(role.title for role in actor.data.roles[:_LOOKED_AT]))
    if not titles:
        return f"add it to the `roles` in {actor.file}, or leave `role` out"
    listed = f"the roles in {actor.file}: {_few(titles)}"
    nearest = did_you_mean(wanted, titles) if wanted else ""
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
    for brief in site.briefs.values():
        if brief.data.source is None:
            continue
        published = brief.data.source.published
        for number, claim in enumerate(brief.data.claims):
            if claim.date is not None and certainly_before(published, claim.date):
                message = f"a claim of {claim.date} in a source that was published {on(published)}"
                hint = "`date` is when the statement was made: at the latest when the source was published"
                yield Problem("claim-after-source", message, Pointer(brief.file, ("claims", number, "date")), hint)


def long_quotes(site: Site) -> Iterator[Problem]:
    """Find quotes that are too long to be a few exact words."""
    for brief in site.briefs.values():
        for number, claim in enumerate(brief.data.claims):
            if claim.quote is not None and len(claim.quote) > _LONGEST_QUOTE:
                message = f"a quote of {len(claim.quote)} characters"
                hint = f"quote the few words that matter, {_LONGEST_QUOTE} characters at most; `says` tells the rest"
                at = Pointer(brief.file, ("claims", number, "quote"))
                yield Problem("long-quote", message, at, hint, Severity.WARNING)


def unconfirmed_credibility(site: Site) -> Iterator[Problem]:
    """Find claims of credibility 1 (confirmed by other sources) that do not rest on two independent sources."""
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
                message = _credibility_message(sources)
                hint = _credibility_hint(site, sources, origins)
                at = Pointer(brief.file, ("claims", number, "credibility"))
                yield Problem("unconfirmed-credibility", message, at, hint)


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


def outcomes_before_claims(site: Site) -> Iterator[Problem]:
    """Find outcomes that were certainly known before the claim was made."""
    for brief in site.briefs.values():
        for number, claim in enumerate(brief.data.claims):
            if claim.outcome is None or claim.outcome.date is None:
                continue
            when = claimed(brief.data, claim)
            if not when.at_latest and certainly_before(claim.outcome.date, when.date):
                message = f"an outcome {on(claim.outcome.date)} of a claim that was made {on(when.date)}"
                hint = "correct one of the dates"
                if when.of != "claim":
                    hint = (
                        f"the claim has no date of its own, so that of the {when.of} counts: correct it or add `date`"
                    )
                at = Pointer(brief.file, ("claims", number, "outcome", "date"))
                yield Problem("outcome-before-claim", message, at, hint)


def impossible_disputes(site: Site) -> Iterator[Problem]:
    """Find claims that dispute themselves or are listed twice, and disputes of too few claims or of the wrong kind."""
    for brief in site.briefs.values():
        for number, claim in enumerate(brief.data.claims):
            if not claim.disputes:
                continue
            keys = ("claims", number, "disputes")
            for place, disputed in enumerate(claim.disputes):
                if disputed == f"{brief.id}#{claim.id}":
                    message = f'the claim "{claim.id}" disputes itself'
                    hint = "name the other claim, as `claim` if it is in this brief, else as `brief#claim`"
                    yield Problem("self-dispute", message, Pointer(brief.file, (*keys, place)), hint)
            yield from _repeated(brief.file, keys, claim.disputes)
    for theme in site.themes.values():
        for number, dispute in enumerate(theme.data.disputes):
            yield from _unfit(theme.file, ("disputes", number), dispute)


def _unfit(file: str, keys: Keys, dispute: Dispute) -> Iterator[Problem]:
    if len(set(dispute.claims)) < 2:
        message = f'the dispute "{dispute.id}" has {"only one claim" if dispute.claims else "no claims"}'
        hint = "name at least two claims that cannot both be right, each as `brief#claim`"
        yield Problem("short-dispute", message, Pointer(file, (*keys, "claims")), hint)
    else:
        yield from _repeated(file, (*keys, "claims"), dispute.claims)
    briefs = dict.fromkeys(claim.partition("#")[0] for claim in dispute.claims)
    if dispute.kind == "internal" and len(briefs) > 1:
        message = f"a source is at odds with itself, yet the claims come from {len(briefs)} briefs: {quoted(briefs)}"
        hint = "choose the kind by what is disputed (fact, date, figure …), or keep to the claims of one brief"
        yield Problem("internal-dispute", message, Pointer(file, (*keys, "kind")), hint)


def _repeated(file: str, keys: Keys, claims: Sequence[str]) -> Iterator[Problem]:
    seen = set()
    for place, claim in enumerate(claims):
        if claim in seen:
            message = f'the claim "{claim}" is listed twice'
            hint = "remove one of the two"
            yield Problem("repeated-claim", message, Pointer(file, (*keys, place)), hint)
        seen.add(claim)
