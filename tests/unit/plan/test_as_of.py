"""`--as-of`: the site as it stood on a day."""

from datetime import date
from pathlib import Path

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


def test_a_build_as_of_a_day_equals_one_of_the_content_of_that_day(tmp_path: Path) -> None:
    early = {
        "content/site.yaml": "title: A site\nbase_url: https://b.example/\n",
        "content/actors/mayor.md": "---\nname: The Mayor\nkind: person\n---\n",
        "content/briefs/dam.md": "---\ntitle: Dam\ndate: 2025-05-01\nactors: [mayor]\n---\nText.\n",
    }
    late = {
        "content/briefs/gate.md": "---\ntitle: Gate\ndate: 2025-06-02\nactors: [mayor]\n---\nText on [[mayor]].\n",
    }
    now = Project(tmp_path / "now", early | late)
    then = Project(tmp_path / "then", early)

    assert now.build(as_of=DAY).ok
    assert then.build().ok

    assert now.built() == then.built()


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
