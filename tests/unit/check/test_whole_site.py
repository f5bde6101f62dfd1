"""Checks that look at the whole site: roles, unused entries and dates in the future."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from briefgen.check.whole_site import backward_roles, future_dates, unused_entries
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Reference
from support.project import Project, codes
from support.sites import a_site, cite, mention
from support.strategies import front_matter

TODAY = date(2025, 12, 3)


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


def test_a_theme_without_a_brief_is_perhaps_misspelt_somewhere() -> None:
    site = a_site(
        briefs={"meeting": {"themes": ["talks"], "actors": ["speaker"], "claims": [{"theme": "truce"}]}},
        themes={"territory": {}},
        pages={"about": {"body": [mention("themes/territory")]}},
    )

    assert list(unused_entries(site)) == [
        Problem(
            code="unused-theme",
            message='no brief has the theme "territory"',
            at=Pointer("content/themes/territory.md", ("name",)),
            hint="add it to the `themes` of a brief or give it to a claim, or remove the file",
            severity=Severity.WARNING,
        )
    ]


def test_an_actor_that_nothing_mentions_is_a_warning() -> None:
    lonely = {"body": [mention("actors/kushner")], "roles": [{"title": "Himself", "of": "kushner"}]}

    assert list(unused_entries(a_site(actors={"kushner": lonely}))) == [
        Problem(
            code="unused-actor",
            message='nothing mentions the actor "kushner"',
            at=Pointer("content/actors/kushner.md", ("name",)),
            hint="add it to the `actors` of a brief or give it a claim, or remove the file",
            severity=Severity.WARNING,
        )
    ]


def link(target: str) -> Reference:
    return Reference(kind="link", target=target)


@pytest.mark.parametrize(
    "content",
    [
        {"briefs": {"meeting": {"actors": ["kushner"]}}},
        {"briefs": {"meeting": {"claims": [{"actor": "kushner"}]}}},
        {"briefs": {"meeting": {"claims": [{"actor": "kushner", "for": "kushner"}]}}},
        {"briefs": {"meeting": {"body": [mention("actors/kushner")]}}},
        {"briefs": {"meeting": {"body": [link("actors/kushner.md#roles")]}}},
        {"briefs": {"meeting": {"body": [link("/actors/kushner/")]}}},
        {"themes": {"talks": {"body": [mention("actors/kushner")]}}, "briefs": {"b": {"themes": ["talks"]}}},
        {"pages": {"about": {"body": [mention("actors/kushner")]}}},
        {
            "actors": {"kushner": {}, "firm": {"roles": [{"title": "Owner", "of": "kushner"}]}},
            "briefs": {"meeting": {"actors": ["firm"]}},
        },
    ],
)
def test_an_actor_may_be_mentioned_anywhere(content: dict[str, Any]) -> None:
    assert list(unused_entries(a_site(**({"actors": {"kushner": {}}} | content)))) == []


def test_a_source_that_nothing_cites_is_a_warning() -> None:
    source = {"cites": ["unhcr"], "flags": [{"kind": "outdated", "note": "Old.", "evidence": ["unhcr"]}]}

    assert list(unused_entries(a_site(sources={"unhcr": source}))) == [
        Problem(
            code="unused-source",
            message='nothing cites the source "unhcr"',
            at=Pointer("content/sources/unhcr.yaml", ("title",)),
            hint="cite it as [@unhcr], in `evidence`, `confirmed_by` or `cites`, or remove the file",
            severity=Severity.WARNING,
        )
    ]


@pytest.mark.parametrize(
    "brief",
    [
        {"source": {"cites": ["unhcr"]}},
        {"source": {"flags": [{"kind": "outdated", "note": "Old.", "evidence": ["unhcr"]}]}},
        {"claims": [{"confirmed_by": ["unhcr"]}]},
        {"claims": [{"outcome": {"verdict": "open", "note": "Wait.", "evidence": ["unhcr"]}}]},
        {"body": [cite("unhcr")]},
        {"body": [link("sources/unhcr.yaml")]},
    ],
)
def test_a_source_may_be_cited_anywhere(brief: dict[str, Any]) -> None:
    assert list(unused_entries(a_site(briefs={"meeting": brief}, sources={"unhcr": {}}))) == []


def test_the_source_of_a_brief_is_used_by_its_brief() -> None:
    assert list(unused_entries(a_site(briefs={"meeting": {"source": {}}}))) == []


def future(**brief: Any) -> list[Pointer]:
    return [problem.at for problem in future_dates(a_site(briefs={"meeting": brief}), TODAY)]  # type: ignore[misc] # pointers


def test_what_has_happened_is_not_in_the_future() -> None:
    outcome = {"verdict": "mixed", "note": "Both.", "date": "2026"}
    claims = [{"date": "2025-12-05", "outcome": outcome}, {"date": "2025-12-04"}, {"date": "2027~"}]

    assert future(source={"published": "2025-12-05", "retrieved": "2026-01"}, claims=claims) == [
        Pointer("content/briefs/meeting.md", keys)
        for keys in (
            ("source", "published"),
            ("source", "retrieved"),
            ("claims", 0, "date"),
            ("claims", 0, "outcome", "date"),
        )
    ]


def test_a_brief_itself_may_be_of_a_later_day() -> None:
    assert future(date="2026-01-01", expires="2027-01-01") == []


def test_a_warning_that_depends_on_the_day_changes_no_byte(tmp_path: Path) -> None:
    source = {"title": "Vote off", "retrieved": "2025-12-05"}
    project = Project(
        tmp_path,
        {"content/briefs/dam.md": front_matter({"title": "Dam", "date": "2025-12-01", "source": source}, "Text.")},
    )
    early = project.build(day=TODAY)
    before = project.output()
    late = project.build(day=date(2025, 12, 4))

    assert (codes(early), codes(late)) == (["future-date"], [])
    assert project.output() == before
    assert codes(project.build(day=TODAY)) == ["future-date"]
    assert codes(project.build(day=TODAY)) == ["future-date"]
