"""Relations between claims, and the disputes of themes."""

from collections.abc import Iterable, Iterator
from functools import partial
from graphlib import CycleError, TopologicalSorter

from briefgen.check.wording import on, quoted
from briefgen.model.claimed import WrittenClaim, written_claims
from briefgen.model.content import Claim, Dispute, Id
from briefgen.model.dates import certainly_before
from briefgen.model.origins import independent_origins, shared_traces
from briefgen.model.problem import Pointer, Problem
from briefgen.model.references import Keys
from briefgen.model.site import Site
from briefgen.model.vocabulary import RELATIONS

MAX_SHOWN = 5  # of the claims in a circle


def impossible_relations(site: Site) -> Iterator[Problem]:
    """Find claims in a relation with themselves or twice with one other, and relations that cannot be."""
    claims = {one.key: one for one in written_claims(site)}
    origins: dict[Id, frozenset[Id]] = {}
    for one in claims.values():
        for relation in filter(partial(getattr, one.claim), RELATIONS):
            keys: Keys = ("claims", one.number, relation)
            others: tuple[str, ...] = getattr(one.claim, relation)
            yield from _repeated(one.file, (((*keys, place), other) for place, other in enumerate(others)))
            for place, other in enumerate(others):
                at = Pointer(one.file, (*keys, place))
                if other == one.key:
                    message = f'the claim "{one.claim.id}" {relation} itself'
                    hint = "name the other claim, as `claim` if it is in this file, else as `brief-or-source#claim`"
                    yield Problem("self-relation", message, at, hint)
                elif other in claims and relation == "supersedes":
                    yield from _unfit_successor(one, claims[other], at)
                elif other in claims and relation == "corroborates":
                    yield from _one_origin(site, one, claims[other], at, origins)
    yield from _circular_successions(claims)


def _circular_successions(claims: dict[str, WrittenClaim[Claim]]) -> Iterator[Problem]:
    """Find three claims or more that supersede each other in a circle; once per circle, at its first member."""
    # A claim that supersedes itself, and two that supersede each other, are problems of their own.
    graph = {
        key: [other for other in one.claim.supersedes if other in claims and key not in claims[other].claim.supersedes]
        for key, one in claims.items()
        if one.claim.supersedes
    }
    while True:
        try:
            return TopologicalSorter(graph).prepare()
        except CycleError as error:
            newer = error.args[1][:0:-1]  # each one supersedes the next, and the last one the first
        place = newer.index(min(newer))
        circle = [*newer[place:], *newer[:place]]
        first = claims[circle[0]]
        shown = circle if len(circle) <= MAX_SHOWN else [*circle[:MAX_SHOWN], "…"]
        message = f"claims supersede each other in a circle: {' → '.join((*shown, first.key))}"
        at = Pointer(first.file, ("claims", first.number, "supersedes", first.claim.supersedes.index(circle[1])))
        yield Problem("supersedes-later-claim", message, at, "leave out the id of the latest of them")
        graph[first.key].remove(circle[1])


def _unfit_successor(one: WrittenClaim[Claim], other: WrittenClaim[Claim], at: Pointer) -> Iterator[Problem]:
    if not _parties(one) & _parties(other):
        message = f'a claim of "{one.speaker}" supersedes one of "{other.speaker}"'
        hint = "only the speaker, or another for the same party, can replace what was said; write `contradicts`"
        yield Problem("supersedes-other-speaker", message, at, hint)
    new, old = one.when, other.when
    if not old.at_latest and certainly_before(new.date, old.date):
        message = f"a claim that was made {on(new.date)} supersedes one that was made {on(old.date)}"
        hint = "name the earlier claim in the later one, or correct one of the dates"
        yield Problem("supersedes-later-claim", message, at, hint)
    if one.key in other.claim.supersedes:
        message = f'"{other.key}" and this claim supersede each other'
        yield Problem("supersedes-later-claim", message, at, "keep the one of the later claim")


def _parties(one: WrittenClaim[Claim]) -> set[Id]:
    return {one.speaker, one.claim.for_ or one.speaker}


def _one_origin(
    site: Site,
    one: WrittenClaim[Claim],
    other: WrittenClaim[Claim],
    at: Pointer,
    origins: dict[Id, frozenset[Id]],
) -> Iterator[Problem]:
    ids = one.source_id, other.source_id
    known = [id for id in ids if id is not None]
    if not site.sources.keys() >= set(known):
        return  # an id leads nowhere, which is a problem already
    if len(known) < 2:
        owner = (one if one.source_id is None else other).owner
        message = f'the brief "{owner}" has no source, so its claims have no origin'
    elif independent_origins(site.sources, known, origins) > 1:
        return
    elif known[0] == known[1]:
        message = f'both claims come from the source "{known[0]}"'
    else:
        message = f"{quoted(known)} both go back to {quoted(shared_traces(site.sources, known[0], known[1], origins))}"
    hint = "what one origin says twice is said once: take it out, or name a claim of an independent source"
    yield Problem("one-origin", message, at, hint)


def impossible_disputes(site: Site) -> Iterator[Problem]:
    """Find disputes of too few claims or sides, of the wrong kind, with readings in disorder, or settled by nothing."""
    for theme in site.themes.values():
        for number, dispute in enumerate(theme.data.disputes):
            yield from _unfit_dispute(theme.file, ("disputes", number), dispute)


def _unfit_dispute(file: str, keys: Keys, dispute: Dispute) -> Iterator[Problem]:
    name = f'the dispute "{dispute.id}"'
    short, hint = _find_shortage(dispute)
    if short:
        place = "sides" if dispute.sides else "claims" if dispute.claims else "id"
        yield Problem("short-dispute", f"{name} has {short}", Pointer(file, (*keys, place)), hint)
    elif not (dispute.sides and dispute.claims):
        yield from _repeated(file, _written(dispute, keys))
    else:
        message = f"{name} has claims beside its sides"
        hint = "move each claim to the side that it takes, and leave `claims` out"
        yield Problem("sides-and-claims", message, Pointer(file, (*keys, "claims"), key=True), hint)
    if dispute.state == "settled" and not dispute.evidence:
        message = f"{name} is settled, but nothing says by which source"
        hint = "name the sources that decide it in `evidence`, or write `state: explained` or `state: open`"
        yield Problem("settled-without-evidence", message, Pointer(file, (*keys, "state")), hint)
    yield from _unfit_sides(file, keys, dispute)
    yield from _unordered_readings(file, keys, dispute)
    briefs = dict.fromkeys(claim.partition("#")[0] for claim in dispute.every_claim)
    if dispute.kind == "internal" and len(briefs) > 1:
        message = f"a source is at odds with itself, yet the claims come from {len(briefs)} files: {quoted(briefs)}"
        hint = "choose the kind by what is disputed (fact, date, figure …), or keep to the claims of one file"
        yield Problem("internal-dispute", message, Pointer(file, (*keys, "kind")), hint)


def _unfit_sides(file: str, keys: Keys, dispute: Dispute) -> Iterator[Problem]:
    holding = [number for number, side in enumerate(dispute.sides) if side.holds]
    if holding and dispute.state != "settled":
        message = f'a side of the dispute "{dispute.id}" holds, but the dispute is {dispute.state}'
        hint = "write `state: settled` and name the sources that decide it in `evidence`, or take `holds` out"
        yield Problem("side-holds", message, Pointer(file, (*keys, "sides", holding[0], "holds")), hint)
    elif len(holding) > 1:
        message = f'{len(holding)} sides of the dispute "{dispute.id}" hold'
        hint = "keep `holds` on the one side for which the evidence decides"
        yield Problem("side-holds", message, Pointer(file, (*keys, "sides", holding[1], "holds")), hint)


def _unordered_readings(file: str, keys: Keys, dispute: Dispute) -> Iterator[Problem]:
    later = dispute.reading
    for number, earlier in enumerate(dispute.earlier):
        if later is None or earlier.date >= later.date:
            found = "there is no later one" if later is None else f"the one after it was made {on(later.date)}"
            message = f'an earlier reading of the dispute "{dispute.id}" was made {on(earlier.date)}, but {found}'
            hint = "write the reading of today in `reading`, and in `earlier` those before it, newest first"
            yield Problem("reading-order", message, Pointer(file, (*keys, "earlier", number, "date")), hint)
        later = earlier


def _find_shortage(dispute: Dispute) -> tuple[str, str]:
    """Return what a dispute has too little of, and a hint; empty texts if it is whole."""
    empty = [side.label for side in dispute.sides if not side.claims]
    if empty:
        return f'no claim on the side "{empty[0]}"', "name its claims, each as `brief-or-source#claim`"
    if len(dispute.sides) == 1:
        return "only one side", "add the other side; or list the claims in `claims`, and their answers make the sides"
    if len(set(dispute.every_claim)) < 2:
        many = "only one claim" if dispute.every_claim else "no claims"
        return many, "name at least two claims that cannot both be right, each as `brief-or-source#claim`"
    return "", ""


def _written(dispute: Dispute, keys: Keys) -> Iterator[tuple[Keys, str]]:
    """Yield the claims of a dispute, each with its place in the file."""
    for place, claim in enumerate(dispute.claims):
        yield (*keys, "claims", place), claim
    for number, side in enumerate(dispute.sides):
        for place, claim in enumerate(side.claims):
            yield (*keys, "sides", number, "claims", place), claim


def _repeated(file: str, claims: Iterable[tuple[Keys, str]]) -> Iterator[Problem]:
    seen = set()
    for keys, claim in claims:
        if claim in seen:
            message = f'the claim "{claim}" is listed twice'
            yield Problem("repeated-claim", message, Pointer(file, keys), "remove one of the two")
        seen.add(claim)
