"""What pages say of quotations: where their words were found, when, how many of how many, and the way to them."""

from collections.abc import Mapping
from typing import Any, get_args

import msgspec
import pytest
from msgspec.structs import replace

from briefgen.model.checks import CopyInfo, SourceCheck
from briefgen.model.content import KnownLink
from briefgen.model.quotations import Reason, words_hash
from briefgen.model.site import Site
from briefgen.plan.briefs import plan_pages
from briefgen.plan.claims import make_claim
from briefgen.plan.quotations import NOT_CHECKED, count_in_brief, count_in_claims, plan_quotations
from briefgen.plan.urls import PageLocation
from briefgen.plan.view_factory import SiteContext, ViewFactory
from briefgen.quotes.folding import FOLDS
from briefgen.views.pages import BriefView, Quotations
from briefgen.views.sources import QuoteCheckView
from support.sites import a_site, cite

WORDS = "the dam-gate is shut"
ADDRESS = "https://post.example/dam"
FOUND = {"result": "found", "how": "exact", "checked": "2025-12-02"}
GONE = {"result": "absent", "date": "2025-12-09"}


def record(quotes: Mapping[str, Mapping[str, Any]], **more: Any) -> SourceCheck:
    """Return the record of a source with these quotes."""
    checks = [{"words": words_hash(quote)} | dict(check) for quote, check in quotes.items()]
    checks.sort(key=lambda check: check["words"])
    return msgspec.convert({"id": "x", "text": "0" * 64, "quotes": checks} | more, SourceCheck)


def a_checked_site(check: Mapping[str, Any] | None, *, url: str = ADDRESS, **more: Any) -> Site:
    """Return a site with one quote, whose check is this, and with another source that was checked."""
    claim = {"id": "c", "actor": "mayor", "says": "It is shut.", "quote": WORDS}
    site = a_site(sources={"post": {"url": url, "claims": [claim]}, "other": {}})
    checks = {"other": record({})} | ({"post": record({WORDS: check} if check else {}, **more)} if check else {})
    return replace(site, checks=checks)


def views_of(site: Site, url: str = "") -> ViewFactory:
    return ViewFactory(SiteContext(site), PageLocation(url))


def check_of(site: Site) -> QuoteCheckView:
    views = views_of(site)
    found = make_claim(views, views.index.claims["post#c"]).check
    assert found
    return found


@pytest.mark.parametrize(
    ("check", "words", "day"),
    [
        (FOUND, "in our copy", "2025-12-02"),
        (FOUND | {"how": "normalised"}, "in our copy, apart from typography", "2025-12-02"),
        (FOUND | {"how": "bracketed"}, "in our copy, but for our words in brackets", "2025-12-02"),
        (FOUND | {"result": "ambiguous"}, "in our copy, in more than one place", "2025-12-02"),
        ({"result": "absent", "checked": "2025-12-02"}, "not in our copy", "2025-12-02"),
        (
            FOUND | {"archive": {"result": "found", "date": "2025-12-05"}},
            "in our copy and in the archive",
            "2025-12-02",
        ),
        (
            FOUND
            | {"archive": {"result": "found", "date": "2025-12-05"}, "page": {"result": "found", "date": "2025-11-30"}},
            "in our copy, in the archive and on the page",
            "2025-11-30",
        ),
        (FOUND | {"archive": {"result": "absent", "date": "2025-11-01"}}, "in our copy", "2025-12-02"),
        (None, "not checked", ""),
    ],
)
def test_a_check_names_the_places_and_the_oldest_day_on_which_it_was_found_there(
    check: Mapping[str, Any] | None, words: str, day: str
) -> None:
    found = check_of(a_checked_site(check))

    assert found.words == words
    assert (found.checked.iso if found.checked else "") == day


def test_changed_words_and_a_changed_copy_are_not_checked() -> None:
    site = a_checked_site(FOUND)
    copied = replace(site, copies={"post": CopyInfo("content/copies/post", text="1" * 64)})
    changed, part = (
        replace(site, checks={"post": record({"other": FOUND}, extent=extent)}) for extent in ("whole", "part")
    )

    assert check_of(copied).words == "not checked since our copy was changed"
    assert check_of(changed).words == "not checked since its words were changed"
    assert check_of(part).words == "not checked: our copy is not the whole text"
    assert {check_of(each).result for each in (copied, changed, part)} == {"unchecked"}
    assert {check_of(each).url for each in (copied, changed, part)} == {""}


def test_a_site_without_any_check_says_nothing_beside_quotes() -> None:
    unchecked = views_of(replace(a_checked_site(FOUND), checks={}))
    counts = count_in_claims(unchecked, unchecked.index.claims.values())

    assert make_claim(unchecked, unchecked.index.claims["post#c"]).check is None
    assert counts
    assert (counts.total, counts.unchecked, counts.method) == (1, 1, "")
    assert list(plan_quotations(unchecked.context)) == []


@pytest.mark.parametrize(
    ("url", "check", "address"),
    [
        (ADDRESS, FOUND, f"{ADDRESS}#:~:text=the%20dam%2Dgate%20is%20shut"),
        (f"{ADDRESS}#part", FOUND, f"{ADDRESS}#part:~:text=the%20dam%2Dgate%20is%20shut"),
        (f"{ADDRESS}#:~:text=dam", FOUND, f"{ADDRESS}#:~:text=the%20dam%2Dgate%20is%20shut"),
        (ADDRESS, FOUND | {"fragment": "text=the,shut"}, f"{ADDRESS}#:~:text=the,shut"),
        ("unknown", FOUND, ""),
        (ADDRESS, FOUND | {"result": "ambiguous"}, ""),
        (ADDRESS, {"result": "absent", "checked": "2025-12-02"}, ""),
        (ADDRESS, FOUND | {"page": GONE}, ""),
    ],
)
def test_a_link_leads_to_the_words_where_they_are_found(url: str, check: Mapping[str, Any], address: str) -> None:
    assert check_of(a_checked_site(check, url=url)).url == address


@pytest.mark.parametrize(
    ("archive", "address"),
    [
        ({"result": "found", "date": "2025-12-09"}, "https://archive.example/1#:~:text=the%20dam%2Dgate%20is%20shut"),
        ({"result": "absent", "date": "2025-12-09"}, ""),
    ],
)
def test_words_that_are_no_longer_on_the_page_are_dated_and_read_in_the_archive(
    archive: Mapping[str, Any], address: str
) -> None:
    site = a_checked_site(FOUND | {"page": GONE, "archive": archive})
    post = site.sources["post"]
    archived = replace(post, data=replace(post.data, archive="https://archive.example/1"))
    check = check_of(replace(site, sources=site.sources | {"post": archived}))

    assert check.url == address
    gone = check.gone
    assert gone
    assert gone.iso == "2025-12-09"


@pytest.mark.parametrize("archive", ["https://archive.example/1/dam", ""])
def test_the_link_leads_to_the_archive_where_the_page_is_dead(archive: str) -> None:
    known = KnownLink(ADDRESS, "dead", since="2025-12-05", archive=archive or None)
    site = replace(a_checked_site(FOUND), links={ADDRESS: known})

    assert check_of(site).url == (f"{archive}#:~:text=the%20dam%2Dgate%20is%20shut" if archive else "")


def test_a_brief_counts_the_quotations_of_its_claims_and_citations_each_once() -> None:
    claims = [{"quote": quote} for quote in ("one", "two", "three", "[f]our [x]")]
    body = [cite("brief", quote="one"), cite("other", quote="one"), cite("other")]
    site = a_site(briefs={"brief": {"source": {}, "claims": [*claims, {}], "body": body}}, sources={"other": {}})
    normalised = {"result": "found", "how": "normalised", "checked": "2025-11-30"}
    checks = {
        "brief": record(
            {
                "one": FOUND,
                "two": normalised,
                "three": FOUND | {"result": "ambiguous"},
                "[f]our [x]": FOUND | {"how": "bracketed"},
            }
        )
    }
    views = views_of(replace(site, checks=checks), "briefs/brief/")
    document = views.site.briefs["brief"]

    counts = count_in_brief(views, document, views.summaries.brief("brief"))

    assert counts
    assert (counts.total, counts.found, counts.normalised, counts.bracketed) == (5, 3, 1, 1)
    assert (counts.ambiguous, counts.absent, counts.unchecked) == (1, 0, 1)
    assert counts.checked
    assert counts.checked.iso == "2025-11-30"
    assert counts.method == "../../quotations/"
    (page,) = plan_pages(views.context)
    view = page.view()
    assert isinstance(view, BriefView)
    assert view.quotations == counts


def test_a_brief_without_quotations_counts_none() -> None:
    site = a_site(briefs={"brief": {"source": {}, "claims": [{}]}})
    views = views_of(site, "briefs/brief/")

    assert count_in_brief(views, views.site.briefs["brief"], views.summaries.brief("brief")) is None


def test_a_source_tells_which_copy_was_compared() -> None:
    site = a_checked_site(FOUND, captured="f" * 64, retrieved="2025-12-01", extent="part")
    copy = views_of(site).source("post").copy

    assert copy
    assert copy.retrieved
    assert (copy.retrieved.iso, copy.is_whole) == ("2025-12-01", False)
    assert (copy.sha256, copy.text_sha256) == ("f" * 64, "0" * 64)
    assert views_of(a_site(sources={"post": {}})).source("post").copy is None


def test_the_method_page_has_every_row_of_the_fold_table() -> None:
    (page,) = plan_quotations(views_of(a_checked_site(FOUND)).context)
    view = page.view()
    assert isinstance(view, Quotations)
    rows = {row.says: row.characters for row in view.folds}

    assert page.path == "quotations/index.html"
    assert list(rows) == list(dict.fromkeys(fold.says for fold in FOLDS))
    assert {char for fold in FOLDS for char in fold.characters if char.isprintable()} <= {*"".join(rows.values())}
    (spaces,) = (text for says, text in rows.items() if "spaces count" in says)
    assert spaces == "U+0009 U+00A0 U+1680 U+2000 to U+200A U+202F U+205F U+3000"


def test_the_method_page_counts_the_quotations_of_each_source() -> None:
    (page,) = plan_quotations(views_of(a_checked_site(FOUND)).context)
    view = page.view()
    assert isinstance(view, Quotations)

    assert [(one.source.id, one.quotations.found, one.quotations.total) for one in view.sources] == [("post", 1, 1)]
    assert view.more == 0


def test_every_reason_has_its_words() -> None:
    assert {reason for reason in get_args(Reason) if reason} == NOT_CHECKED.keys()


def test_a_citation_says_where_its_words_were_not_looked_for() -> None:
    body = [cite("post", quote="one"), cite("post", quote="two"), cite("post")]
    site = a_site(briefs={"brief": {"body": body}}, sources={"post": {}})

    def marks(site: Site) -> list[bool]:
        views = views_of(site)
        prose = views.prose(views.site.briefs["brief"].body)
        assert prose
        return ["(not checked)" in fill for fill in prose.fills]

    assert marks(replace(site, checks={"post": record({"one": FOUND})})) == [False, True, False]
    assert marks(site) == [False, False, False]
