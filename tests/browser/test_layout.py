"""The layout of the demo's pages on a small phone, in print, and while fonts arrive."""

from collections.abc import Mapping
from itertools import product

from playwright.sync_api import Route

from support.browser import NewPage
from support.page_kinds import KINDS, address_of

A4 = 680  # pixels between the margins of a browser
BRIEF = "briefs/kremlin-meeting/"
# Neither the menu nor links to more are printed.
FOLDED = """[...document.querySelectorAll("main details:not(.filters) > :not(.more)")].filter(
    each => !each.checkVisibility()).length"""
CUT = """[...document.querySelectorAll("body, body *")].filter(each => {
    const style = getComputedStyle(each), box = each.getBoundingClientRect();
    const cuts = style.overflowX != "visible" && each.scrollWidth > each.clientWidth + 1 && each.clientWidth > 1;
    const seen = box.width > 1 && box.height > 1 && style.position != "absolute";
    return cuts || seen && (box.right > innerWidth + 1 || box.left < -1);
}).map(each => each.outerHTML.slice(0, 100))"""
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
LAYOUT_SHIFT = """() => new Promise(done => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(each => { sum += each.value }))
        .observe({ type: "layout-shift", buffered: true });
    document.fonts.ready.then(() => setTimeout(() => done(sum), 100));
})"""


def test_no_page_is_wider_than_a_small_phone(pages: Mapping[str, bytes], site: str, new_page: NewPage) -> None:
    page = new_page(width=320, javascript=False)
    too_wide = {}
    for address in pages:
        page.goto(site + address, wait_until="load")
        too_wide[address] = page.evaluate(TOO_WIDE)

    assert {address: pixels for address, pixels in too_wide.items() if pixels} == {}


def test_nothing_is_cut_off_in_print(pages: Mapping[str, bytes], site: str, new_page: NewPage) -> None:
    page = new_page(width=A4, javascript=False)
    page.emulate_media(media="print")
    cut = {}
    for kind in KINDS:
        page.goto(site + address_of(kind, pages), wait_until="load")
        cut[kind] = page.evaluate(CUT)

    assert {kind: elements for kind, elements in cut.items() if elements} == {}


def test_nothing_moves_when_fonts_and_scripts_arrive_late(
    pages: Mapping[str, bytes], site: str, new_page: NewPage
) -> None:
    page = new_page()
    shifts = {}
    late = set()

    def answer_late(route: Route) -> None:
        late.add(route.request.url)
        page.wait_for_timeout(300)
        route.continue_()

    page.route("**/*.woff2", answer_late)
    page.route("**/*.js", answer_late)
    addresses = [*(address_of(kind, pages) for kind in KINDS), "search/?q=ceasefire"]
    for width, address in product((360, 1440), addresses):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(site + address, wait_until="load")
        shifts[width, address] = page.evaluate(LAYOUT_SHIFT)

    assert {url.rpartition(".")[2] for url in late} == {"js", "woff2"}
    assert {place: shift for place, shift in shifts.items() if shift > 0.01} == {}


def test_printed_pages_show_all_folded_parts(pages: Mapping[str, bytes], site: str, new_page: NewPage) -> None:
    page = new_page(javascript=False)
    folded = {}
    for address, content in pages.items():
        if b"<details" in content.partition(b"<main")[2]:
            page.emulate_media(media="screen")
            page.goto(site + address)
            if not page.locator("main details:not(.filters)").count():  # there is nothing to filter on paper
                continue
            on_screen = page.evaluate(FOLDED)
            page.emulate_media(media="print")
            folded[address] = (on_screen, page.evaluate(FOLDED))

    assert BRIEF in folded
    assert all(on_screen for on_screen, _ in folded.values())
    assert [address for address, (_, on_paper) in folded.items() if on_paper] == []


def test_the_current_section_is_underlined_alone_in_forced_colours(site: str, new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.emulate_media(forced_colors="active")
    page.goto(site + "briefs/")

    lines = page.locator(".masthead nav a:visible").evaluate_all(
        "links => links.map(each => [each.ariaCurrent != null, getComputedStyle(each).borderBottomColor])"
    )

    current = {colour for is_current, colour in lines if is_current}
    others = {colour for is_current, colour in lines if not is_current}
    assert len(current) == len(others) == 1
    assert current != others
