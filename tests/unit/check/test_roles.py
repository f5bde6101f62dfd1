from typing import Any

import pytest

from briefgen.check.claims import unfit_roles
from briefgen.model.problem import Pointer, Problem
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
