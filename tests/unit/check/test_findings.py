from typing import Any

import pytest

from briefgen.check.findings import unfit_findings
from briefgen.check.sources import grades_without_reason
from briefgen.model.problem import Pointer
from briefgen.model.site import Site
from support.sites import a_site


def found(verdict: str, kind: str | None = None, evidence: tuple[str, ...] = ()) -> Site:
    finding = {"verdict": verdict, "note": "So.", "evidence": evidence}
    claim = {"finding": finding} | ({"kind": kind} if kind else {})
    return a_site(briefs={"meeting": {"claims": [claim]}}, sources={id: {} for id in evidence})


@pytest.mark.parametrize("kind", [None, "demand", "opinion"])
def test_nothing_can_be_found_of_a_demand_an_opinion_or_a_claim_without_kind(kind: str | None) -> None:
    (problem,) = unfit_findings(found("mixed", kind))

    assert (problem.code, problem.at) == (
        "unfit-finding",
        Pointer("content/briefs/meeting.md", ("claims", 0, "finding")),
    )


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [("fact", "kept"), ("fact", "open"), ("commitment", "mixed"), ("forecast", "supported"), ("forecast", "pending")],
)
def test_a_verdict_is_of_the_kind_of_its_claim(kind: str, verdict: str) -> None:
    (problem,) = unfit_findings(found(verdict, kind, ("log",)))

    assert problem.code == "unfit-finding"
    assert problem.message == f'the finding on a {kind} cannot be "{verdict}"'
    assert f'"{verdict}" is for a claim of kind' in problem.hint


@pytest.mark.parametrize(
    ("kind", "verdict"),
    [("fact", "supported"), ("fact", "contradicted"), ("commitment", "kept"), ("commitment", "broken")],
)
def test_a_verdict_that_decides_needs_evidence(kind: str, verdict: str) -> None:
    (problem,) = unfit_findings(found(verdict, kind))

    assert (problem.code, problem.message) == ("finding-without-evidence", f'"{verdict}" needs evidence')
    assert list(unfit_findings(found(verdict, kind, ("log",)))) == []


def test_a_finding_on_the_claim_of_a_source_is_looked_at_too() -> None:
    claim: dict[str, Any] = {
        "id": "one",
        "says": "So.",
        "actor": "mayor",
        "finding": {"verdict": "mixed", "note": "So."},
    }

    (problem,) = unfit_findings(a_site(sources={"log": {"claims": [claim]}}))

    assert problem.at == Pointer("content/sources/log.yaml", ("claims", 0, "finding"))


def test_a_grade_of_its_own_needs_a_reason() -> None:
    site = a_site(
        briefs={"meeting": {"source": {"reliability": "C"}}},
        sources={"log": {"reliability": "A", "reliability_reason": "Kept at the dam."}, "note": {}},
    )

    (problem,) = grades_without_reason(site)

    assert problem.at == Pointer("content/briefs/meeting.md", ("source", "reliability"))
