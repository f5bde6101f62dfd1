from typing import Any

from briefgen.check.claims import impossible_disputes
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site
from support.sites import a_site

BRIEF = "content/briefs/meeting.md"
THEME = "content/themes/talks.md"


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
            at=Pointer(BRIEF, ("claims", 0, "disputes", 1)),
            hint="name the other claim, as `claim` if it is in this brief, else as `brief#claim`",
        )
    ]


def test_a_claim_disputes_another_once() -> None:
    assert list(impossible_disputes(disputing("nothing", "meeting#nothing"))) == [
        Problem(
            code="repeated-claim",
            message='the claim "meeting#nothing" is listed twice',
            at=Pointer(BRIEF, ("claims", 0, "disputes", 1)),
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
