"""The lists of actors and publishers, and the way from one to the next."""

from typing import Any, cast

from briefgen import plan
from briefgen.model.page import Page
from briefgen.model.site import Site
from briefgen.views import pages as v
from support.sites import a_site


def shown(site: Site, url: str) -> Any:
    return next(
        page.view()
        for page in plan.plan_outputs(site, ())
        if isinstance(page, Page) and page.path == f"{url}index.html"
    )


def groups(site: Site) -> dict[str, list[str]]:
    view = cast("v.Actors", shown(site, "actors/"))
    return {group.heading: [row.link.text for row in group.actors] for group in view.groups}


def test_actors_are_listed_beside_the_actor_whose_office_they_have_and_the_rest_by_kind() -> None:
    site = a_site(
        actors={
            "town": {"kind": "state"},
            "valley": {"kind": "state"},
            "mayor": {"kind": "person", "roles": [{"title": "Mayor", "of": "town"}]},
            "hermit": {"kind": "person"},
        }
    )

    assert groups(site) == {"Town": ["Town", "Mayor"], "Other people": ["Hermit"], "Other states": ["Valley"]}


def test_an_actor_with_two_offices_is_listed_once_by_the_latest() -> None:
    roles = [{"title": "Clerk", "of": "town", "until": "2020"}, {"title": "Reeve", "of": "valley", "from": "2021"}]
    site = a_site(
        actors={"town": {"kind": "state"}, "valley": {"kind": "state"}, "ann": {"kind": "person", "roles": roles}}
    )

    assert groups(site) == {"Valley": ["Valley", "Ann"], "Other states": ["Town"]}


def test_two_actors_with_offices_of_each_other_are_each_listed_once() -> None:
    site = a_site(
        actors={
            "a": {"kind": "organisation", "roles": [{"title": "Member", "of": "b"}]},
            "b": {"kind": "organisation", "roles": [{"title": "Member", "of": "a"}]},
        }
    )

    assert sorted(name for names in groups(site).values() for name in names) == ["A", "B"]


def test_publishers_are_listed_by_grade_with_those_without_one_last() -> None:
    site = a_site(
        publishers={
            "crier": {},
            "post": {"reliability": [{"date": "2025-01-01", "grade": "B", "reason": "x"}]},
            "gazette": {"reliability": [{"date": "2025-01-01", "grade": "B", "reason": "x"}]},
            "leaflet": {"reliability": [{"date": "2025-01-01", "grade": "F", "reason": "x"}]},
        }
    )

    view = cast("v.Publishers", shown(site, "publishers/"))

    assert [
        (group.grade and group.grade.mark, [row.link.text for row in group.publishers]) for group in view.groups
    ] == [
        ("B", ["Gazette", "Post"]),
        ("F", ["Leaflet"]),
        (None, ["Crier"]),
    ]


def test_actors_lead_to_those_of_their_kind_before_and_after_them_by_name() -> None:
    site = a_site(actors={"a": {"kind": "person"}, "b": {"kind": "state"}, "c": {"kind": "person"}})

    first, other, last = (cast("v.ActorView", shown(site, f"actors/{id}/")) for id in "abc")

    assert (first.previous, first.next and first.next.text) == (None, "C")
    assert (last.previous and last.previous.text, last.next) == ("A", None)
    assert other.previous is other.next is None
