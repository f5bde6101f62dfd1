"""`--as-of`: the site as it stood on a day."""

from datetime import date
from pathlib import Path

from msgspec import structs

from briefgen.model.checks import PlaceCheck, QuoteCheck, SourceCheck
from briefgen.plan import Admission, filter_published
from briefgen.plan.as_of import rewind
from support.project import Project
from support.sites import a_site

DAY = date(2025, 6, 1)
LATER = "2025-06-02"


def test_what_is_dated_later_is_not_there() -> None:
    site = a_site(
        actors={"mayor": {"roles": [{"title": "Mayor", "from": "2025-07"}, {"title": "Teacher", "from": "2020"}]}},
        briefs={
            "dam": {
                "date": "2025-05-01",
                "claims": [
                    {"id": "old", "finding": {"verdict": "mixed", "note": "So.", "date": LATER}},
                    {"id": "new", "date": LATER},
                ],
                "corrections": [
                    {"date": "2025-05-02", "was": "a", "now": "b", "why": "c"},
                    {"date": LATER, "was": "d", "now": "e", "why": "f"},
                ],
                "searches": [{"for": "x", "where": "y", "date": LATER, "result": "None."}],
            }
        },
        sources={"letter": {"published": "2025-07"}, "survey": {"published": "2025-06-01?"}, "note": {}},
    )

    found = rewind(site, DAY)

    (claim,) = found.briefs["dam"].data.claims
    assert (claim.id, claim.finding) == ("old", None)
    assert [one.now for one in found.briefs["dam"].data.corrections] == ["b"]
    assert found.briefs["dam"].data.searches == ()
    assert [role.title for role in found.actors["mayor"].data.roles] == ["Teacher"]
    assert set(found.sources) >= {"survey", "note"}
    assert "letter" not in found.sources


def test_a_month_that_may_have_begun_counts_as_earlier() -> None:
    site = a_site(briefs={"dam": {"date": "2025-05-01", "claims": [{"id": "vague", "date": "2025-06"}]}})

    assert [claim.id for claim in rewind(site, DAY).briefs["dam"].data.claims] == ["vague"]


def test_a_dispute_that_was_settled_later_is_open() -> None:
    dispute = {
        "id": "gate",
        "question": "Who closed the gate?",
        "kind": "fact",
        "claims": ["dam#one", "dam#two"],
        "state": "settled",
        "reading": {"says": "The wind.", "date": LATER},
        "evidence": ["note"],
    }
    claims = [{"id": "one"}, {"id": "two"}]
    site = a_site(
        briefs={"dam": {"date": "2025-05-01", "claims": claims}},
        themes={"dam": {"disputes": [dispute]}},
        sources={"note": {}},
    )

    (found,) = rewind(site, DAY).themes["dam"].data.disputes

    assert (found.state, found.reading, found.evidence) == ("open", None, ())


def test_a_dispute_that_was_read_again_later_has_the_reading_of_the_day() -> None:
    dispute = {
        "id": "gate",
        "question": "Who closed the gate?",
        "kind": "fact",
        "sides": [{"label": "The wind", "claims": ["dam#one"], "holds": True}, {"label": "Ann", "claims": ["dam#two"]}],
        "state": "settled",
        "reading": {"says": "The wind.", "date": LATER},
        "earlier": [
            {"says": "Somebody.", "date": LATER},
            {"says": "Nothing is known.", "date": "2025-05-20", "state": "explained"},
            {"says": "Ann.", "date": "2025-05-10"},
        ],
        "evidence": ["note"],
    }
    site = a_site(
        briefs={"dam": {"date": "2025-05-01", "claims": [{"id": "one"}, {"id": "two"}]}},
        themes={"dam": {"disputes": [dispute]}},
        sources={"note": {}},
    )

    (found,) = rewind(site, DAY).themes["dam"].data.disputes

    assert found.reading is not None
    assert (found.state, found.reading.says, found.evidence) == ("explained", "Nothing is known.", ())
    assert [one.says for one in found.earlier] == ["Ann."]
    assert not any(side.holds for side in found.sides)


def test_another_day_builds_another_edition(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        {
            "content/site.yaml": "title: A site\n",
            "content/briefs/dam.md": "---\ntitle: Dam\ndate: 2025-05-01\n---\nText.\n",
            "content/briefs/gate.md": "---\ntitle: Gate\ndate: 2025-06-02\n---\nText.\n",
        },
    )

    assert project.build().ok
    assert "briefs/gate/index.html" in project.built()
    assert project.build(as_of=DAY).ok
    assert "briefs/gate/index.html" not in project.built()
    assert project.build().ok
    assert "briefs/gate/index.html" in project.built()


def test_what_rests_on_a_later_source_is_later() -> None:
    finding = {"verdict": "contradicted", "note": "No.", "evidence": ["letter"]}
    dispute = {
        "id": "gate",
        "question": "Who closed the gate?",
        "kind": "fact",
        "claims": ["dam#one", "dam#two"],
        "state": "settled",
        "reading": {"says": "The wind.", "date": "2025-05-20"},
        "evidence": ["letter"],
    }
    flag = {"kind": "outdated", "note": "Says more.", "evidence": ["letter"]}
    site = a_site(
        briefs={"dam": {"date": "2025-05-01", "claims": [{"id": "one", "finding": finding}, {"id": "two"}]}},
        themes={"dam": {"disputes": [dispute]}},
        sources={"letter": {"published": LATER}, "note": {"flags": [flag], "retrieved": LATER}},
    )

    found = rewind(site, DAY)

    assert found.briefs["dam"].data.claims[0].finding is None
    assert [(one.state, one.reading) for one in found.themes["dam"].data.disputes] == [("open", None)]
    assert (found.sources["note"].data.flags, found.sources["note"].data.retrieved) == ((), None)


def test_a_role_that_ended_later_has_not_ended() -> None:
    site = a_site(actors={"mayor": {"roles": [{"title": "Mayor", "from": "2020", "until": "2025-07"}]}})

    [role] = rewind(site, DAY).actors["mayor"].data.roles

    assert (role.title, role.until) == ("Mayor", None)


def test_a_source_of_which_something_was_checked_later_counts_as_not_checked() -> None:
    def check(id: str, day: str, page: str = "2025-05-03") -> SourceCheck:
        place = PlaceCheck(result="found", date=page)
        quote = QuoteCheck(words="0" * 32, result="found", checked=day, page=place)
        return SourceCheck(id=id, text="0" * 64, quotes=(quote,))

    checks = [check("a", "2025-05-02"), check("b", LATER), check("c", "2025-05-02", LATER)]
    site = structs.replace(a_site(sources={"a": {}, "b": {}, "c": {}}), checks={one.id: one for one in checks})

    assert set(rewind(site, DAY).checks) == {"a"}


def test_a_brief_that_was_retracted_later_has_a_notice_without_a_date() -> None:
    notice = {"date": LATER, "why": "It was forged."}
    retracted = {"status": "retracted", "retraction": notice}
    site = a_site(briefs={"old": {"date": "2025-05-01", **retracted}, "new": {"date": LATER, **retracted}})

    found, _ = filter_published(rewind(site, DAY), Admission(DAY))

    assert found.retracted == {"old": None}
    assert not found.briefs
