"""Checks of claims: roles, dates, quotes, credibility, outcomes and disputes."""

from typing import Any

import pytest
from msgspec.structs import replace

from briefgen.check.claims import (
    claims_after_their_source,
    impossible_disputes,
    long_quotes,
    outcomes_before_claims,
    unconfirmed_credibility,
    unfit_roles,
)
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Site
from support.sites import a_site

RUBIO = {
    "name": "Marco Rubio",
    "roles": [
        {"title": "Senator for Florida", "from": "2011-01-03", "until": "2025-01-20"},
        {"title": "Secretary of State", "from": "2025-01-21"},
    ],
}
ROLE = Pointer("content/briefs/meeting.md", ("claims", 0, "role"))
OFFER = "content/briefs/offer.md"
MEETING = "content/briefs/meeting.md"
GRADE = Pointer("content/briefs/meeting.md", ("claims", 0, "credibility"))
THEME = "content/themes/talks.md"


def rubio_as(role: str | None, *, claim_date: str | None = None, **brief: Any) -> Site:
    claim = {"actor": "rubio", "role": role, "date": claim_date}
    return a_site(actors={"rubio": RUBIO}, briefs={"meeting": {"claims": [claim]} | brief})


def test_a_role_is_one_of_the_actors_roles() -> None:
    site = rubio_as("Secretary of the State")

    assert list(unfit_roles(site)) == [
        Problem(
            code="unknown-role",
            message='Marco Rubio has no role "Secretary of the State"',
            at=ROLE,
            hint='did you mean "Secretary of State"? '
            'The roles in content/actors/rubio.md: "Senator for Florida" and "Secretary of State"',
        )
    ]


def test_an_actor_without_roles_needs_one_first() -> None:
    site = a_site(briefs={"meeting": {"claims": [{"actor": "rubio", "role": "Senator"}]}})

    (problem,) = unfit_roles(site)

    assert problem.hint == "add it to the `roles` in content/actors/rubio.md, or leave `role` out"


@pytest.mark.parametrize("role", ["secretary  of state", "Secretary\u200b of\u00a0State\u200e"])
def test_a_role_is_recognised_in_any_case_and_with_invisible_characters(role: str) -> None:
    assert list(unfit_roles(rubio_as(role))) == []


def test_a_claim_needs_no_role() -> None:
    assert list(unfit_roles(rubio_as(None))) == []


def test_a_role_that_had_ended_is_no_role() -> None:
    site = rubio_as("Senator for Florida", claim_date="2025-12-02")

    assert list(unfit_roles(site)) == [
        Problem(
            code="role-not-held",
            message='Marco Rubio\'s role "Senator for Florida" had ended on 2025-01-20; the claim is of 2025-12-02',
            at=ROLE,
            hint='roles at that time: "Secretary of State"',
        )
    ]


def test_a_role_that_had_not_begun_is_no_role() -> None:
    site = rubio_as("Secretary of State", source={"published": "2010"})

    (problem,) = unfit_roles(site)

    assert problem.code == "role-not-held"
    assert problem.message == (
        'Marco Rubio\'s role "Secretary of State" began only on 2025-01-21; the claim is of 2010'
    )
    assert problem.hint == (
        "the claim has no date of its own, so that of its source counts; no role is known for that time"
    )


@pytest.mark.parametrize(
    ("claim_date", "published"),
    [
        ("2025-01-20", "2025-12-02"),  # the last day
        ("2025-01", "2025-12-02"),  # perhaps before
        ("2025-12-02?", "2025-12-02"),
        ("unknown", "2025-12-02"),
        (None, "2025-12~"),
        (None, "unknown"),  # an old article, perhaps, that the brief of December summarises
    ],
)
def test_a_role_that_may_have_been_held_is_no_problem(claim_date: str | None, published: str) -> None:
    site = rubio_as("Senator for Florida", claim_date=claim_date, source={"published": published})

    assert list(unfit_roles(site)) == []


def test_an_undated_source_cannot_know_a_role_that_begins_after_the_brief() -> None:
    site = rubio_as("Secretary of State", date="2024-12-03", source={"published": "unknown"})

    (problem,) = unfit_roles(site)

    assert problem.hint == (
        'the claim has no date of its own, so that of the brief counts; roles at that time: "Senator for Florida"'
    )


def test_one_of_several_roles_of_the_same_name_is_enough() -> None:
    terms = [
        {"title": "Prime Minister", "from": "2004", "until": "2005"},
        {"title": "Prime Minister", "from": "2010", "until": "2012"},
    ]

    def spoken(date: str) -> Site:
        claim = {"actor": "minister", "role": "Prime Minister", "date": date}
        return a_site(actors={"minister": {"roles": terms}}, briefs={"meeting": {"claims": [claim]}})

    assert list(unfit_roles(spoken("2011-01-01"))) == []
    (problem,) = unfit_roles(spoken("2008"))
    assert problem.message == (
        'Minister\'s role "Prime Minister" had ended in 2005 or began only in 2010; the claim is of 2008'
    )


def test_a_source_reports_only_what_has_been_said() -> None:
    claims = [{"date": "2025-05-13"}, {"date": "2025-05-12"}, {"date": "2025-05-13?"}, {}]
    site = a_site(briefs={"offer": {"source": {"published": "2025-05-12"}, "claims": claims}})

    assert list(claims_after_their_source(site)) == [
        Problem(
            code="claim-after-source",
            message="a claim of 2025-05-13 in a source that was published on 2025-05-12",
            at=Pointer(OFFER, ("claims", 0, "date")),
            hint="`date` is when the statement was made: at the latest when the source was published",
        )
    ]


def test_a_quote_is_few_words() -> None:
    claims = [{"quote": "a" * 300}, {"quote": "a" * 301}, {}]

    assert list(long_quotes(a_site(briefs={"meeting": {"claims": claims}}))) == [
        Problem(
            code="long-quote",
            message="a quote of 301 characters",
            at=Pointer(MEETING, ("claims", 1, "quote")),
            hint="quote the few words that matter, 300 characters at most; `says` tells the rest",
            severity=Severity.WARNING,
        )
    ]


def confirmed_by(*source_ids: str, source: dict[str, Any] | None = None, **sources: dict[str, Any]) -> Site:
    claim = {"credibility": 1, "confirmed_by": source_ids}
    brief: dict[str, Any] = {"claims": [claim]} | ({} if source is None else {"source": source})
    return a_site(briefs={"meeting": brief}, sources=sources)


def test_credibility_1_needs_another_source() -> None:
    assert list(unconfirmed_credibility(confirmed_by(source={}))) == [
        Problem(
            code="unconfirmed-credibility",
            message='credibility 1 needs two independent sources; there is only "meeting"',
            at=GRADE,
            hint="name an independent one in `confirmed_by`, or grade the claim 2",
        )
    ]


def test_a_claim_without_any_source_is_not_confirmed() -> None:
    (problem,) = unconfirmed_credibility(confirmed_by())

    assert problem.message.endswith("there is none")


def test_an_independent_source_confirms() -> None:
    assert list(unconfirmed_credibility(confirmed_by("reuters", source={}))) == []


def test_two_sources_confirm_each_other_in_a_brief_without_its_own() -> None:
    assert list(unconfirmed_credibility(confirmed_by("reuters", "ap"))) == []


def test_the_same_text_in_two_papers_confirms_nothing() -> None:
    site = confirmed_by(
        "copy", source={"publisher": "Gazette", "credit": "AP"}, copy={"publisher": "Herald", "credit": "AP"}
    )

    assert list(unconfirmed_credibility(site)) == [
        Problem(
            code="unconfirmed-credibility",
            message='credibility 1 needs two independent sources; "meeting" and "copy" are of one origin',
            at=GRADE,
            hint='"meeting" and "copy" both go back to "ap": '
            "name an independent one in `confirmed_by`, or grade the claim 2",
        )
    ]


def test_a_source_under_an_id_of_its_own_does_not_confirm_itself() -> None:
    (problem,) = unconfirmed_credibility(confirmed_by("stalemate", source={"id": "stalemate"}))

    assert problem.message.endswith('there is only "stalemate"')


def test_other_grades_than_credibility_1_need_no_confirmation() -> None:
    site = a_site(briefs={"meeting": {"claims": [{"credibility": grade} for grade in (2, 6, None)]}})

    assert list(unconfirmed_credibility(site)) == []


def test_a_source_that_is_not_there_is_not_judged() -> None:
    site = confirmed_by("gone", source={})

    assert list(unconfirmed_credibility(replace(site, sources={"meeting": site.sources["meeting"]}))) == []


def outcome(date: str) -> dict[str, Any]:
    return {"outcome": {"verdict": "borne out", "note": "It happened.", "date": date}}


def test_a_forecast_comes_before_its_outcome() -> None:
    site = a_site(briefs={"offer": {"claims": [{"date": "2025-05-19"} | outcome("2025-05-18")]}})

    assert list(outcomes_before_claims(site)) == [
        Problem(
            code="outcome-before-claim",
            message="an outcome on 2025-05-18 of a claim that was made on 2025-05-19",
            at=Pointer(OFFER, ("claims", 0, "outcome", "date")),
            hint="correct one of the dates",
        )
    ]


def test_an_undated_forecast_is_as_old_as_its_source() -> None:
    source = {"published": "2025-05-19"}
    site = a_site(briefs={"offer": {"source": source, "claims": [outcome("2025-05-18")]}})

    (problem,) = outcomes_before_claims(site)

    assert problem.hint == ("the claim has no date of its own, so that of the source counts: correct it or add `date`")


def test_a_forecast_in_an_undated_source_may_be_of_any_age() -> None:
    site = a_site(briefs={"offer": {"source": {}, "claims": [outcome("2022-05-18")]}})

    assert list(outcomes_before_claims(site)) == []


def disputing(*refs: str) -> Site:
    claims: list[dict[str, Any]] = [{"id": "partial", "disputes": refs}, {"id": "nothing"}]
    return a_site(briefs={"meeting": {"claims": claims}})


def a_dispute(*refs: str, kind: str = "fact") -> Site:
    return a_site(
        briefs={"meeting": {"claims": [{"id": "partial"}, {"id": "nothing"}]}, "offer": {"claims": [{"id": "yes"}]}},
        themes={"talks": {"disputes": [{"id": "movement", "claims": refs, "kind": kind}]}},
    )


def test_no_claim_disputes_itself() -> None:
    assert list(impossible_disputes(disputing("nothing", "partial"))) == [
        Problem(
            code="self-dispute",
            message='the claim "partial" disputes itself',
            at=Pointer(MEETING, ("claims", 0, "disputes", 1)),
            hint="name the other claim, as `claim` if it is in this brief, else as `brief#claim`",
        )
    ]


def test_a_claim_disputes_another_once() -> None:
    assert list(impossible_disputes(disputing("nothing", "meeting#nothing"))) == [
        Problem(
            code="repeated-claim",
            message='the claim "meeting#nothing" is listed twice',
            at=Pointer(MEETING, ("claims", 0, "disputes", 1)),
            hint="remove one of the two",
        )
    ]


def test_a_dispute_is_between_two_claims() -> None:
    assert list(impossible_disputes(a_dispute("meeting#partial"))) == [
        Problem(
            code="short-dispute",
            message='the dispute "movement" has only one claim',
            at=Pointer(THEME, ("disputes", 0, "claims")),
            hint="name at least two claims that cannot both be right, each as `brief#claim`",
        )
    ]
    (empty,) = impossible_disputes(a_dispute())
    assert empty.message == 'the dispute "movement" has no claims'


def test_a_dispute_of_one_claim_with_itself_is_reported_once() -> None:
    (problem,) = impossible_disputes(a_dispute("meeting#partial", "meeting#partial"))

    assert problem.code == "short-dispute"


def test_a_dispute_lists_a_claim_once() -> None:
    (problem,) = impossible_disputes(a_dispute("meeting#partial", "offer#yes", "meeting#partial"))

    assert (problem.code, problem.at) == ("repeated-claim", Pointer(THEME, ("disputes", 0, "claims", 2)))


def test_a_source_against_itself_is_a_matter_of_one_brief() -> None:
    assert list(impossible_disputes(a_dispute("meeting#partial", "offer#yes", kind="internal"))) == [
        Problem(
            code="internal-dispute",
            message='a source is at odds with itself, yet the claims come from 2 briefs: "meeting" and "offer"',
            at=Pointer(THEME, ("disputes", 0, "kind")),
            hint="choose the kind by what is disputed (fact, date, figure …), or keep to the claims of one brief",
        )
    ]
    assert list(impossible_disputes(a_dispute("meeting#partial", "meeting#nothing", kind="internal"))) == []


def test_disputes_reach_over_briefs_and_themes() -> None:
    assert list(impossible_disputes(a_dispute("meeting#partial", "offer#yes"))) == []
    assert list(impossible_disputes(disputing("nothing", "offer#yes"))) == []
