"""A speaker speaks in a role that was theirs on that day."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice

from briefgen.check.wording import did_you_mean, on, quoted
from briefgen.model.claimed import Claimed, claimed
from briefgen.model.content import Actor, Id, Role
from briefgen.model.dates import certainly_before
from briefgen.model.names import fold
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Document, Site

_ORIGIN = {
    "claim": "",
    "source": "the claim has no date of its own, so that of its source counts",
    "brief": "the claim has no date of its own, so that of the brief counts",
}

_LOOKED_AT = 100  # roles of an actor, for a hint
_SUGGESTED = 200  # problems that come with a suggestion, which is slow to find
_SHOWN = 8


def unfit_roles(site: Site) -> Iterator[Problem]:
    """Yield a problem for each claim in a role that its actor never had, or did not hold at the time."""

    @cache
    def roles_of(actor_id: Id) -> dict[tuple[str, ...], list[Role]]:
        found: dict[tuple[str, ...], list[Role]] = defaultdict(list)
        for role in site.actors[actor_id].data.roles:
            found[_words(role.title)].append(role)
        return found

    unknown = 0
    for brief in site.briefs.values():
        for number, claim in enumerate(brief.data.claims):
            if claim.role is None:
                continue
            actor = site.actors.get(claim.actor)
            if actor is None:
                continue
            held = roles_of(actor.id).get(_words(claim.role), [])
            when = claimed(brief.data, claim)
            if not held:
                unknown += 1
                yield Problem(
                    code="unknown-role",
                    message=f'{actor.data.name} has no role "{claim.role}"',
                    at=Pointer(brief.file, ("claims", number, "role")),
                    hint=_known_roles(actor, claim.role if unknown <= _SUGGESTED else ""),
                )
            elif all(_misses(role, when) for role in held):
                yield Problem(
                    code="role-not-held",
                    message=_not_held(actor.data, held, when),
                    at=Pointer(brief.file, ("claims", number, "role")),
                    hint=_other_roles(actor.data, when),
                )


def _words(title: str) -> tuple[str, ...]:
    return tuple(fold(title).split())


def _known_roles(actor: Document[Actor], wanted: str) -> str:
    titles = list(dict.fromkeys(role.title for role in actor.data.roles[:_LOOKED_AT]))
    if not titles:
        return f"add it to the `roles` in {actor.file}, or leave `role` out"
    listed = f"the roles in {actor.file}: {_few(titles)}"
    nearest = did_you_mean(wanted, titles) if wanted else ""
    return f"{nearest} {listed[0].upper()}{listed[1:]}" if nearest else listed


def _misses(role: Role, when: Claimed) -> str:
    """Why the role was certainly not held then; empty if it may have been."""
    if role.from_ is not None and certainly_before(when.date, role.from_):
        return f"began only {on(role.from_)}"
    if role.until is not None and not when.at_latest and certainly_before(role.until, when.date):
        return f"had ended {on(role.until)}"
    return ""


def _not_held(actor: Actor, held: list[Role], when: Claimed) -> str:
    reasons = " or ".join(dict.fromkeys(_misses(role, when) for role in held[:_SHOWN]))
    return f'{actor.name}\'s role "{held[0].title}" {reasons}; the claim is of {when.date}'


def _other_roles(actor: Actor, when: Claimed) -> str:
    fitting = dict.fromkeys(role.title for role in actor.roles[:_LOOKED_AT] if not _misses(role, when))
    advice = f"roles at that time: {_few(fitting)}" if fitting else "no role is known for that time"
    return "; ".join(filter(None, (_ORIGIN[when.of], advice)))


def _few(titles: Iterable[str]) -> str:
    some = list(islice(titles, _SHOWN + 1))
    return quoted(some) if len(some) <= _SHOWN else f"{quoted(some[:_SHOWN])} among others"
