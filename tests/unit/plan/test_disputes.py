"""The sides of disputes, and where their pages can be found."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from briefgen.plan.disputes import find_sides, make_dispute_cards
from briefgen.plan.urls import PageLocation
from briefgen.plan.view_factory import SiteContext, ViewFactory
from support.project import Project
from support.sites import a_site
from support.strategies import front_matter


def sides(*claims: dict[str, Any], **dispute: Any) -> list[tuple[str, list[str]]]:
    written = [{"id": f"c{number}", "theme": "dam", **claim} for number, claim in enumerate(claims)]
    listed = {"claims": [f"talk#{claim['id']}" for claim in written]} if "sides" not in dispute else {}
    theme = {"question": "Will it hold?", "disputes": [{"id": "d", **listed, **dispute}]}
    site = a_site(briefs={"talk": {"claims": written}}, themes={"dam": theme, "water": {"question": "Is it wet?"}})
    found = find_sides(SiteContext(site), "dam", site.themes["dam"].data.disputes[0])
    return [(label, [entry.claim.id for entry in entries]) for label, entries in found]


def test_answers_make_the_sides_in_the_order_of_the_theme() -> None:
    found = sides({"answer": "no"}, {"answer": "yes"}, {"answer": "no"}, {})

    assert found == [("yes", ["c1"]), ("no", ["c0", "c2"]), ("no clear answer", ["c3"])]


def test_an_answer_to_the_question_of_another_theme_makes_no_side() -> None:
    assert sides({"answer": "no"}, {"theme": "water", "answer": "no"}) == [("no", ["c0"]), ("no clear answer", ["c1"])]


def test_claims_with_one_answer_have_no_sides() -> None:
    assert sides({"answer": "no"}, {"answer": "no"}) == [("", ["c0", "c1"])]
    assert sides({}, {}) == [("", ["c0", "c1"])]


def test_declared_sides_are_shown_as_they_are() -> None:
    declared = [{"label": "Steady", "claims": ["talk#c1"]}, {"label": "Leaking", "claims": ["talk#c0"]}]

    assert sides({"answer": "no"}, {"answer": "no"}, sides=declared) == [("Steady", ["c1"]), ("Leaking", ["c0"])]


def test_a_speaker_on_a_side_has_the_letter_of_the_best_text_that_is_quoted_there() -> None:
    said: dict[str, Any] = {"id": "no", "theme": "dam", "says": "No.", "answer": "no"}
    sources: dict[str, dict[str, Any]] = {
        "log": {"reliability": "E", "claims": [said | {"actor": "mayor"}]},
        "post": {"reliability": "B", "claims": [said | {"actor": "mayor"}]},
        "note": {"claims": [said | {"actor": "clerk"}]},
    }
    dispute = {"id": "d", "claims": [f"{id}#no" for id in sources]}
    site = a_site(sources=sources, themes={"dam": {"question": "Will it hold?", "disputes": [dispute]}})
    views = ViewFactory(SiteContext(site), PageLocation(""))

    [card] = make_dispute_cards(views, views.index.all_disputes)

    [side] = card.sides
    assert [one.text for one in side.speakers] == ["Mayor", "Clerk"]
    assert [grade and grade.mark for grade in side.grades] == ["B", None]


@pytest.fixture
def project(tmp_path: Path) -> Project:
    said: dict[str, Any] = {"actor": "mayor", "theme": "dam", "date": "2025-03-01"}
    claims: list[dict[str, Any]] = [{"id": id, "says": f"Says {id}.", **said} for id in ("one", "two")]
    claims.append({"id": "three", "actor": "mayor", "says": "Now.", "date": "2025-03-02", "supersedes": ["one"]})
    dispute: dict[str, Any] = {
        "id": "leak",
        "question": "Does it leak?",
        "kind": "fact",
        "claims": ["talk#one", "talk#two"],
        "reading": {"says": "It *may*.", "date": "2025-03-04"},
    }
    return Project(
        tmp_path,
        {
            "content/site.yaml": "title: A site\nbase_url: https://b.example/\n",
            "content/actors/mayor.md": front_matter({"name": "Mayor", "kind": "person"}),
            "content/themes/dam.md": front_matter({"name": "Dam", "disputes": [dispute]}, "Text."),
            "content/briefs/talk.md": front_matter({"title": "Talk", "date": "2025-03-03", "claims": claims}, "Text."),
        },
    )


def test_a_dispute_has_a_page_that_all_others_lead_to(project: Project) -> None:
    assert project.build().ok
    built = project.built()
    page = built["disputes/leak/index.html"].decode()

    for path in ("disputes/index.html", "themes/dam/index.html", "actors/mayor/index.html", "briefs/talk/index.html"):
        assert re.search(r'href="[./]*(disputes/)?leak/"', built[path].decode()), path
    assert '<li><a href="../disputes/">Disputes</a></li>' in built["themes/index.html"].decode()
    assert "https://b.example/disputes/leak/" in built["sitemap.xml"].decode()
    assert '<meta name="description" property="og:description" content="It may.">' in page
    linked = re.search(r'ld\+json">(.*?)</script>', page)
    assert linked is not None
    described, breadcrumbs = json.loads(linked[1])["@graph"]
    assert described["abstract"] == "It may."
    assert [one["@id"] for one in described["mentions"]] == [
        "https://b.example/briefs/talk/#one",
        "https://b.example/briefs/talk/#two",
    ]
    assert [step["name"] for step in breadcrumbs["itemListElement"]] == ["A site", "Disputes", "Does it leak?"]


def test_who_supersedes_whom_is_dated(project: Project) -> None:
    assert project.build().ok
    page = project.built()["briefs/talk/index.html"].decode()

    assert re.search(r"Superseded by.*?Mayor</a>, <time [^>]*>2 March 2025</time>: Now\.", page, re.DOTALL)


def test_without_disputes_no_page_and_no_menu_names_them(project: Project) -> None:
    project.write({"content/themes/dam.md": front_matter({"name": "Dam"}, "Text.")})

    assert project.build().ok
    built = project.built()
    assert not any(path.startswith("disputes/") for path in built)
    assert b"Disputes" not in built["index.html"]


def test_a_link_to_a_dispute_that_is_not_published_is_no_error(project: Project) -> None:
    draft = {"title": "Talk", "date": "2025-03-03", "status": "draft"}
    claims = [{"id": id, "actor": "mayor", "says": "So."} for id in ("one", "two")]
    project.write({"content/briefs/talk.md": front_matter({**draft, "claims": claims}, "Text.")})
    project.write({"content/pages/about.md": front_matter({"title": "About"}, "[A dispute](/disputes/leak/).")})

    report = project.build()

    assert report.ok
    assert "unpublished-reference" in {problem.code for problem in report.problems}
    assert b"leak" not in project.built()["about/index.html"]


CONTRADICTED = {"kind": "fact", "finding": {"verdict": "contradicted", "note": "No.", "evidence": ["log"]}}


def test_a_side_is_marked_where_the_desk_has_settled_the_dispute_for_it_and_by_nothing_else() -> None:
    def holding(**settled: Any) -> list[bool]:
        site = a_site(
            briefs={"talk": {"claims": [{"id": "a", "theme": "dam", **CONTRADICTED}, {"id": "b", "theme": "dam"}]}},
            themes={"dam": {"question": "Will it hold?", "disputes": [{
                "id": "d",
                "sides": [
                    {"label": "Yes", "claims": ["talk#a"], "holds": bool(settled)},
                    {"label": "No", "claims": ["talk#b"]},
                ],
                **settled,
            }]}},
            sources={"log": {}},
        )  # fmt: skip
        views = ViewFactory(SiteContext(site), PageLocation(""))
        (card,) = make_dispute_cards(views, [("dam", site.themes["dam"].data.disputes[0])])
        return [side.holds for side in card.sides]

    assert holding() == [False, False]
    assert holding(state="settled", evidence=["log"]) == [True, False]
