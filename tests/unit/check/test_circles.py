from briefgen.check.disputes import impossible_relations
from briefgen.check.sources import circular_citations
from briefgen.model.problem import Pointer, Problem, Severity
from support.sites import a_site


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


def test_claims_that_supersede_each_other_in_a_circle_are_one_problem() -> None:
    claims = [{"id": id, "supersedes": [f"talks#{older}"]} for id, older in ("ab", "bc", "ca")]
    claims.append({"id": "d", "supersedes": ["talks#a", "talks#b"]})

    assert list(impossible_relations(a_site(briefs={"talks": {"claims": claims}}))) == [
        Problem(
            code="supersedes-later-claim",
            message="claims supersede each other in a circle: talks#a → talks#b → talks#c → talks#a",
            at=Pointer("content/briefs/talks.md", ("claims", 0, "supersedes", 0)),
            hint="leave out the id of the latest of them",
        )
    ]


def test_circles_that_share_a_claim_are_two_problems() -> None:
    relations = {"a": ["b", "d"], "b": ["c"], "c": ["a"], "d": ["e"], "e": ["a"]}
    claims = [{"id": id, "supersedes": [f"talks#{one}" for one in older]} for id, older in relations.items()]

    found = [
        problem.message.partition(": ")[2]
        for problem in impossible_relations(a_site(briefs={"talks": {"claims": claims}}))
    ]

    assert sorted(found) == ["talks#a → talks#b → talks#c → talks#a", "talks#a → talks#d → talks#e → talks#a"]
