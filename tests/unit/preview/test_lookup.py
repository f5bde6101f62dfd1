"""Addresses → files of the site, as GitHub Pages finds them."""

from hypothesis import example, given
from hypothesis import strategies as st

from briefgen.preview.lookup import Elsewhere, Found, Missing, address, resolve

PATHS = frozenset({"index.html", "404.html", "actors/putin/index.html", "assets/style.css", "google123.html", "CNAME"})


def test_addresses_are_found_as_on_github_pages() -> None:
    found = {
        url: resolve(url, "/", PATHS)
        for url in ("/", "/index.html", "/actors/putin/", "/actors/putin/index.html", "/assets/style.css", "/google123")
    }

    assert found == {
        "/": Found("index.html"),
        "/index.html": Found("index.html"),
        "/actors/putin/": Found("actors/putin/index.html"),
        "/actors/putin/index.html": Found("actors/putin/index.html"),
        "/assets/style.css": Found("assets/style.css"),
        "/google123": Found("google123.html"),
    }


def test_a_folder_without_its_slash_leads_to_the_one_with_it() -> None:
    assert resolve("/actors/putin", "/", PATHS) == Elsewhere("/actors/putin/")
    assert resolve("/repo/actors/putin", "/repo/", PATHS) == Elsewhere("/repo/actors/putin/")


def test_the_root_leads_to_the_base_path() -> None:
    assert resolve("/", "/repo/", PATHS) == Elsewhere("/repo/")
    assert resolve("/repo", "/repo/", PATHS) == Elsewhere("/repo/")


def test_what_is_not_there_is_missing_and_known_by_the_page_that_would_be_there() -> None:
    assert resolve("/actors/", "/", PATHS) == Missing("actors/index.html")
    assert resolve("/actors", "/", PATHS) == Missing("actors/index.html")
    assert resolve("/x.html", "/", PATHS) == Missing("x.html")
    assert resolve("/actors/putin/", "/repo/", PATHS) == Missing("")
    assert resolve("/assets/style.css/", "/", PATHS) == Missing("assets/style.css/index.html")


@given(url=st.text(), base=st.sampled_from(["/", "/repo/"]))
@example(url="//evil.example", base="/")
@example(url="/repo//evil.example", base="/repo/")
@example(url="/../../etc/passwd", base="/")
def test_only_what_the_site_has_is_ever_found(url: str, base: str) -> None:
    match resolve(url, base, PATHS):
        case Found(path):
            assert path in PATHS
        case Elsewhere(there):
            assert there.startswith(base)
            assert not there.startswith("//")
        case missing:
            assert missing.path not in PATHS


def test_pages_know_their_addresses() -> None:
    assert address("index.html", "/repo/") == "/repo/"
    assert address("actors/putin/index.html", "/") == "/actors/putin/"
    assert address("404.html", "/") == "/404.html"
