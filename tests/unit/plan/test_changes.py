"""What is new, the corrections, and the timeline."""

from typing import Any, cast

import pytest
from msgspec.structs import replace

from briefgen.model.content import EarlierReading, KnownLink
from briefgen.model.site import Site
from briefgen.plan import changes, timeline
from briefgen.plan.formatting import mark_changes
from briefgen.plan.urls import PageLocation
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.views import pages as v
from briefgen.views.parts import Html, Text
from briefgen.views.timelines import Chart
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


def days(content: Site) -> dict[str, list[tuple[str, str, str]]]:
    page, *_ = changes.plan_changes(SiteContext(content))
    view = cast("v.Changes", page.view())
    return {
        day.date.iso: [(event.kind, event.link.text, str(event.note)) for group in day.groups for event in group.events]
        for day in view.days
    }


def test_events_are_listed_by_day_newest_first() -> None:
    assert days(site()) == {
        "2025-03-10": [("correction", "Talks", "Miscounted.")],
        "2025-03-03": [("reading", "Who closed the gate?", "Nobody can tell.")],
        "2025-03-02": [
            ("brief", "Talks", "They met."),
            ("dispute", "Who closed the gate?", ""),
        ],
    }


def test_answers_that_changed_are_apart_on_the_newest_page() -> None:
    view = cast("v.Changes", next(iter(changes.plan_changes(SiteContext(site())))).view())

    assert [(row.date.iso, row.link.text, str(row.note)) for row in view.answers] == [
        ("2025-03-01", "Mayor", "On Dam: no; before that, 28 February 2025: yes.")
    ]


def test_a_dispute_is_new_on_the_day_of_the_first_brief_at_the_earliest() -> None:
    said = [{"id": id, "actor": "mayor", "says": "So.", "theme": "dam", "date": "2024-02-01"} for id in ("one", "two")]
    dispute = {"id": "old", "question": "Which?", "kind": "fact", "claims": ["minutes#one", "minutes#two"]}

    def found(**more: Any) -> dict[str, list[tuple[str, str, str]]]:
        return days(a_site(sources={"minutes": {"claims": said}}, themes={"dam": {"disputes": [dispute]}}, **more))

    assert found(briefs={"talks": {"date": "2025-03-02"}, "later": {"date": "2025-03-20"}})["2025-03-02"] == [
        ("brief", "Talks", ""),
        ("dispute", "Which?", ""),
    ]
    assert found() == {"2024-02-01": [("dispute", "Which?", "")]}


def test_a_dispute_that_is_new_and_read_on_one_day_is_new_with_the_reading() -> None:
    content = site()
    briefs = {"talks": replace(content.briefs["talks"], data=replace(content.briefs["talks"].data, date="2025-03-03"))}
    view = cast("v.Changes", next(iter(changes.plan_changes(SiteContext(replace(content, briefs=briefs))))).view())

    found = {event.kind: event for day in view.days for group in day.groups for event in group.events}

    assert "reading" not in found
    news = found["dispute"]
    assert (str(news.note), news.state, news.date.iso) == ("Nobody can tell.", "open", "2025-03-03")
    assert news.about is not None
    assert news.about.iso == "2025-03-01"


def test_a_new_reading_shows_the_one_that_it_replaced() -> None:
    content = site()
    theme = content.themes["dam"]
    (gate,) = theme.data.disputes
    old = EarlierReading("A guard can tell.", "2025-03-02", "settled")
    read = replace(theme, data=replace(theme.data, disputes=(replace(gate, earlier=(old,)),)))
    view = cast(
        "v.Changes", next(iter(changes.plan_changes(SiteContext(replace(content, themes={"dam": read}))))).view()
    )

    found = {event.kind: event for day in view.days for group in day.groups for event in group.events}

    news = found["reading"]
    assert (news.was, news.now) == (Html("<s>A guard</s> can tell."), Html("<mark>Nobody</mark> can tell."))
    assert (news.state_before, news.state) == ("settled", "open")
    assert news.replaced is None
    first = found["settled"]
    assert first.replaced is not None
    assert first.replaced.iso == "2025-03-03"
    assert (str(first.note), first.state, first.was, first.date.iso) == (
        "A guard can tell.",
        "settled",
        "",
        "2025-03-02",
    )


def test_a_dispute_whose_state_has_changed_comes_first_among_new_readings() -> None:
    claims = [{"id": id, "actor": "mayor", "says": "So."} for id in ("one", "two")]

    def dispute(id: str, state: str) -> dict[str, Any]:
        earlier = [{"says": "Before.", "date": "2025-03-03", "state": state}]
        reading = {"says": "Now.", "date": "2025-03-05"}
        keys = ["talks#one", "talks#two"]
        return {"id": id, "question": id, "kind": "fact", "claims": keys, "reading": reading, "earlier": earlier}

    content = a_site(
        themes={"dam": {"disputes": [dispute("same", "open"), dispute("other", "explained"), dispute("like", "open")]}},
        briefs={"talks": {"date": "2025-03-02", "claims": claims}},
    )

    assert [link for _, link, _ in days(content)["2025-03-05"]] == ["other", "same", "like"]


def test_a_new_brief_names_the_day_of_its_source() -> None:
    content = a_site(briefs={"talks": {"source": {"title": "x", "published": "2025-02?"}}, "note": {}})
    view = cast("v.Changes", next(iter(changes.plan_changes(SiteContext(content)))).view())

    found = {event.link.text: event.about for day in view.days for group in day.groups for event in group.events}

    assert found["Note"] is None
    assert found["Talks"] is not None
    assert found["Talks"].words == "February 2025, uncertain"


def test_a_dead_source_is_an_event_of_the_day_on_which_it_was_found_dead() -> None:
    content = site(sources={"letter": {"url": "https://post.example/letter"}})
    dead = KnownLink(address="https://post.example/letter", state="dead", since="2025-04-01")

    found = days(replace(content, links={dead.address: dead}))

    assert [kind for kind, _, _ in found["2025-04-01"]] == ["dead"]


def test_a_correction_links_to_the_claims_that_it_changed() -> None:
    content = a_site(
        briefs={
            "talks": {
                "date": "2025-03-02",
                "claims": [{"id": "five", "actor": "mayor", "says": "They met for five hours."}],
                "corrections": [CORRECTION | {"claims": ["talks#five"]}, CORRECTION],
            }
        }
    )
    *_, page = changes.plan_changes(SiteContext(content))
    view = cast("v.Corrections", page.view())

    links = [[(one.speaker, str(one.says), one.url) for one in each.claims] for each in view.rows[0].corrections]

    assert links == [[], [("Mayor", "They met for five hours.", "../briefs/talks/#five")]]


@pytest.mark.parametrize(
    ("was", "now", "marked"),
    [
        (
            "He met two <men>.",
            "He met three <men>.",
            ("He met <s>two</s> &lt;men&gt;.", "He met <mark>three</mark> &lt;men&gt;."),
        ),
        (
            "He left at two.",
            "He left at two with her.",
            ("He left at <s>two.</s>", "He left at <mark>two with her.</mark>"),
        ),
        ("He met two men.", "The talks were put off.", None),
        ("He met two men.", Html("He met <em>three</em> men."), None),
    ],
)
def test_words_that_differ_are_marked_where_most_are_the_same(
    was: str, now: Text, marked: tuple[str, str] | None
) -> None:
    assert mark_changes(was, now) == ((Html(marked[0]), Html(marked[1])) if marked else (was, now))


def test_corrections_have_a_page_even_if_there_are_none() -> None:
    *_, page = changes.plan_changes(SiteContext(site()))
    view = cast("v.Corrections", page.view())
    assert [(row.brief.url, [(one.was, one.now) for one in row.corrections]) for row in view.rows] == [
        ("../briefs/talks/#_corrections", [("four", "five")])
    ]

    _, page = changes.plan_changes(SiteContext(a_site()))
    assert (page.path, cast("v.Corrections", page.view()).rows) == ("corrections/index.html", ())


def the_timeline(content: Site) -> v.TimelineView:
    page, *_ = timeline.plan_timeline(SiteContext(content))
    return cast("v.TimelineView", page.view())


def test_the_timeline_has_what_was_said_and_published_by_day_and_what_the_desk_wrote() -> None:
    view = the_timeline(site(sources={"letter": {"published": "2025-01"}}))

    days = [
        (year.words, day.date.words, len(day.voices), len(day.published)) for year in view.years for day in year.days
    ]
    assert days == [
        ("2025", "1 March 2025", 1, 0),
        ("2025", "28 February 2025", 1, 0),
        ("2025", "January 2025", 0, 1),
    ]
    assert [event.kind for event in view.desk] == ["correction", "reading", "brief", "dispute"]


def test_a_day_of_the_timeline_has_each_speaker_once_with_what_is_contested_first() -> None:
    said = {"actor": "mayor", "theme": "dam", "date": "2025-03-01"}
    unclear = [said | {"id": f"u{number}"} for number in range(4)]
    dispute = {"id": "gate", "question": "Who?", "kind": "fact", "claims": ["talks#contested", "talks#own"]}
    content = a_site(
        actors={"author": {"kind": "author"}},
        themes={"dam": {"question": "So?", "disputes": [dispute]}},
        briefs={
            "talks": {
                "claims": [
                    *unclear,
                    said | {"id": "answer", "answer": "yes"},
                    said | {"id": "contested"},
                    said | {"id": "for", "for": "board"},
                    said | {"id": "own", "actor": "author"},
                    {"id": "outlet", "publisher": "gazette", "date": "2025-03-01"},
                ]
            }
        },
        sources={
            "wire": {
                "publisher": "wire",
                "reliability": "A",
                "claims": [{"id": "met", "publisher": "wire", "says": "They met.", "date": "2025-03-01"}],
            }
        },
        publishers={"gazette": {}},
    )

    (day,) = the_timeline(content).years[0].days

    voices = {(voice.speaker.text, voice.on_behalf and voice.on_behalf.text): voice for voice in day.voices}
    assert set(voices) == {("Mayor", None), ("Mayor", "Board"), ("wire", None)}
    assert [voice.is_event for voice in day.voices] == [True, False, False]
    mayor = voices["Mayor", None]
    assert [line.url for line in mayor.shown][:2] == ["../briefs/talks/#contested", "../briefs/talks/#answer"]
    assert (mayor.count, len(mayor.shown), len(mayor.more)) == (6, timeline.LINES_SHOWN, 3)
    assert mayor.shown[0].contested is not None
    assert mayor.shown[0].contested.url == "../disputes/gate/"
    assert {voice.speaker.text for voice in day.minor} == {"Author", "Gazette"}


def test_the_timeline_has_one_of_the_claims_that_report_the_same_words() -> None:
    said = {"actor": "mayor", "theme": "dam", "date": "2025-03-01", "says": "So."}
    content = a_site(
        themes={"dam": {"question": "So?"}},
        briefs={
            "talks": {
                "claims": [
                    said | {"id": "yes", "answer": "yes", "confirmed_by": ["speech"]},
                    said | {"id": "vague", "confirmed_by": ["speech"]},
                    said | {"id": "again", "corroborates": ["wire#same"]},
                ]
            }
        },
        sources={
            "speech": {"claims": [said | {"id": "yes", "answer": "yes"}, said | {"id": "vague"}]},
            "wire": {"claims": [said | {"id": "same"}]},
        },
    )

    (day,) = the_timeline(content).years[0].days

    (mayor,) = day.voices
    assert {line.url for line in (*mayor.shown, *mayor.more)} == {
        "../briefs/talks/#yes",
        "../briefs/talks/#vague",
        "../sources/speech/#vague",
        "../sources/wire/#same",
    }


def test_a_claim_that_another_contradicts_leads_to_what_speaks_against_it() -> None:
    claims = [
        {"id": "one", "actor": "mayor", "date": "2025-03-01"},
        {"id": "two", "actor": "board", "date": "2025-03-02", "contradicts": ["one"]},
        {"id": "three", "actor": "board", "date": "2025-03-03"},
    ]

    days = the_timeline(a_site(briefs={"talks": {"claims": claims}})).years[0].days

    marks = [voice.shown[0].contested for day in days for voice in day.voices]
    assert [mark and (mark.text, mark.url) for mark in marks] == [
        None,
        ("contradicted", "../briefs/talks/#two"),
        ("contradicted", "../briefs/talks/#one"),
    ]


@pytest.mark.parametrize(
    ("dates", "linked"),
    [
        (["2025-03-02", "2025-03", "2025-02-01", "2024"], ["_2025-03", "_2025-02", "_2024"]),
        ([f"{year}-{month:02}-01" for year in (2024, 2025) for month in range(1, 8)], ["_2025", "_2024"]),
    ],
)
def test_the_timeline_links_to_its_months_and_to_years_where_there_are_many(
    dates: list[str], linked: list[str]
) -> None:
    claims = [{"id": f"c{number}", "actor": "mayor", "date": date} for number, date in enumerate(dates)]

    view = the_timeline(a_site(briefs={"talks": {"claims": claims}}))

    anchors = [day.anchor for year in view.years for day in year.days if day.anchor]
    assert anchors == linked
    assert [month.url for month in view.months] == [f"#{anchor}" for anchor in linked]


def test_the_overview_of_the_timeline_has_a_column_for_each_month() -> None:
    overview = the_timeline(site(sources={"letter": {"published": "2025-01"}})).overview

    assert overview is not None
    assert (overview.period, overview.earlier) == ("month", 0)
    assert [(column.words, column.said, column.published) for column in overview.columns] == [
        ("January 2025", 0, 1),
        ("February 2025", 1, 0),
        ("March 2025", 1, 0),
    ]


def test_the_overview_leaves_out_a_few_moments_long_before_the_others() -> None:
    claims = [{"id": f"c{number}", "actor": "mayor", "date": "2025-03-01"} for number in range(20)]
    content = a_site(briefs={"talks": {"claims": claims}}, sources={"old": {"published": "1990"}})

    overview = the_timeline(content).overview

    assert overview is not None
    assert (overview.period, overview.earlier, len(overview.columns)) == ("month", 1, timeline.COLUMNS_SHOWN)


def the_chart(*dates: str) -> Chart:
    claims = [{"id": f"c{number}", "actor": "mayor", "date": date} for number, date in enumerate(dates)]
    context = SiteContext(a_site(briefs={"talks": {"claims": claims}}))
    views = ViewFactory(context, PageLocation("timeline/"))
    chart = timeline.make_claim_chart(views, context.index.claims.values())
    assert chart is not None
    return chart


def test_an_uncertain_date_is_as_wide_as_the_days_that_it_may_mean() -> None:
    mark = the_chart("2025-01", "2025-02-28", "2025-03-10").rows[0][0]

    assert (mark.x, mark.vague) == (0, True)
    assert mark.width == round(30 * timeline.WIDTH / 68)  # of the days from 1 January to 10 March


def test_marks_do_not_cover_each_other() -> None:
    chart = the_chart("2024-01-01", *["2025-03-01"] * (timeline.MAX_ROWS + 2))

    assert [len(row) for row in chart.rows] == [2] + [1] * (timeline.MAX_ROWS - 1)
    assert chart.left_out == 2


def test_ticks_are_few_over_any_span_of_time() -> None:
    for first in ("2025-02-27", "2024-06", "2015", "1950", "0200", "9999-12-31"):
        content = a_site(
            briefs={"talks": {"claims": [{"id": "now", "actor": "mayor", "date": "2025-03-01"}]}},
            sources={"old": {"published": first}},
        )
        overview = the_timeline(content).overview
        assert overview is not None
        for ticks in (overview.ticks, the_chart(first, "2025-03-01", "2025-03-01").ticks):
            assert len(ticks) <= timeline.MAX_TICKS + 1, first
            assert all(0 <= tick.x <= timeline.WIDTH for tick in ticks)
        assert len(overview.columns) <= timeline.COLUMNS_SHOWN


def test_a_site_without_dates_has_no_timeline() -> None:
    assert list(timeline.plan_timeline(SiteContext(a_site(sources={"note": {}})))) == []
