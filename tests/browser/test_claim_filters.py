"""Filters of the claims of an actor and on a theme, in a real browser: pages are whole without them."""

import re

import pytest
from playwright.sync_api import Page, expect

from support import axe
from support.browser import NewPage
from support.project import Project
from support.server import ServeFolder

WORDS = ("ants", "bees", "cats", "dogs", "eels", "foxes", "gnus", "hens")


def claim(number: int) -> str:
    """Return a brief with a claim: two on the vote, six on the dam, one of them by the council."""
    actor, theme = "council" if number == 3 else "mayor", "dam" if number > 1 else "vote"
    said, answer = f"{2019 + number // 2}-12-0{number + 1}", "no" if number < 3 else "yes"
    return (
        f"---\ntitle: Brief {number}\ndate: 2025-01-01\n"
        f"source: {{title: Report {number}, publisher: Gazette, published: 2024-01-01, "
        f"reliability: {'AB'[number == 7]}, reliability_reason: open}}\n"
        f"claims: [{{id: c, actor: {actor}, theme: {theme}, says: Statement {number} on {WORDS[number]}., "
        f"answer: {answer}, date: {said}}}]\n"
        "---\nText.\n"
    )


FILES = {
    "content/site.yaml": "title: A desk\nbase_url: https://desk.example/\n",
    "content/themes/dam.md": "---\nname: The dam, and more\nquestion: Does it hold?\n---\nAbout it.\n",
    "content/themes/vote.md": "---\nname: The vote\nquestion: Was it free?\n---\nAbout it.\n",
    "content/actors/mayor.md": "---\nname: The mayor\nkind: person\n---\nAbout her.\n",
    "content/actors/council.md": "---\nname: The council\nkind: organisation\n---\nAbout it.\n",
    **{f"content/briefs/b{number}.md": claim(number) for number in range(8)},
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("desk"), FILES)
    assert project.build().ok
    return project


@pytest.fixture
def site(project: Project, serve_folder: ServeFolder) -> str:
    return serve_folder(project.root / "site")


def claims(page: Page) -> str:
    """The numbers of the statements that are shown, in order."""
    texts = " ".join(page.locator(".claim:visible, .earlier li:visible").all_inner_texts())
    return "".join(re.findall(r"Statement (\d)", texts))


def test_claims_are_whole_without_a_script(site: str, new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto(site + "actors/mayor/")
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")

    assert sorted(claims(page)) == list("0124567")


def test_the_claims_of_an_actor_are_filtered_and_folded_ones_are_shown(site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(site + "actors/mayor/")
    assert claims(page) == "71"

    page.get_by_text("Filter these claims").click()
    page.locator("[name=theme]").select_option("The dam, and more")
    assert sorted(claims(page)) == list("24567")
    expect(page.get_by_role("heading", name="The vote")).to_be_hidden()
    expect(page.get_by_role("status")).to_have_text("5 of 7 shown")
    page.locator("[name=answer]").select_option("No")
    assert claims(page) == "2"
    assert page.url.endswith("/actors/mayor/?theme=The+dam%2C+and+more&answer=No")
    page.reload()
    assert claims(page) == "2"

    page.locator("[name=theme]").select_option("")
    page.locator("[name=answer]").select_option("")
    assert claims(page) == "71"
    page.get_by_role("searchbox").fill("statement éel")
    assert claims(page) == "4"


def test_claims_are_filtered_by_the_year_in_which_they_were_made(site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(site + "actors/mayor/?year=2022")
    assert sorted(claims(page)) == list("67")
    page.goto(site + "actors/mayor/?year=2019")
    assert sorted(claims(page)) == list("01")


def test_the_claims_on_a_theme_are_filtered_by_actor_and_grade(site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(site + "themes/dam/?actor=The+council")
    assert claims(page) == "3"
    expect(page.locator(".position:visible")).to_have_count(1)

    page.goto(site + "themes/dam/?answer=Yes&grade=B")
    assert claims(page) == "7"
    page.goto(site + "themes/vote/")
    expect(page.locator("details.filters")).to_be_hidden()


@pytest.mark.parametrize("address", ["actors/mayor/", "themes/dam/"])
def test_a_page_with_filters_of_claims_is_accessible(site: str, new_page: NewPage, address: str) -> None:
    for page in (new_page(), new_page(width=360, color_scheme="dark")):
        page.goto(site + address)
        page.get_by_text("Filter these claims").press("Enter")
        expect(page.locator("form.find")).to_be_visible()
        assert axe.violations(page) == ()
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
