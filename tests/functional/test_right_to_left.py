"""Names, titles and quotes in Arabic and Hebrew do not reorder the English text around them."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from lxml import html
from lxml.html import HtmlElement

from support.golden_sites import SITES
from support.project import Project

CONTENT = SITES / "right-to-left" / "content"
LETTER = re.compile("[\u0590-\u08ff]")
ISOLATED = re.compile("\u2068[^\u2069]*\u2069")
INLINE = {"a", "b", "cite", "code", "ins", "del", "q", "small", "span", "strong", "time"}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif value:
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


def written() -> set[str]:
    """Return every text of the content's keys, and the two quotations in the body of a brief."""
    found = {"מים זה חיים (2025)!", "نحتجز 30 مليون متر مكعب!"}
    for path in CONTENT.rglob("*.*"):
        front = path.read_text(encoding="utf-8").removeprefix("---\n").partition("\n---\n")[0]
        found.update(texts(yaml.load(front, Loader=yaml.BaseLoader)))  # noqa: S506 (it makes nothing but text)
    return found


WRITTEN = written()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, HtmlElement]:
    folder = tmp_path_factory.mktemp("right-to-left")
    shutil.copytree(CONTENT, folder / "content")
    project = Project(folder, {"content/site.yaml": (CONTENT / "site.yaml").read_text(encoding="utf-8")})
    assert project.build().problems == ()
    built = project.built()
    return {path: html.document_fromstring(data) for path, data in built.items() if path.endswith(".html")}


def isolates(element: HtmlElement) -> bool:
    return element.tag == "bdi" or "dir" in element.attrib or element.tag not in INLINE


def own_text(element: HtmlElement) -> str:
    """Return the text of an element, without what is isolated in it."""
    parts = [element.text or ""]
    for child in element:
        parts += [" " if isolates(child) else own_text(child), child.tail or ""]
    return "".join(parts)


def test_each_text_in_arabic_or_hebrew_is_isolated_from_the_text_beside_it(pages: dict[str, HtmlElement]) -> None:
    count = 0
    for path, page in pages.items():
        for element in page.iterfind(".//body//*"):
            if not isolates(element):
                continue
            text = " ".join(ISOLATED.sub(" ", own_text(element)).split())
            if LETTER.search(text):
                count += 1
                assert text.strip("[] ") in WRITTEN, f"{path}: <{element.tag!s}> {text}"
    assert count > 100


def test_only_text_of_a_source_is_marked_with_its_language(pages: dict[str, HtmlElement]) -> None:
    found = {
        (element.get("lang"), element.get("dir"), element.text_content().strip())
        for page in pages.values()
        for element in page.iterfind(".//body//*")
        if "lang" in element.attrib
    }

    assert found == {
        ("ar", "rtl", "السد يحتجز المياه: 30 مليون متر مكعب"),
        ("ar", "rtl", "BBC: نحتجز 30 مليون متر مكعب!"),
        ("ar", "rtl", "نحتجز 30 مليون متر مكعب!"),
        ("he", "rtl", "הסכר נפתח, 2025"),
        ("he", "rtl", "הסכר פתוח עכשיו"),
    }


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("he", "rtl"), ("az-Arab", "rtl"), ("uk", None)])
def test_a_page_has_the_direction_of_its_language(language: str, direction: str | None, tmp_path: Path) -> None:
    project = Project(tmp_path, {"content/site.yaml": f"title: A site\nlanguage: {language}\n"})
    project.build()

    root = html.document_fromstring(project.built()["index.html"])

    assert (root.get("lang"), root.get("dir")) == (language, direction)


def test_feeds_mark_titles_in_other_languages(tmp_path: Path) -> None:
    shutil.copytree(CONTENT, tmp_path / "content")
    project = Project(tmp_path, {"content/site.yaml": (CONTENT / "site.yaml").read_text(encoding="utf-8")})
    project.build()

    feed = project.built()["feed.xml"].decode()

    assert 'title="السد يحتجز المياه: 30 مليون متر مكعب" hreflang="ar" xml:lang="ar"/>' in feed
    assert "<title>\u2068وزارة المياه\u2069 · Water on the border</title>" in (
        project.built()["actors/ministry/feed.xml"].decode()
    )
