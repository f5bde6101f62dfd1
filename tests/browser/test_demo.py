"""The built demo in a real browser, served where its configuration takes it to stand."""

from collections.abc import Mapping
from itertools import product
from typing import Literal

import pytest
from playwright.sync_api import Page

from support import axe
from support.browser import NewPage
from support.demo import front_matter
from support.page_kinds import KINDS, NOWHERE, address_of, shape

SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
BRIEF = "briefs/kremlin-meeting/"

UNFOLD = "document.querySelectorAll('details').forEach(each => { each.open = true })"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def complaints(page: Page, site: str) -> list[str]:
    """What goes wrong on the page from now on, as it comes."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: heard.append(f"error: {error}"))
    page.on("request", lambda request: None if request.url.startswith(site) else heard.append(f"leaves: {request.url}"))
    # A request that is aborted was not done when the test left the page.
    page.on(
        "requestfailed",
        lambda request: None if "ABORTED" in f"{request.failure}" else heard.append(f"failed: {request.url}"),
    )
    page.on("response", lambda answer: None if answer.status < 400 else heard.append(f"{answer.status}: {answer.url}"))
    return heard


def test_every_page_kind_is_tested(pages: Mapping[str, bytes]) -> None:
    assert {shape(address) for address in pages} == set(KINDS.values())


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_kind_opens_without_console_errors_or_scripts(
    kind: str, pages: Mapping[str, bytes], site: str, new_page: NewPage
) -> None:
    address = address_of(kind, pages)
    page = new_page(javascript=False)
    heard = complaints(page, site)

    for width in (1280, 360):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            page.goto(site + address)

            assert page.locator("h1").count() == 1
            assert page.locator("html").get_attribute("lang") == "en"
            assert page.evaluate("document.styleSheets.length") == page.locator("link[rel=stylesheet], style").count()
            assert page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") == (scheme == "dark")
            assert page.evaluate(TOO_WIDE) == 0
    # That nothing is there is told by the answer, and by Chromium in its console.
    told = (f"404: {site}{NOWHERE}", "error: Failed to load resource: the server responded with a status of 404")
    assert [each for each in heard if address != NOWHERE or not each.startswith(told)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_page_kind_is_accessible_narrow_and_wide_in_light_and_dark(
    kind: str, pages: Mapping[str, bytes], site: str, new_page: NewPage
) -> None:
    page = new_page(width=1440)
    page.goto(site + address_of(kind, pages))
    page.evaluate(UNFOLD)
    if kind != "home":  # the open menu of a phone covers what is below it
        page.locator(".masthead details").evaluate("menu => menu.open = false")

    for width in (1440, 360):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme="light")
        assert axe.violations(page) == ()
        page.emulate_media(color_scheme="dark")
        assert axe.violations_of_colours(page) == ()


def test_the_card_of_a_cited_source_is_accessible(site: str, new_page: NewPage) -> None:
    page = new_page()
    page.goto(site + BRIEF)
    cards = page.evaluate("document.querySelectorAll('[popover]').length")
    assert cards > 5

    for width, scheme in product((1440, 360), SCHEMES):
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        for card in range(0, cards, 6):
            page.evaluate("card => document.querySelectorAll('[popover]')[card].showPopover()", card)
            assert page.locator(":popover-open").count() == 1
            assert page.evaluate(TOO_WIDE) == 0
            assert axe.violations_of_colours(page, ":popover-open") == ()
    assert axe.violations(page) == ()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_first_tab_stop_skips_the_masthead(width: int, site: str, new_page: NewPage) -> None:
    page = new_page(width=width, javascript=False)
    page.goto(site + BRIEF)
    skip = page.locator("a", has_text="Skip to content")
    assert skip.evaluate("link => getComputedStyle(link).clipPath") != "none"

    page.keyboard.press("Tab")
    assert skip.evaluate("link => link == document.activeElement")
    assert skip.evaluate("link => getComputedStyle(link).clipPath") == "none"
    assert skip.evaluate("link => link.getBoundingClientRect().width") > 50

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') != null")


@pytest.mark.parametrize("id", front_matter("briefs"))
def test_the_address_of_a_claim_scrolls_to_it(id: str, site: str, new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto(f"{site}briefs/{id}/")
    usual = "claim => getComputedStyle(claim).backgroundColor"

    for claim in front_matter("briefs")[id]["claims"]:
        element = page.locator(f"[id='{claim['id']}']")
        before = element.evaluate(usual)
        element.locator(f"a[href='#{claim['id']}']").first.click()

        assert page.url == f"{site}briefs/{id}/#{claim['id']}"
        assert element.evaluate("claim => claim.matches(':target')")
        assert element.evaluate(usual) != before
        assert 0 <= element.evaluate("claim => claim.getBoundingClientRect().top") < 800


def test_a_claim_on_an_actors_page_leads_to_its_brief(site: str, new_page: NewPage) -> None:
    page = new_page(javascript=False)
    page.goto(f"{site}actors/peskov/")

    page.locator("details.earlier summary").first.click()
    page.locator("main a[href$='#working-process']").first.click()

    assert page.url == f"{site}{BRIEF}#working-process"
    assert page.locator(":target").get_attribute("id") == "working-process"


def test_the_404_page_works_at_any_depth(site: str, new_page: NewPage) -> None:
    page = new_page(javascript=False)
    answer = page.goto(site + NOWHERE)
    assert answer is not None
    assert answer.status == 404

    links = set(page.evaluate("[...document.querySelectorAll('[href]')].map(each => each.href)"))

    assert f"{site}briefs/" in links
    assert [link for link in links if not link.startswith(site)] == []
    assert [link for link in links if page.request.get(link).status != 200] == [f"{page.url}#_main"]


def test_a_page_requests_only_its_stylesheets_fonts_and_icon(site: str, new_page: NewPage) -> None:
    page = new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))

    page.goto(site + BRIEF)

    others = {address for address in asked if not address.startswith(f"{site}assets/fonts/")}
    assert others - {f"{site}assets/icon.svg"} == {
        site + BRIEF,
        f"{site}assets/style.css",
        f"{site}assets/cited.css",
    }
