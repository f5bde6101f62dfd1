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
from support.page_kinds import KINDS, shape
from support.project import Project

CONTENT = SITES / "right-to-left" / "content"
LETTER = re.compile("[\u0590-\u08ff]")
ISOLATED = re.compile("\u2068[^\u2069]*\u2069")
INLINE = {"a", "b", "cite", "code", "ins", "del", "q", "small", "span", "strong", "time"}


# What the golden site has no page or field for.
MORE = {
    "content/site.yaml": """title: Water on the border
base_url: https://water.example/
publisher: מכון המים
page_size: 2
key_points:
  - {says: The dam is disputed., kind: contested, date: 2025-03-01}
""",
    "content/actors/author.md": "---\nname: كاتب مجهول\nkind: author\n---\nWrote it.\n",
    "content/actors/nahum.md": """---
name: Nahum דוד
kind: person
wikidata: Q1
roles: [{title: مدير}]
---
Once head of the board.
""",
    "content/publishers/ittihad.yaml": """name: الاتحاد Online
kind: newspaper
country: الأردن
owner: شركة الاتحاد
interest: Owned by a party.
reliability: [{grade: {facts: C, opinion: B}, date: 2025-01-01, reason: Names its sources.}]
""",
    "content/themes/river.md": """---
name: مجرى النهر
question: Who moved the river?
answers: [{id: north, label: the north}, {id: south, label: the south}]
searches: [{for: "النهر 1990", where: دار الوثائق, date: 2025-03-01, result: Nothing.}]
disputes:
  - id: who-moved
    question: من حوّل النهر؟
    kind: fact
    sides: [{label: the north did, claims: [river#moved]}, {label: the south did, claims: [river#stayed]}]
    reading: {says: Nobody knows., date: 2025-03-05}
---
The river.
""",
    **{
        f"content/briefs/river{number or ''}.md": f"""---
title: The river, part {number}
date: 2025-03-0{number + 1}
themes: [river]
source: {{title: "النهر {number}", title_translation: The river, publisher: ittihad, language: ar,
  published: 2025-02-0{number + 1}, author: ليلى حداد, credit: al-nahr}}
claims:
  - {{id: moved, actor: nahum, role: مدير, says: The north moved it., theme: river, answer: north,
     date: 2025-01-0{number + 1}, via: survey,
     quote: لقد نقلوا النهر شمالا, translation: They moved it, translated_by: نادر سالم}}
  - {{id: stayed, publisher: ittihad, says: The south did., theme: river, answer: south, contradicts: [moved]}}
  - {{id: own, actor: author, says: The north did., theme: river, answer: north}}
assessments: [{{says: Likely., likelihood: likely, confidence: low}}]
searches: [{{for: "النهر", where: المكتبة, date: 2025-03-01, result: Nothing.}}]
corrections: [{{date: 2025-03-1{number}, was: كان هنا, now: It was there., why: It was wrong.}}]
---
[[nahum]] and [@minutes] say so.
"""
        for number in range(4)
    },
    "content/briefs/gone.md": """---
title: عنوان قديم
date: 2025-03-01
status: retracted
retraction: {date: 2025-03-02, why: It was wrong.}
---
Text.
""",
    "content/pages/about.md": "---\ntitle: من نحن\n---\nWe are [[ministry]]’s neighbours.\n",
}
KINDS_OF_THE_DEMO = {"background/", "method/", "timeline/page/*/", "quotations/"}


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif value:
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


def written() -> set[str]:
    """Return every text of the content's keys, and the two quotations in the body of a brief."""
    found = {"מים זה חיים (2025)!", "نحتجز 30 مليون متر مكعب!"}
    for text in (*(path.read_text(encoding="utf-8") for path in CONTENT.rglob("*.*")), *MORE.values()):
        front = text.removeprefix("---\n").partition("\n---\n")[0]
        found.update(texts(yaml.load(front, Loader=yaml.BaseLoader)))  # noqa: S506 (it makes nothing but text)
    return found


WRITTEN = written()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, HtmlElement]:
    folder = tmp_path_factory.mktemp("right-to-left")
    shutil.copytree(CONTENT, folder / "content")
    project = Project(folder, MORE)
    assert project.build().problems == ()
    built = project.built()
    return {path: html.document_fromstring(data) for path, data in built.items() if path.endswith(".html")}


def test_every_page_kind_is_looked_at(pages: dict[str, HtmlElement]) -> None:
    shapes = {shape(path.removesuffix("index.html")) for path in pages}

    assert set(KINDS.values()) - shapes <= KINDS_OF_THE_DEMO


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
        ("ar", "rtl", "لقد نقلوا النهر شمالا"),
        ("en", None, "They moved it"),
        *(("ar", "rtl", f"النهر {number}") for number in range(4)),
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
