"""What is new, the corrections, and the timeline."""

from typing import Any, cast

from msgspec.structs import replace

from briefgen.model.content import KnownLink
from briefgen.model.site import Site
from briefgen.plan import changes, timeline
from briefgen.plan.view_factory import SiteContext
from briefgen.views import pages as v
from support.sites import a_site

CORRECTION = {"date": "2025-03-10", "was": "four", "now": "five", "why": "Miscounted."}


def site(**more: Any) -> Site:
    return a_site(
        themes={
            "dam": {
                "question": "Should it be built?",
                "disputes": [
                    {
                        "id": "gate",
                        "question": "Who closed the gate?",
                        "kind": "fact",
                        "claims": ["talks#before", "talks#now"],
                        "reading": {"says": "Nobody can tell.", "date": "2025-03-03"},
                    }
                ],
            }
        },
        briefs={
            "talks": {
                "date": "2025-03-02",
                "lede": "They met.",
                "corrections": [CORRECTION],
                "claims": [
                    {"id": "before", "actor": "mayor", "theme": "dam", "answer": "yes", "date": "2025-02-28"},
                    {"id": "now", "actor": "mayor", "theme": "dam", "answer": "no", "date": "2025-03-01"},
                ],
            }
        },
        **more,
    )


def weeks(content: Site) -> dict[str, list[tuple[str, str, str]]]:
    page, *_ = changes.plan_changes(SiteContext(content))
    view = cast("v.Changes", page.view())
    return {
        week.begins.iso: [(event.kind, event.link.text, str(event.note)) for event in week.events]
        for week in view.weeks
    }


def test_events_stand_in_the_week_of_their_day_newest_first() -> None:
    assert weeks(site()) == {
        "2025-03-10": [("correction", "Talks", "Miscounted.")],
        "2025-03-03": [("reading", "Who closed the gate?", "Nobody can tell.")],
        "2025-02-24": [
            ("dispute", "Who closed the gate?", ""),
            ("brief", "Talks", "They met."),
            ("position", "Mayor", "On Dam: no, before: yes."),
        ],
    }


def test_a_dead_source_is_an_event_of_the_day_on_which_it_was_found_dead() -> None:
    content = site(sources={"letter": {"url": "https://post.example/letter"}})
    dead = KnownLink(address="https://post.example/letter", state="dead", since="2025-04-01")

    found = weeks(replace(content, links={dead.address: dead}))

    assert [kind for kind, _, _ in found["2025-03-31"]] == ["dead"]


def test_corrections_have_a_page_even_if_there_are_none() -> None:
    *_, page = changes.plan_changes(SiteContext(site()))
    view = cast("v.Corrections", page.view())
    assert [(row.brief.url, row.correction.was, row.correction.now) for row in view.rows] == [
        ("../briefs/talks/#_corrections", "four", "five")
    ]

    _, page = changes.plan_changes(SiteContext(a_site()))
    assert (page.path, cast("v.Corrections", page.view()).rows) == ("corrections/index.html", ())


def the_timeline(content: Site) -> v.TimelineView:
    page, *_ = timeline.plan_timeline(SiteContext(content))
    return cast("v.TimelineView", page.view())


def test_the_timeline_has_three_lanes_and_the_same_as_a_list() -> None:
    view = the_timeline(site(sources={"letter": {"published": "2025-01"}}))

    assert [lane.kind for lane in view.chart.lanes] == ["said", "published", "desk"]
    assert [(row.date.words, row.lane) for row in view.rows] == [
        ("10 March 2025", "Our work"),
        ("3 March 2025", "Our work"),
        ("2 March 2025", "Our work"),
        ("2 March 2025", "Our work"),
        ("1 March 2025", "Happened or said"),
        ("28 February 2025", "Happened or said"),
        ("January 2025", "Published"),
    ]


def test_an_uncertain_date_is_as_wide_as_the_days_that_it_may_mean() -> None:
    chart = the_timeline(site(sources={"letter": {"published": "2025-01"}})).chart

    (mark,) = chart.lanes[1].rows[0]

    assert (mark.x, mark.vague) == (0, True)
    assert mark.width == round(30 * timeline.WIDTH / 68)  # of the days from 1 January to 10 March


def test_marks_do_not_cover_each_other() -> None:
    claims = [{"id": f"c{number}", "actor": "mayor", "date": "2025-03-01"} for number in range(timeline.MAX_ROWS + 2)]
    chart = the_timeline(a_site(briefs={"talks": {"date": "2024-01-01", "claims": claims}})).chart

    said = next(lane for lane in chart.lanes if lane.kind == "said")

    assert [len(row) for row in said.rows] == [1] * timeline.MAX_ROWS
    assert chart.left_out == 2


def test_ticks_are_few_over_any_span_of_time() -> None:
    for first in ("2025-02-27", "2024-06", "2015", "1950", "0200", "9999-12-31"):
        content = a_site(briefs={"talks": {"date": "2025-03-01"}}, sources={"old": {"published": first}})
        ticks = the_timeline(content).chart.ticks

        assert len(ticks) <= timeline.MAX_TICKS + 1, first
        assert all(0 <= tick.x <= timeline.WIDTH for tick in ticks)


def test_a_site_without_dates_has_no_timeline() -> None:
    assert list(timeline.plan_timeline(SiteContext(a_site(sources={"note": {}})))) == []
