"""Feeds and sitemap: what is in them, under which ids and dates, and what never is."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct, structs

from briefgen.model.checks import PlaceCheck, QuoteCheck, SourceCheck
from briefgen.model.content import KnownLink, Retraction
from briefgen.model.page import Page
from briefgen.model.site import Site, StaticFile
from briefgen.plan import plan_outputs, site_files
from briefgen.plan.feeds import ENTRIES_SHOWN
from briefgen.views.formats import Feed, Robots, Sitemap, SitemapIndex
from briefgen.views.parts import Frame
from support.sites import Entries, a_site

V = TypeVar("V", bound=Struct)

ADDRESS = "https://desk.example/water/"
# RFC 4151 §2.1.
TAG = re.compile(
    r"tag:[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*,\d{4}:([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*"
)


def water(*, address: str | None = ADDRESS, briefs: Entries | None = None, **more: Any) -> Site:
    return a_site(base_url=address, briefs=briefs or {"dam": {}}, **more)


def planned(site: Site) -> dict[str, Page]:
    return {output.path: output for output in plan_outputs(site, ()) if isinstance(output, Page)}


def view(site: Site, path: str, kind: type[V]) -> V:
    found = planned(site)[path].view()
    assert isinstance(found, kind)
    return found


def feed(site: Site, path: str = "feed.xml") -> Feed:
    return view(site, path, Feed)


def machine_made(site: Site) -> set[str]:
    return {path for path, page in planned(site).items() if page.format != "html" and page.kind != "data"}


# Which there are


def test_there_are_feeds_of_the_site_of_each_actor_and_theme_of_changes_and_of_corrections() -> None:
    site = water(briefs={"dam": {"actors": ["mayor"], "themes": ["water"]}})

    assert machine_made(site) == {
        "feed.xml",
        "feed.json",
        "actors/mayor/feed.xml",
        "actors/mayor/feed.json",
        "themes/water/feed.xml",
        "themes/water/feed.json",
        "changes/feed.xml",
        "changes/feed.json",
        "corrections.xml",
        "corrections.json",
        "sitemap.xml",
        "robots.txt",
        "cards/site.png",
    }


def test_a_site_without_base_url_has_no_feeds_and_announces_none() -> None:
    site = water(address=None)

    assert machine_made(site) == set()
    assert all(frame.feeds == () and not frame.canonical for frame in frames(site).values())


def test_both_feed_formats_differ_only_in_their_own_address() -> None:
    site = water(briefs={"dam": {"actors": ["mayor"], "lede": "Short."}})

    for stem in ("feed", "actors/mayor/feed", "changes/feed", "corrections"):
        atom, json = feed(site, f"{stem}.xml"), feed(site, f"{stem}.json")
        assert (atom.url, json.url) == (f"{ADDRESS}{stem}.xml", f"{ADDRESS}{stem}.json")
        assert structs.replace(atom, url="") == structs.replace(json, url="")


# What a feed says of itself


def test_a_feed_names_the_page_that_it_belongs_to() -> None:
    site = water(
        briefs={"dam": {"actors": ["mayor"], "themes": ["water"]}},
        themes={"water": {"question": "Who pays?"}},
        title="Water desk",
        description="All about water.",
        publisher="The desk",
    )

    whole, mayor, about = feed(site), feed(site, "actors/mayor/feed.xml"), feed(site, "themes/water/feed.xml")

    assert (whole.title, whole.page, whole.description) == ("Water desk", ADDRESS, "All about water.")
    assert (mayor.title, mayor.page) == ("Mayor · Water desk", f"{ADDRESS}actors/mayor/")
    assert (about.page, about.description) == (f"{ADDRESS}themes/water/", "Who pays?")
    assert {each.author for each in (whole, mayor, about)} == {"The desk"}


def test_an_empty_feed_has_a_fixed_date() -> None:
    empty = feed(water(), "corrections.xml")

    assert (empty.entries, empty.updated) == ((), "1970-01-01T00:00:00Z")


def test_a_feed_was_updated_when_one_of_its_entries_was() -> None:
    correction = {"date": "2025-05-02", "was": "Two.", "now": "Three.", "why": "Miscounted."}
    site = water(
        briefs={"old": {"date": "2025-01-01", "corrections": [correction]}, "new": {"date": "2025-04-01"}},
    )

    assert feed(site).updated == "2025-05-02T00:00:00Z"


# Entries


def test_a_feed_entry_has_title_summary_dates_source_and_tags() -> None:
    site = water(
        briefs={
            "dam": {
                "title": "The dam waits",
                "date": "2025-03-01",
                "lede": "No vote.",
                "editor": "A. Analyst",
                "source": {"title": "Vote off", "url": "https://paper.example/vote"},
                "claims": [{"actor": "mayor", "theme": "water"}],
                "actors": ["council"],
            }
        },
        publisher="The desk",
    )

    [entry] = feed(site).entries

    assert entry.title == "The dam waits"
    assert entry.url == f"{ADDRESS}briefs/dam/"
    assert entry.summary == "No vote."
    assert entry.author == "A. Analyst"
    assert (entry.source, entry.source_title) == ("https://paper.example/vote", "Vote off")
    assert entry.published == entry.updated == "2025-03-01T00:00:00Z"
    assert entry.tags == ("Council", "Mayor", "Water")


def test_a_feed_entry_omits_unknown_values_and_has_the_desk_as_default_author() -> None:
    [entry] = feed(water(briefs={"dam": {"source": {"title": "unknown"}}}, publisher="The desk")).entries
    [other] = feed(water(title="Water")).entries

    assert (entry.source, entry.source_title, entry.summary, entry.author) == ("", "", "", "The desk")
    assert other.author == "Water"


def test_an_actor_and_a_theme_with_one_name_give_one_tag() -> None:
    [entry] = feed(water(briefs={"dam": {"actors": ["nato"], "themes": ["nato"]}})).entries

    assert entry.tags == ("Nato",)


def test_a_feed_has_the_newest_briefs_newest_first() -> None:
    site = water(briefs={f"brief-{day:02}": {"date": f"2025-01-{day:02}"} for day in range(1, 31)})

    entries = feed(site).entries

    assert [entry.published[8:10] for entry in entries] == [f"{day:02}" for day in range(30, 30 - ENTRIES_SHOWN, -1)]


def test_the_feed_of_an_actor_or_theme_has_the_briefs_that_its_page_lists() -> None:
    site = water(
        briefs={
            "one": {"actors": ["mayor"]},
            "two": {"themes": ["water"]},
            "three": {"claims": [{"actor": "mayor", "theme": "water"}]},
        },
        actors={"silent": {}},
    )

    assert titles(feed(site, "actors/mayor/feed.xml")) == ["One", "Three"]
    assert titles(feed(site, "themes/water/feed.xml")) == ["Two", "Three"]
    assert titles(feed(site, "actors/silent/feed.xml")) == []


def titles(of: Feed) -> list[str]:
    return [entry.title for entry in of.entries]


def test_the_corrections_feed_is_sorted_newest_first() -> None:
    first = {"date": "2025-02-01", "was": "Two dams.", "now": "Three dams.", "why": "Miscounted."}
    second = {"date": "2025-02-03", "was": "May.", "now": "June.", "why": "Misread."}
    site = structs.replace(
        water(briefs={"dam": {"date": "2025-01-01", "corrections": [first, second]}}),
        retracted={
            "leak": Retraction(date="2025-02-02", why="It was forged."),
            "silent": None,
        },
    )

    entries = feed(site, "corrections.xml").entries

    assert [(entry.title, entry.summary) for entry in entries] == [
        ("Correction: Dam", "Before: May. Now: June. Why: Misread."),
        ("Retracted brief", "It was forged."),
        ("Correction: Dam", "Before: Two dams. Now: Three dams. Why: Miscounted."),
    ]
    assert [entry.url for entry in entries] == [f"{ADDRESS}briefs/{id}/" for id in ("dam", "leak", "dam")]
    assert len({entry.id for entry in entries}) == 3


def test_a_further_correction_does_not_change_the_ids_of_earlier_ones() -> None:
    first, second = (
        {"date": f"2025-02-0{day}", "was": "Two.", "now": "Three.", "why": "Miscounted."} for day in (1, 2)
    )
    before = feed(water(briefs={"dam": {"corrections": [first]}}), "corrections.xml").entries
    after = feed(water(briefs={"dam": {"corrections": [first, second]}}), "corrections.xml").entries

    assert after[1:] == before


def test_unpublished_briefs_of_a_preview_are_in_no_feed_and_no_sitemap() -> None:
    correction = {"date": "2025-05-02", "was": "Two.", "now": "Three.", "why": "Miscounted."}
    site = structs.replace(
        water(
            briefs={
                "open": {"date": "2025-01-01"},
                "later": {"date": "2026-01-01", "source": {"title": "Later"}, "corrections": [correction]},
            }
        ),
        marks={"later": "scheduled"},
    )

    assert titles(feed(site)) == ["Open"]
    assert feed(site, "corrections.xml").entries == ()
    listed = {url for url, _ in view(site, "sitemap.xml", Sitemap).pages}
    assert "briefs/open/" in listed
    assert not {"briefs/later/", "sources/later/"} & listed
    assert "sources/later/index.html" in planned(site)


def changing(**dispute: Any) -> Site:
    """Return a site with an event of each kind."""
    gate = {"id": "gate", "question": "Who closed it?", "kind": "fact", "claims": ["talks#before", "talks#now"]}
    said = {"actor": "mayor", "theme": "dam"}
    source = {"title": "Vote", "url": "https://paper.example/vote"}
    dead = KnownLink(address="https://paper.example/vote", state="dead", since="2025-04-01")
    page = PlaceCheck(result="absent", date="2025-03-20")
    check = SourceCheck(
        id="letter",
        text="0" * 64,
        quotes=(QuoteCheck(words="0" * 32, result="found", checked="2025-03-05", page=page),),
    )
    site = water(
        themes={"dam": {"name": "The dam", "question": "Should it be built?", "disputes": [gate | dispute]}},
        sources={"letter": {"title": "A letter"}},
        briefs={
            "talks": {
                "date": "2025-03-02",
                "lede": "They met.",
                "source": source,
                "corrections": [{"date": "2025-03-10", "was": "Four.", "now": "Five.", "why": "Miscounted."}],
                "claims": [
                    said | {"id": "before", "answer": "yes", "date": "2025-02-28"},
                    said | {"id": "now", "answer": "no", "date": "2025-03-01"},
                ],
            }
        },
    )
    retracted = {"leak": Retraction(date="2025-03-11", why="It was forged.")}
    return structs.replace(site, retracted=retracted, links={dead.address: dead}, checks={"letter": check})


READ = {"reading": {"says": "The wind.", "date": "2025-03-15"}}


def test_the_feed_of_changes_has_an_entry_for_each_event() -> None:
    site = changing(**READ)

    found = {
        entry.published[:10]: (entry.title, entry.summary, entry.url.removeprefix(ADDRESS))
        for entry in feed(site, "changes/feed.xml").entries
        if entry.title != "New dispute: Who closed it?"
    }

    assert found == {
        "2025-04-01": ("Source no longer at its address: Vote", "", "sources/talks/"),
        "2025-03-20": ("Source changed at its address: A letter", "", "sources/letter/"),
        "2025-03-15": ("New reading of a dispute: Who closed it?", "The wind.", "disputes/gate/"),
        "2025-03-11": ("Retracted brief", "It was forged.", "briefs/leak/"),
        "2025-03-10": ("Correction: Talks", "Before: Four. Now: Five. Why: Miscounted.", "briefs/talks/"),
        "2025-03-02": ("Talks", "They met.", "briefs/talks/"),
        "2025-03-01": (
            "Changed its answer: Mayor",
            "On The dam: no; before that, 28 February 2025: yes.",
            "briefs/talks/#now",
        ),
    }


def test_a_brief_and_a_correction_have_one_entry_in_all_feeds() -> None:
    site = changing()
    changes = {entry.id: entry for entry in feed(site, "changes/feed.xml").entries}

    for entry in (*feed(site).entries, *feed(site, "corrections.xml").entries):
        assert changes[entry.id] == entry


def test_a_dispute_is_new_once_and_each_reading_and_settlement_is_another_entry() -> None:
    def disputes(**more: Any) -> list[tuple[str, str, str]]:
        entries = feed(changing(**more), "changes/feed.xml").entries
        return [
            (each.published[:10], each.title.partition(":")[0], each.id) for each in entries if "/disputes/" in each.url
        ]

    base = "tag:desk.example,2025:water/disputes/gate"
    new = ("2025-03-02", "New dispute", base)
    later = {"reading": {"says": "The mayor.", "date": "2025-05-01"}}

    assert disputes() == [new]
    assert disputes(**READ) == [("2025-03-15", "New reading of a dispute", f"{base}/reading/2025-03-15"), new]
    assert disputes(**later)[0][2] == f"{base}/reading/2025-05-01"
    settled = disputes(**READ, state="settled", evidence=["letter"])
    assert settled == [("2025-03-15", "Dispute settled", f"{base}/settled/2025-03-15"), new]
    # A reading of the first day is part of the new dispute.
    assert disputes(reading={"says": "The wind.", "date": "2025-03-02"}) == [new]


def test_the_feed_of_changes_has_nothing_of_a_brief_that_only_a_preview_shows() -> None:
    site = structs.replace(changing(**READ), marks={"talks": "draft"})

    assert titles(feed(site, "changes/feed.xml")) == ["Source changed at its address: A letter", "Retracted brief"]


def test_the_day_of_a_month_is_its_first_and_makes_no_time_of_the_build() -> None:
    claims = [
        {"actor": "mayor", "theme": "dam", "answer": answer, "date": day}
        for answer, day in (("yes", "2024"), ("no", "2025-02?"))
    ]
    [position] = [
        entry
        for entry in feed(water(briefs={"talks": {"claims": claims}}), "changes/feed.xml").entries
        if entry.title.startswith("Changed")
    ]

    assert position.published == position.updated == "2025-02-01T00:00:00Z"
    assert position.id == "tag:desk.example,2025:water/themes/dam/actors/mayor/no/2025-02-01"


# Ids


def test_entry_ids_are_tag_addresses_of_host_year_and_path() -> None:
    site = water(briefs={"dam": {"date": "2024-03-01", "actors": ["mayor"]}})

    assert feed(site).entries[0].id == "tag:desk.example,2024:water/briefs/dam"
    assert feed(site).id == "tag:desk.example,2025:water/feed"
    assert feed(site, "actors/mayor/feed.json").id == "tag:desk.example,2025:water/actors/mayor/feed"


def test_two_sites_on_one_host_share_no_entry_id() -> None:
    one, other = (feed(water(address=f"https://desk.example/{path}/")) for path in ("water", "fire"))

    assert {one.id, one.entries[0].id}.isdisjoint({other.id, other.entries[0].id})


def test_a_final_slash_of_base_url_changes_nothing() -> None:
    assert feed(water(address=ADDRESS.rstrip("/"))) == feed(water(address=ADDRESS))


@given(
    title=st.text(min_size=1),
    lede=st.text(min_size=1),
    day=st.dates(date(2025, 1, 1), date(2025, 12, 31)).map(str),
    more=st.sets(st.sampled_from(["one", "two", "three"])),
)
def test_the_id_of_an_entry_never_changes(title: str, lede: str, day: str, more: set[str]) -> None:
    briefs: Mapping[str, Mapping[str, Any]] = {"dam": {"title": title, "lede": lede, "date": day}}
    site = water(briefs={**briefs, **{other: {} for other in more}})

    ids = {entry.url: entry.id for entry in feed(site).entries}

    assert ids[f"{ADDRESS}briefs/dam/"] == "tag:desk.example,2025:water/briefs/dam"


@given(
    host=st.from_regex(r"[^\s/?#\[\]@:\\]{1,20}(:[0-9]{1,4})?", fullmatch=True),
    path=st.from_regex(r"(/[^\s/?#.\\][^\s/?#\\]{0,20}){0,2}/?", fullmatch=True),
)
def test_ids_are_tag_addresses_and_links_are_ascii_for_any_base_url(host: str, path: str) -> None:
    site = water(address=f"https://{host}{path}", briefs={"dam": {"actors": ["mayor"]}})

    found = [feed(site), feed(site, "actors/mayor/feed.xml")]

    for each in found:
        for id in (each.id, *(entry.id for entry in each.entries)):
            assert TAG.fullmatch(id), id
        for address in (each.url, each.page, *(entry.url for entry in each.entries)):
            assert re.fullmatch(r"https://[!-~]+", address), address


@pytest.mark.parametrize(
    ("address", "there", "authority"),
    [
        ("https://Пример.рф:8080/ж", "https://xn--e1afmkfd.xn--p1ai:8080/%D0%B6/", "xn--e1afmkfd.xn--p1ai"),
        # Older rules for names took ß for ss, which is another host.
        ("https://faß.example/", "https://xn--fa-hia.example/", "xn--fa-hia.example"),
        ("https://xn--e1afmkfd.xn--p1ai", "https://xn--e1afmkfd.xn--p1ai/", "xn--e1afmkfd.xn--p1ai"),
        # What is no name by these rules is left to browsers.
        ("https://☃.example/", "https://%E2%98%83.example/", "e2-98-83.example"),
    ],
)  # fmt: skip
def test_hosts_are_written_in_ascii(address: str, there: str, authority: str) -> None:
    site = water(address=address, briefs={"dam": {}})

    assert feed(site).page == there
    assert feed(site).id.startswith(f"tag:{authority},")


# What pages announce


def frames(site: Site) -> dict[str, Frame]:
    return {
        path: page.view().frame  # type: ignore[attr-defined] # every view of a page in HTML has one
        for path, page in planned(site).items()
        if page.format == "html"
    }


def test_a_page_announces_the_feeds_that_belong_to_it_by_relative_addresses() -> None:
    briefs = {f"brief-{number}": {"actors": ["mayor"], "themes": ["water"]} for number in range(5)}
    found = {
        path: [feed.url for feed in frame.feeds] for path, frame in frames(water(briefs=briefs, page_size=1)).items()
    }
    site = ["../../feed.xml", "../../feed.json"]

    assert found["index.html"] == [
        f"./{stem}.{suffix}" for stem in ("feed", "changes/feed", "corrections") for suffix in ("xml", "json")
    ]
    for section, feed in (("changes", "changes/feed"), ("corrections", "corrections")):
        assert found[f"{section}/index.html"] == [
            f"../{stem}.{suffix}" for stem in (feed, "feed") for suffix in ("xml", "json")
        ]
    assert found["briefs/brief-1/index.html"] == site
    assert found["actors/index.html"] == ["../feed.xml", "../feed.json"]
    assert found["actors/mayor/index.html"] == ["../../actors/mayor/feed.xml", "../../actors/mayor/feed.json", *site]
    assert found["themes/water/index.html"] == ["../../themes/water/feed.xml", "../../themes/water/feed.json", *site]
    older = "../../../../"
    assert found["actors/mayor/page/1/index.html"][0] == f"{older}actors/mayor/feed.xml"
    assert found["404.html"] == ["/water/feed.xml", "/water/feed.json"]


def test_every_announced_feed_exists_and_has_the_announced_title() -> None:
    site = water(briefs={"dam": {"actors": ["mayor"], "themes": ["water"]}})
    pages = planned(site)

    for frame in frames(site).values():
        for link in frame.feeds:
            path = re.sub(r"^((\.\./)*|\./|/water/)", "", link.url)
            assert feed(site, path).title == link.title
            assert pages[path].format == ("json_feed" if "json" in link.type else "atom")


def test_only_brief_pages_have_dates_and_404_has_no_canonical_address() -> None:
    correction = {"date": "2025-05-02", "was": "Two.", "now": "Three.", "why": "Miscounted."}
    found = frames(water(briefs={"dam": {"date": "2025-01-01", "corrections": [correction]}}))

    dated = {path: (frame.published, frame.updated) for path, frame in found.items() if frame.published}

    assert dated == {"briefs/dam/index.html": ("2025-01-01", "2025-05-02")}
    assert {path for path, frame in found.items() if not frame.canonical} == {"404.html"}


# Sitemap and robots.txt


def test_the_sitemap_lists_all_html_pages_except_404_and_retracted_briefs() -> None:
    site = structs.replace(
        water(
            briefs={"dam": {"source": {"title": "Vote off"}, "actors": ["mayor"], "themes": ["water"]}},
            pages={"about": {}},
        ),
        retracted={"leak": None},
    )

    found = view(site, "sitemap.xml", Sitemap)

    expected = {
        path.removesuffix("index.html")
        for path, page in planned(site).items()
        if path.endswith(".html") and page.kind not in ("not_found", "retracted")
    }
    assert found.base == ADDRESS
    assert {url for url, _ in found.pages} == expected
    assert len(found.pages) == len(expected)
    assert {"", "about/", "briefs/dam/", "sources/dam/"} <= expected


def test_the_sitemap_dates_only_brief_pages() -> None:
    correction = {"date": "2025-05-02", "was": "Two.", "now": "Three.", "why": "Miscounted."}
    site = water(briefs={"dam": {"date": "2025-01-01", "corrections": [correction]}, "town": {"date": "2025-02-01"}})

    days = {url: day for url, day in view(site, "sitemap.xml", Sitemap).pages if day}

    assert days == {"briefs/dam/": "2025-05-02", "briefs/town/": "2025-02-01"}


def test_a_sitemap_above_the_limit_is_split(monkeypatch: Any) -> None:
    monkeypatch.setattr(site_files, "MOST_PAGES", 4)
    site = water(briefs={f"brief-{number}": {} for number in range(4)})

    index = view(site, "sitemap.xml", SitemapIndex)

    paths = [url.removeprefix(ADDRESS) for url in index.sitemaps]
    parts = [view(site, path, Sitemap).pages for path in paths]
    assert paths == [f"sitemap-{number}.xml" for number in range(1, len(paths) + 1)]
    assert [len(part) for part in parts[:-1]] == [4] * (len(parts) - 1)
    monkeypatch.undo()
    assert tuple(page for part in parts for page in part) == view(site, "sitemap.xml", Sitemap).pages


def test_robots_txt_names_the_sitemap_unless_the_desk_has_its_own() -> None:
    site = water()
    own = structs.replace(site, statics=(StaticFile("robots.txt", "content/static/robots.txt"),))

    assert view(site, "robots.txt", Robots).sitemap == f"{ADDRESS}sitemap.xml"
    assert "robots.txt" not in planned(own)


def test_a_feed_has_no_stylesheet_where_the_site_theme_has_none() -> None:
    assert feed(water()).stylesheet == ""
