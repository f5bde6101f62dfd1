"""Checks of a brief by itself: what it could have used when it was written, its corrections, expiry and retraction."""

from typing import Any

from briefgen.check.briefs import (
    as_of_before_published,
    corrections_out_of_order,
    expired_at_birth,
    retractions_without_notice,
)
from briefgen.model.problem import Pointer, Problem
from support.sites import a_site

OFFER = "content/briefs/offer.md"
MEETING = "content/briefs/meeting.md"
NOTICE = {"date": "2025-12-05", "why": "The meeting never was."}


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


def corrections(*dates: str) -> dict[str, Any]:
    return {
        "date": "2025-05-12",
        "corrections": [{"date": date, "was": "a", "now": "b", "why": "c"} for date in dates],
    }


def test_nothing_is_corrected_before_it_is_published() -> None:
    site = a_site(briefs={"offer": corrections("2025-05-11")})

    assert list(corrections_out_of_order(site)) == [
        Problem(
            code="correction-date",
            message="a correction of 2025-05-11 in a brief of 2025-05-12",
            at=Pointer(OFFER, ("corrections", 0, "date")),
            hint="`date` is the day of publication; what changed before that day needs no correction",
        )
    ]


def test_the_list_of_corrections_grows_at_its_end() -> None:
    site = a_site(briefs={"offer": corrections("2025-05-20", "2025-05-14", "2025-05-21", "2025-05-21")})

    assert list(corrections_out_of_order(site)) == [
        Problem(
            code="correction-date",
            message="a correction of 2025-05-14 comes after one of 2025-05-20",
            at=Pointer(OFFER, ("corrections", 1, "date")),
            hint="the list only grows: put the newest correction last",
        )
    ]


def test_a_correction_on_the_day_of_publication_is_one() -> None:
    assert list(corrections_out_of_order(a_site(briefs={"offer": corrections("2025-05-12")}))) == []


def test_a_brief_expires_after_it_is_published() -> None:
    briefs = {
        "offer": {"date": "2025-05-12", "expires": "2025-05-12"},
        "fine": {"date": "2025-05-12", "expires": "2025-05-13"},
        "lasting": {},
    }

    assert list(expired_at_birth(a_site(briefs=briefs))) == [
        Problem(
            code="expires-before-date",
            message="a brief of 2025-05-12 that expires on 2025-05-12 is never published",
            at=Pointer(OFFER, ("expires",)),
            hint="`expires` is the first day on which the brief is no longer shown: a day after `date`",
        )
    ]


def test_a_retracted_brief_says_why() -> None:
    assert list(retractions_without_notice(a_site(briefs={"meeting": {"status": "retracted"}}))) == [
        Problem(
            code="retraction-notice",
            message="a retracted brief does not say why",
            at=Pointer(MEETING, ("status",)),
            hint="add `retraction:` with `date` and `why`; readers will see nothing else of this brief",
        )
    ]


def test_a_notice_of_retraction_retracts() -> None:
    assert list(retractions_without_notice(a_site(briefs={"meeting": {"retraction": NOTICE}}))) == [
        Problem(
            code="retraction-notice",
            message='a notice of retraction in a brief whose status is "published"',
            at=Pointer(MEETING, ("retraction",), key=True),
            hint="write `status: retracted`, or remove the notice",
        )
    ]


def test_a_brief_is_retracted_after_it_is_published() -> None:
    brief = {"date": "2025-12-06", "status": "retracted", "retraction": NOTICE}

    assert list(retractions_without_notice(a_site(briefs={"meeting": brief}))) == [
        Problem(
            code="retraction-date",
            message="a brief of 2025-12-06 was retracted on 2025-12-05, before it was published",
            at=Pointer(MEETING, ("retraction", "date")),
            hint="correct the date of the notice or that of the brief",
        )
    ]


def test_a_retraction_with_its_notice_is_fine() -> None:
    brief = {"date": "2025-12-05", "status": "retracted", "retraction": NOTICE}

    assert list(retractions_without_notice(a_site(briefs={"meeting": brief, "other": {}}))) == []
