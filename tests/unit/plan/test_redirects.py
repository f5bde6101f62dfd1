"""Redirects: what was renamed is still found, by people and by programs."""

import pytest
from msgspec import structs

from briefgen.model.content import Retraction
from briefgen.model.page import Page
from briefgen.model.site import Site, StaticFile
from briefgen.plan import Admission, filter_published, plan_outputs
from briefgen.plan.output_checks import find_collisions
from briefgen.views.formats import Feed, Redirect, Sitemap
from support.project import DAY
from support.sites import a_site

REDIRECTS = {
    "briefs/flood": "briefs/dam",
    "briefs/deluge": "briefs/dam",
    "sources/flood": "sources/dam",
    "actors/major": "actors/mayor",
    "themes/wet": "themes/water",
    "publishers/mail": "publishers/post",
    "pages/how": "pages/method",
}


def renamed(**more: str) -> Site:
    site = a_site(
        base_url="https://desk.example/water/",
        briefs={"dam": {"title": "The dam", "source": {"title": "Article"}, "actors": ["mayor"], "themes": ["water"]}},
        publishers={"post": {"name": "Post"}},
        pages={"method": {}},
    )
    return structs.replace(site, redirects={**REDIRECTS, **more})


def planned(site: Site) -> dict[str, Page]:
    return {output.path: output for output in plan_outputs(site, ()) if isinstance(output, Page)}


def redirects(site: Site) -> dict[str, str]:
    views = {path: page.view() for path, page in planned(site).items() if page.kind == "redirect"}
    return {path: view.url for path, view in views.items() if isinstance(view, Redirect)}


def test_each_former_id_redirects_to_the_new_one() -> None:
    assert redirects(renamed()) == {
        "briefs/flood/index.html": "../../briefs/dam/",
        "briefs/deluge/index.html": "../../briefs/dam/",
        "sources/flood/index.html": "../../sources/dam/",
        "actors/major/index.html": "../../actors/mayor/",
        "themes/wet/index.html": "../../themes/water/",
        "publishers/mail/index.html": "../../publishers/post/",
        "how/index.html": "../method/",
    }


def test_a_redirect_has_the_title_and_the_canonical_address_of_its_target() -> None:
    view = planned(renamed())["briefs/flood/index.html"].view()

    assert view == Redirect(
        url="../../briefs/dam/",
        title="The dam",
        language="en",
        canonical="https://desk.example/water/briefs/dam/",
    )


def test_a_redirect_to_a_source_has_the_language_of_the_title() -> None:
    site = a_site(
        sources={"dam": {"title": "Der Damm", "language": "de"}, "log": {"title": "unknown", "language": "de"}}
    )
    site = structs.replace(site, redirects={"sources/old": "sources/dam", "sources/older": "sources/log"})

    views = [planned(site)[f"sources/{old}/index.html"].view() for old in ("old", "older")]

    assert [view.language for view in views if isinstance(view, Redirect)] == ["de", "en"]


def test_feeds_and_entries_keep_their_ids_after_a_rename() -> None:
    def ids(site: Site, path: str) -> tuple[str, list[str]]:
        view = planned(site)[path].view()
        assert isinstance(view, Feed)
        return view.id, [entry.id for entry in view.entries]

    before = a_site(base_url="https://desk.example/water/", briefs={"flood": {"actors": ["major"]}})

    assert ids(renamed(), "feed.xml") == ids(before, "feed.xml")
    assert ids(renamed(), "actors/mayor/feed.json") == ids(before, "actors/major/feed.json")


def test_the_former_address_of_a_feed_has_a_copy_of_it() -> None:
    pages = planned(renamed())

    for old, new in (("actors/major", "actors/mayor"), ("themes/wet", "themes/water")):
        for name in ("feed.xml", "feed.json"):
            assert pages[f"{old}/{name}"].view() == pages[f"{new}/{name}"].view()
    assert "briefs/flood/feed.xml" not in pages


def test_a_retraction_keeps_its_id_and_its_former_address() -> None:
    site = structs.replace(renamed(), briefs={}, retracted={"dam": Retraction(date="2025-12-04", why="Withdrawn.")})
    feed = planned(site)["corrections.xml"].view()

    assert isinstance(feed, Feed)
    assert [entry.id for entry in feed.entries] == ["tag:desk.example,2025:water/briefs/flood/retraction"]
    assert planned(site)["briefs/flood/index.html"].view() == Redirect(
        "../../briefs/dam/", "Retracted brief", "en", "https://desk.example/water/briefs/dam/"
    )


def test_redirects_are_in_no_sitemap() -> None:
    sitemap = planned(renamed())["sitemap.xml"].view()

    assert isinstance(sitemap, Sitemap)
    assert "briefs/dam/" in [address for address, _ in sitemap.pages]
    assert [address for address, _ in sitemap.pages if address + "index.html" in redirects(renamed())] == []


@pytest.mark.parametrize("more", [{"status": "draft"}, {"date": "2030-01-01"}, {"expires": "2025-12-31"}])
def test_an_unpublished_brief_has_no_redirect(more: dict[str, str]) -> None:
    site = a_site(briefs={"dam": {"source": {"title": "Article"}, "date": "2025-01-01", **more}})
    site = structs.replace(site, redirects={"briefs/flood": "briefs/dam", "sources/flood": "sources/dam"})

    assert redirects(filter_published(site, Admission(DAY))[0]) == {}


def test_a_redirect_at_the_address_of_another_output_is_a_problem() -> None:
    site = structs.replace(
        renamed(**{"pages/briefs": "pages/method"}),
        statics=(StaticFile("how/index.html", "content/static/how/index.html"),),
    )
    found = list(find_collisions(plan_outputs(site, ())))

    assert [problem.code for problem in found] == ["path-collision"] * 2
    assert {problem.hint for problem in found} == {"take it out of former_ids or aliases: this address is taken"}
