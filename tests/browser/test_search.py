"""The search page in a real browser, under its own content security policy."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from briefgen.search.words import bucket_of, sound_of, split_words
from support import axe
from support.browser import NewPage
from support.project import Project
from support.server import ServeFolder

FILES = {
    "content/site.yaml": "title: A desk\nbase_url: https://desk.example/x/\n",
    "content/actors/lund.md": (
        "---\nname: Anna Lund\nkind: person\naliases: [Анна Лунд, 安娜伦德, آنا لوند]\n---\nMayor.\n"
    ),
    "content/actors/berg.md": "---\nname: Åse Berg\nkind: person\n---\nLeads the council.\n",
    "content/themes/dam.md": "---\nname: The dam\nquestion: Will it hold?\n---\nAbout it.\n",
    "content/briefs/wall.md": (
        "---\ntitle: A crack in the wall\ndate: 2024-05-01\nlede: An engineer warns.\nthemes: [dam]\n"
        "source: {title: Report, publisher: The Gazette, published: 2024-04-30, "
        "reliability: B, reliability_reason: open}\n"
        "claims:\n- {id: hold, actor: lund, theme: dam, says: The dam will hold for a century.}\n"
        "- {id: leak, actor: berg, theme: dam, says: Water is leaking into the valley.}\n"
        "---\nThe xylophone of the engineers.\n"
    ),
    "content/briefs/vote.md": "---\ntitle: A vote on sanctions\ndate: 2025-02-01\nactors: [berg]\n---\nA tally.\n",
    "content/briefs/draft.md": "---\ntitle: Secret zeppelin\ndate: 2025-02-01\nstatus: draft\n---\nZeppelins.\n",
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project(tmp_path_factory.mktemp("desk"), FILES)
    assert project.build().ok
    return project


@pytest.fixture
def page(project: Project, serve_folder: ServeFolder, new_page: NewPage) -> Page:
    """The search page, of which every violation of its policy and every error is recorded."""
    page = new_page()
    page.add_init_script(
        "window.violations = []; addEventListener('error', event => violations.push(event.message));"
        "addEventListener('securitypolicyviolation', event => violations.push(event.blockedURI))"
    )
    page.goto(serve_folder(project.root / "site", "/x/") + "search/")
    return page


def search(page: Page, words: str) -> list[str]:
    """Type words and return where the results lead."""
    page.get_by_role("searchbox").fill(words)
    expect(page.locator(".found")).to_have_attribute("aria-busy", "false")
    links = page.locator(".found > li > .title a").all()
    assert page.evaluate("violations") == []
    return [(link.get_attribute("href") or "").removeprefix("../") for link in links]


@pytest.mark.parametrize("name", ["Анна Лунд", "安娜伦德", "آنا لوند", "anna LUND", "Lund"])
def test_an_actor_is_found_in_every_script_of_its_names(page: Page, name: str) -> None:
    assert search(page, name)[0] == "actors/lund/"


def test_a_spelling_that_is_nowhere_finds_names_that_sound_alike(page: Page) -> None:
    assert search(page, "Loond century") == ["briefs/wall/"]
    assert page.locator(".found ul a").all_inner_texts() == ["The dam will hold for a century."]
    assert search(page, "Loond") == ["actors/lund/", "briefs/wall/"]


def test_a_claim_is_found_by_its_words_and_leads_to_its_place(page: Page) -> None:
    assert search(page, "leaking valley") == ["briefs/wall/"]

    claim = page.locator(".found ul a")
    assert claim.all_inner_texts() == ["Water is leaking into the valley."]
    claim.click()
    expect(page.locator("#leak")).to_contain_text("Water is leaking")
    assert page.url.endswith("/briefs/wall/#leak")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("xylophone", ["briefs/wall/"]),
        ("xyloph", ["briefs/wall/"]),
        ("sanction", ["briefs/vote/"]),
        ("sanctioned", ["briefs/vote/"]),
        ("ase berg", ["actors/berg/", "briefs/wall/", "briefs/vote/"]),
        ("crack gazette", ["briefs/wall/"]),
        ("zeppelin", []),
        ("<b>nothing</b>", []),
    ],
)
def test_pages_are_found_by_their_words_and_beginnings_of_words(page: Page, words: str, found: list[str]) -> None:
    assert sorted(search(page, words)) == sorted(found)


def test_filters_narrow_the_results_and_are_in_the_address(page: Page) -> None:
    page.locator("[name=kind]").select_option("claim")
    page.locator("[name=actor]").select_option("lund")
    expect(page.locator(".found ul a")).to_have_text(["The dam will hold for a century."])
    page.locator("[name=year]").select_option("2025")
    expect(page.locator(".found > li")).to_have_count(0)
    page.locator("[name=year]").select_option("2024")
    page.locator("[name=grade]").select_option("B")
    expect(page.locator(".found > li")).to_have_count(1)
    page.wait_for_url("**/search/?kind=claim&actor=lund&grade=B&year=2024")

    page.reload()

    expect(page.locator(".found ul a")).to_have_text(["The dam will hold for a century."])
    assert page.locator("[name=kind]").input_value() == "claim"


def test_an_empty_search_has_examples_and_what_is_found_takes_their_place(page: Page) -> None:
    examples = page.get_by_role("region", name="What can be found")
    expect(examples.get_by_role("link", name="The dam")).to_be_visible()

    examples.get_by_role("link", name="Anna Lund").click()

    expect(page.locator(".found ul a")).to_have_text(["The dam will hold for a century."])
    expect(examples).to_be_hidden()


def test_nothing_is_loaded_before_a_search_and_little_then(
    project: Project, serve_folder: ServeFolder, new_page: NewPage
) -> None:
    page, requested = new_page(), []
    page.on("request", lambda request: requested.append(request.url))
    page.goto(serve_folder(project.root / "site", "/x/") + "search/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in requested if url.endswith(".json")]

    page.get_by_role("searchbox").fill("dam hold")
    expect(page.locator(".found > li")).not_to_have_count(0)

    files = [url for url in requested if url.endswith(".json")]
    assert len(files) == len(set(files)) <= 4


def test_the_number_of_results_is_announced(page: Page) -> None:
    search(page, "berg")
    expect(page.get_by_role("status")).to_have_text("3 results")
    page.get_by_role("searchbox").fill("berg qqq")
    expect(page.get_by_role("status")).to_contain_text("Nothing here has “qqq”.")
    page.get_by_role("searchbox").fill("xylophone sanction")
    expect(page.get_by_role("status")).to_contain_text("Nothing has all of these words")


def test_the_search_is_used_with_the_keyboard_alone(
    project: Project, serve_folder: ServeFolder, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(serve_folder(project.root / "site", "/x/") + "briefs/wall/")
    page.keyboard.press("/")
    page.wait_for_url("**/search/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("xylophone")
    expect(page.locator(".found > li")).to_have_count(1)
    for _ in range(6):
        page.keyboard.press("Tab")
    expect(page.locator(".found .title a")).to_be_focused()
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_a_first_key_starts_a_search_and_quick_keys_wait_for_the_last(
    project: Project, serve_folder: ServeFolder, new_page: NewPage
) -> None:
    page = new_page()
    page.clock.install(time=0)
    page.goto(serve_folder(project.root / "site", "/x/") + "search/")
    page.clock.pause_at(60_000)
    page.get_by_role("searchbox").fill("xyl")
    expect(page.locator(".found .title")).to_have_text("A crack in the wall")
    page.get_by_role("searchbox").fill("tal")
    page.get_by_role("searchbox").fill("tally")
    expect(page.locator(".found")).to_have_attribute("aria-busy", "true")
    expect(page.locator(".found .title")).to_have_text("A crack in the wall")

    page.clock.run_for(1_000)

    expect(page.locator(".found .title")).to_have_text("A vote on sanctions")
    assert page.url.endswith("?q=tally")


def test_a_slash_in_a_text_field_is_a_character(page: Page) -> None:
    page.get_by_role("searchbox").focus()
    page.keyboard.type("24/7")
    assert page.get_by_role("searchbox").input_value() == "24/7"


def test_without_script_the_page_leads_to_the_lists(
    project: Project, serve_folder: ServeFolder, new_page: NewPage
) -> None:
    page = new_page(javascript=False)
    page.goto(serve_folder(project.root / "site", "/x/"))
    page.get_by_role("link", name="Search").click()

    expect(page.get_by_role("main")).to_contain_text("The search needs JavaScript")
    expect(page.get_by_role("searchbox")).to_be_hidden()
    page.get_by_role("main").get_by_role("link", name="All briefs").click()
    expect(page.locator("h1")).to_have_text("Briefs")


def test_the_search_page_with_results_is_accessible(page: Page) -> None:
    search(page, "dam")
    assert axe.violations(page) == ()


def test_the_script_folds_words_as_the_index_does(page: Page) -> None:
    texts = [
        "The 28-point plan, G7’s", "Chruschtschow Khrushchev Xi Tchaikovsky Trotzki Philippe Quaddafi aeiou",
        "Résumé ﬁnal Łódź Ærø İSTANBUL ırmak", "Зеленський Ёлка", "ΟΔΥΣΣΕΎΣ ς", "مُحَمَّد",
        "北京大学abc", "がぎ ガ", "한국어 각", "กรุงเทพ", "½ ٣٤ Ⅳ", "a _ 7", "हिन्दी",
    ]  # fmt: skip
    for text in texts:
        words = list(dict.fromkeys(split_words(text)))
        assert page.evaluate("text => splitWords(text)", text) == words
        assert [page.evaluate("word => soundOf(word)", word) for word in words] == [sound_of(word) for word in words]
        buckets = [page.evaluate("word => bucketOf(word)", word) for word in words]
        assert buckets == [bucket_of(each, 8) for each in words]


def test_hostile_titles_and_words_run_nothing(tmp_path: Path, serve_folder: ServeFolder, new_page: NewPage) -> None:
    title = "<img src=x onerror=attack()>dam"
    brief = f"---\ntitle: '{title}'\ndate: 2025-01-01\n---\nText.\n"
    files = {"content/site.yaml": "title: A\n", "content/briefs/a.md": brief}
    project = Project(tmp_path, files)
    project.build()
    page = new_page()
    page.goto(serve_folder(project.root / "site") + "search/?q=dam")

    expect(page.locator(".found .title")).to_have_text([title])
    assert page.locator(".found img").count() == 0
