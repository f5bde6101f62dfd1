"""URLs → files of the site, as GitHub Pages finds them."""

from hypothesis import example, given
from hypothesis import strategies as st

from briefgen.preview.last_good_site import make_url, resolve

PATHS = frozenset({"index.html", "404.html", "actors/putin/index.html", "assets/style.css", "google123.html", "CNAME"})


def test_a_url_leads_to_the_file_that_github_pages_would_serve() -> None:
    found = {
        url: resolve(url, "/", PATHS)
        for url in ("/", "/index.html", "/actors/putin/", "/actors/putin/index.html", "/assets/style.css", "/google123")
    }

    assert found == {
        "/": (200, "index.html"),
        "/index.html": (200, "index.html"),
        "/actors/putin/": (200, "actors/putin/index.html"),
        "/actors/putin/index.html": (200, "actors/putin/index.html"),
        "/assets/style.css": (200, "assets/style.css"),
        "/google123": (200, "google123.html"),
    }


def test_a_folder_without_its_slash_redirects_to_the_one_with_it() -> None:
    assert resolve("/actors/putin", "/", PATHS) == (302, "/actors/putin/")
    assert resolve("/repo/actors/putin", "/repo/", PATHS) == (302, "/repo/actors/putin/")


def test_the_root_redirects_to_the_base_path() -> None:
    assert resolve("/", "/repo/", PATHS) == (302, "/repo/")
    assert resolve("/repo", "/repo/", PATHS) == (302, "/repo/")


def test_a_url_without_a_file_is_missing_with_the_path_of_its_page() -> None:
    assert resolve("/actors/", "/", PATHS) == (404, "actors/index.html")
    assert resolve("/actors", "/", PATHS) == (404, "actors/index.html")
    assert resolve("/x.html", "/", PATHS) == (404, "x.html")
    assert resolve("/actors/putin/", "/repo/", PATHS) == (404, "")
    assert resolve("/assets/style.css/", "/", PATHS) == (404, "assets/style.css/index.html")


@given(url=st.text(), base=st.sampled_from(["/", "/repo/"]))
@example(url="//evil.example", base="/")
@example(url="/repo//evil.example", base="/repo/")
@example(url="/../../etc/passwd", base="/")
def test_no_url_leads_outside_the_site(url: str, base: str) -> None:
    status, target = resolve(url, base, PATHS)
    if status == 302:
        assert target.startswith(base)
        assert not target.startswith("//")
    else:
        assert (target in PATHS) == (status == 200)


def test_a_page_has_the_url_without_index_html() -> None:
    assert make_url("index.html", "/repo/") == "/repo/"
    assert make_url("actors/putin/index.html", "/") == "/actors/putin/"
    assert make_url("404.html", "/") == "/404.html"
