"""What a web page says, and what it only seems to say."""

import pytest

from briefgen.web.documents import DocumentText, UnreadableDocument
from briefgen.web.html_text import read_html

ADDRESS = "https://news.example/dam"
TEXT = "The dam on the river was opened on Monday, after ten years of work and three changes of the plan. "


def page(body: str, head: str = "<title>Dam opens | Example News</title>", lang: str = "en") -> str:
    return f'<!doctype html><html lang="{lang}"><head>{head}</head><body>{body}</body></html>'


def article(*paragraphs: str) -> str:
    return f"<article><h1>Dam opens</h1>{''.join(f'<p>{each}</p>' for each in paragraphs)}</article>"


def read(source: str, address: str | None = ADDRESS) -> DocumentText:
    return read_html(source.encode(), address, None)


def test_each_paragraph_is_a_line_and_the_title_is_the_first() -> None:
    body = f"""<nav><a href=/>Home</a></nav><article><h1>Dam  opens</h1><p>{TEXT}</p><p>Line one,<br>line two with
      <b>bold</b>&nbsp;words.</p><p>{TEXT}</p><blockquote><p>“We will not stop,” she said.</p></blockquote>
      <ul><li>One thing</li><li>Another <i>thing</i></li></ul><h2>What next</h2><p>{TEXT} ﬁne</p>
      <figure><img src=x.jpg><figcaption>The dam, “open at last”.</figcaption></figure></article>"""

    assert read(page(body)).text.splitlines() == [
        "Dam opens",
        TEXT.strip(),
        "Line one, line two with bold words.",
        TEXT.strip(),
        "“We will not stop,” she said.",
        "One thing",
        "Another thing",
        "What next",
        f"{TEXT}ﬁne",
        "The dam, “open at last”.",
    ]


def test_credits_of_pictures_and_signs_of_headings_are_no_text() -> None:
    figure = "<figure><img src=x.jpg><figcaption>Photo: Tom Reed</figcaption></figure>"
    text = read(page(article(TEXT * 3, "© Example Agency", "## What next", "##", TEXT) + figure)).text

    assert text.splitlines() == ["Dam opens", (TEXT * 3).strip(), "What next", TEXT.strip()]


def test_what_a_page_declares_is_its_metadata() -> None:
    head = """<title>Dam opens | Example News</title><meta property="og:title" content="Dam opens">
      <meta property="og:site_name" content="Example News"><meta name="author" content="Ada Miller">
      <meta property="article:published_time" content="2025-12-01T23:30:00Z">
      <meta property="article:modified_time" content="2025-12-03T10:00:00Z"><link rel="canonical" href="/dam">"""
    found = read(page(article(TEXT * 5), head, "en_GB"), f"{ADDRESS}?utm_source=x")

    assert (found.title, found.author, found.published) == ("Dam opens", "Ada Miller", "2025-12-01")
    assert (found.site_name, found.language, found.address) == ("Example News", "en-GB", ADDRESS)
    assert found.is_whole
    assert found.remarks == (
        "the page was changed on 2025-12-03, as it says",
        "the day is that of universal time; where the page was published it may be 2025-12-02",
    )


def test_what_only_the_looks_of_a_page_suggest_is_seen_and_no_value() -> None:
    body = article(
        "<span class=byline>By Ada Miller</span> <span class=date>Published 1 December 2025</span>", TEXT * 5
    )
    found = read(page(body))

    assert (found.author, found.published) == (None, None)
    assert found.seen == {"author": 'may be "Ada Miller"', "published": "may be 2025-12-01"}


@pytest.mark.parametrize(
    ("times", "published"),
    [
        ("<time datetime=2025-12-01>1 December</time>", "2025-12-01"),
        ("<time datetime=2025-12-01T08:00>1 December</time><time datetime=2025-12-01T09:00>later</time>", "2025-12-01"),
        ("<time datetime=2025-12-01>1 December</time><time datetime=2025-11-05>another article</time>", None),
        ("<time itemprop=datePublished datetime=2025-12-01>x</time><time datetime=2025-11-05>y</time>", "2025-12-01"),
    ],
)
def test_a_time_in_the_text_is_the_day_of_publication_if_there_is_no_other(times: str, published: str | None) -> None:
    assert read(page(article(times, TEXT * 5))).published == published


def test_a_heading_that_differs_from_the_declared_title_is_a_remark() -> None:
    found = read(page(article(TEXT * 5), '<meta property="og:title" content="River tamed">'))

    assert found.title == "River tamed"
    assert 'the page has the heading "Dam opens" and the title "River tamed"' in found.remarks


@pytest.mark.parametrize(
    ("heading", "declared", "title"),
    [
        ("Dam opens", "Dam opens | Example News", "Dam opens"),
        ("Dam opens after ten years", "Example News: Dam opens after ten years", "Dam opens after ten years"),
        ("DAM OPENS", "Dam opens", "DAM OPENS"),
    ],
)
def test_the_title_is_the_heading_that_begins_the_declared_one(heading: str, declared: str, title: str) -> None:
    assert read(page(f"<h1>{heading}</h1><p>{TEXT * 5}</p>", f"<title>{declared}</title>")).title == title


def test_a_publisher_that_is_declared_as_the_author_is_seen_and_no_value() -> None:
    head = '<meta property="og:site_name" content="Example News"><meta name=author content="Example News">'
    found = read(page(article(TEXT * 5), head))

    assert found.author is None
    assert found.seen == {"author": 'may be "Example News"'}


def test_a_title_of_ten_thousand_characters_is_cut_and_its_text_is_not() -> None:
    title = "word " * 2000
    found = read(page(f"<h1>{title}</h1><p>{TEXT * 5}</p>", f"<title>{title}</title>"))

    assert found.title is not None
    assert found.title.endswith(" word…")
    assert len(found.title) <= 301
    assert found.remarks[-1] == "the title is 9999 characters long and was cut"
    assert title.strip() in found.text


def test_a_title_has_no_control_characters() -> None:
    found = read(page(f"<p>{TEXT * 5}</p>", '<meta property="og:title" content="Dam&#x202e; opens&#x2028;now">'))

    assert found.title == "Dam opens now"


@pytest.mark.parametrize(
    ("canonical", "address"),
    [
        ("https://news.example/dam-opens", "https://news.example/dam-opens"),
        ("/dam-opens", "https://news.example/dam-opens"),
        ("//www.news.example/x", "https://www.news.example/x"),
        ("https://news.example/", ADDRESS),
        ("https://other.example/dam", ADDRESS),
        ("javascript:alert(1)", ADDRESS),
        ("http://[", ADDRESS),
        ("https://news.example/a b", ADDRESS),
    ],
)
def test_the_address_that_a_page_gives_itself_must_be_on_its_host(canonical: str, address: str) -> None:
    found = read(page(article(TEXT * 5), f'<link rel=canonical href="{canonical}">'))

    assert found.address == address
    assert any("another address" in remark for remark in found.remarks) == ("other" in canonical)


@pytest.mark.parametrize(
    "comment",
    [
        f"<!-- saved from url=(0024){ADDRESS} -->",
        f"<!--\n Page saved with SingleFile \n url: {ADDRESS} \n saved date: Mon Dec 01 2025 -->",
    ],
)
def test_a_page_that_a_browser_has_saved_names_its_address(comment: str) -> None:
    assert read(page(comment + article(TEXT * 5)), None).address == ADDRESS


def test_a_host_is_no_name_of_a_site() -> None:
    assert read(page(article(TEXT * 5))).site_name is None


@pytest.mark.parametrize(
    ("lang", "text", "language"),
    [
        ("en", "Плотина открыта после десяти лет работы. ", None),
        ("ru", TEXT, None),
        ("ru", "Плотина открыта после десяти лет работы. ", "ru"),
        ("zh-Latn", TEXT, "zh-Latn"),
        ("DE", TEXT, "de"),
        ("sr", "Плотина открыта после десяти лет работы. ", "sr"),
        ("x-default!", TEXT, None),
        ("", TEXT, None),
    ],
)
def test_a_language_that_cannot_be_that_of_the_letters_is_not_taken(lang: str, text: str, language: str | None) -> None:
    assert read(page(article(text * 10), lang=lang)).language == language


def test_a_wall_of_cookies_is_not_the_whole_page() -> None:
    found = read(page("<h1>We value your privacy</h1><p>We and our 900 partners store cookies. Accept all?</p>"))

    assert not found.is_whole
    assert found.remarks[-1].startswith("the page has very little text (")


def test_a_page_that_is_not_free_to_read_may_be_a_part() -> None:
    data = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": "False"}</script>'
    found = read(page(article(TEXT * 5) + data))

    assert not found.is_whole
    assert found.remarks[-1] == "the page says that it is not free to read, so this may be a part of the text"


@pytest.mark.parametrize("source", ["", "\0" * 100, "<html><body><script>draw()</script></body></html>", "<html>"])
def test_a_page_without_text_cannot_be_read(source: str) -> None:
    with pytest.raises(UnreadableDocument):
        read(source)


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (
            '<title>Dam opens | Example News</title><meta property="og:site_name" content="Example News">',
            "<h1>Example News</h1><h1>Dam opens</h1>",
        ),
        ("<title>Dam opens | Example News</title>", "<h1>News</h1><h1>Menu</h1><h2>Dam opens</h2><h2>Dam</h2>"),
        (
            '<title>Dam opens » Local » News</title><meta name="twitter:title" content="Dam opens">',
            "<h1>Dam opens Local</h1>",
        ),
        ("<title>News EASY|Dam opens</title>", "<h1><ruby>Dam<rp>(</rp><rt>dæm</rt><rp>)</rp></ruby> opens</h1>"),
    ],
)
def test_names_of_sites_and_sections_are_not_the_title(head: str, body: str) -> None:
    assert read(page(f"{body}<p>{TEXT * 5}</p>", head)).title == "Dam opens"


@pytest.mark.parametrize("author", ["Example News", "EXAMPLE NEWS"])
def test_an_author_who_is_only_the_site_is_seen_and_no_value(author: str) -> None:
    head = f'<meta property="og:site_name" content="Example News"><meta name="author" content="{author}">'

    found = read(page(article(TEXT * 5), head))

    assert found.author is None
    assert found.seen == {"author": f'may be "{author}"'}


@pytest.mark.parametrize(
    ("time", "other"),
    [
        ("T00:25:07.888Z", "2025-11-30"),
        ("T21:00+0000", "2025-12-02"),
        ("T12:00:00Z", ""),
        ("T00:25:00-03:00", ""),
        ("", ""),
    ],
)
def test_a_day_of_universal_time_near_midnight_has_a_remark(time: str, other: str) -> None:
    found = read(page(article(TEXT * 5), f'<meta property="article:published_time" content="2025-12-01{time}">'))

    assert found.published == "2025-12-01"
    assert (f"it may be {other}" in " ".join(found.remarks)) == bool(other)
