"""Filters and order of lists, in a real browser: an addition to lists that are whole without it."""

import re

import pytest
from playwright.sync_api import Page, expect

from briefgen.render.site_theme import shipped
from support import axe
from support.browser import NewPage
from support.project import Project
from support.server import ServeFolder

GRADES = "ABCABCAB"
FILES = {
    "content/site.yaml": "title: A desk\nbase_url: https://desk.example/\n",
    "content/themes/dam.md": "---\nname: The dam, and more\n---\nAbout it.\n",
    "content/themes/vote.md": "---\nname: The vote\n---\nAbout it.\n",
    **{
        f"content/briefs/b{number}.md": (
            f"---\ntitle: {'ZYXWVUTS'[number]} brief\ndate: {2020 + number // 2}-01-0{number + 1}\n"
            f"themes: [{'dam' if number % 2 else 'vote'}]\n"
            f"source: {{title: Report {number}, publisher: Gazette {number % 2}, "
            f"published: {2020 + number // 2}-01-01, reliability: {grade}, reliability_reason: open}}\n"
            f"---\nText of számla {number}.\n"
        )
        for number, grade in enumerate(GRADES)
    },
}
PAGES = ("briefs/", "sources/")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("desk"), FILES)
    assert project.build().ok
    return project


@pytest.fixture
def site(project: Project, serve_folder: ServeFolder) -> str:
    return serve_folder(project.root / "site")


@pytest.fixture
def page(site: str, new_page: NewPage) -> Page:
    page = new_page()
    page.add_init_script(
        "window.violations = []; addEventListener('error', event => violations.push(event.message));"
        "addEventListener('securitypolicyviolation', event => violations.push(event.blockedURI))"
    )
    page.goto(site + "briefs/")
    return page


def shown(page: Page) -> str:
    """The first letters of the briefs that are shown, in order."""
    return "".join(each.inner_text()[0] for each in page.locator(".card:visible h2").all())


def test_a_list_is_whole_and_in_order_without_a_script(site: str, new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto(site + "briefs/")

    assert shown(page) == "STUVWXYZ"
    expect(page.locator("form")).to_be_hidden()


def test_filters_hide_what_does_not_fit_and_say_how_much_is_left(page: Page) -> None:
    expect(page.get_by_role("status")).to_have_text("")
    page.locator("[name=grade]").select_option("A")
    assert shown(page) == "TWZ"
    expect(page.get_by_role("status")).to_have_text("3 of 8 shown")
    page.locator("[name=year]").select_option("2020")
    assert shown(page) == "Z"
    page.locator("[name=theme]").select_option("The dam, and more")
    assert shown(page) == ""
    expect(page.get_by_role("status")).to_have_text("Nothing in this list fits.")
    assert page.evaluate("violations") == []


def test_words_filter_without_case_and_marks(page: Page) -> None:
    page.get_by_role("searchbox").fill("w BRIÉF")
    assert shown(page) == "W"


def test_a_list_is_ordered_and_goes_back(page: Page) -> None:
    for order, letters in (("title", "STUVWXYZ"), ("reversed", "ZYXWVUTS"), ("grade", "TWZSVYUX"), ("", "STUVWXYZ")):
        page.locator("[name=order]").select_option(order)
        assert shown(page) == letters


def test_the_state_is_in_the_address(page: Page) -> None:
    page.locator("[name=grade]").select_option("B")
    page.locator("[name=order]").select_option("reversed")
    assert page.url.endswith("/briefs/?grade=B&order=reversed")

    page.reload()
    assert shown(page) == "YVS"

    page.goto(page.url.replace("grade=B", "grade=nonsense").replace("order=reversed", "order=toString"))
    assert shown(page) == "STUVWXYZ"


def test_filters_work_by_keyboard(page: Page) -> None:
    page.get_by_role("searchbox").focus()
    page.keyboard.type("24/7")
    assert page.get_by_role("searchbox").input_value() == "24/7"
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.press("Tab")
    page.keyboard.type("The v")
    assert shown(page) == "TVXZ"
    page.locator(".card:visible h2 a").first.focus()
    page.keyboard.press("/")
    page.wait_for_url("**/search/")


def test_a_page_of_a_long_list_says_that_filters_apply_to_it_alone(
    new_page: NewPage, serve_folder: ServeFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    project = Project(tmp_path_factory.mktemp("long"), FILES)
    project.write({path.replace("briefs/b", "briefs/c"): text for path, text in FILES.items()})
    project.write({"content/site.yaml": "title: A desk\npage_size: 8\n"})
    assert project.build().ok
    page = new_page()
    page.goto(serve_folder(project.root / "site") + "briefs/page/1/?grade=A")
    expect(page.get_by_label("Words on this page of the list")).to_be_visible()
    expect(page.get_by_role("status")).to_have_text(re.compile("of 8 on this page shown"))


@pytest.mark.parametrize("address", PAGES)
def test_every_list_with_filters_is_accessible(site: str, new_page: NewPage, address: str) -> None:
    for page, is_narrow in ((new_page(), False), (new_page(width=360, color_scheme="dark"), True)):
        page.goto(site + address)
        fold = page.locator(".filters > summary")
        expect(fold).to_be_visible(visible=is_narrow)
        if is_narrow:
            fold.click()
        expect(page.locator("form.find")).to_be_visible()
        assert axe.violations(page) == ()
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0


def test_sources_are_filtered_by_publisher_and_grade(site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(site + "sources/?by=Gazette+1&grade=C")
    expect(page.locator(".records > li:visible")).to_have_count(1)


def test_the_pages_of_a_list_of_a_few_are_filtered_together(
    new_page: NewPage, serve_folder: ServeFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    sources = {
        f"content/sources/s{number:02}.yaml": f"title: Report {number}\npublished: 2020-01-{number + 1:02}\n"
        f"publisher: {'Gazette' if number % 2 else 'Post'}\n"
        for number in range(20)
    }
    project = Project(
        tmp_path_factory.mktemp("many"), {"content/site.yaml": FILES["content/site.yaml"] + "page_size: 8\n", **sources}
    )
    assert project.build().ok
    page = new_page()
    page.goto(serve_folder(project.root / "site") + "sources/")
    rows = page.locator(".records > li:visible")
    expect(rows).to_have_count(12)

    page.locator("[name=by]").select_option("Post")

    expect(rows).to_have_count(10)
    expect(page.get_by_role("status")).to_have_text("10 of 20 shown")
    expect(page.locator(".pager")).to_have_count(0)
    rows.last.get_by_role("link", name="Report 0").first.click()
    expect(page.locator("h1")).to_contain_text("Report 0")


def test_a_short_list_has_no_filters(
    new_page: NewPage, serve_folder: ServeFolder, tmp_path_factory: pytest.TempPathFactory
) -> None:
    few = {path: text for path, text in FILES.items() if not re.search(r"b[3-7]\.md", path)}
    project = Project(tmp_path_factory.mktemp("few"), few)
    project.build()
    page = new_page()
    page.goto(serve_folder(project.root / "site") + "briefs/")
    expect(page.locator(".card")).to_have_count(3)
    expect(page.locator("form")).to_have_count(0)


def test_the_scripts_of_the_site_theme_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in (shipped() / "briefing" / "assets").glob("*.js")}

    assert sizes.keys() == {"lists.js", "search.js"}
    assert all(size <= 13_000 for size in sizes.values())
