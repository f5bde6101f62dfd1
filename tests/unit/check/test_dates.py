"""Days that cannot come in this order: corrections, expiry, retraction, claims, findings, roles."""

from typing import Any

from briefgen.check.briefs import corrections_out_of_order, expired_at_birth
from briefgen.check.claims import claims_after_their_source
from briefgen.check.findings import findings_before_claims
from briefgen.check.whole_site import backward_roles
from briefgen.model.problem import Pointer, Problem
from support.sites import a_site

FILE = "content/briefs/offer.md"


def corrections(*dates: str) -> dict[str, Any]:
    return {
        "date": "2025-05-12",
        "corrections": [{"date": date, "was": "a", "now": "b", "why": "c"} for date in dates],
    }


def test_nothing_is_corrected_before_it_is_published() -> None:
    site = a_site(briefs={"offer": corrections("2025-05-11")})

    assert list(corrections_out_of_order(site)) == [
        Problem(
            code="correction-date",
            message="a correction of 2025-05-11 in a brief of 2025-05-12",
            at=Pointer(FILE, ("corrections", 0, "date")),
            hint="`date` is the day of publication; what changed before that day needs no correction",
        )
    ]


def test_the_list_of_corrections_grows_at_its_end() -> None:
    site = a_site(briefs={"offer": corrections("2025-05-20", "2025-05-14", "2025-05-21", "2025-05-21")})

    assert list(corrections_out_of_order(site)) == [
        Problem(
            code="correction-date",
            message="a correction of 2025-05-14 comes after one of 2025-05-20",
            at=Pointer(FILE, ("corrections", 1, "date")),
            hint="the list only grows: put the newest correction last",
        )
    ]


def test_a_correction_on_the_day_of_publication_is_one() -> None:
    assert list(corrections_out_of_order(a_site(briefs={"offer": corrections("2025-05-12")}))) == []


def test_a_brief_expires_after_it_is_published() -> None:
    briefs = {
        "offer": {"date": "2025-05-12", "expires": "2025-05-12"},
        "fine": {"date": "2025-05-12", "expires": "2025-05-13"},
        "lasting": {},
    }

    assert list(expired_at_birth(a_site(briefs=briefs))) == [
        Problem(
            code="expires-before-date",
            message="a brief of 2025-05-12 that expires on 2025-05-12 is never published",
            at=Pointer(FILE, ("expires",)),
            hint="`expires` is the first day on which the brief is no longer shown: a day after `date`",
        )
    ]


def test_a_source_reports_only_what_has_been_said() -> None:
    claims = [{"date": "2025-05-13"}, {"date": "2025-05-12"}, {"date": "2025-05-13?"}, {}]
    site = a_site(briefs={"offer": {"source": {"published": "2025-05-12"}, "claims": claims}})

    assert list(claims_after_their_source(site)) == [
        Problem(
            code="claim-after-source",
            message="a claim of 2025-05-13 in a source that was published on 2025-05-12",
            at=Pointer(FILE, ("claims", 0, "date")),
            hint="`date` is when the statement was made: at the latest when the source was published",
        )
    ]


def finding(date: str) -> dict[str, Any]:
    return {"finding": {"verdict": "borne out", "note": "It happened.", "date": date}}


def test_a_forecast_comes_before_its_finding() -> None:
    site = a_site(briefs={"offer": {"claims": [{"date": "2025-05-19"} | finding("2025-05-18")]}})

    assert list(findings_before_claims(site)) == [
        Problem(
            code="finding-before-claim",
            message="a finding on 2025-05-18 on a claim that was made on 2025-05-19",
            at=Pointer(FILE, ("claims", 0, "finding", "date")),
            hint="correct one of the dates",
        )
    ]


def test_an_undated_forecast_is_as_old_as_its_source() -> None:
    source = {"published": "2025-05-19"}
    site = a_site(briefs={"offer": {"source": source, "claims": [finding("2025-05-18")]}})

    (problem,) = findings_before_claims(site)

    assert problem.hint == ("the claim has no date of its own, so that of the source counts: correct it or add `date`")


def test_a_forecast_in_an_undated_source_may_be_of_any_age() -> None:
    site = a_site(briefs={"offer": {"source": {}, "claims": [finding("2022-05-18")]}})

    assert list(findings_before_claims(site)) == []


def test_a_role_begins_before_it_ends() -> None:
    roles = [
        {"title": "Envoy", "from": "2025-02", "until": "2024-12"},
        {"title": "Envoy", "from": "2025-02", "until": "2025-02"},
        {"title": "Envoy", "from": "2025-02?", "until": "2024"},
        {"title": "Envoy", "until": "2024"},
    ]

    assert list(backward_roles(a_site(actors={"witkoff": {"roles": roles}}))) == [
        Problem(
            code="role-dates",
            message='the role "Envoy" ends in 2024-12, before it begins in 2025-02',
            at=Pointer("content/actors/witkoff.md", ("roles", 0, "until")),
            hint="correct `from` or `until`; leave `until` out if the role is still held",
        )
    ]
