"""Retractions, quotes, and evidence of flags."""

from typing import Any

from briefgen.check.briefs import retractions_without_notice
from briefgen.check.claims import long_quotes
from briefgen.check.sources import self_evident_flags
from briefgen.model.problem import Pointer, Problem, Severity
from support.sites import a_site

FILE = "content/briefs/meeting.md"
NOTICE = {"date": "2025-12-05", "why": "The meeting never was."}


def test_a_retracted_brief_says_why() -> None:
    assert list(retractions_without_notice(a_site(briefs={"meeting": {"status": "retracted"}}))) == [
        Problem(
            code="retraction-notice",
            message="a retracted brief does not say why",
            at=Pointer(FILE, ("status",)),
            hint="add `retraction:` with `date` and `why`; readers will see nothing else of this brief",
        )
    ]


def test_a_notice_of_retraction_retracts() -> None:
    assert list(retractions_without_notice(a_site(briefs={"meeting": {"retraction": NOTICE}}))) == [
        Problem(
            code="retraction-notice",
            message='a notice of retraction in a brief whose status is "published"',
            at=Pointer(FILE, ("retraction",), key=True),
            hint="write `status: retracted`, or remove the notice",
        )
    ]


def test_a_brief_is_retracted_after_it_is_published() -> None:
    brief = {"date": "2025-12-06", "status": "retracted", "retraction": NOTICE}

    assert list(retractions_without_notice(a_site(briefs={"meeting": brief}))) == [
        Problem(
            code="retraction-date",
            message="a brief of 2025-12-06 was retracted on 2025-12-05, before it was published",
            at=Pointer(FILE, ("retraction", "date")),
            hint="correct the date of the notice or that of the brief",
        )
    ]


def test_a_retraction_with_its_notice_is_fine() -> None:
    brief = {"date": "2025-12-05", "status": "retracted", "retraction": NOTICE}

    assert list(retractions_without_notice(a_site(briefs={"meeting": brief, "other": {}}))) == []


def test_a_quote_is_few_words() -> None:
    claims = [{"quote": "a" * 300}, {"quote": "a" * 301}, {}]

    assert list(long_quotes(a_site(briefs={"meeting": {"claims": claims}}))) == [
        Problem(
            code="long-quote",
            message="a quote of 301 characters",
            at=Pointer(FILE, ("claims", 1, "quote")),
            hint="quote the few words that matter, 300 characters at most; `says` tells the rest",
            severity=Severity.WARNING,
        )
    ]


def flag(*evidence: str) -> dict[str, Any]:
    return {"kind": "wrong-figure", "note": "Too low.", "evidence": evidence}


def test_no_source_is_evidence_against_itself() -> None:
    site = a_site(
        briefs={"meeting": {"source": {"flags": [flag("unhcr"), flag("unhcr", "meeting")]}}},
        sources={"unhcr": {"flags": [flag(), flag("unhcr")]}},
    )

    meeting, unhcr = self_evident_flags(site)

    assert meeting == Problem(
        code="self-evidence",
        message='"meeting" is evidence against itself',
        at=Pointer(FILE, ("source", "flags", 1, "evidence", 1)),
        hint="name another source; where the defect shows in the source itself, leave it out",
        severity=Severity.WARNING,
    )
    assert unhcr.at == Pointer("content/sources/unhcr.yaml", ("flags", 1, "evidence", 0))
