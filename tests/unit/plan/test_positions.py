"""Which claim is an actor's position, and how it came about."""

from typing import Any

import pytest

from briefgen.model.content import UNCLEAR
from briefgen.plan.index import Index
from briefgen.plan.positions import Change, Position
from support.sites import a_site

THEME = {"dam": {"question": "Is it safe?"}}


def position_of(actor: str, *claims: dict[str, Any], **more: Any) -> Position | None:
    """Return an actor's position by claims of a source that has no date."""
    written = [
        {"id": f"c{number}", "says": "Something.", "actor": "mayor", "theme": "dam"} | claim
        for number, claim in enumerate(claims)
    ]
    site = a_site(themes=THEME, sources={"log": {"claims": written, **more}})
    return Index(site).positions["dam"].get(actor)


def keys(entries: Any) -> list[str]:
    return [entry.claim.id for entry in entries]


def test_the_latest_claim_counts_by_the_earliest_day_that_its_date_can_mean() -> None:
    found = position_of(
        "mayor", {"answer": "yes", "date": "2025-03"}, {"answer": "no", "date": "2025-03-02"}, {"answer": "yes"}
    )

    assert found is not None
    assert keys(found.best) == ["c1"]
    assert keys(found.same_time) == ["c0"]  # it may be of a later day
    assert keys(found.undated) == ["c2"]


def test_a_state_has_what_is_said_on_its_behalf_and_an_author_has_no_position() -> None:
    claim = {"answer": "yes", "date": "2025", "for": "nordland"}
    site = a_site(
        themes=THEME,
        actors={"author": {"kind": "author"}, "nordland": {"kind": "state"}},
        sources={
            "log": {
                "claims": [
                    {"id": "a", "says": "S.", "theme": "dam", "actor": "mayor", **claim},
                    {"id": "b", "says": "S.", "theme": "dam", "actor": "author", **claim, "answer": "no"},
                ]
            }
        },
    )

    assert {actor: found.answer for actor, found in Index(site).positions["dam"].items()} == {
        "mayor": "yes",
        "nordland": "yes",
    }


def test_credibility_5_never_wins_over_a_claim_of_the_same_time() -> None:
    found = position_of(
        "mayor",
        {"answer": "yes", "date": "2025-03", "credibility": 4},
        {"answer": "no", "date": "2025-03-02", "credibility": 5, "confirmed_by": ["a", "b"]},
    )

    assert found is not None
    assert keys(found.best) == ["c0"]
    assert keys(found.same_time) == ["c1"]


def test_more_origins_come_before_credibility_on_one_day() -> None:
    found = position_of(
        "mayor",
        {"answer": "yes", "date": "2025", "credibility": 2},
        {"answer": "yes", "date": "2025", "credibility": 3, "confirmed_by": ["a"]},
    )

    assert found is not None
    assert keys(found.best) == ["c1"]
    assert keys(found.same_time) == ["c0"]


def test_two_answers_of_one_day_stand_side_by_side() -> None:
    found = position_of("mayor", {"answer": "yes", "date": "2025-03-01"}, {"answer": "no", "date": "2025-03-01"})

    assert found is not None
    assert sorted(keys(found.best)) == ["c0", "c1"]
    assert found.answer == ""
    assert found.change is None


def test_a_change_has_the_answer_before_and_the_first_day_of_the_new_one() -> None:
    old, new = {"answer": "yes", "date": "2024"}, {"answer": "no", "date": "2025-03-01"}
    later = {"answer": "no", "date": "2025-04-01"}

    def change(*claims: dict[str, Any]) -> Change | None:
        found = position_of("mayor", *claims)
        return found.change if found else None

    assert change(old, new, later) == Change("changed", "2025-03-01", "yes", "2024")
    assert change(new, later) == Change("unchanged", "2025-03-01")
    assert change(new) == Change("first", "2025-03-01")
    assert change({"answer": "no"}) is None


def test_of_reports_of_one_answer_and_day_that_of_the_most_trusted_source_is_shown() -> None:
    said = {"says": "S.", "actor": "mayor", "theme": "dam", "answer": "yes", "date": "2025-03-01"}
    site = a_site(
        themes=THEME,
        sources={
            "rewrite": {
                "reliability": "E",
                "claims": [said | {"id": "a", "confirmed_by": ["letter"], "credibility": 2}],
            },
            "report": {"reliability": "B", "claims": [said | {"id": "b"}]},
            "doubtful": {"reliability": "A", "claims": [said | {"id": "c", "credibility": 4}]},
            "letter": {"reliability": "C"},
        },
    )
    index = Index(site)
    found = index.positions["dam"]["mayor"]

    assert keys(found.best) == ["b"]
    assert sorted(keys(found.same_time)) == ["a", "c"]
    assert index.count_origins(*found.best) == 1
    assert index.find_best_source(index.claims["rewrite#a"]) == "letter"


def test_claims_on_the_losing_side_of_a_settled_dispute_give_way_to_one_on_the_other() -> None:
    written = [
        {"id": "paper", "says": "S.", "actor": "mayor", "theme": "dam", "answer": "no", "date": "2025-06-02"},
        {"id": "boast", "says": "S.", "actor": "mayor", "theme": "dam", "answer": "yes", "date": "2025-06-20"},
        {"id": "rumour", "says": "S.", "actor": "engineer", "theme": "dam", "answer": "yes", "date": "2025-06-20"},
    ]

    def positions(state: str) -> dict[str, Position]:
        sides = [
            {"label": "Unsafe", "claims": ["log#paper"], "holds": state == "settled"},
            {"label": "Safe", "claims": ["log#boast", "log#rumour"]},
        ]
        dispute = {"id": "d", "question": "Which?", "kind": "fact", "state": state, "sides": sides}
        themes = {"dam": {**THEME["dam"], "disputes": [dispute | {"evidence": ["log"]}]}}
        actors = {"engineer": {"kind": "person"}}
        return Index(a_site(themes=themes, actors=actors, sources={"log": {"claims": written}})).positions["dam"]

    assert positions("explained")["mayor"].answer == "yes"
    settled = positions("settled")
    assert (settled["mayor"].answer, keys(settled["mayor"].set_aside)) == ("no", ["boast"])
    assert settled["engineer"].answer == "yes"  # it has said nothing else


def test_a_claim_without_an_answer_is_no_position() -> None:
    assert position_of("mayor", {"answer": UNCLEAR, "date": "2025"}) is None


@pytest.mark.parametrize("credibility", [4, 5, 6])
def test_no_change_rests_on_a_weak_report(credibility: int) -> None:
    old, new = {"answer": "yes", "date": "2024"}, {"answer": "no", "date": "2025-03-01"}
    weak = {"credibility": credibility}

    now_weak, once_weak = position_of("mayor", old, new | weak), position_of("mayor", old | weak, new)

    assert now_weak is not None
    assert now_weak.answer == "no"
    assert now_weak.change is None
    assert once_weak is not None
    assert once_weak.answer == "no"
    assert once_weak.change is None  # nor is it the first that is known


def test_a_change_skips_a_weak_report_between_two_firm_ones() -> None:
    found = position_of(
        "mayor",
        {"answer": "yes", "date": "2023"},
        {"answer": "no", "date": "2024", "credibility": 4},
        {"answer": "no", "date": "2025-03-01", "credibility": 3},
    )

    assert found is not None
    assert found.change == Change("changed", "2025-03-01", "yes", "2023")
