"""URLs → files of the site, as GitHub Pages finds them."""

from hypothesis import example, given
from hypothesis import strategies as st

from briefgen.preview.last_good_site import Found, Missing, Redirect, make_url, resolve

PATHS = frozenset({"index.html", "404.html", "actors/putin/index.html", "assets/style.css", "google123.html", "CNAME"})


def test_a_url_leads_to_the_file_that_github_pages_would_serve() -> None:
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


def test_a_folder_without_its_slash_redirects_to_the_one_with_it() -> None:
    assert resolve("/actors/putin", "/", PATHS) == Redirect("/actors/putin/")
    assert resolve("/repo/actors/putin", "/repo/", PATHS) == Redirect("/repo/actors/putin/")


def test_the_root_redirects_to_the_base_path() -> None:
    assert resolve("/", "/repo/", PATHS) == Redirect("/repo/")
    assert resolve("/repo", "/repo/", PATHS) == Redirect("/repo/")


def test_a_url_without_a_file_is_missing_with_the_path_of_its_page() -> None:
    assert resolve("/actors/", "/", PATHS) == Missing("actors/index.html")
    assert resolve("/actors", "/", PATHS) == Missing("actors/index.html")
    assert resolve("/x.html", "/", PATHS) == Missing("x.html")
    assert resolve("/actors/putin/", "/repo/", PATHS) == Missing("")
    assert resolve("/assets/style.css/", "/", PATHS) == Missing("assets/style.css/index.html")


@given(url=st.text(), base=st.sampled_from(["/", "/repo/"]))
@example(url="//evil.example", base="/")
@example(url="/repo//evil.example", base="/repo/")
@example(url="/../../etc/passwd", base="/")
def test_no_url_leads_outside_the_site(url: str, base: str) -> None:
    match resolve(url, base, PATHS):
        case Found(path):
            assert path in PATHS
        case Redirect(target):
            assert target.startswith(base)
            assert not target.startswith("//")
        case missing:
            assert missing.path not in PATHS


def test_a_page_has_the_url_without_index_html() -> None:
    assert make_url("index.html", "/repo/") == "/repo/"
    assert make_url("actors/putin/index.html", "/") == "/actors/putin/"
    assert make_url("404.html", "/") == "/404.html"
