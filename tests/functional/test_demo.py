"""The demo shows five articles, their claims, and how reliable each is."""

import gzip
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from lxml import html

from briefgen.model.vocabulary import CREDIBILITY
from support.crawl import faults, leads_on, links
from support.demo import PREFIX, demo_in, front_matter, plain, text_of
from support.markup import Markup
from support.project import Project

BRIEFS = front_matter("briefs")
THEMES = front_matter("themes")
LINKED_DATA = re.compile(rb'<script type="application/ld\+json">.*?</script>', re.DOTALL)
OWNERS = BRIEFS | front_matter("sources")
CLAIMS = {f"{id}#{claim['id']}": claim for id, owner in OWNERS.items() for claim in owner.get("claims", ())}

# What a careful reader finds in each article, by words that its flag cannot do without.
FLAWS = {
    "power-to-compel": (
        "power to compel",
        "Footnotes 2 and 4 are dated 2022",
        "points to footnote 4",
        "No footnote has an address",
        "encirclement of Kyiv",
        "Vladimir",
        "pasted paragraphs",
        "18 March 2025",
        "Ryabkov",
        "Journalisten",
    ),
    "kremlin-meeting": (
        "41.6 million",
        "two thirds",
        "a senator",
        "2 December 2025",
        "Russian Direct Investment Fund",
        "annoyed",
        "back at the beginning",
        "more than half a million",
        "“Tags”",
    ),
    "direct-talks-offer": (
        "18 to 21 June",
        "out of date by the same evening",
        "needed no ratification on the American side",
        "American elections",
        "four fragments of one to four words",
        "“release”",
        "“image”",
    ),
    "phone-calls": ("No day of publication", "in quotation marks", "without a source", "nuclear arsenal"),
    "putins-terms": (
        "No author, date, headline or source",
        "Quotes one phrase",
        "“disproved”",
        "stale",
        "was not its line in May 2025",
        "“Western governments” speak as one",
    ),
}
DATES = {
    "power-to-compel": "July 2025, approximate",
    "kremlin-meeting": "December 2025, uncertain",
    "direct-talks-offer": "12 May 2025, uncertain",
    "phone-calls": "19 May 2025, uncertain",
    "putins-terms": "date unknown",
}
SPELLINGS = ("Zelensky", "Zelenskyy", "Zelenskiy", "Vladimir Zelensky", "Володимир Зеленський", "Зеленский")

Files = Mapping[str, bytes]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = demo_in(tmp_path_factory.mktemp("demo"))
    assert project.build(strict=True).problems == ()
    return project


@pytest.fixture(scope="module")
def files(demo: Project) -> Files:
    return demo.built()


@pytest.fixture(scope="module")
def texts(files: Files) -> Mapping[str, str]:
    """What every page says, by path."""
    return {path: text_of(content) for path, content in files.items() if path.endswith(".html")}


def brief_page(id: str) -> str:
    return f"briefs/{id}/index.html"


def source_page(brief: str) -> str:
    return f"sources/{BRIEFS[brief]['source']['id']}/index.html"


def led_to(page: str, content: bytes) -> set[str]:
    """Where the links of a page lead, as paths of files; of another site's addresses it makes nothing."""
    return {urljoin(f"/{page}", address).partition("#")[0].lstrip("/") + "index.html" for address in links(content)}


@pytest.mark.parametrize("prefix", ["/", PREFIX])
def test_every_link_resolves_and_no_page_repeats_an_id(demo: Project, prefix: str) -> None:
    output = f"site-{len(prefix)}"
    assert demo.build(base_url=f"https://briefings.example{prefix}", output_dir=demo.root / output).ok

    assert faults(demo.built(output), prefix) == []


def test_every_page_is_valid_html_without_scripts(files: Files) -> None:
    pages = {path: Markup(content.decode()) for path, content in files.items() if path.endswith(".html")}

    assert {path: page.faults for path, page in pages.items() if page.faults} == {}


def test_a_page_with_its_stylesheets_weighs_less_than_60_kb(files: Files) -> None:
    sheets = {path.encode(): len(content) for path, content in files.items() if path.endswith(".css")}
    # What browsers show and what only search engines read are weighed apart.
    pages = {path: LINKED_DATA.sub(b"", content) for path, content in files.items() if path.endswith(".html")}
    weights = {
        path: len(content) + sum(size for sheet, size in sheets.items() if sheet in content)
        for path, content in pages.items()
    }

    assert {path: weight for path, weight in weights.items() if weight >= 60_000} == {}


def test_a_page_with_its_stylesheets_and_linked_data_is_less_than_25_kb_compressed(files: Files) -> None:
    sheets = {path.encode(): len(gzip.compress(content)) for path, content in files.items() if path.endswith(".css")}
    weights = {
        path: len(gzip.compress(content)) + sum(size for sheet, size in sheets.items() if sheet in content)
        for path, content in files.items()
        if path.endswith(".html")
    }

    assert len(weights) > 100
    assert {path: weight for path, weight in weights.items() if weight >= 25_000} == {}


def test_every_page_shows_the_date_of_its_knowledge(files: Files) -> None:
    pages = {
        path: html.document_fromstring(content.decode())
        for path, content in files.items()
        if path[-5:] == ".html" and not leads_on(content)
    }
    newest = max(brief["as_of"] for brief in BRIEFS.values())

    # Home says it at its top, and all others at their foot.
    shown = {
        path: page.xpath("(//footer | //*[contains(@class, 'imprint')])//time/@datetime")
        for path, page in pages.items()
    }
    assert {path: days for path, days in shown.items() if days != [newest]} == {}
    for id, brief in BRIEFS.items():
        opening = pages[brief_page(id)].xpath("//main//time/@datetime")[:2]
        assert opening == [brief["date"], brief["as_of"]]


def test_a_placeholder_is_not_marked_with_the_language_of_a_source(files: Files) -> None:
    pages = [html.document_fromstring(content.decode()) for path, content in files.items() if path.endswith(".html")]
    placeholders = [
        one for page in pages for one in page.xpath("//body//*[starts-with(normalize-space(), 'Untitled')]")
    ]

    assert placeholders
    assert [one for one in placeholders if one.get("lang")] == []


def test_the_home_page_links_to_the_five_briefs_and_shows_the_grades_of_their_sources(
    files: Files, texts: Mapping[str, str]
) -> None:
    publishers = front_matter("publishers")

    assert {brief_page(id) for id in BRIEFS} <= led_to("index.html", files["index.html"])
    assert len(BRIEFS) == 5
    for brief in BRIEFS.values():
        assert publishers[brief["source"]["publisher"]]["name"] in texts["index.html"]
    assert "cannot be judged" in texts["index.html"]


def test_every_brief_and_its_source_page_link_to_each_other(files: Files) -> None:
    for id in BRIEFS:
        assert source_page(id) in led_to(brief_page(id), files[brief_page(id)])
        assert brief_page(id) in led_to(source_page(id), files[source_page(id)])


@pytest.mark.parametrize("id", FLAWS)
def test_every_flaw_of_an_article_is_shown_with_its_evidence(id: str, files: Files) -> None:
    flags = BRIEFS[id]["source"]["flags"]
    evidence = {f"sources/{source}/index.html" for flag in flags for source in flag.get("evidence", ())}

    for path in (brief_page(id), source_page(id)):
        shown = [plain(item.text_content()) for item in html.document_fromstring(files[path].decode()).cssselect("li")]
        assert [flaw for flaw in FLAWS[id] if not any(flaw in item for item in shown)] == []
        assert [flag["note"] for flag in flags if not any(plain(flag["note"]) in item for item in shown)] == []
        assert evidence <= led_to(path, files[path])


def claims_of(dispute: Mapping[str, Any]) -> list[str]:
    return [*dispute.get("claims", ()), *(claim for side in dispute.get("sides", ()) for claim in side["claims"])]


def test_ten_disputes_are_shown_side_by_side_one_of_them_within_an_article(texts: Mapping[str, str]) -> None:
    disputes = [(id, dispute) for id, theme in THEMES.items() for dispute in theme.get("disputes", ())]

    for id, dispute in disputes:
        assert dispute["question"] in texts[f"themes/{id}/index.html"]
        page = texts[f"disputes/{dispute['id']}/index.html"]
        assert plain(dispute["reading"]["says"]) in page
        assert [side["label"] for side in dispute.get("sides", ()) if side["label"] not in page] == []
        assert [claim for claim in claims_of(dispute) if plain(CLAIMS[claim]["says"]) not in page] == []
    assert len(disputes) >= 10
    internal = [claims_of(dispute) for _, dispute in disputes if dispute["kind"] == "internal"]
    assert [{claim.partition("#")[0] for claim in claims} for claims in internal] == [{"kremlin-meeting"}]


@pytest.mark.parametrize("id", BRIEFS)
def test_every_claim_has_an_anchor_on_the_page_of_its_brief(id: str, files: Files) -> None:
    page = html.document_fromstring(files[brief_page(id)].decode())

    for claim in BRIEFS[id]["claims"]:
        (element,) = page.xpath("//*[@id=$id]", id=claim["id"])
        shown = plain(element.text_content())
        assert f"#{claim['id']}" in element.xpath(".//a/@href")
        assert plain(claim["says"]) in shown
        assert plain(claim.get("quote", "")) in shown


def test_the_column_is_labelled_opinion_with_its_authors_interest(files: Files, texts: Mapping[str, str]) -> None:
    for path in (brief_page("phone-calls"), source_page("phone-calls")):
        labels = html.document_fromstring(files[path].decode()).cssselect("main b, main dd, main span")
        assert "opinion" in [plain(label.text_content()) for label in labels]
        assert "sits in parliament for European Solidarity" in texts[path]
    assert "Mykola Kniazhytskyi" in texts[source_page("phone-calls")]


def test_a_claim_from_the_column_is_labelled_opinion_on_every_page(files: Files) -> None:
    says = plain(BRIEFS["phone-calls"]["claims"][0]["says"])
    own = (brief_page("phone-calls"), source_page("phone-calls"))
    shown = [
        plain(element.text_content())
        for path, content in files.items()
        if path.endswith(".html") and path not in own and says in text_of(content)
        for element in html.document_fromstring(content.decode()).cssselect(".claim, .statements > li")
    ]

    claims = [claim for claim in shown if says in claim]
    assert len(claims) >= 3
    assert [claim for claim in claims if "opinion" not in claim] == []


def test_every_quotation_is_in_our_copy_of_its_source_or_said_to_be_unchecked(
    files: Files, texts: Mapping[str, str]
) -> None:
    quoted = [claim for claim in json.loads(files["data/claims.json"])["claims"] if claim.get("quote")]
    unchecked = {claim["source"] for claim in quoted if claim["quote_check"]["result"] == "unchecked"}

    assert len(quoted) == 62
    assert {claim["quote_check"]["result"] for claim in quoted} == {"found", "unchecked"}
    assert unchecked == {"bbc-28-points", "intellinews-kremlin-talks", "kremlin-ushakov", "npr-alaska"} | {
        "online-ua-all-of-ukraine"
    }
    for claim in quoted:
        owner = claim["brief"] if "brief" in claim else claim["source"]
        path = f"{'briefs' if 'brief' in claim else 'sources'}/{owner}/index.html"
        shown = html.document_fromstring(files[path].decode()).get_element_by_id(claim["id"].partition("#")[2])
        words = "Not checked." if claim["source"] in unchecked else "In our copy. Find it in the original"
        assert words in plain(shown.text_content())
    assert "For five sources that we quote we no longer have the text, so six quotations" in texts["method/index.html"]
    assert "quotations/index.html" in led_to("method/index.html", files["method/index.html"])


@pytest.mark.parametrize("id", BRIEFS)
def test_every_brief_says_how_many_of_its_quotations_were_found(id: str, texts: Mapping[str, str]) -> None:
    number = sum("quote" in claim for claim in BRIEFS[id]["claims"])

    assert f"Quotations: {number} of {number} found in our copies of the sources. Checked" in texts[brief_page(id)]


def test_a_link_to_quoted_words_leads_to_the_address_of_their_source(files: Files) -> None:
    links = [
        link
        for path, content in files.items()
        if path.endswith(".html")
        for link in html.document_fromstring(content.decode()).cssselect("main a[href*=':~:text=']")
    ]
    addresses = {owner.get("source", owner).get("url") for owner in OWNERS.values()}

    assert len(links) > 50
    assert {link.get("href", "").partition("#")[0] for link in links} <= addresses
    assert {link.get("rel") for link in links} == {"noopener"}


def test_a_number_is_always_said_to_be_about_the_report(files: Files) -> None:
    pages = {
        path: html.document_fromstring(content.decode()) for path, content in files.items() if path[-5:] == ".html"
    }
    numbers = [
        (path, plain(mark.tail or "").rstrip(".").partition(";")[0])
        for path, page in pages.items()
        for mark in page.cssselect("main b.grade")
        if plain(mark.text_content()).isdigit() and not mark.xpath("ancestor::details[@class='legend']")
    ]

    assert len(numbers) > 50
    assert {words for _, words in numbers} <= set(CREDIBILITY.values())


def test_an_interest_is_marked_wherever_a_source_is_listed(files: Files) -> None:
    interested = {one["id"] for one in json.loads(files["data/sources.json"])["sources"] if one.get("interest")}
    assert len(interested) > 20
    rows = [
        (url.rstrip("/").rpartition("/")[2], plain(row.text_content()))
        for path, content in files.items()
        if path.endswith(".html")
        for row in html.document_fromstring(content.decode()).cssselect(".sources li, .trust tbody tr")
        for url in row.xpath(".//a/@href")[:1]
    ]

    assert interested & {id for id, _ in rows}
    assert [row for row in rows if row[0] in interested and "interest" not in row[1]] == []


def test_a_source_that_cannot_be_judged_is_not_shown_as_unreliable(texts: Mapping[str, str]) -> None:
    for path in (brief_page("putins-terms"), source_page("putins-terms"), "publishers/allhacksforgames/index.html"):
        assert "cannot be judged" in texts[path]
    assert "F cannot be judged" in texts[source_page("putins-terms")]
    assert "unreliable" not in texts[source_page("putins-terms")]


@pytest.mark.parametrize("id", DATES)
def test_an_uncertain_date_is_shown_as_uncertain(id: str, texts: Mapping[str, str]) -> None:
    assert DATES[id] in texts[brief_page(id)]
    assert DATES[id] in texts[source_page(id)]


def test_a_forecast_is_scored_on_every_page_that_shows_it(texts: Mapping[str, str]) -> None:
    claims = [
        (id, claim) for id, brief in BRIEFS.items() for claim in brief["claims"] if claim.get("kind") == "forecast"
    ]
    scored = [(id, claim) for id, claim in claims if claim.get("finding", {"verdict": "open"})["verdict"] != "open"]
    assert scored

    for id, claim in scored:
        pages = (brief_page(id), source_page(id), f"actors/{claim['actor']}/index.html")
        for path in pages:
            assert f"What came of the forecast: {claim['finding']['verdict']}" in texts[path]
            # The page of a source leads to its brief for more.
            assert plain(claim["finding"]["note"]) in texts[path] or path == source_page(id)


def test_all_spellings_of_a_name_link_to_one_actor(tmp_path: Path, texts: Mapping[str, str]) -> None:
    mentions = " ".join(f"[[{spelling}]]" for spelling in SPELLINGS)
    claims = "".join(f'  - {{id: c{number}, actor: "{name}", says: So.}}\n' for number, name in enumerate(SPELLINGS))
    project = demo_in(tmp_path).write(
        {"content/briefs/names.md": f"---\ntitle: Names\ndate: 2025-12-20\nclaims:\n{claims}---\n{mentions}\n"}
    )
    assert project.build(strict=True).problems == ()

    page = html.document_fromstring(project.built()["briefs/names/index.html"].decode())
    assert set(page.xpath("//main//a[starts-with(@href, '../../actors/')]/@href")) == {"../../actors/zelenskyy/"}
    for spelling in SPELLINGS:
        assert spelling in texts["actors/zelenskyy/index.html"]


def test_no_private_copy_is_published(tmp_path: Path) -> None:
    project = demo_in(tmp_path)
    for brief in BRIEFS.values():
        quotes = "\n".join(claim.get("quote", "") for claim in brief["claims"])
        project.write({f"content/copies/{brief['source']['id']}/text.txt": f"xyzzy\n{quotes}\n"})

    assert project.build().ok

    assert [path for path, content in project.built().items() if "copies" in path or b"xyzzy" in content] == []
