"""A dispute is between claims: two at least, and different ones."""

from collections.abc import Iterator, Sequence

from briefgen.check.places import Keys
from briefgen.check.wording import quoted
from briefgen.model.content import Dispute
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site


def impossible_disputes(site: Site) -> Iterator[Problem]:
    """Claims that dispute themselves or are listed twice, and disputes that are none or not of their kind."""
    for brief in site.briefs.values():
        for number, claim in enumerate(brief.data.claims):
            if not claim.disputes:
                continue
            keys = ("claims", number, "disputes")
            for place, disputed in enumerate(claim.disputes):
                if disputed == f"{brief.id}#{claim.id}":
                    yield Problem(
                        code="self-dispute",
                        message=f'the claim "{claim.id}" disputes itself',
                        at=Pointer(brief.file, (*keys, place)),
                        hint="name the other claim, as `claim` if it stands in this brief, else as `brief#claim`",
                    )
            yield from _repeated(brief.file, keys, claim.disputes)
    for theme in site.themes.values():
        for number, dispute in enumerate(theme.data.disputes):
            yield from _unfit(theme.file, ("disputes", number), dispute)


def _unfit(file: str, keys: Keys, dispute: Dispute) -> Iterator[Problem]:
    if len(set(dispute.claims)) < 2:
        yield Problem(
            code="short-dispute",
            message=f'the dispute "{dispute.id}" has {"only one claim" if dispute.claims else "no claims"}',
            at=Pointer(file, (*keys, "claims")),
            hint="name at least two claims that cannot both be right, each as `brief#claim`",
        )
    else:
        yield from _repeated(file, (*keys, "claims"), dispute.claims)
    briefs = dict.fromkeys(claim.partition("#")[0] for claim in dispute.claims)
    if dispute.kind == "internal" and len(briefs) > 1:
        yield Problem(
            code="internal-dispute",
            message=f"a source is at odds with itself, yet the claims come from {len(briefs)} briefs: {quoted(briefs)}",
            at=Pointer(file, (*keys, "kind")),
            hint="choose the kind by what is disputed (fact, date, figure …), or keep to the claims of one brief",
        )


def _repeated(file: str, keys: Keys, claims: Sequence[str]) -> Iterator[Problem]:
    seen = set()
    for place, claim in enumerate(claims):
        if claim in seen:
            yield Problem(
                code="repeated-claim",
                message=f'the claim "{claim}" is listed twice',
                at=Pointer(file, (*keys, place)),
                hint="remove one of the two",
            )
        seen.add(claim)
