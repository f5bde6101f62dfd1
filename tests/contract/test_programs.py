"""Every page as Markdown, llms.txt and llms-full.txt: complete, valid, and equal to what a clean build makes."""

import re
from collections import Counter
from pathlib import Path
from unicodedata import category

import pytest
from lxml import html

from briefgen.preview.last_good_site import find_media_type
from briefgen.render.markdown import llms
from briefgen.render.markdown.pages import convert
from contract.test_site_themes import EXAMPLES, THEMES, rendered
from support import crawl, markdown
from support.golden_sites import SITES
from support.project import Project

BASE = "https://dam.example/briefing/"
# The heading of a column is said with each cell that has something in it.
LEFT_OUT = (
    "//thead|//svg|//form|//search|//select|//button|//script|//*[@hidden]|//*[@aria-hidden]|//*[@role='doc-backlink']"
)


def project(root: Path, **files: str) -> Project:
    """The golden site with everything, which opts in, not built yet."""
    source = SITES / "full"
    content = {
        path.relative_to(source).as_posix(): path.read_bytes()
        for path in sorted((source / "content").rglob("*"))
        if path.is_file()
    }
    return Project(root, {**content, **files})


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    whole = project(tmp_path_factory.mktemp("site"))
    whole.build()
    return whole.built()


def words(text: str) -> Counter[str]:
    """The words of a text; what is no letter or digit parts them."""
    return Counter("".join(char if category(char)[0] in "LN" else " " for char in text).split())


def shown(page: str) -> Counter[str]:
    """The words of what a page shows in <main>."""
    tree = html.document_fromstring(page)
    for element in tree.xpath(LEFT_OUT):
        element.drop_tree()
    return words(" ".join(tree.xpath("//main")[0].itertext()))


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("example", EXAMPLES)
def test_markdown_has_every_word_of_the_page(theme: str, example: str) -> None:
    template, view = EXAMPLES[example]
    if template == "digest.html":
        pytest.skip("a digest is no page")
    page = rendered(theme, template, view)

    found = convert(page.encode(), view.frame).decode()  # type: ignore[attr-defined] # all but the digest have one

    assert not shown(page) - words(" ".join(markdown.lines(found)))


def test_every_page_of_content_is_there_as_markdown_and_announces_it(site: dict[str, bytes]) -> None:
    for path, page in site.items():
        if not path.endswith(".html") or path.startswith("assets/"):
            continue
        announced = re.findall(rb'<link rel="alternate" type="text/markdown" href="([^"]*)">', page)
        other = path in ("404.html", "search/index.html") or crawl.leads_on(page)
        assert announced == ([] if other else [b"index.md"])
        assert (f"{path.removesuffix('index.html')}index.md" in site) is not other


def test_every_link_of_markdown_leads_to_a_page_and_an_element_of_it(site: dict[str, bytes]) -> None:
    for path, text in site.items():
        if not path.endswith(".md"):
            continue
        for address in markdown.links(text.decode()):
            assert re.match("https?://", address), (path, address)
            if address.startswith(BASE):
                target, _, fragment = address.removeprefix(BASE).partition("#")
                file = f"{target}index.html" if not target or target.endswith("/") else target
                assert file in site, (path, address)
                assert (
                    not fragment
                    or f'id="{fragment}"' in site[file].decode()
                    or f"id={fragment} " in site[file].decode()
                )


def test_markdown_begins_with_the_title_and_says_of_when_it_is(site: dict[str, bytes]) -> None:
    text = site["briefs/gate/index.md"].decode()

    assert text.startswith("# The mayor says that nobody closed the gate\n\n> **The dam, who says what**, published by")
    assert "Information as of 1 April 2025" in text.partition("\n\n[")[0]


def test_a_claim_in_markdown_has_all_that_is_needed_to_weigh_it(site: dict[str, bytes]) -> None:
    text = site["disputes/who/index.md"].decode()
    claim = text.partition("# Nobody\n")[2].replace("\N{NO-BREAK SPACE}", " ")

    for part in (
        f"[Eva Lund]({BASE}actors/lund/)",
        f"for [The council]({BASE}actors/council/)",
        f"]({BASE}briefs/gate/#nobody)",
        "> Nobody closed the gate",
        "**3** possibly said; one source only",
        "**The claim itself: contradicted**. The log names an order.",
        f"[The Dam Post]({BASE}sources/dam-post-gate/), March 2025, uncertain *interest* · **C** fairly reliable",
        "Said: 13 March 2025",
    ):
        assert part in claim


def test_links_are_relative_where_the_address_of_the_site_is_not_known(tmp_path: Path) -> None:
    whole = project(tmp_path)
    config = (tmp_path / "content/site.yaml").read_text("utf-8")
    whole.write({"content/site.yaml": re.sub("base_url:.*\n", "", config)}).build()
    text = whole.built()["disputes/who/index.md"].decode()

    assert "[Eva Lund](../../actors/lund/)" in text
    assert "](../../briefs/gate/#nobody)" in text
    assert "[The dam](themes/dam/index.md)" in whole.built()["llms.txt"].decode()


def test_relative_links_of_llms_full_txt_lead_on_from_the_root(tmp_path: Path) -> None:
    whole = project(tmp_path)
    config = (tmp_path / "content/site.yaml").read_text()
    whole.write({"content/site.yaml": re.sub("(?m)^base_url: .*\n", "", config)})
    whole.build()
    found = markdown.links(whole.built()["llms-full.txt"].decode())

    assert [link for link in found if ".." in link] == []
    pages = {link.partition("#")[0].removeprefix("./") for link in found if link.startswith("./")}
    assert len(pages) > 10
    assert [
        page for page in pages if page and f"{page}index.html" not in whole.built() and page not in whole.built()
    ] == []


def test_there_is_no_markdown_unless_site_yaml_says_so(tmp_path: Path, site: dict[str, bytes]) -> None:
    whole = project(tmp_path)
    config = (tmp_path / "content/site.yaml").read_text("utf-8")
    whole.write({"content/site.yaml": config.replace("markdown: true\n", "")}).build()
    without = whole.built()

    assert without.keys() == {path for path in site if not path.endswith(".md") and not path.startswith("llms")}
    assert without["robots.txt"] == site["robots.txt"]
    assert without["sitemap.xml"] == site["sitemap.xml"]
    assert b"text/markdown" not in without["index.html"]


def test_llms_txt_has_the_form_of_its_proposal(site: dict[str, bytes]) -> None:
    found = markdown.top_blocks(site["llms.txt"].decode())
    start = found.index("h2")

    assert found[:2] == ["h1", "blockquote"]
    assert set(found[2:start]) == {"p"}
    assert found[start:] == ["h2", "ul"] * (len(found[start:]) // 2)
    for address in markdown.links(site["llms.txt"].decode()):
        assert address.removeprefix(BASE) in site


def test_llms_full_txt_holds_the_pages_in_a_fixed_order(site: dict[str, bytes]) -> None:
    text = site["llms-full.txt"].decode()
    assert text.startswith(site["llms.txt"].decode())
    names = ("themes/dam", "disputes/who", "briefs/column", "briefs/gate", "actors/council", "actors/lund")
    places = [text.find(site[f"{name}/index.md"].decode()) for name in names]

    assert -1 not in places
    assert places == sorted(places)
    assert "The file ends here" not in text


def test_llms_full_txt_ends_before_the_first_page_without_room(
    tmp_path: Path, site: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    size = sum(len(site[name]) + 1 for name in ("llms.txt", "themes/dam/index.md", "disputes/who/index.md"))
    monkeypatch.setattr(llms, "MOST_BYTES", size)
    whole = project(tmp_path)
    whole.build()
    text = whole.built()["llms-full.txt"].decode()

    assert site["disputes/who/index.md"].decode() in text
    assert site["briefs/column/index.md"].decode() not in text
    assert text.endswith("Pages that are on the site and not in it: 4.\n")
    assert whole.built()["llms-full.txt"] == rebuilt(whole)["llms-full.txt"]


def test_drafts_of_a_preview_are_in_neither_list(tmp_path: Path) -> None:
    draft = "---\ntitle: A secret\nstatus: draft\ndate: 2025-03-01\n---\nText.\n"
    whole = project(tmp_path, **{"content/briefs/secret.md": draft})
    whole.build(drafts=True)
    built = whole.built()

    assert "briefs/secret/index.md" in built
    assert b"A secret" not in built["llms.txt"]
    assert b"# A secret" not in built["llms-full.txt"]


def test_a_file_of_the_desk_takes_the_place_of_llms_txt(tmp_path: Path) -> None:
    whole = project(tmp_path, **{"content/static/llms.txt": "Ours.\n"})
    report = whole.build()

    assert report.ok
    assert whole.built()["llms.txt"] == b"Ours.\n"
    assert whole.built()["llms-full.txt"].startswith(b"Ours.\n\n# The dam\n")


def rebuilt(whole: Project) -> dict[str, bytes]:
    """The site as a build from nothing makes it."""
    whole.plain_build(output_dir=whole.root / "clean")
    return whole.built("clean")


@pytest.mark.parametrize("limit", [4_000_000, 3_000])
def test_an_edit_of_a_body_changes_the_markdown_and_what_holds_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: int
) -> None:
    monkeypatch.setattr(llms, "MOST_BYTES", limit)
    whole = project(tmp_path)
    whole.build()
    for file in ("content/themes/dam.md", "content/briefs/gate.md"):
        text = (tmp_path / file).read_text("utf-8")
        for edit in ("\nA word more.\n", "\n" + "Many more words. " * 400, "\nShort again.\n"):
            whole.write({file: text.rstrip("\n") + f"\n{edit}"})
            report = whole.build()
            assert report.ok
            assert whole.built() == rebuilt(whole)


def test_markdown_that_was_removed_or_changed_by_hand_is_made_again(tmp_path: Path) -> None:
    whole = project(tmp_path)
    whole.build()
    before = whole.built()
    whole.remove("site/briefs/gate/index.md").write({"site/index.md": "Other", "site/llms-full.txt": "Other"})

    assert set(whole.build().written) == {"briefs/gate/index.md", "index.md", "llms-full.txt"}
    assert whole.built() == before


def test_markdown_is_served_as_such() -> None:
    assert find_media_type("briefs/gate/index.md") == "text/markdown; charset=utf-8"
    assert find_media_type("llms.txt") == "text/plain; charset=utf-8"
