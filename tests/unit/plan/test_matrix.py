"""The matrix of actors and themes."""

from typing import Any, cast

from briefgen.model.site import Site
from briefgen.plan import matrix
from briefgen.plan.view_factory import SiteContext
from briefgen.views import pages as v
from support.sites import a_site


def claim(id: str, actor: str, **more: Any) -> dict[str, Any]:
    return {"id": id, "actor": actor, "theme": "dam", "date": "2025-03-01", **more}


def shown(site: Site) -> list[v.Matrix]:
    return [cast("v.Matrix", page.view()) for page in matrix.plan_matrix(SiteContext(site))]


def cells(site: Site) -> dict[str, v.MatrixCell | None]:
    (page,) = shown(site)
    return {actor.text: cell for actor, cell in zip(page.grid.actors, page.grid.rows[0].cells, strict=True)}


def test_silence_and_an_unclear_answer_differ() -> None:
    site = a_site(
        themes={"dam": {"question": "Should it be built?"}, "gate": {"question": "Who closed it?"}},
        briefs={
            "talks": {
                "claims": [
                    claim("yes", "mayor", answer="yes"),
                    claim("unclear", "board"),
                    claim("elsewhere", "board", theme="gate", answer="no"),
                ]
            }
        },
    )

    (page,) = shown(site)

    found = {row.theme.text: [cell and cell.words for cell in row.cells] for row in page.grid.rows}
    assert [actor.text for actor in page.grid.actors] == ["Board", "Mayor"]
    assert found == {"Dam": ["no clear answer", "yes"], "Gate": ["no", None]}


def test_a_cell_says_that_a_report_is_doubted_and_names_its_source() -> None:
    site = a_site(
        themes={"dam": {"question": "Should it be built?"}},
        sources={
            "log": {"publisher": "Log", "claims": [claim("yes", "mayor", says="Yes.", answer="yes", credibility=2)]},
            "post": {"publisher": "Post", "claims": [claim("no", "board", says="No.", answer="no", credibility=4)]},
        },
    )

    found = {actor: cell for actor, cell in cells(site).items() if cell}

    assert {actor: (cell.doubt, cell.source and cell.source.publisher.text) for actor, cell in found.items()} == {
        "Board": ("doubtful that it was said", "Post"),
        "Mayor": ("", "Log"),
    }


def test_a_cell_leads_to_its_claim_and_says_how_it_is_known() -> None:
    site = a_site(
        themes={"dam": {"question": "Should it be built?"}},
        briefs={
            "talks": {
                "source": {"title": "x", "publisher": "Post"},
                "claims": [
                    claim("now", "mayor", answer="no", confirmed_by=["letter"]),
                    claim("before", "mayor", answer="yes", date="2024"),
                    claim("against", "board", answer="yes", contradicts=["talks#now"]),
                ],
            }
        },
        sources={"letter": {"publisher": "Gazette"}},
    )

    found = cells(site)["Mayor"]

    assert found is not None
    assert (found.words, found.tint, found.url) == ("no", "last", "../briefs/talks/#now")
    assert found.said is not None
    assert found.said.words == "1 March 2025"
    assert (found.origins, found.before) == (2, "yes")


def test_several_answers_of_one_day_are_shown_as_such() -> None:
    site = a_site(
        themes={"dam": {"question": "Should it be built?"}},
        briefs={"talks": {"claims": [claim("one", "mayor", answer="yes"), claim("two", "mayor", answer="no")]}},
    )

    found = cells(site)["Mayor"]

    assert found is not None
    assert (found.words, found.tint, found.url) == ("several answers", "several", "../actors/mayor/")


def test_unnamed_authors_are_not_in_the_matrix() -> None:
    site = a_site(
        actors={"author": {"kind": "author"}},
        themes={"dam": {"question": "Should it be built?"}},
        briefs={"talks": {"claims": [claim("one", "author", answer="yes"), claim("two", "mayor", answer="no")]}},
    )

    assert set(cells(site)) == {"Mayor"}


def test_what_is_said_for_an_actor_is_its_answer_and_makes_no_row_of_the_speaker() -> None:
    site = a_site(
        themes={"dam": {"question": "Should it be built?"}},
        briefs={"talks": {"claims": [claim("one", "spokesman", answer="yes", **{"for": "board"})]}},
    )

    found = cells(site)
    assert {actor: cell and (cell.words, [one.text for one in cell.by]) for actor, cell in found.items()} == {
        "Board": ("yes", ["Spokesman"])
    }


def test_without_answers_there_is_no_matrix() -> None:
    site = a_site(themes={"dam": {}}, briefs={"talks": {"claims": [claim("one", "mayor")]}})

    assert shown(site) == []


def test_a_long_matrix_is_divided_by_theme_and_names_how_many_actors_are_left_out() -> None:
    themes = {f"t{number:02}": {"question": "So?"} for number in range(matrix.THEMES_SHOWN + 1)}
    actors = [f"a{number:02}" for number in range(matrix.ACTORS_SHOWN + matrix.OTHERS_SHOWN + 3)]
    claims = [claim(f"{theme}-{actor}", actor, theme=theme, answer="yes") for theme in themes for actor in actors]

    first, second = shown(a_site(themes=themes, briefs={"talks": {"claims": claims}}))

    assert (len(first.grid.rows), len(second.grid.rows)) == (matrix.THEMES_SHOWN, 1)
    assert len(first.grid.actors) == matrix.ACTORS_SHOWN
    assert (len(first.grid.rows[0].others), first.grid.rows[0].more) == (matrix.OTHERS_SHOWN, 3)
    assert [(part.url, part.current) for part in second.parts] == [
        ("../../../matrix/", False),
        ("../../../matrix/page/2/", True),
    ]


def test_who_answers_most_questions_has_a_column_and_others_are_named_in_their_row() -> None:
    site = a_site(
        themes={"dam": {"question": "Should it be built?"}, "gate": {"question": "Who closed it?"}},
        briefs={
            "talks": {
                "claims": [
                    claim(f"{actor}-{theme}", actor, theme=theme, answer="yes")
                    for actor, theme in (("mayor", "dam"), ("mayor", "gate"), ("board", "dam"), ("board", "gate"))
                ]
                + [claim("once", "union", answer="no")]
            }
        },
    )

    (page,) = shown(site)

    assert [actor.text for actor in page.grid.actors] == ["Board", "Mayor"]
    assert [[actor.text for actor, _ in row.others] for row in page.grid.rows] == [["Union"], []]


def test_a_cell_gives_the_grade_of_the_source_that_it_rests_on() -> None:
    site = a_site(
        themes={"dam": {"question": "Should it be built?"}},
        briefs={
            "talks": {
                "source": {"title": "x", "publisher": "Post", "reliability": "D"},
                "claims": [claim("now", "mayor", answer="no", credibility=2)],
            }
        },
    )

    found = cells(site)["Mayor"]

    assert found is not None
    assert found.reliability is not None
    assert found.reliability.mark == "D"


def test_a_cell_says_in_what_an_answer_was_given_and_since_when_it_is_the_same() -> None:
    site = a_site(
        themes={"dam": {"question": "Should it be built?"}},
        briefs={
            "talks": {
                "claims": [
                    claim("now", "mayor", answer="no", form="leak"),
                    claim("before", "mayor", answer="no", date="2024"),
                    claim("offer", "board", answer="yes", kind="offer"),
                ]
            }
        },
    )

    found = cells(site)

    assert {actor: cell and (cell.form, cell.since and cell.since.words) for actor, cell in found.items()} == {
        "Mayor": ("in a leaked draft", "2024"),
        "Board": ("as an offer", None),
    }


DISPUTE = {"id": "d", "question": "Which?", "kind": "fact", "claims": ["talks#one", "talks#two"]}
ONE_AND_TWO = [claim("one", "mayor", answer="yes"), claim("two", "board", answer="no")]


def test_a_cell_leads_to_the_open_disputes_of_its_theme_and_to_no_others() -> None:
    def disputes(theme: str, state: str) -> list[str]:
        themes: dict[str, dict[str, Any]] = {"dam": {"question": "Should it be built?"}, "gate": {}}
        themes[theme]["disputes"] = [DISPUTE | {"state": state}]
        found = cells(a_site(themes=themes, briefs={"talks": {"claims": ONE_AND_TWO}}))["Mayor"]
        return [link.url for link in found.disputes] if found else []

    assert disputes("dam", "open") == ["../disputes/d/"]
    assert disputes("dam", "explained") == []
    assert disputes("gate", "open") == []


def test_states_and_organisations_have_the_columns_where_several_answer_more_than_one_question() -> None:
    def columns(**kinds: str) -> list[str]:
        site = a_site(
            actors={id: {"kind": kind} for id, kind in kinds.items()},
            themes={id: {"question": "So?"} for id in ("dam", "gate")},
            briefs={
                "talks": {
                    "claims": [
                        *(
                            claim(f"{id}-{theme}", id, theme=theme, answer="no")
                            for id in kinds
                            for theme in ("dam", "gate")
                        ),
                        claim("again", "mayor", answer="no"),
                        claim("once", "council", answer="yes"),
                    ]
                }
            },
        )
        (page,) = shown(site)
        assert page.grid.has_bodies == ("Mayor" not in [actor.text for actor in page.grid.actors])
        return [actor.text for actor in page.grid.actors]

    assert columns(mayor="person", nordland="state", union="organisation") == ["Nordland", "Union"]
    assert columns(mayor="person", nordland="state", union="group") == ["Mayor", "Nordland", "Union"]


def test_others_come_by_kind_states_first_and_persons_last() -> None:
    kinds = {"ann": "person", "club": "group", "nordland": "state", "east": "state", "west": "state"}
    twice = [
        claim(f"{id}-{theme}", id, theme=theme, answer="no") for id in ("east", "west") for theme in ("dam", "gate")
    ]
    site = a_site(
        actors={id: {"kind": kind} for id, kind in kinds.items()},
        themes={id: {"question": "So?"} for id in ("dam", "gate")},
        briefs={"talks": {"claims": [*(claim(id, id, answer="yes") for id in ("ann", "club", "nordland")), *twice]}},
    )

    (page,) = shown(site)

    assert [actor.text for actor, _ in page.grid.rows[0].others] == ["Nordland", "Club", "Ann"]


def test_a_cell_says_that_its_claim_was_revised_by_one_without_an_answer() -> None:
    revision = claim("later", "mayor", date="2025-04", supersedes=["talks#now"])
    found = cells(a_site(
        themes={"dam": {"question": "Should it be built?"}},
        briefs={"talks": {"claims": [claim("now", "mayor", answer="no"), revision]}},
    ))["Mayor"]  # fmt: skip

    assert found is not None
    assert found.revised is not None
    assert (found.words, found.revised.text, found.revised.url) == ("no", "April 2025", "../briefs/talks/#later")


def test_a_later_statement_on_a_side_against_which_a_dispute_is_settled_is_named_as_not_counted() -> None:
    def later(state: str) -> list[tuple[int, str, str, str]]:
        sides = [
            {"label": "No", "claims": ["talks#one"], "holds": state == "settled"},
            {"label": "Yes", "claims": ["talks#two", "talks#before"]},
        ]
        dispute = DISPUTE | {"claims": [], "sides": sides, "state": state, "evidence": ["log"]}
        found = cells(a_site(
            themes={"dam": {"question": "Should it be built?", "disputes": [dispute]}},
            briefs={"talks": {"claims": [
                claim("one", "mayor", answer="no"),
                claim("two", "mayor", answer="yes", date="2025-03-20"),
                claim("before", "mayor", answer="yes", date="2025-02-20"),
            ]}},
            sources={"log": {}},
        ))["Mayor"]  # fmt: skip
        assert found is not None
        return [(one.count, one.date.iso, one.url, one.dispute.url) for one in found.later]

    assert later("settled") == [(1, "2025-03-20", "../briefs/talks/#two", "../disputes/d/")]
    assert later("open") == []
