"""Every page kind by keyboard, and the cards of cited sources by keyboard, by touch and without popovers."""

from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, Route, expect

from support.browser import NewPage
from support.page_kinds import KINDS, address_of

BRIEF = "briefs/kremlin-meeting/"
# What can be pressed, and for each of them whether it was reached with a visible outline.
WATCH = """() => {
    document.activeElement.blur();
    window.stops = [...document.querySelectorAll("a[href], summary, button, input, select, textarea, [tabindex]")]
        .filter(each => each.checkVisibility({ visibilityProperty: true }) && !each.disabled);
    window.reached = new Map();
    addEventListener("focusin", ({ target }) => {
        const style = getComputedStyle(target), box = target.getBoundingClientRect();
        const outlined = style.outlineStyle != "none" && parseFloat(style.outlineWidth) >= 2;
        reached.set(target, outlined && box.width > 1 && box.height > 1);
    });
    return stops.length;
}"""
MISSED = "stops.filter(each => !reached.has(each)).map(each => each.outerHTML.slice(0, 200))"
UNSEEN = "[...reached].filter(([, seen]) => !seen).map(([each]) => each.outerHTML.slice(0, 200))"
FOLDED = "[...document.querySelectorAll('summary')].filter(each => each.checkVisibility())"


@pytest.mark.parametrize("kind", KINDS)
def test_the_keyboard_reaches_opens_and_leaves_everything(
    kind: str, pages: Mapping[str, bytes], site: str, new_page: NewPage
) -> None:
    page = new_page()
    page.goto(site + address_of(kind, pages))

    # Past the last one the browser's own bar has the focus, and then the page again.
    for _ in range(page.evaluate(WATCH) + 2):
        page.keyboard.press("Tab")
    assert page.evaluate(MISSED) == []
    assert page.evaluate(UNSEEN) == []

    for number in range(page.evaluate(f"{FOLDED}.length")):
        is_open = f"{FOLDED}[{number}].parentElement.open"
        page.evaluate(f"{FOLDED}[{number}].focus()")
        was_open = page.evaluate(is_open)
        for key, opened in (("Enter", not was_open), ("Space", was_open)):
            page.keyboard.press(key)
            assert page.evaluate(is_open) is opened

    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    if kind == "search":
        assert page.evaluate("document.activeElement.name") == "q"
    else:
        page.wait_for_url("**/search/", timeout=60_000)


def test_a_cited_source_opens_in_a_card_by_keyboard_without_a_script(site: str, new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto(site + BRIEF)
    citation = page.locator("a[interestfor]").first
    cards = page.locator(":popover-open")
    expect(cards).to_have_count(0)

    citation.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(cards).to_have_count(1, timeout=60_000)
    assert cards.get_attribute("id") == citation.get_attribute("interestfor")
    page.keyboard.press("Escape")
    expect(cards).to_have_count(0, timeout=60_000)

    page.keyboard.press("Enter")
    page.wait_for_url("**/sources/*/", timeout=60_000)


def test_a_cited_source_opens_its_page_by_touch_without_a_script(site: str, browser: Browser) -> None:
    context = browser.new_context(has_touch=True, is_mobile=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(site + BRIEF)

    page.locator("a[interestfor]").first.tap()

    page.wait_for_url("**/sources/*/", timeout=60_000)
    context.close()


def test_a_browser_without_popovers_lists_the_cited_sources(site: str, new_page: NewPage) -> None:
    page = new_page(javascript=False)

    def without_popovers(route: Route) -> None:
        answer = route.fetch()
        text = answer.text().replace(" popover=hint", "").replace(" interestfor=", " data-x=")
        route.fulfill(response=answer, body=text)

    page.route(f"**/{BRIEF}", without_popovers)
    page.goto(site + BRIEF)

    listed = page.locator(".cited li")
    assert listed.count() > 5
    assert all(each.is_visible() for each in listed.all())
    page.locator("a.cite[data-x]").first.click()
    page.wait_for_url("**/sources/*/", timeout=60_000)
