"""Redirects of a built site: in a browser, below a path, without JavaScript, and from one build to the next."""

from pathlib import Path

import pytest

from support.browser import NewPage
from support.crawl import faults
from support.markup import Markup
from support.project import Project, codes
from support.server import ServeFolder
from support.strategies import front_matter

OLD = {
    "briefs/flood/": "briefs/dam/",
    "sources/flood/": "sources/dam/",
    "sources/ledger/": "sources/log/",
    "actors/major/": "actors/mayor/",
    "themes/wet/": "themes/water/",
    "publishers/mail/": "publishers/post/",
    "how/": "method/",
}
HOSTILE = """</title><script>alert(1)</script>"'><img src=x onerror=alert(1)>"""
FILES: dict[str, str | bytes] = {
    "content/site.yaml": "title: Water\nbase_url: https://desk.example/water/\n",
    "content/briefs/dam.md": front_matter(
        {"title": HOSTILE, "date": "2025-03-01", "former_ids": ["flood"], "source": {"title": "Vote off"}}, "Text."
    ),
    "content/actors/mayor.md": front_matter({"name": "Mayor", "kind": "person", "former_ids": ["major"]}),
    "content/themes/water.md": front_matter({"name": "Water", "former_ids": ["wet"]}),
    "content/publishers/post.yaml": "name: Post\nformer_ids: [mail]\n",
    "content/sources/log.yaml": "title: Log\nformer_ids: [ledger]\n",
    "content/pages/method.md": front_matter({"title": "Method", "former_ids": ["how"]}, "Text."),
}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, FILES)


@pytest.mark.parametrize("javascript", [True, False])
def test_redirects_work_below_any_path(
    project: Project, serve_folder: ServeFolder, new_page: NewPage, *, javascript: bool
) -> None:
    assert project.build().ok
    site = serve_folder(project.root / "site", "/deep/path/")
    page = new_page(javascript=javascript)
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    for old, new in OLD.items():
        page.goto(site + old)
        page.wait_for_url(site + new)

        assert page.locator("h1").count() == 1
    assert said == []


def test_redirects_are_valid_html_and_lead_to_pages(project: Project) -> None:
    assert project.build().ok
    built = project.built()

    assert faults(built, "/water/") == []
    for old, new in OLD.items():
        text = built[f"{old}index.html"].decode()
        assert Markup(text).faults == []
        assert f'<link rel="canonical" href="https://desk.example/water/{new}">' in text
        assert '<meta name="robots" content="noindex">' in text
        assert f'href="{"../" * old.count("/")}{new}"' in text
    assert not any(old in built["sitemap.xml"].decode() for old in OLD)


def test_adding_and_removing_a_former_id_equals_a_clean_build(project: Project, tmp_path: Path) -> None:
    assert project.build().ok
    before = project.built()
    project.write({"content/pages/method.md": front_matter({"title": "Method"}, "Text.")})
    assert codes(project.build()) == codes(project.check())
    assert set(before) - set(project.built()) == {"how/index.html"}
    project.write({"content/pages/method.md": FILES["content/pages/method.md"]})
    project.build()

    assert project.built() == before
    assert Project(tmp_path / "clean", FILES).build().ok
    assert Project(tmp_path / "clean", FILES).built() == before


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Süddeutsche Zeitung", "suddeutsche-zeitung"),
        ("Новая газета", "novaya-gazeta"),
        ("新京报", "xinjingbao"),
        ("The Post!", "the-post"),
    ],
)
def test_a_publisher_that_gets_a_file_keeps_a_redirect_from_its_old_address(
    project: Project, name: str, address: str
) -> None:
    source = front_matter({"title": "Flow", "date": "2025-03-02", "source": {"title": "A", "publisher": name}}, "Text.")
    project.write({"content/briefs/flow.md": source})
    assert project.build().ok
    assert name in project.built()[f"publishers/{address}/index.html"].decode()

    project.write({"content/publishers/own-id.yaml": f"name: {name}\n"})
    assert project.build().ok

    built = project.built()
    assert 'href="../../publishers/own-id/"' in built[f"publishers/{address}/index.html"].decode()
    assert 'href="../../publishers/own-id/"' in built["sources/flow/index.html"].decode()
    assert faults(built, prefix="/water/") == []
