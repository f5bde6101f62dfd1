from typing import Any

import pytest

from briefgen.check.whole_site import unused_entries
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.texts import Reference
from support.sites import a_site, cite, mention


def test_a_theme_without_a_brief_is_perhaps_misspelt_somewhere() -> None:
    site = a_site(
        briefs={"meeting": {"themes": ["talks"], "actors": ["speaker"], "claims": [{"theme": "truce"}]}},
        themes={"territory": {}},
        pages={"about": {"body": [mention("themes/territory")]}},
    )

    assert list(unused_entries(site)) == [
        Problem(
            code="unused-theme",
            message='no brief or claim has the theme "territory"',
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
            hint="cite it as [@unhcr], in `evidence`, `cites` or `confirmed_by`, give it claims, or remove it",
            severity=Severity.WARNING,
        )
    ]


@pytest.mark.parametrize(
    "brief",
    [
        {"source": {"cites": ["unhcr"]}},
        {"source": {"flags": [{"kind": "outdated", "note": "Old.", "evidence": ["unhcr"]}]}},
        {"claims": [{"confirmed_by": ["unhcr"]}]},
        {"claims": [{"finding": {"verdict": "open", "note": "Wait.", "evidence": ["unhcr"]}}]},
        {"body": [cite("unhcr")]},
        {"body": [link("sources/unhcr.yaml")]},
    ],
)
def test_a_source_may_be_cited_anywhere(brief: dict[str, Any]) -> None:
    assert list(unused_entries(a_site(briefs={"meeting": brief}, sources={"unhcr": {}}))) == []


def test_the_source_of_a_brief_is_used_by_its_brief() -> None:
    assert list(unused_entries(a_site(briefs={"meeting": {"source": {}}}))) == []
