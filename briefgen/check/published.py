"""What was published stays as it was, or a correction says what was changed: claims that were recorded and differ."""

from collections.abc import Iterator
from datetime import date
from hashlib import sha256
from itertools import product

from briefgen.model.checks import PublishedBrief, PublishedClaim
from briefgen.model.content import Brief, Claim, Id
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Document, Site
from briefgen.model.texts import plain

_HINT = "add an entry to `corrections` that says what was wrong and why, then run `briefgen check --record`"
_HINT_LOST = "restore content/checks.yaml from Git or a backup"
_NOT_SHOWN = ("draft", "retracted")


def silent_edits(site: Site) -> Iterator[Problem]:
    """Find recorded claims of published briefs that were changed or removed without a correction since then.

    Records that lack some of their claims are found as well: edits of these could not be seen.
    """
    for id, before in site.published.items():
        brief = site.briefs[id]
        if brief.data.status in _NOT_SHOWN or len(brief.data.corrections) > before.corrections:
            continue
        if len(before.claims) != before.count:
            message = f"the record has {len(before.claims)} of the {before.count} claims with which this was published"
            yield Problem("silent-edit", message, _at_claims(brief), _HINT_LOST)
        now = {claim.id: (number, claim) for number, claim in enumerate(brief.data.claims)}
        for recorded in before.claims:
            number, claim = now.get(recorded.id, (0, None))
            if claim is None:
                message = f'the claim "{recorded.id}" was published and is gone, and no correction says so'
                yield Problem("silent-edit", message, _at_claims(brief), _HINT)
            elif not _is_same(site, claim, recorded):
                message = f'the claim "{claim.id}" is not as it was published, and no correction says so'
                yield Problem("silent-edit", message, Pointer(brief.file, ("claims", number, "says")), _HINT)


def record_published(site: Site, day: date) -> tuple[PublishedBrief, ...]:
    """Return what briefs claim that are published by this day. Of drafts and retracted ones the record stays."""
    found: dict[Id, PublishedBrief] = dict(site.published)
    for id, document in site.briefs.items():
        brief = document.data
        if brief.status not in _NOT_SHOWN and brief.date <= day.isoformat():
            # One that was taken out again must not make room for a silent edit.
            before = found[id].corrections if id in found else 0
            claims = tuple(PublishedClaim(id=claim.id, says=claim_hash(claim)) for claim in brief.claims)
            found[id] = PublishedBrief(
                id=id, count=len(claims), corrections=max(before, len(brief.corrections)), claims=claims
            )
    return tuple([found[id] for id in sorted(found)])


def claim_hash(claim: Claim) -> str:
    """Return a hash of what a claim says, without notes, grades and relations to others."""
    return _hash(claim, claim.actor, claim.publisher, claim.for_, claim.theme)


def _is_same(site: Site, claim: Claim, recorded: PublishedClaim) -> bool:
    """Return whether a claim says what was recorded. What was renamed since then may have any of its former ids."""
    if claim_hash(claim) == recorded.says:
        return True
    names = (
        (claim.actor, site.actors),
        (claim.publisher, site.publishers),
        (claim.for_, site.actors),
        (claim.theme, site.themes),
    )
    ids = [(id, *(documents[id].data.former_ids if id and id in documents else ())) for id, documents in names]
    return any(_hash(claim, *some) == recorded.says for some in product(*ids))


def _hash(claim: Claim, *names: Id | None) -> str:
    says = " ".join(plain(claim.says).split())
    parts = (says, claim.quote, claim.translation, claim.role, claim.answer, claim.date, *names)
    return sha256("\0".join(part or "" for part in parts).encode()).hexdigest()[:32]


def _at_claims(brief: Document[Brief]) -> Pointer:
    return Pointer(brief.file, ("claims",) if brief.data.claims else ("title",))
