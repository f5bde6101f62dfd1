"""The live preview in a real browser, over a project of a few lines."""

import random
import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Error, Page, expect

from briefgen.preview.server import PreviewServer, make_reader
from briefgen.preview.watched_files import find_watched_folders
from briefgen.render.site_theme import shipped
from support import axe
from support.browser import NewPage
from support.preview import Small, running
from support.project import Project

ONE = "content/briefs/one.md"
LONG = "<br>".join(f"line {number}" for number in range(500))


@pytest.fixture
def small(tmp_path: Path) -> Small:
    return Small(tmp_path)


@pytest.fixture
def server(small: Small) -> Iterator[PreviewServer]:
    with small.served() as server:
        yield server


@pytest.fixture
def tab(new_page: NewPage) -> Page:
    """Return a page that fails the test if its script throws an error."""
    page = new_page()
    page.set_default_timeout(20_000)
    page.on("pageerror", lambda error: pytest.fail(f"the page threw {error}"))
    return page


def open_page(page: Page, address: str, showing: str = "") -> Page:
    """Load the page until it is connected, with a mark that is gone when it is loaded again.

    First wait until the preview serves it with the text `showing`, which a test has saved just before.
    """
    wait_until(lambda: showing in fetch_text(address))
    with page.expect_request("**/_briefgen/events*"):
        page.goto(address)
    page.evaluate("window.mark = true")
    return page


def fetch_text(address: str) -> str:
    """Return the body of a successful response, otherwise an empty text."""
    try:
        with urlopen(address) as response:  # noqa: S310 (our own server)
            return str(response.read().decode())
    except HTTPError:
        return ""


def is_marked(page: Page) -> bool:
    """Return whether the page has not been loaded again."""
    return bool(page.evaluate("window.mark === true"))


def get_scroll(page: Page) -> int | None:
    """Return the scroll position of the page; None while it is being loaded."""
    try:
        return int(page.evaluate("new Promise(done => requestAnimationFrame(() => setTimeout(() => done(scrollY))))"))
    except Error:
        return None


def collect_requests(page: Page) -> list[str]:
    """Return a list of all further requests of the page, except those for the addresses of the preview itself."""
    found: list[str] = []
    page.on("request", lambda request: None if "/_briefgen/" in request.url else found.append(request.url))
    return found


def wait_until(is_true: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_true():
        assert time.monotonic() < end
        time.sleep(0.01)


def test_a_saved_file_appears_and_the_page_keeps_its_position(server: PreviewServer, small: Small, tab: Page) -> None:
    small.write({ONE: f"One\nold text {LONG}"})
    open_page(tab, f"{server.url}briefs/one/", "old text")
    expect(tab.locator("main")).to_contain_text("old text")
    tab.evaluate("scrollTo(0, 1234)")
    small.write({ONE: f"One\nnew text {LONG}"})

    expect(tab.locator("main")).to_contain_text("new text")
    wait_until(lambda: get_scroll(tab) == 1234)
    assert is_marked(tab)


def test_a_page_with_scripts_is_loaded_again_and_keeps_its_position(
    server: PreviewServer, small: Small, tab: Page
) -> None:
    script = "<script>document.title = document.querySelector('b').textContent</script>"
    small.write({ONE: f"One\n<b>old</b> {LONG}{script}"})
    open_page(tab, f"{server.url}briefs/one/", "<b>old</b>")
    expect(tab).to_have_title("old")
    tab.evaluate("scrollTo(0, 1234)")
    small.write({ONE: f"One\n<b>new</b> {LONG}{script}"})

    expect(tab).to_have_title("new")
    wait_until(lambda: get_scroll(tab) == 1234)
    assert not is_marked(tab)


def test_a_page_with_a_data_block_is_not_loaded_again(server: PreviewServer, small: Small, tab: Page) -> None:
    open_page(tab, f"{server.url}briefs/one/")
    small.write({ONE: "One\nnew text<script type='application/ld+json'>{}</script>"})

    expect(tab.locator("main")).to_contain_text("new text")
    assert is_marked(tab)


def test_unchanged_elements_keep_input_and_focus(server: PreviewServer, small: Small, tab: Page) -> None:
    small.write({ONE: "One\n<p>first</p><p><input></p><p>last</p>"})
    open_page(tab, f"{server.url}briefs/one/", "<p>first</p>")
    tab.locator("input").fill("half a sentence")
    for text in ("<p>First</p><p><input></p><p>last</p>", "<p>FIRST</p><p><input></p><p>LAST</p>"):
        small.write({ONE: f"One\n{text}"})
        expect(tab.locator("main div")).to_have_text(re.sub("<.*?>", "", text))

    expect(tab.locator("input")).to_have_value("half a sentence")
    expect(tab.locator("input")).to_be_focused()


def test_a_patched_page_equals_the_page_that_would_be_loaded(server: PreviewServer, small: Small, tab: Page) -> None:
    chance = random.Random(7)  # noqa: S311 (no secret)

    def some_html(depth: int = 3) -> str:
        parts = [chance.choice(["a ", "b ", "<!--c-->", "<br>", "\n", "&lt;i>"]) for _ in range(chance.randrange(3))]
        if depth:
            for _ in range(chance.randrange(4)):
                name, value = chance.choice(["div", "b", "ul"]), chance.choice(["", " class=x", " id=y class=z"])
                parts.insert(chance.randrange(len(parts) + 1), f"<{name}{value}>{some_html(depth - 1)}</{name}>")
        return "".join(parts)

    open_page(tab, f"{server.url}briefs/one/")
    for number in range(30):
        small.write({ONE: f"Title {number}\n{some_html()}"})
        expect(tab.locator("h1")).to_have_text(f"Title {number}")
        same = """async () => {
            const fresh = new DOMParser().parseFromString(await (await fetch(location.href)).text(), "text/html");
            fresh.querySelector("body > script").remove();
            return document.body.isEqualNode(fresh.body) && document.title === fresh.title;
        }"""
        assert tab.evaluate(same)
    assert is_marked(tab)


def test_only_a_page_that_has_changed_is_updated(server: PreviewServer, small: Small, tab: Page) -> None:
    other, home = tab.context.new_page(), tab.context.new_page()
    open_page(tab, f"{server.url}briefs/one/")
    open_page(other, f"{server.url}briefs/two/")
    open_page(home, server.url)
    for_other, for_home = collect_requests(other), collect_requests(home)
    small.write({ONE: "One\nnew text"})
    expect(tab.locator("main")).to_contain_text("new text")
    assert for_home == []
    small.write({ONE: "A new title\nnew text"})
    expect(home.locator("main")).to_contain_text("A new title")

    assert for_other == []
    assert is_marked(other)


def test_the_script_leaves_no_element_in_the_page(server: PreviewServer, tab: Page) -> None:
    open_page(tab, server.url)

    assert tab.locator("script").count() == 0
    assert tab.evaluate("document.body.lastElementChild.tagName") == "MAIN"


def test_problems_are_shown_over_the_last_good_page_until_they_are_fixed(
    server: PreviewServer, small: Small, tab: Page
) -> None:
    open_page(tab, f"{server.url}briefs/one/")
    small.write({ONE: "One\nWhat is !wrong <b>here</b>"})
    panel = tab.locator("briefgen-preview section")

    expect(panel).to_be_visible()
    expect(tab.locator("main")).to_contain_text("The first.")
    for text in ("1 error", "error[wrong-type]: this is wrong", f"{ONE}:2:9", "What is !wrong <b>here</b>", "mend it"):
        expect(panel).to_contain_text(text)
    expect(panel.locator("mark")).to_have_text("!wrong")
    assert axe.violations(tab) == ()

    small.write({ONE: "One\nThe first."})
    expect(panel).to_be_hidden()
    assert is_marked(tab)


def test_all_problems_are_shown_and_each_vanishes_when_it_is_fixed(
    server: PreviewServer, small: Small, tab: Page
) -> None:
    open_page(tab, server.url)
    small.write({f"content/briefs/n{number}.md": f"{number}\n!wrong" for number in range(3)})
    items = tab.locator("briefgen-preview li")
    expect(items).to_have_count(3)
    small.write({"content/briefs/n1.md": "1\nright"})
    expect(items).to_have_count(2)


def test_the_keyboard_closes_and_opens_the_list_of_problems(server: PreviewServer, small: Small, tab: Page) -> None:
    open_page(tab, server.url)
    small.write({ONE: "One\n!wrong"})
    panel, badge = tab.locator("briefgen-preview section"), tab.locator("briefgen-preview .badge")
    expect(panel).to_be_visible()
    tab.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(badge).to_have_text("1 error")

    # It stays closed as long as the problem is the same, also when the page is loaded again.
    open_page(tab, server.url)
    expect(badge).to_be_visible()
    expect(panel).to_be_hidden()

    badge.press("Enter")
    expect(panel).to_be_visible()
    panel.get_by_role("button", name="Close").press("Enter")
    expect(panel).to_be_hidden()

    small.write({ONE: "One\n!wrong", "content/briefs/two.md": "Two\n!wrong"})
    expect(panel).to_be_visible()


def test_a_preview_that_starts_with_errors_shows_them_and_later_the_site(small: Small, tab: Page) -> None:
    small.write({ONE: "One\n!wrong"})
    with small.served() as server:
        tab.goto(f"{server.url}briefs/one/")
        expect(tab.locator("h1")).to_have_text("Nothing to show yet")
        expect(tab.locator("briefgen-preview section")).to_contain_text("error[wrong-type]")
        small.write({ONE: "One\nThe first."})
        expect(tab.locator("h1")).to_have_text("One")


def test_a_page_whose_template_fails_stays_as_it_was(server: PreviewServer, small: Small, tab: Page) -> None:
    open_page(tab, f"{server.url}briefs/one/")
    small.write({ONE: "One\n!fails"})
    expect(tab.locator("briefgen-preview section")).to_contain_text("error[template-error]")
    expect(tab.locator("main")).to_contain_text("The first.")
    assert is_marked(tab)

    tab.reload()
    expect(tab.locator("briefgen-preview section")).to_contain_text("error[template-error]")
    expect(tab.locator("main")).to_contain_text("The first.")

    small.write({ONE: "One\nMended."})
    expect(tab.locator("main")).to_contain_text("Mended.")
    expect(tab.locator("briefgen-preview section")).to_be_hidden()


def test_a_stylesheet_is_swapped_without_loading_the_page(server: PreviewServer, small: Small, tab: Page) -> None:
    open_page(tab, f"{server.url}briefs/one/")
    for colour in ("rgb(255, 0, 0)", "rgb(0, 0, 255)"):
        small.write({"themes/plain/style.css": f"h1 {{ color: {colour} }}"})
        expect(tab.locator("h1")).to_have_css("color", colour)

    assert is_marked(tab)
    expect(tab.locator("link[rel=stylesheet]")).to_have_count(1)


def test_a_page_is_never_without_styles_while_they_are_swapped(server: PreviewServer, small: Small, tab: Page) -> None:
    small.write({"themes/plain/style.css": "h1 { color: rgb(255, 0, 0) }"})
    wait_until(lambda: "rgb(255" in fetch_text(f"{server.url}assets/style.css"))
    open_page(tab, f"{server.url}briefs/one/")
    expect(tab.locator("h1")).to_have_css("color", "rgb(255, 0, 0)")
    tab.evaluate("""
        window.seen = new Set();
        const look = () => {
            seen.add(getComputedStyle(document.querySelector("h1")).color);
            requestAnimationFrame(look);
        };
        look();
    """)
    small.write({"themes/plain/style.css": "h1 { color: rgb(0, 0, 255) }"})
    expect(tab.locator("h1")).to_have_css("color", "rgb(0, 0, 255)")

    assert set(tab.evaluate("[...seen]")) <= {"rgb(255, 0, 0)", "rgb(0, 0, 255)"}


def test_a_page_whose_picture_has_changed_is_loaded_again(server: PreviewServer, small: Small, tab: Page) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="{0}" height="{0}"/>'
    small.write({"content/static/dot.svg": svg.format(10)})
    wait_until(lambda: 'width="10"' in fetch_text(f"{server.url}dot.svg"))
    open_page(tab, f"{server.url}briefs/one/")
    expect(tab.locator("img")).to_have_js_property("naturalWidth", 10)
    small.write({"content/static/dot.svg": svg.format(20)})

    expect(tab.locator("img")).to_have_js_property("naturalWidth", 20)


def test_a_deleted_or_renamed_page_is_not_found_and_comes_back_at_its_position(
    server: PreviewServer, small: Small, tab: Page
) -> None:
    small.write({ONE: f"One\n{LONG}"})
    open_page(tab, f"{server.url}briefs/one/", "line 499")
    expect(tab.locator("main")).to_contain_text("line 499")
    tab.evaluate("scrollTo(0, 1234)")
    file = small.root / ONE
    file.rename(file.with_name("other.md"))
    expect(tab.locator("h1")).to_have_text("Not found")

    file.with_name("other.md").rename(file)
    expect(tab.locator("h1")).to_have_text("One")
    wait_until(lambda: get_scroll(tab) == 1234)

    file.unlink()
    expect(tab.locator("h1")).to_have_text("Not found")


def test_pages_connect_to_a_restarted_server_and_only_changed_ones_are_updated(small: Small, tab: Page) -> None:
    other = tab.context.new_page()
    with small.served() as server:
        port = server.port
        open_page(tab, f"{server.url}briefs/one/")
        open_page(other, f"{server.url}briefs/two/")
    expect(tab.locator("briefgen-preview .note")).to_have_text("Preview: not connected")
    small.write({ONE: "One\nwritten while no server ran"})

    with small.served(port=port):
        expect(tab.locator("main")).to_contain_text("written while no server ran")
        expect(other.locator("briefgen-preview .note")).to_be_hidden()
        assert is_marked(other)
        small.write({"content/briefs/two.md": "Two\nand now this"})
        expect(other.locator("main")).to_contain_text("and now this")


def test_a_hidden_tab_has_no_connection_and_is_updated_when_it_is_visible_again(
    server: PreviewServer, small: Small, tab: Page
) -> None:
    open_page(tab, f"{server.url}briefs/one/")
    show = """state => {
        Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
        document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
    }"""
    streams = server._server.app._streams
    wait_until(lambda: len(streams) == 1)
    tab.evaluate(show, "hidden")
    wait_until(lambda: len(streams) == 0)
    small.write({ONE: "One\nwritten while it was hidden"})
    wait_until(lambda: small.readings == 2)
    assert is_marked(tab)

    tab.evaluate(show, "visible")
    expect(tab.locator("main")).to_contain_text("written while it was hidden")


def test_more_visible_pages_than_connections_are_all_updated(server: PreviewServer, small: Small, tab: Page) -> None:
    windows = [tab, *(tab.context.new_page() for _ in range(8))]
    for window in windows:
        open_page(window, f"{server.url}briefs/one/")
    for text in ("new text", "newer text"):
        small.write({ONE: f"One\n{text}"})
        for window in windows:
            expect(window.locator("main")).to_contain_text(text, timeout=20_000)
    assert all(map(is_marked, windows))


def test_an_open_page_moves_to_a_new_base_path(server: PreviewServer, small: Small, tab: Page) -> None:
    open_page(tab, f"{server.url}briefs/one/?x=1#main")
    small.write({"content/base": "/repo/"})
    tab.wait_for_url(f"{server.url}repo/briefs/one/?x=1#main")
    small.write({ONE: "One\nThere."})

    expect(tab.locator("main")).to_contain_text("There.")


def test_problems_are_shown_under_a_strict_content_security_policy(
    server: PreviewServer, small: Small, tab: Page
) -> None:
    policy = "<meta http-equiv=Content-Security-Policy content=\"default-src 'self'\">"
    small.write({ONE: f"One\n{policy}"})
    # A policy in the body has no effect, so it is sent as a header.
    tab.route(
        "**/briefs/one/",
        lambda route: route.fulfill(
            response=(answer := route.fetch()),
            headers=answer.headers | {"content-security-policy": "default-src 'self'"},
        ),
    )
    open_page(tab, f"{server.url}briefs/one/")
    small.write({ONE: "One\n!wrong"})

    panel = tab.locator("briefgen-preview section")
    expect(panel).to_be_visible()
    assert panel.evaluate("element => getComputedStyle(element).position") == "fixed"


def test_problems_are_not_printed(server: PreviewServer, small: Small, tab: Page) -> None:
    open_page(tab, server.url)
    small.write({ONE: "One\n!wrong"})
    expect(tab.locator("briefgen-preview section")).to_be_visible()
    tab.emulate_media(media="print")

    expect(tab.locator("briefgen-preview section")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_list_of_problems_is_accessible(
    server: PreviewServer, small: Small, new_page: NewPage, scheme: str
) -> None:
    page = new_page(color_scheme="dark" if scheme == "dark" else "light")
    open_page(page, server.url)
    small.write({ONE: "One\n!wrong"})
    expect(page.locator("briefgen-preview section")).to_be_visible()

    assert axe.violations(page) == ()


def test_an_idle_preview_neither_reads_files_nor_loads_pages(server: PreviewServer, small: Small, tab: Page) -> None:
    open_page(tab, f"{server.url}briefs/one/")
    requests = collect_requests(tab)
    tab.wait_for_timeout(10_000)

    assert small.readings == 1
    assert requests == []
    assert is_marked(tab)


def test_a_thousand_saved_files_cause_one_reading_and_one_update(
    server: PreviewServer, small: Small, tab: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("QUIET_S", "BURST_S"):  # longer, because a busy machine causes pauses of its own
        monkeypatch.setattr(f"briefgen.preview.watch.{name}", 1.0)
    monkeypatch.setattr("briefgen.preview.watch.CAP_S", 30.0)
    open_page(tab, server.url)
    loads = collect_requests(tab)
    small.write({f"content/briefs/n{number}.md": f"Title {number}\nText" for number in range(1000)})
    expect(tab.locator("main")).to_contain_text("Title 999")

    assert small.readings == 2
    assert len(loads) == 1


def test_a_real_project_is_updated_with_its_site_theme(tmp_path: Path, tab: Page) -> None:
    brief = "---\ntitle: The dam\nlede: In short.\ndate: 2025-12-01\nstatus: draft\n---\n{}\n"
    project = Project(tmp_path, {"content/briefs/dam.md": brief.format("It holds.")})
    looks = (shipped() / "briefing" / "assets" / "style.css").read_text("utf-8")
    project.write({"themes/own/theme.yaml": "theme_api: 1\nextends: briefing\n", "themes/own/assets/style.css": looks})
    project.write({"content/site.yaml": "title: A site\nbase_url: https://example.org/repo/\nsite_theme: own\n"})
    read = make_reader(lambda: project.options(drafts=True, future=True))
    server = PreviewServer(read, tmp_path, find_watched_folders(tmp_path), lambda _: None, port=0)
    with running(server.run, server.stop):
        open_page(tab, f"{server.url}repo/briefs/dam/")
        expect(tab.locator("main")).to_contain_text("Only this preview shows the page")
        project.write({"content/briefs/dam.md": brief.format("It breaks.")})
        expect(tab.locator("main")).to_contain_text("It breaks.")
        project.write({"themes/own/assets/style.css": looks + "h1 { color: rgb(255, 0, 0) }"})
        expect(tab.locator("h1")).to_have_css("color", "rgb(255, 0, 0)")
        project.write({"content/briefs/dam.md": brief.format("See [[nobody]].")})
        panel = tab.locator("briefgen-preview section")
        expect(panel).to_contain_text("error[unknown-reference]")
        expect(panel).to_contain_text("See [[nobody]].")
        project.write({"content/briefs/dam.md": brief.format("It breaks.")})
        expect(panel).to_be_hidden()
        assert is_marked(tab)

        tab.goto(server.url)
        expect(tab).to_have_url(f"{server.url}repo/")
        project.write({"content/site.yaml": "title: Another site\nsite_theme: own\n"})
        expect(tab).to_have_url(server.url)
        expect(tab).to_have_title("Another site")
    assert not (tmp_path / "site").exists()
