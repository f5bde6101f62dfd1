from typing import Any

from msgspec.structs import replace

from briefgen.check.claims import unconfirmed_credibility
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site
from support.sites import a_site

GRADE = Pointer("content/briefs/meeting.md", ("claims", 0, "credibility"))


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


def test_a_claim_that_corroborates_counts_from_either_side() -> None:
    def codes(one: dict[str, object], other: dict[str, object]) -> list[str]:
        briefs = {
            "first": {"source": {"publisher": "Herald"}, "claims": [{"id": "x", **one}]},
            "second": {"source": {"publisher": "Mirror"}, "claims": [{"id": "x", **other}]},
        }
        return [problem.code for problem in unconfirmed_credibility(a_site(briefs=briefs))]

    assert codes({"credibility": 1}, {}) == ["unconfirmed-credibility"]
    assert codes({"credibility": 1, "corroborates": ["second#x"]}, {}) == []
    assert codes({"credibility": 1}, {"corroborates": ["first#x"]}) == []
