from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from briefgen.check.sources import private_addresses, repeated_addresses, repeated_copies, retrieved_before_published
from briefgen.check.whole_site import future_dates
from briefgen.model.checks import Capture, CopyInfo, SourceCheck
from briefgen.model.problem import Pointer, Problem, Severity
from briefgen.model.site import Site
from support.project import Project, codes
from support.sites import a_site
from support.strategies import front_matter

TODAY = date(2025, 12, 3)


def test_a_second_record_of_one_document_is_a_warning() -> None:
    site = a_site(
        briefs={"meeting": {"source": {"url": "https://post.example/talks"}}},
        sources={"article": {"url": "http://Post.example:80/talks/#:~:text=No%20treaty"}},
    )

    assert list(repeated_addresses(site)) == [
        Problem(
            code="repeated-address",
            message='the address is also that of the source "article" in content/sources/article.yaml',
            at=Pointer("content/briefs/meeting.md", ("source", "url")),
            hint="keep one record of a document and cite it as [@article], or correct the address",
            severity=Severity.WARNING,
        )
    ]


@pytest.mark.parametrize(("status", "severity"), [("draft", Severity.WARNING), ("published", Severity.ERROR)])
def test_a_private_address_is_an_error_unless_it_is_that_of_a_draft(status: str, severity: Severity) -> None:
    source = {"url": "http://127.0.0.1/talks", "archive": "http://localhost/talks"}
    site = a_site(
        briefs={"meeting": {"source": source, "status": status}},
        sources={"letter": {"url": "http://10.0.0.1/"}, "public": {"url": "https://post.example/"}},
    )

    found = [(problem.at.file, problem.severity) for problem in private_addresses(site)]

    brief = "content/briefs/meeting.md"
    assert sorted(found) == [(brief, severity), (brief, severity), ("content/sources/letter.yaml", Severity.ERROR)]


@pytest.mark.parametrize(
    "other",
    [
        "https://post.example/talks#entry-2", "https://post.example/Talks", "https://www2.post.example/talks",
        "https://post.example/talks?page=2", "https://post.example:8080/talks", "unknown",
    ],
)  # fmt: skip
def test_an_address_of_another_document_is_no_repetition(other: str) -> None:
    site = a_site(sources={"a": {"url": "https://post.example/talks"}, "b": {"url": other}, "c": {"url": "unknown"}})

    assert list(repeated_addresses(site)) == []


def captured(sha256: str) -> CopyInfo:
    return CopyInfo("content/copies/x", text="0" * 64, capture=Capture(sha256=sha256))


def test_a_second_copy_of_the_same_bytes_is_a_warning() -> None:
    site = replace(
        a_site(sources={"letter": {}, "memo": {}, "other": {}, "recorded": {}, "unread": {}}),
        copies={"letter": captured("a" * 64), "memo": captured("a" * 64), "other": captured("b" * 64)},
        checks={"recorded": SourceCheck(id="recorded", text="0" * 64, captured="b" * 64)},
    )

    assert [(one.code, one.at.file, one.message) for one in repeated_copies(site)] == [
        (
            "repeated-copy",
            f"content/sources/{id}.yaml",
            f'the copy has the same bytes as that of the source "{first}" in content/sources/{first}.yaml',
        )
        for id, first in (("memo", "letter"), ("recorded", "other"))
    ]


def test_sources_of_one_address_are_one_warning_and_not_two() -> None:
    address = "https://post.example/talks"
    site = a_site(sources={"letter": {"url": address}, "memo": {"url": f"{address}/"}})
    site = replace(site, copies={id: captured("a" * 64) for id in site.sources})

    assert list(repeated_copies(site)) == []
    assert len(list(repeated_addresses(site))) == 1


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


def future(**brief: Any) -> list[Pointer]:
    return [problem.at for problem in future_dates(a_site(briefs={"meeting": brief}), TODAY)]  # type: ignore[misc] # pointers


def test_what_has_happened_is_not_in_the_future() -> None:
    finding = {"verdict": "mixed", "note": "Both.", "date": "2026"}
    claims = [{"date": "2025-12-05", "finding": finding}, {"date": "2025-12-04"}, {"date": "2027~"}]

    assert future(source={"published": "2025-12-05", "retrieved": "2026-01"}, claims=claims) == [
        Pointer("content/briefs/meeting.md", keys)
        for keys in (
            ("source", "published"),
            ("source", "retrieved"),
            ("claims", 0, "date"),
            ("claims", 0, "finding", "date"),
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


def test_the_reading_of_a_dispute_is_not_of_the_future() -> None:
    reading = {"says": "So.", "date": "2099-01-01"}
    site = a_site(themes={"talks": {"disputes": [{"claims": ["a#b", "a#c"], "reading": reading}]}})

    [problem] = future_dates(site, TODAY)

    assert problem.at == Pointer("content/themes/talks.md", ("disputes", 0, "reading", "date"))
