"""Findings of the desk: whether the claim is of a kind that can have one, what it rests on, and its date."""

from collections.abc import Iterator

from briefgen.check.wording import on, quoted
from briefgen.model.claimed import written_claims
from briefgen.model.content import Claim
from briefgen.model.dates import certainly_before
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site
from briefgen.model.vocabulary import VERDICTS

NEED_EVIDENCE = frozenset(("supported", "contradicted", "taken up", "kept", "broken"))


def unfit_findings(site: Site) -> Iterator[Problem]:
    """Find findings on claims of which nothing can be found, with verdicts of another kind, and without evidence."""
    for one in written_claims(site):
        claim, keys = one.claim, ("claims", one.number, "finding")
        if claim.finding is None:
            continue
        verdict = claim.finding.verdict
        if claim.kind not in VERDICTS:
            message, hint = _without_verdicts(claim)
            yield Problem("unfit-finding", message, Pointer(one.file, keys), hint)
        elif verdict not in VERDICTS[claim.kind]:
            message = f'the finding on a {claim.kind} cannot be "{verdict}"'
            hint = f"write one of {quoted(VERDICTS[claim.kind])}{_other_kind(verdict)}"
            yield Problem("unfit-finding", message, Pointer(one.file, (*keys, "verdict")), hint)
        elif verdict in NEED_EVIDENCE and not claim.finding.evidence:
            message = f'"{verdict}" needs evidence'
            hint = "name in `evidence` the ids of the sources that show it, or choose a verdict that says less"
            yield Problem("finding-without-evidence", message, Pointer(one.file, keys), hint)


def _without_verdicts(claim: Claim) -> tuple[str, str]:
    if claim.kind is None:
        return "a claim without a kind has a finding", f"add `kind`: {quoted(VERDICTS)} can have a finding"
    article = "an" if claim.kind == "opinion" else "a"
    hint = "leave the finding out; what it says of how things are can be a claim of its own, with `kind: fact`"
    return f"{article} {claim.kind} has a finding, though it is neither so nor not so", hint


def _other_kind(verdict: str) -> str:
    kinds = [kind for kind, verdicts in VERDICTS.items() if verdict in verdicts]
    return f'; "{verdict}" is for a claim of kind {quoted(kinds)}'


def findings_before_claims(site: Site) -> Iterator[Problem]:
    """Find findings that were certainly made before the claim was."""
    for one in written_claims(site):
        finding, when = one.claim.finding, one.when
        if finding is None or finding.date is None or when.at_latest:
            continue
        if certainly_before(finding.date, when.date):
            message = f"a finding {on(finding.date)} on a claim that was made {on(when.date)}"
            hint = "correct one of the dates"
            if when.of != "claim":
                hint = f"the claim has no date of its own, so that of the {when.of} counts: correct it or add `date`"
            at = Pointer(one.file, ("claims", one.number, "finding", "date"))
            yield Problem("finding-before-claim", message, at, hint)
