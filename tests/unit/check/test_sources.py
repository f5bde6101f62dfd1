"""Checks of sources: languages, circles of citations, flags, addresses and dates."""

from typing import Any

import pytest

from briefgen.check.sources import (
    circular_citations,
    repeated_addresses,
    retrieved_before_published,
    self_evident_flags,
    unknown_languages,
)
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Site
from support.sites import a_site

MEETING = "content/briefs/meeting.md"


def test_the_language_of_the_site_and_of_each_source_must_exist() -> None:
    site = a_site(
        language="xx",
        briefs={"meeting": {"source": {"language": "ua"}}, "other": {"source": {"language": "uk"}}},
        sources={"log": {"language": "deu"}},
    )

    assert list(unknown_languages(site)) == [
        Problem(
            "unknown-value",
            '"language" cannot be "xx"',
            Pointer("content/site.yaml", ("language",)),
            "write a tag of BCP 47, such as en, uk or pt-BR",
        ),
        Problem(
            "unknown-value",
            '"language" cannot be "deu"',
            Pointer("content/sources/log.yaml", ("language",)),
            "write de",
        ),
        Problem(
            "unknown-value",
            '"language" cannot be "ua"',
            Pointer("content/briefs/meeting.md", ("source", "language")),
            "write uk",
        ),
    ]


def test_a_circle_of_citations_is_reported_once_at_its_first_member() -> None:
    site = a_site(
        briefs={"blog": {"source": {"cites": ["agency", "herald"]}}},
        sources={"gazette": {"cites": ["blog"]}, "herald": {"cites": ["gazette"]}, "agency": {}},
    )

    assert list(circular_citations(site)) == [
        Problem(
            code="circular-citation",
            message="sources cite each other in a circle: blog → herald → gazette → blog",
            at=Pointer("content/briefs/blog.md", ("source", "cites", 1)),
            hint="one of these citations must be the wrong way round; until then they count as one origin",
            severity=Severity.WARNING,
        )
    ]


def test_a_source_does_not_cite_itself() -> None:
    assert list(circular_citations(a_site(sources={"blog": {"cites": ["agency", "blog"]}}))) == [
        Problem(
            code="circular-citation",
            message='"blog" cites itself',
            at=Pointer("content/sources/blog.yaml", ("cites", 1)),
            hint="`cites` says where the source has its story from; leave it out if that is not known",
            severity=Severity.WARNING,
        )
    ]


def test_two_circles_are_two_problems() -> None:
    sources = {
        "one": {"cites": ["two"]},
        "two": {"cites": ["one"]},
        "three": {"cites": ["four", "one"]},
        "four": {"cites": ["three"]},
    }

    first, second = circular_citations(a_site(sources=sources))

    assert first.message.endswith("four → three → four")
    assert second.message.endswith("one → two → one")


def test_citations_that_meet_again_are_no_circle() -> None:
    sources = {"one": {"cites": ["two", "three"]}, "two": {"cites": ["four"]}, "three": {"cites": ["four"]}}

    assert list(circular_citations(a_site(sources=sources))) == []


def flag(*evidence: str) -> dict[str, Any]:
    return {"kind": "wrong-figure", "note": "Too low.", "evidence": evidence}


def test_no_source_is_evidence_against_itself() -> None:
    site = a_site(
        briefs={"meeting": {"source": {"flags": [flag("unhcr"), flag("unhcr", "meeting")]}}},
        sources={"unhcr": {"flags": [flag(), flag("unhcr")]}},
    )

    meeting, unhcr = self_evident_flags(site)

    assert meeting == Problem(
        code="self-evidence",
        message='"meeting" is evidence against itself',
        at=Pointer(MEETING, ("source", "flags", 1, "evidence", 1)),
        hint="name another source; where the defect shows in the source itself, leave it out",
        severity=Severity.WARNING,
    )
    assert unhcr.at == Pointer("content/sources/unhcr.yaml", ("flags", 1, "evidence", 0))


def test_a_second_record_of_one_document_is_a_warning() -> None:
    site = a_site(
        briefs={"meeting": {"source": {"url": "https://post.example/talks"}}},
        sources={"article": {"url": "http://Post.example:80/talks/#:~:text=No%20treaty"}},
    )

    assert list(repeated_addresses(site)) == [
        Problem(
            code="repeated-address",
            message='the address is also that of the source "article"',
            at=Pointer("content/briefs/meeting.md", ("source", "url")),
            hint="keep one record of a document and cite it as [@article], or correct the address",
            severity=Severity.WARNING,
        )
    ]


@pytest.mark.parametrize(
    "other",
    [
        "https://post.example/talks#entry-2", "https://post.example/Talks", "https://www.post.example/talks",
        "https://post.example/talks?page=2", "https://post.example:8080/talks", "unknown",
    ],
)  # fmt: skip
def test_an_address_of_another_document_is_no_repetition(other: str) -> None:
    site = a_site(sources={"a": {"url": "https://post.example/talks"}, "b": {"url": other}, "c": {"url": "unknown"}})

    assert list(repeated_addresses(site)) == []


def read(**dates: str) -> Site:
    return a_site(sources={"article": dates})


def test_a_source_is_not_read_before_it_is_published() -> None:
    assert [
        (one.at, one.message) for one in retrieved_before_published(read(retrieved="2025-05", published="2025-06-02"))
    ] == [
        (
            Pointer("content/sources/article.yaml", ("retrieved",)),
            "retrieved in 2025-05, before it was published on 2025-06-02",
        )
    ]


@pytest.mark.parametrize(
    ("retrieved", "published"),
    [("2025-06-02", "2025-06-02"), ("2025-06", "2025-06-02"), ("2025-05-01?", "2025-06-02"), ("2025-05-01", "unknown")],
)
def test_dates_in_doubt_are_no_problem(retrieved: str, published: str) -> None:
    assert list(retrieved_before_published(read(retrieved=retrieved, published=published))) == []
