from typing import Any

import pytest

from briefgen.check.disputes import impossible_disputes, impossible_relations
from briefgen.model.problem import Pointer, Problem
from briefgen.model.site import Site
from briefgen.model.vocabulary import RELATIONS
from support.sites import a_site

BRIEF = "content/briefs/meeting.md"
THEME = "content/themes/talks.md"


def relating(relation: str, *refs: str, **more: Any) -> Site:
    claims: list[dict[str, Any]] = [{"id": "partial", relation: refs, **more}, {"id": "nothing"}]
    return a_site(briefs={"meeting": {"claims": claims}})


def a_dispute(*refs: str, kind: str = "fact") -> Site:
    return a_site(
        briefs={"meeting": {"claims": [{"id": "partial"}, {"id": "nothing"}]}, "offer": {"claims": [{"id": "yes"}]}},
        themes={"talks": {"disputes": [{"id": "movement", "claims": refs, "kind": kind}]}},
    )


@pytest.mark.parametrize("relation", RELATIONS)
def test_no_claim_is_related_to_itself(relation: str) -> None:
    found = list(impossible_relations(relating(relation, "partial")))

    assert found == [
        Problem(
            code="self-relation",
            message=f'the claim "partial" {relation} itself',
            at=Pointer(BRIEF, ("claims", 0, relation, 0)),
            hint="name the other claim, as `claim` if it is in this file, else as `brief-or-source#claim`",
        )
    ]


def test_a_claim_has_a_relation_with_another_once() -> None:
    assert list(impossible_relations(relating("contradicts", "nothing", "meeting#nothing"))) == [
        Problem(
            code="repeated-claim",
            message='the claim "meeting#nothing" is listed twice',
            at=Pointer(BRIEF, ("claims", 0, "contradicts", 1)),
            hint="remove one of the two",
        )
    ]


def superseding(new: dict[str, Any], old: dict[str, Any], **brief: Any) -> list[str]:
    claims = [{"id": "new", "supersedes": ["old"], **new}, {"id": "old", **old}]
    return [problem.code for problem in impossible_relations(a_site(briefs={"meeting": {"claims": claims, **brief}}))]


@pytest.mark.parametrize(
    ("new", "old", "codes"),
    [
        ({}, {}, []),
        ({"actor": "peskov"}, {"actor": "putin"}, ["supersedes-other-speaker"]),
        ({"actor": "peskov", "for": "russia"}, {"actor": "putin", "for": "russia"}, []),
        ({"actor": "russia"}, {"actor": "putin", "for": "russia"}, []),
        ({"actor": "peskov", "for": "putin"}, {"actor": "putin", "for": "russia"}, []),
        ({"actor": "peskov", "for": "russia"}, {"actor": "rubio", "for": "america"}, ["supersedes-other-speaker"]),
    ],
)
def test_a_claim_supersedes_one_of_the_same_speaker_or_party(
    new: dict[str, Any], old: dict[str, Any], codes: list[str]
) -> None:
    assert superseding(new, old) == codes


@pytest.mark.parametrize(
    ("new", "old", "codes"),
    [
        ("2025-12-02", "2025-12-01", []),
        ("2025-12-01", "2025-12-01", []),
        ("2025-12", "2025-12-02", []),
        ("unknown", "2025-12-02", []),
        ("2025-11", "2025-12-02", ["supersedes-later-claim"]),
        ("2025-12-01", "2025-12-02", ["supersedes-later-claim"]),
    ],
)
def test_no_earlier_claim_supersedes_a_later_one(new: str, old: str, codes: list[str]) -> None:
    assert superseding({"date": new}, {"date": old}) == codes


def test_a_claim_of_an_undated_source_may_be_older_than_its_brief() -> None:
    brief = {"date": "2025-12-03", "source": {"title": "Undated"}}

    assert superseding({"date": "2025-11-01"}, {}, **brief) == []
    assert superseding({}, {"date": "2025-12-04"}, **brief) == ["supersedes-later-claim"]


def test_two_claims_do_not_supersede_each_other() -> None:
    assert superseding({}, {"supersedes": ["new"]}) == ["supersedes-later-claim", "supersedes-later-claim"]


def corroborating(one: dict[str, Any] | None, other: dict[str, Any] | None) -> list[str]:
    briefs = {
        id: {"claims": [{"id": "x", **more}], **({"source": source} if source is not None else {})}
        for id, source, more in (("one", one, {"corroborates": ["other#x"]}), ("other", other, {}))
    }
    return [problem.message for problem in impossible_relations(a_site(briefs=briefs))]


def test_only_a_claim_of_independent_origin_corroborates() -> None:
    assert corroborating({"publisher": "Herald"}, {"publisher": "Mirror"}) == []
    assert corroborating({"publisher": "Herald"}, {"publisher": "Herald"}) == [
        '"one" and "other" both go back to "herald"'
    ]
    assert corroborating({"publisher": "Herald", "credit": "Wire"}, {"publisher": "Mirror", "credit": "Wire"}) == [
        '"one" and "other" both go back to "wire"'
    ]
    assert corroborating({"publisher": "Herald", "cites": ["other"]}, {"publisher": "Mirror"}) == [
        '"one" and "other" both go back to "mirror" and "other"'
    ]


def test_a_claim_without_a_source_corroborates_nothing() -> None:
    assert corroborating({"publisher": "Herald"}, None) == [
        'the brief "other" has no source, so its claims have no origin'
    ]
    site = a_site(
        briefs={"b": {"source": {}, "claims": [{"id": "x", "corroborates": ["y"]}, {"id": "y"}]}},
    )
    assert [problem.message for problem in impossible_relations(site)] == ['both claims come from the source "b"']


def test_a_dispute_is_between_two_claims() -> None:
    assert list(impossible_disputes(a_dispute("meeting#partial"))) == [
        Problem(
            code="short-dispute",
            message='the dispute "movement" has only one claim',
            at=Pointer(THEME, ("disputes", 0, "claims")),
            hint="name at least two claims that cannot both be right, each as `brief-or-source#claim`",
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
            message='a source is at odds with itself, yet the claims come from 2 files: "meeting" and "offer"',
            at=Pointer(THEME, ("disputes", 0, "kind")),
            hint="choose the kind by what is disputed (fact, date, figure …), or keep to the claims of one file",
        )
    ]
    assert list(impossible_disputes(a_dispute("meeting#partial", "meeting#nothing", kind="internal"))) == []


def test_disputes_reach_over_briefs_and_themes() -> None:
    assert list(impossible_disputes(a_dispute("meeting#partial", "offer#yes"))) == []
    assert list(impossible_relations(relating("contradicts", "nothing", "offer#yes"))) == []


def sided(*sides: tuple[str, ...], **more: Any) -> list[Problem]:
    claims = {"sides": [{"label": f"Side {number}", "claims": refs} for number, refs in enumerate(sides, start=1)]}
    return list(impossible_disputes(a_site(themes={"talks": {"disputes": [{"id": "movement", **claims, **more}]}})))


def test_a_dispute_has_two_sides_with_claims() -> None:
    assert sided(("a#b",), ("a#c",)) == []
    assert [problem.message for problem in sided(("a#b", "a#c"))] == ['the dispute "movement" has only one side']
    assert [problem.message for problem in sided(("a#b", "a#c"), ())] == [
        'the dispute "movement" has no claim on the side "Side 2"'
    ]


def test_a_claim_is_on_one_side() -> None:
    (problem,) = sided(("a#b", "a#c"), ("a#b",))

    assert (problem.code, problem.at) == (
        "repeated-claim",
        Pointer(THEME, ("disputes", 0, "sides", 1, "claims", 0)),
    )


def test_claims_are_on_sides_or_in_a_list() -> None:
    (problem,) = sided(("a#b",), ("a#c",), claims=["a#d"])

    assert (problem.code, problem.at) == (
        "sides-and-claims",
        Pointer(THEME, ("disputes", 0, "claims"), key=True),
    )


def test_what_is_settled_is_settled_by_a_source() -> None:
    (problem,) = sided(("a#b",), ("a#c",), state="settled")

    assert problem.code == "settled-without-evidence"
    assert sided(("a#b",), ("a#c",), state="settled", evidence=["a"]) == []
    assert sided(("a#b",), ("a#c",), state="explained") == []


def test_earlier_readings_are_before_the_one_that_replaced_them() -> None:
    reading, old, older = ({"says": "So.", "date": f"2025-0{month}-01"} for month in (3, 2, 1))

    assert sided(("a#b",), ("a#c",), reading=reading, earlier=[old, older]) == []
    (problem,) = sided(("a#b",), ("a#c",), reading=reading, earlier=[older, old])
    was_made = 'an earlier reading of the dispute "movement" was made on'
    assert problem.message == f"{was_made} 2025-02-01, but the one after it was made on 2025-01-01"
    (problem,) = sided(("a#b",), ("a#c",), earlier=[old])
    assert (problem.code, problem.at) == ("reading-order", Pointer(THEME, ("disputes", 0, "earlier", 0, "date")))
