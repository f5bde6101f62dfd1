"""Who is shown to answer a theme's question on lists, as on the page of the theme; and who reports a claim again."""

from collections.abc import Mapping
from typing import Any

from briefgen.plan.claims import group_positions, make_claim, make_position
from briefgen.plan.urls import PageLocation
from briefgen.plan.view_factory import ACTORS_NAMED, SiteContext, ViewFactory
from support.sites import a_site

ACTORS: Mapping[str, Mapping[str, Any]] = {"nordland": {"kind": "state"}, "author": {"kind": "author"}}


def views_of(*claims: dict[str, Any], **theme: Any) -> ViewFactory:
    written = [{"id": f"c{number}", "theme": "dam", "says": "S."} | claim for number, claim in enumerate(claims)]
    site = a_site(
        themes={"dam": {"question": "Is it safe?", **theme}},
        actors=ACTORS,
        sources={"log": {"claims": written}, "paper": {}},
    )
    return ViewFactory(SiteContext(site), PageLocation(""))


def answers(*claims: dict[str, Any], **theme: Any) -> list[tuple[str, list[str]]]:
    views = views_of(*claims, **theme)
    rows = views.theme_card("dam").answers
    shown = [(row.words, [actor.url.strip("/").rpartition("/")[2] for actor in row.actors]) for row in rows]
    # What the page of the theme shows, in the same order.
    groups = [group.answer.words if group.answer else "several answers" for group in group_positions(views, "dam")]
    unclear = {entry.party for entry in views.index.unclear("dam")}
    assert [words for words, _ in shown if words not in ("no clear answer", "without a figure")] == groups
    if groups:
        assert unclear == {id for words, ids in shown if words in ("no clear answer", "without a figure") for id in ids}
    return shown


def test_a_card_names_who_gives_which_answer() -> None:
    claims = [("mayor", "no", "2025-03-01"), ("clerk", "yes", "2025-03-02"), ("guard", "no", "2025-03-03")]

    assert answers(*({"actor": actor, "answer": answer, "date": date} for actor, answer, date in claims)) == [
        ("yes", ["clerk"]),
        ("no", ["guard", "mayor"]),
    ]


def test_who_speaks_for_a_state_is_named_with_it_and_not_beside_it() -> None:
    by_mayor = {"actor": "mayor", "for": "nordland", "answer": "yes", "date": "2025-03-01"}
    later = {"actor": "nordland", "answer": "no", "date": "2025-04-01"}

    assert answers(by_mayor) == answers(by_mayor, later | {"answer": "yes"}) == [("yes", ["nordland"])]
    assert answers(by_mayor, later) == [("no", ["nordland"])]
    assert answers(by_mayor, later, {"actor": "mayor", "answer": "yes"}) == [("yes", ["mayor"]), ("no", ["nordland"])]
    (row,) = views_of(by_mayor).theme_card("dam").answers
    assert [one.text for one in row.actors[0].by] == ["Mayor"]


def test_the_page_of_a_speaker_says_what_the_state_answers_where_that_differs() -> None:
    by_mayor = {"actor": "mayor", "for": "nordland", "answer": "yes", "date": "2025-03-01"}
    views = views_of(by_mayor, {"actor": "nordland", "answer": "no", "date": "2025-04-01"})

    def parties(actor: str) -> list[tuple[str, str]]:
        position = views.index.positions["dam"][actor]
        shown = make_position(views, "dam", position.claims, position, actor)
        return [(one.actor.text, one.answer.words) for one in shown.parties]

    assert parties("mayor") == [("Nordland", "no")]
    assert parties("nordland") == []


def test_claims_of_an_actor_and_those_on_its_behalf_are_counted_apart_and_dated_together() -> None:
    views = views_of(
        {"actor": "nordland", "date": "2025-03-01"}, {"actor": "mayor", "for": "nordland", "date": "2025-04-01"}
    )

    row = views.actor_row("nordland")

    assert (row.claims, row.on_behalf, row.latest and row.latest.iso) == (1, 1, "2025-04-01")


def test_two_answers_of_one_day_are_named_as_such() -> None:
    day = {"actor": "mayor", "date": "2025-03-01"}

    assert answers(day | {"answer": "yes"}, day | {"answer": "no"}) == [("several answers", ["mayor"])]


def test_unclear_are_those_that_the_page_lists_as_unclear() -> None:
    yes = {"actor": "mayor", "answer": "yes", "date": "2025-03-01"}

    # An author of a text has no position; the mayor's is clear, whatever else it says.
    assert answers(yes, {"actor": "mayor"}, {"actor": "author"}) == [("yes", ["mayor"])]
    assert answers(yes, {"actor": "clerk"}) == [("yes", ["mayor"]), ("no clear answer", ["clerk"])]
    assert answers({"actor": "clerk"}) == []
    assert answers(yes | {"answer": "3"}, {"actor": "clerk"}, unit="men", answers=[{"id": "3", "label": "3"}]) == [
        ("3 men", ["mayor"]),
        ("without a figure", ["clerk"]),
    ]


def test_a_claim_without_an_answer_stands_below_the_position_of_its_speaker() -> None:
    views = views_of({"actor": "mayor", "answer": "yes", "date": "2025-03-01"}, {"actor": "mayor", "says": "Perhaps."})

    (group,) = group_positions(views, "dam")
    (holder,) = group.positions[0].holders

    assert [line.url.rpartition("#")[2] for line in holder.unclear] == ["c1"]


def test_a_card_names_a_few_actors_and_counts_the_rest() -> None:
    views = views_of(*({"actor": f"actor-{number}", "answer": "yes"} for number in range(ACTORS_NAMED + 2)))

    (row,) = views.theme_card("dam").answers

    assert len(row.actors) == ACTORS_NAMED
    assert row.more == 2


def test_a_speaker_is_reported_again_and_not_corroborated_by_itself() -> None:
    views = views_of({"actor": "mayor", "corroborates": ["log#c1", "log#c2"]}, {"actor": "mayor"}, {"actor": "clerk"})

    related = make_claim(views, views.index.claims["log#c0"]).related

    assert [(one.words, len(one.claims)) for one in related] == [
        ("also reported elsewhere", 1),
        ("corroborated by", 1),
    ]


def test_a_demand_or_an_opinion_has_no_second_line() -> None:
    kinds = ("fact", "demand", "commitment", "forecast", "opinion")
    views = views_of(*({"actor": "mayor", "kind": kind} for kind in kinds), {"actor": "mayor"})

    found = {claim.kind: claim.finding for claim in (make_claim(views, one) for one in views.index.claims.values())}

    assert {kind for kind, finding in found.items() if finding is None} == {"demand", "opinion", ""}
    assert {finding.words for finding in found.values() if finding} == {"not examined"}
