from briefgen.check.briefs import as_of_before_published
from briefgen.model.problem import Pointer, Problem
from support.sites import a_site


def test_a_brief_cannot_know_what_was_published_after_its_state_of_knowledge() -> None:
    site = a_site(briefs={"offer": {"as_of": "2025-05-11", "source": {"published": "2025-05-12"}}})

    assert list(as_of_before_published(site)) == [
        Problem(
            code="as-of-before-published",
            message="a brief as of 2025-05-11 cannot know its source, published on 2025-05-12",
            at=Pointer("content/briefs/offer.md", ("as_of",)),
            hint="correct `as_of` or the source's `published`; if that is a guess, mark it: 2025-05-12?",
        )
    ]


def test_without_as_of_the_date_of_the_brief_counts() -> None:
    site = a_site(briefs={"offer": {"date": "2025-04-30", "source": {"published": "2025-05"}}})

    (problem,) = as_of_before_published(site)

    assert problem.at == Pointer("content/briefs/offer.md", ("date",))
    assert problem.message == "a brief of 2025-04-30 cannot know its source, published in 2025-05"


def test_what_may_have_been_published_in_time_is_no_problem() -> None:
    published = ("2025-05-11", "2025-05-12?", "2025-05-12~", "2025-05-12%", "2025-05", "2025", "unknown")
    briefs = {
        f"offer-{number}": {"date": "2025-05-11", "source": {"published": text}}
        for number, text in enumerate(published)
    }

    assert list(as_of_before_published(a_site(briefs=briefs | {"no-source": {}}))) == []
