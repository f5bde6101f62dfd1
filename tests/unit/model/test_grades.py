from typing import Any

from briefgen.load.fields import typed
from briefgen.model.content import Publisher, Source
from briefgen.model.grades import SourceGrade, source_grade
from support.sites import a_site

RATINGS = [
    {"grade": "B", "date": "2025-01-01", "reason": "It was careful."},
    {"grade": {"facts": "D", "opinion": "B"}, "date": "2025-06-01", "reason": "It is not any more."},
]
POST: Any = {"name": "Post", "reliability": RATINGS}


def test_a_source_has_the_latest_rating_of_its_publisher() -> None:
    site = a_site(publishers={"post": POST}, sources={"news": {"publisher": "post"}})

    assert source_grade(site, "news") == SourceGrade("D", "B", "It is not any more.", rated="2025-06-01")


def test_a_grade_of_its_own_goes_before_that_of_the_publisher() -> None:
    own = {"publisher": "post", "reliability": "A", "reliability_reason": "An act of its own."}
    site = a_site(publishers={"post": POST}, sources={"act": own})

    assert source_grade(site, "act") == SourceGrade("A", "A", "An act of its own.")


def test_a_source_without_either_is_not_graded() -> None:
    assert source_grade(a_site(sources={"note": {}}), "note") is None


def test_claims_of_opinion_have_the_grade_for_opinion() -> None:
    grade = SourceGrade("D", "B")

    assert [grade.of_kind(kind) for kind in ("opinion", "fact", "forecast", None)] == ["B", "D", "D", "D"]


def test_a_reliability_is_a_letter_or_one_for_each_use() -> None:
    wrong: tuple[tuple[Any, str], ...] = (
        ("G", "A, B, C, D, E or F"),
        ({"facts": "C"}, "opinion"),
        ({"facts": "C", "opinion": "B", "rumour": "F"}, ""),
        (["C"], "write one value"),
    )
    for written, hint in wrong:
        value, problems = typed({"title": "x", "reliability": written}, Source, "a.yaml")
        assert value is None
        assert [problem for problem in problems if hint in problem.message + problem.hint], (written, problems)
    value, problems = typed({"title": "x", "reliability": {"facts": "C", "opinion": "B"}}, Source, "a.yaml")
    assert value is not None
    assert problems == ()
    assert typed(POST, Publisher, "b.yaml")[1] == ()
