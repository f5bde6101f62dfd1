"""Feeds, sitemaps and robots.txt, read back by readers that we did not write."""

import json
from io import BytesIO
from urllib.robotparser import RobotFileParser

import feedparser  # type: ignore[import-untyped] # it has no types
import jsonfeed  # type: ignore[import-untyped] # it has no types
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from msgspec import structs

from briefgen.render.feeds import render_atom, render_json_feed, render_robots, render_sitemap, render_sitemap_index
from briefgen.views.formats import Feed, FeedEntry, Robots, Sitemap, SitemapIndex

ATOM = {"a": "http://www.w3.org/2005/Atom"}
SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}

ENTRY = FeedEntry(
    id="tag:desk.example,2025:briefs/dam",
    url="https://desk.example/briefs/dam/",
    title="The dam waits",
    summary="No vote.",
    published="2025-03-01T00:00:00Z",
    updated="2025-03-04T00:00:00Z",
    author="A. Analyst",
    source="https://paper.example/vote?id=1&page=2",
    source_title="Vote off",
    tags=("Mayor", "Water"),
)
FEED = Feed(
    id="tag:desk.example,2025:feed",
    url="https://desk.example/feed.xml",
    page="https://desk.example/",
    title="Water desk",
    description="All about water.",
    language="en",
    author="The desk",
    updated="2025-03-04T00:00:00Z",
    entries=(ENTRY, structs.replace(ENTRY, id="tag:desk.example,2025:briefs/town", source="", summary="", tags=())),
)
EMPTY = structs.replace(FEED, description="", entries=())

# All that loading lets through; what XML cannot hold, often.
texts = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1) | st.text(
    st.sampled_from("\x01\x0b\x0c\x1f\x7f\x85\ufffe\uffff\r\n\t&<>\"']]>\\/\u2028é😀"), min_size=1
)


@st.composite
def feeds(draw: st.DrawFn) -> Feed:
    def hostile(entry: FeedEntry) -> FeedEntry:
        return structs.replace(
            entry,
            title=draw(texts),
            summary=draw(texts),
            author=draw(texts),
            source=f"https://paper.example/{draw(texts)}",
            source_title=draw(texts),
            tags=tuple(draw(st.lists(texts, max_size=3))),
        )

    entries = tuple(hostile(ENTRY) for _ in range(draw(st.integers(0, 2))))
    return structs.replace(FEED, title=draw(texts), description=draw(texts), author=draw(texts), entries=entries)


def shown(text: str) -> str:
    """What is left of a text in XML 1.0."""
    return "".join(
        each if each in "\t\n\r" or (each >= " " and each not in "\ufffe\uffff") else "\ufffd" for each in text
    )


# Atom


def test_a_feed_reader_finds_everything_in_an_atom_feed() -> None:
    found = feedparser.parse(BytesIO(render_atom(FEED)))

    assert not found.bozo
    assert found.version == "atom10"
    assert (found.feed.id, found.feed.title, found.feed.subtitle) == (FEED.id, FEED.title, FEED.description)
    assert (found.feed.author, found.feed.language, found.feed.updated) == (FEED.author, "en", FEED.updated)
    assert found.feed.link == FEED.page
    assert [link.href for link in found.feed.links if link.rel == "self"] == [FEED.url]
    first, second = found.entries
    assert (first.id, first.title, first.summary) == (ENTRY.id, ENTRY.title, ENTRY.summary)
    assert (first.link, first.author) == (ENTRY.url, ENTRY.author)
    assert (first.published, first.updated) == (ENTRY.published, ENTRY.updated)
    assert first.updated_parsed[:3] == (2025, 3, 4)
    assert [(link.href, link.title) for link in first.links if link.rel == "via"] == [(ENTRY.source, "Vote off")]
    assert [tag.term for tag in first.tags] == ["Mayor", "Water"]
    assert "via" not in [link.rel for link in second.links]


def test_an_atom_feed_keeps_to_rfc_4287() -> None:
    for feed in (FEED, EMPTY):
        root = etree.fromstring(render_atom(feed))
        # §4.1.1 and §4.1.2: what there must be exactly once.
        for element in (root, *root.findall("a:entry", ATOM)):
            for name in ("id", "title", "updated", "author/a:name"):
                assert [each.text for each in element.findall(f"a:{name}", ATOM)][1:] == []
                assert element.findtext(f"a:{name}", namespaces=ATOM)
            assert len(element.findall("a:link[@rel='alternate']", ATOM)) == 1
        assert len(root.findall("a:link[@rel='self']", ATOM)) == 1
        # §4.1.1: entries come last in ours; a feed may be read up to the first of them.
        names = [etree.QName(child).localname for child in root]
        assert names == sorted(names, key=lambda name: name == "entry")


@given(feed=feeds())
def test_no_text_is_lost_in_atom_or_becomes_markup(feed: Feed) -> None:
    data = render_atom(feed)
    root = etree.fromstring(data)

    def text(path: str, element: etree._Element = root) -> str | None:
        return element.findtext(path, namespaces=ATOM)

    assert text("a:title") == shown(feed.title)
    assert text("a:subtitle") == shown(feed.description)
    assert text("a:author/a:name") == shown(feed.author)
    entries = root.findall("a:entry", ATOM)
    assert len(entries) == len(feed.entries)
    for element, entry in zip(entries, feed.entries, strict=True):
        assert text("a:title", element) == shown(entry.title)
        assert text("a:summary", element) == shown(entry.summary)
        assert text("a:author/a:name", element) == shown(entry.author)
        [via] = element.findall("a:link[@rel='via']", ATOM)
        assert (via.get("href"), via.get("title")) == (shown(entry.source), shown(entry.source_title))
        assert [tag.get("term") for tag in element.findall("a:category", ATOM)] == [shown(tag) for tag in entry.tags]
    assert data.count(b"\n") == data.count(b">\n")


# JSON Feed


def test_a_feed_reader_finds_everything_in_a_json_feed() -> None:
    found = jsonfeed.Feed.parse_string(render_json_feed(FEED).decode())

    assert (found.title, found.description) == (FEED.title, FEED.description)
    assert (found.home_page_url, found.feed_url) == (FEED.page, FEED.url)
    assert [author.name for author in found.authors] == [FEED.author]
    first, second = found.items
    assert (first.id, first.title, first.summary) == (ENTRY.id, ENTRY.title, ENTRY.summary)
    assert (first.url, first.external_url) == (ENTRY.url, ENTRY.source)
    assert (first.date_published, first.date_modified) == (ENTRY.published, ENTRY.updated)
    assert [author.name for author in first.authors] == [ENTRY.author]
    assert first.tags == ["Mayor", "Water"]
    assert second.external_url is None


def test_a_json_feed_keeps_to_its_version() -> None:
    for feed in (FEED, EMPTY):
        found = json.loads(render_json_feed(feed))
        assert found["version"] == "https://jsonfeed.org/version/1.1"
        assert found["language"] == "en"
        assert isinstance(found["items"], list)
        # An item must have an id and content.
        assert all(item["id"] and item["content_text"] for item in found["items"])


def test_an_item_without_a_summary_has_its_title_for_content() -> None:
    _, item = json.loads(render_json_feed(FEED))["items"]

    assert item["content_text"] == ENTRY.title
    assert "summary" not in item


@given(feed=feeds())
def test_no_text_is_lost_in_a_json_feed(feed: Feed) -> None:
    found = json.loads(render_json_feed(feed))

    assert (found["title"], found["description"]) == (feed.title, feed.description)
    for item, entry in zip(found["items"], feed.entries, strict=True):
        assert (item["title"], item["summary"], item["external_url"]) == (entry.title, entry.summary, entry.source)
        assert tuple(item.get("tags", ())) == entry.tags
        assert item["authors"] == [{"name": entry.author}]


# Sitemap


def test_a_sitemap_keeps_to_the_protocol() -> None:
    view = Sitemap("https://desk.example/a&b/", (("", ""), ("briefs/dam/", "2025-03-01")))

    root = etree.fromstring(render_sitemap(view))

    assert root.tag == f"{{{SITEMAP['s']}}}urlset"
    assert [[(etree.QName(each).localname, each.text) for each in url] for url in root] == [
        [("loc", "https://desk.example/a&b/")],
        [("loc", "https://desk.example/a&b/briefs/dam/"), ("lastmod", "2025-03-01")],
    ]


def test_an_index_names_the_sitemaps() -> None:
    addresses = ("https://desk.example/sitemap-1.xml", "https://desk.example/sitemap-2.xml")

    root = etree.fromstring(render_sitemap_index(SitemapIndex(addresses)))

    assert root.tag == f"{{{SITEMAP['s']}}}sitemapindex"
    assert tuple(each.text for each in root.findall("s:sitemap/s:loc", SITEMAP)) == addresses


def test_robots_txt_allows_everything() -> None:
    parser = RobotFileParser()

    parser.parse(render_robots(Robots("https://desk.example/sitemap.xml")).decode().splitlines())

    assert parser.can_fetch("Any", "https://desk.example/briefs/dam/")
    assert parser.site_maps() == ["https://desk.example/sitemap.xml"]
