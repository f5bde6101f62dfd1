"""Where links and images may lead."""

import pytest
from markdown_it.common.normalize_url import normalizeLink

from briefgen.load.markdown import render
from briefgen.load.markdown_rules.addresses import address
from briefgen.model.problem import Place

FILE = "content/briefs/b.md"


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("../actors/putin.md", "actors/putin.md"),
        ("../actors/putin.md#role", "actors/putin.md#role"),
        ("c.md", "briefs/c.md"),
        ("./c.md", "briefs/c.md"),
        ("../static/maps/../map.png", "static/map.png"),
        ("../actors/", "actors/"),
        ("../actors/putin/", "actors/putin/"),
        ("#claim", "briefs/b.md#claim"),
        ("#", "briefs/b.md#"),
        ("/about/#x", "/about/#x"),
        ("/", "/"),
        ("/a/../b/./c", "/b/c"),
        ("/../../etc", "/etc"),
        ("caf%C3%A9.md#%C3%A9t%C3%A9", "briefs/café.md#été"),
        ("b c.md", "briefs/b c.md"),
        ("%2e%2e/actors/x.md", "actors/x.md"),
        ("12:30.md", "briefs/12:30.md"),
        ("x.md?y=1#z", "briefs/x.md?y=1#z"),
    ],
)
def test_a_link_inside_the_site_is_a_file_below_content_or_an_address_from_the_root(href: str, target: str) -> None:
    found = address(href, "briefs", "briefs/b.md", image=False)

    assert (found.target, found.href, found.message) == (target, "", "")


def test_a_fragment_alone_is_a_place_in_the_same_page() -> None:
    (reference,) = render("[x](#y)", "content/pages/about.md").references

    assert reference.target == "pages/about.md#y"


@pytest.mark.parametrize(
    "href", ["https://x.org", "http://x.org/a?b#c", "HTTPS://X.org", "mailto:a@b.org", "https://x.org/javascript:x"]
)
def test_the_web_and_mail_are_left_as_they_are(href: str) -> None:
    found = address(href, "briefs", "briefs/b.md", image=False)

    assert (found.href, found.target, found.message) == (href, "", "")


ONLY = "only http, https, mailto and addresses in this site"


@pytest.mark.parametrize(
    ("href", "message", "hint"),
    [
        ("javascript:alert(1)", "links cannot begin with javascript:", ONLY),
        ("JaVaScRiPt:alert(1)", "links cannot begin with javascript:", ONLY),
        ("java\tscript:alert(1)", "links cannot begin with javascript:", ONLY),
        ("java\u200bscript:x", "links cannot begin with javascript:", ONLY),
        ("%6Aavascript:x", "links cannot begin with javascript:", ONLY),
        ("\x01javascript:x", "links cannot begin with javascript:", ONLY),
        ("vbscript:x", "links cannot begin with vbscript:", ONLY),
        ("data:text/html,x", "links cannot begin with data:", ONLY),
        ("file:///etc/passwd", "links cannot begin with file:", ONLY),
        ("tel:+41", "links cannot begin with tel:", ONLY),
        ("h%74tps://x.org", "links cannot begin with https:", ONLY),
        ("https:x.org", "the link has no host", "write https://, then the host"),
        ("https:///x", "the link has no host", "write https://, then the host"),
        ("//x.org/a", "the link has no scheme", "write https://x.org/a"),
        ("\\\\x.org", "the link has no scheme", "write https://x.org"),
        ("/\\x.org", "the link has no scheme", "write https://x.org"),
        ("../../x.md", "the link leads out of content/", "../static/ and ../actors/ lie inside it"),
        ("..%2F..%2Fx", "the link leads out of content/", "../static/ and ../actors/ lie inside it"),
        ("", "the link has no address", "write it between the round brackets"),
    ],
)
def test_every_other_link_is_refused(href: str, message: str, hint: str) -> None:
    found = address(href, "briefs", "briefs/b.md", image=False)
    assert (found.href, found.target, found.message, found.hint) == ("", "", message, hint)

    assert address(normalizeLink(href), "briefs", "briefs/b.md", image=False).message.startswith(message[:12])


@pytest.mark.parametrize("href", ["https://x.org/a.png", "data:image/png;base64,x", "//x.org/a.png", "mailto:x"])
def test_an_image_of_another_site_is_refused(href: str) -> None:
    found = address(href, "briefs", "briefs/b.md", image=True)

    assert found.message == "an image must lie in this site"
    assert found.hint == "put the file into content/static/: readers ask no other site for anything"


@pytest.mark.parametrize(
    ("href", "message"),
    [
        ("", "the image has no address"),
        ("#x", "an image cannot be a place in a text"),
        ("../../x", "the image leads out of content/"),
    ],
)
def test_an_image_must_be_a_file(href: str, message: str) -> None:
    assert address(href, "briefs", "briefs/b.md", image=True).message == message


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[click *me*](javascript:x)", "click <em>me</em>"),
        ("[q](JaVa&#9;script:x)", "q"),
        ("[q](&#x6A;avascript:x)", "q"),
        ("[q][r]\n\n[r]: data:x", "q"),
        ("<javascript:x>", "javascript:x"),
        ("![a *b*](https://x.org/y.png)", "a b"),
        ("[![a](https://x.org/y.png)](vbscript:x)", "a"),
        ("[x]()", "x"),
    ],
)
def test_a_refused_address_is_shown_as_its_text(text: str, shown: str) -> None:
    rendered = render(text, FILE)

    assert rendered.html == f"<p>{shown}</p>\n"
    assert {problem.code for problem in rendered.problems} == {"bad-url"}
    assert rendered.references == ()


def test_a_refused_address_is_reported_with_line_and_column() -> None:
    text = "x\n\n- see [this](javascript:x)\n  and ![that](https://x.org/y.png)\n"

    assert [problem.at for problem in render(text, FILE, above=5).problems] == [
        Place(FILE, 8, 7, 20),
        Place(FILE, 9, 7, 28),
    ]


def test_links_to_other_sites_do_not_hand_over_the_page() -> None:
    assert render("<https://x.org> [m](mailto:a@b.org)", FILE).html == (
        '<p><a href="https://x.org" rel="noopener">https://x.org</a> <a href="mailto:a@b.org">m</a></p>\n'
    )


def test_there_is_no_link_inside_a_link() -> None:
    assert render("[a <https://in.org> b](https://out.org)", FILE).html == (
        '<p><a href="https://out.org" rel="noopener">a https://in.org b</a></p>\n'
    )
