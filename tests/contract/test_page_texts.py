"""What is said around the content: titles and descriptions of pages, numbers with their words, full stops."""

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from bench.corpus import LAST_DAY, corpus
from support.demo import demo_in
from support.project import Project
from support.strategies import front_matter

SITES = ("demo", "corpus", "namesakes")


def pages(built: Mapping[str, bytes]) -> dict[str, Any]:
    """Return the pages that readers see, without redirects, as trees."""
    found = {path: html.document_fromstring(data.decode()) for path, data in built.items() if path.endswith(".html")}
    return {path: tree for path, tree in found.items() if not tree.xpath("//meta[@http-equiv='refresh']")}


def namesakes() -> dict[str, str | bytes]:
    """Return a project in which things of all kinds have one name, and sources one title or none."""
    sources = [{"title": title, "publisher": "Dam."} for title in ("Dam.", "Dam.", "unknown", "unknown")]
    briefs: dict[str, str | bytes] = {
        f"content/briefs/b{number}.md": front_matter(
            {
                "title": f"Flood {number}", "date": "2025-03-01", "source": source,
                "actors": ["dam"], "themes": ["dam"],
            },
            "Text.",
        )
        for number, source in enumerate(sources)
    }  # fmt: skip
    gone = {"status": "retracted", "retraction": {"date": "2025-03-02", "why": "Wrong."}}
    return briefs | {
        "content/site.yaml": '{"title": "Dam.", "description": "What is said of it.", "page_size": "1"}',
        "content/actors/dam.md": front_matter({"name": "Dam.", "kind": "organisation"}),
        "content/themes/dam.md": front_matter({"name": "Dam."}),
        "content/pages/about.md": front_matter({"title": "About"}, "Text."),
        "content/briefs/gone.md": front_matter({"title": "A", "date": "2025-03-01"} | gone, "Text."),
        "content/briefs/lost.md": front_matter({"title": "A", "date": "2025-03-01"} | gone, "Text."),
    }


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    demo = demo_in(tmp_path_factory.mktemp("demo"))
    large = Project(tmp_path_factory.mktemp("corpus"), dict(corpus(60).files()))
    large.write({"content/site.yaml": "title: Corpus\ndescription: Made up.\npage_size: 4\n"})
    small = Project(tmp_path_factory.mktemp("namesakes"), namesakes())
    assert all(project.build(day=LAST_DAY).ok for project in (demo, large, small))
    return {name: pages(project.built()) for name, project in zip(SITES, (demo, large, small), strict=True)}


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("what", ["/html/head/title", "//meta[@name='description']/@content"])
def test_titles_and_descriptions_of_pages_are_unique(sites: dict[str, dict[str, Any]], site: str, what: str) -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path, tree in sites[site].items():
        for text in tree.xpath(what):
            found[text if isinstance(text, str) else text.text_content()].append(path)

    assert len(found) > 10
    assert [paths for paths in found.values() if len(paths) > 1] == []
    described = {path for paths in found.values() for path in paths}
    assert {path for path in sites[site] if "/page/" in path} <= described


@pytest.mark.parametrize("site", SITES)
def test_no_sentence_ends_with_two_full_stops(sites: dict[str, dict[str, Any]], site: str) -> None:
    assert [
        (path, found[0])
        for path, tree in sites[site].items()
        for text in (tree.body.text_content(), *tree.xpath("//meta/@content"))
        if (found := re.search(r".{20}[^.]\.\.(?!\.)", text))
    ] == []


def texts(built: Mapping[str, bytes], path: str) -> str:
    return " ".join(pages(built)[path].body.text_content().split())


@pytest.mark.parametrize("count", [1, 2])
def test_singular_and_plural_agree_with_their_numbers(tmp_path: Path, count: int) -> None:
    claims = [{"id": "one", "actor": "dam", "theme": "dam", "says": "It holds."}]
    brief = {"date": "2025-03-01", "actors": ["dam"], "source": {"title": "A", "publisher": "Post"}, "claims": claims}
    files: dict[str, str | bytes] = {
        f"content/briefs/b{number}.md": front_matter(brief | {"title": f"Flood {number}"}, "Text.")
        for number in range(count)
    }
    files["content/actors/dam.md"] = front_matter({"name": "Dam", "kind": "organisation"})
    files["content/themes/dam.md"] = front_matter({"name": "Dam"})
    if count == 2:
        files["content/actors/town.md"] = front_matter({"name": "Town", "kind": "state"})
    project = Project(tmp_path, files)
    assert project.build().ok
    built = project.built()

    one = count == 1
    assert ("1 brief that mentions Dam" if one else "2 briefs that mention Dam") in texts(
        built, "actors/dam/index.html"
    )
    listed = texts(built, "actors/index.html")
    assert ("1 actor who speaks or is spoken of" if one else "2 actors who speak or are spoken of") in listed
    assert "1 brief, newest first" not in texts(built, "briefs/index.html")
    for path in pages(built):
        assert not re.search(r"\b1 (?:briefs|claims|sources|actors|publishers|flaws|disputes)\b", texts(built, path)), (
            path
        )


def test_no_full_stop_follows_another_final_mark(tmp_path: Path) -> None:
    claim = {
        "id": "one", "actor": "dam", "theme": "dam", "says": "It holds.", "quote": "It holds", "date": "2025-02-01",
        "kind": "fact",
        "finding": {"verdict": "mixed", "note": "So.", "date": "2025-03-01", "evidence": ["log"]},
    }  # fmt: skip
    source = {
        "title": "A", "publisher": "Post Inc.", "author": "B. C. Jr.", "published": "2025-02-01", "dating": "Guessed.",
        "titling": "from the address.", "cites": ["log"], "flags": [{"kind": "outdated", "note": "Old."}],
    }  # fmt: skip
    brief = {"title": "Flood", "date": "2025-03-01", "source": source, "claims": [claim, claim | {"id": "two"}]}
    dispute = {"id": "d", "question": "Does it?", "kind": "fact", "claims": ["flood#one", "flood#two"]}
    project = Project(
        tmp_path,
        {
            # Hungarian dates end with a full stop.
            "content/site.yaml": '{"title": "Who?", "publisher": "The desk.", "language": "hu", "base_url": "https://a.example"}',
            "content/actors/dam.md": front_matter({"name": "Dam.", "kind": "organisation"}),
            "content/themes/dam.md": front_matter({"name": "Dam.", "disputes": [dispute]}),
            "content/sources/log.yaml": '{"title": "Log", "publisher": "Inc.", "author": "A."}',
            "content/briefs/flood.md": front_matter(brief, "Text."),
        },
    )
    assert project.build().ok
    built = project.built()

    for path in built:
        if path.endswith((".html", ".xml", ".json", ".bib", ".ris")) and not path.startswith("data/schema"):
            text = (
                html.document_fromstring(built[path]).text_content() if path.endswith(".html") else built[path].decode()
            )
            assert not re.search(r"[^.][.?]\.(?![.\w/])", text.replace("../", "")), path
    for path, tree in pages(built).items():
        assert not [text for text in tree.xpath("//meta[@name='description']/@content") if re.search(r"\.\.", text)], (
            path
        )


def test_figures_are_not_grouped_under_unclear(tmp_path: Path) -> None:
    def claims(*answers: str) -> list[dict[str, str]]:
        actors = zip(("dam", "town"), answers, strict=False)
        return [
            {"id": f"c-{id}", "actor": id, "theme": "size", "says": "40.", "answer": answer} for id, answer in actors
        ]

    project = Project(
        tmp_path,
        {
            "content/actors/dam.md": front_matter({"name": "Dam", "kind": "organisation"}),
            "content/actors/town.md": front_matter({"name": "Town", "kind": "state"}),
            "content/themes/size.md": front_matter({"name": "Size", "question": "How many metres?"}),
            "content/briefs/flood.md": front_matter(
                {"title": "Flood", "date": "2025-03-01", "claims": claims("unclear", "unclear")}, "Text."
            ),
        },
    )
    assert project.build().ok
    assert "No clear answer" not in texts(project.built(), "themes/size/index.html")
    assert "No clear answer" not in texts(project.built(), "themes/index.html")

    project.write(
        {
            "content/briefs/flood.md": front_matter(
                {"title": "Flood", "date": "2025-03-01", "claims": claims("unclear", "yes")}, "Text."
            )
        }
    )
    assert project.build().ok
    assert "No clear answer" in texts(project.built(), "themes/size/index.html")
    assert "No clear answer: Dam" in texts(project.built(), "themes/index.html")
