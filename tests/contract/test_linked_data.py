"""The JSON-LD of built pages, read by a library for linked data and held against the vocabulary of schema.org."""

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from support.project import Project
from support.schema_org import DOMAINS, kinds
from support.strategies import front_matter

BASE = "https://desk.example/water/"
TERMS = Namespace("https://schema.org/")
SCRIPT = re.compile(rb'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
HOSTILE = '</script><script>alert(1)</script> & <!-- "quoted"'

FILES: dict[str, Any] = {
    "content/site.yaml": json.dumps(
        {"title": "Water", "base_url": BASE, "publisher": "The desk", "claim_review": True}
    ),
    "content/actors/mayor.md": front_matter({"name": "Mayor", "kind": "person", "wikidata": "Q1", "aliases": ["M."]}),
    "content/actors/town.md": front_matter({"name": "The town", "kind": "state"}),
    "content/themes/water.md": front_matter({"name": "Water", "question": "Whose is it?"}),
    "content/publishers/post.yaml": json.dumps({"name": "Post", "owner": "A holding", "url": "https://post.example/"}),
    "content/sources/ledger.yaml": json.dumps({"title": "Ledger", "kind": "official", "published": "2025-02?"}),
    "content/pages/method.md": front_matter({"title": "Method"}, "Text."),
    "content/briefs/dam.md": front_matter(
        {
            "title": HOSTILE,
            "date": "2025-03-01",
            "as_of": "2025-03-02",
            "status": "needs-second-source",
            "expires": "2040-01-01",
            "lede": "No vote.",
            "themes": ["water"],
            "actors": ["town"],
            "editor": "A. Analyst",
            "source": {
                "title": "Vote off",
                "kind": "opinion",
                "publisher": "post",
                "published": "2025-02-28",
                "url": "https://post.example/vote",
                "archive": "https://archive.example/vote",
                "cites": ["ledger"],
            },
            "claims": [
                {
                    "id": "off",
                    "actor": "mayor",
                    "theme": "water",
                    "says": "It is off.",
                    "quote": f"No vote. {HOSTILE}",
                    "date": "2025-02-27",
                    "credibility": 3,
                    "kind": "fact",
                    "finding": {
                        "verdict": "contradicted",
                        "note": "It was on.",
                        "date": "2025-03-01",
                        "evidence": ["ledger"],
                    },
                },
                {"id": "on", "actor": "town", "says": "It is on.", "date": "2025-02~"},
            ],
            "corrections": [{"date": "2025-03-02", "was": "A", "now": "B", "why": "C"}],
        },
        "Text.",
    ),
}


def blocks(built: dict[str, bytes]) -> dict[str, Any]:
    return {path: json.loads(found[1]) for path, data in built.items() if (found := SCRIPT.search(data))}


def graph(block: Any) -> Graph:
    """The statements of a page; the context is what the address in it leads to, as far as it matters here."""
    assert block["@context"] == "https://schema.org"
    return Graph().parse(data=json.dumps(block | {"@context": {"@vocab": str(TERMS)}}), format="json-ld")


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every thing that is described, however deep."""
    if isinstance(value, list):
        for each in value:
            yield from nodes(each)
    elif isinstance(value, dict):
        yield value
        yield from nodes([each for name, each in value.items() if name != "@context"])


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path, FILES)


def test_json_ld_uses_only_schema_org_terms_in_their_domains(project: Project, demo: dict[str, bytes]) -> None:
    assert project.build().ok
    found = [node for built in (project.built(), demo) for node in nodes(list(blocks(built).values()))]

    used = {(node["@type"], name) for node in found if "@type" in node for name in node if name[0] != "@"}
    assert {(type, name) for type, name in used if not DOMAINS[name] & kinds(type)} == set()
    assert {name for node in found for name in node if name[0] != "@"} == DOMAINS.keys()
    # Nothing is said where nothing is known.
    assert [node for node in found if any(value in (None, "", [], {}, "unknown") for value in node.values())] == []


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    project = Project(tmp_path_factory.mktemp("demo"))
    shutil.copytree(Path(__file__).parents[2] / "content", project.root / "content", dirs_exist_ok=True)
    assert project.build(base_url=BASE).ok
    return project.built()


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # by which rdflib reads
def test_json_ld_of_a_brief_has_its_sources_and_claims(project: Project) -> None:
    assert project.build().ok
    found = graph(blocks(project.built())["briefs/dam/index.html"])
    brief, claim, source = (URIRef(BASE + at) for at in ("briefs/dam/", "briefs/dam/#off", "sources/dam/"))

    assert (brief, RDF.type, TERMS.AnalysisNewsArticle) in found
    assert (brief, TERMS.headline, Literal(HOSTILE)) in found
    assert (brief, TERMS.isBasedOn, source) in found
    assert (brief, TERMS.citation, URIRef(f"{BASE}sources/ledger/")) in found
    assert (brief, TERMS.dateModified, Literal("2025-03-02")) in found
    assert (brief, TERMS.about, URIRef(f"{BASE}themes/water/")) in found
    assert set(found.objects(brief, TERMS.mentions)) == {URIRef(f"{BASE}actors/{id}/") for id in ("mayor", "town")}
    assert (URIRef(f"{BASE}actors/mayor/"), TERMS.sameAs, Literal("https://www.wikidata.org/wiki/Q1")) in found
    assert (source, RDF.type, TERMS.OpinionNewsArticle) in found
    assert (source, TERMS.url, Literal("https://post.example/vote")) in found
    assert (claim, RDF.type, TERMS.Claim) in found
    assert (claim, TERMS.text, Literal("It is off.")) in found
    assert (claim, TERMS.author, URIRef(f"{BASE}actors/mayor/")) in found
    assert (claim, TERMS.appearance, source) in found
    assert (claim, TERMS.dateCreated, Literal("2025-02-27")) in found
    [quotation] = found.objects(claim, TERMS.isBasedOn)
    assert (quotation, RDF.type, TERMS.Quotation) in found
    assert (quotation, TERMS.text, Literal(f"No vote. {HOSTILE}")) in found
    assert (quotation, TERMS.spokenByCharacter, URIRef(f"{BASE}actors/mayor/")) in found
    assert (quotation, TERMS.isBasedOn, source) in found
    assert list(found.objects(URIRef(f"{BASE}briefs/dam/#on"), TERMS.isBasedOn)) == []
    assert (brief, TERMS.temporalCoverage, Literal("../2025-03-02")) in found
    # What is approximate has no place there.
    assert list(found.objects(URIRef(f"{BASE}briefs/dam/#on"), TERMS.dateCreated)) == []
    [correction] = found.objects(brief, TERMS.correction)
    assert (correction, TERMS.datePublished, Literal("2025-03-02")) in found


def test_json_ld_of_a_claim_tells_the_report_from_the_content(tmp_path: Path) -> None:
    for wanted, type in ((True, "ClaimReview"), (False, "Review")):
        site = json.dumps({"title": "Water", "base_url": BASE, "claim_review": wanted})
        project = Project(tmp_path / type, FILES | {"content/site.yaml": site})
        assert project.build().ok
        page = blocks(project.built())["briefs/dam/index.html"]
        claim = next(node for node in nodes(page) if node.get("@type") == "Claim")
        report, content = claim["review"]

        assert (report["@type"], report["reviewAspect"]) == ("Review", "That it was said")
        assert report["reviewRating"]["alternateName"] == "possibly said"
        assert (content["@type"], content["reviewAspect"]) == (type, "The claim itself")
        assert content["reviewRating"]["alternateName"] == "contradicted"
        assert content["citation"] == [{"@id": f"{BASE}sources/ledger/"}]


def test_json_ld_of_a_quote_has_its_translation_and_where_it_was_printed_before(tmp_path: Path) -> None:
    claim = "{id: a, actor: mayor, says: It fell., quote: Він упав, quote_language: uk, translation: It fell, "
    brief = "---\ntitle: Dam\ndate: 2025-01-01\nsource: {title: x}\nclaims:\n- " + claim
    project = Project(
        tmp_path,
        {
            "content/site.yaml": f"title: Water\nbase_url: {BASE}\n",
            "content/actors/mayor.md": "---\nname: The Mayor\nkind: person\n---\n",
            "content/sources/log.yaml": "title: Журнал\ntitle_translation: The log\nlanguage: uk\n",
            "content/briefs/dam.md": f"{brief}translated_by: machine, via: log}}\n---\nText.\n",
        },
    )
    assert project.build().ok
    built = project.built()

    [quote] = [node for node in nodes(blocks(built)["briefs/dam/index.html"]) if node.get("inLanguage") == "uk"]

    assert (quote["@type"], quote["text"], quote["isBasedOn"]) == (
        "Quotation",
        "Він упав",
        {"@id": f"{BASE}sources/log/"},
    )
    assert quote["workTranslation"] == {
        "@type": "Quotation",
        "text": "It fell",
        "inLanguage": "en",
        "creditText": "machine translation",
    }
    page = built["briefs/dam/index.html"].decode()
    assert '<blockquote lang="uk"><p>Він упав</p></blockquote>' in page
    assert '<q lang="en">It fell</q> <span class="meta">(machine translation)</span>' in page
    assert "Translated: <bdi>The log</bdi>" in built["sources/log/index.html"].decode()
    [claims] = json.loads(built["data/claims.json"])["claims"]
    assert {key: claims[key] for key in ("quote_language", "translation", "translated_by", "via")} == {
        "quote_language": "uk",
        "translation": "It fell",
        "translated_by": "machine",
        "via": "log",
    }


def test_json_ld_of_every_page_has_breadcrumbs(project: Project) -> None:
    assert project.build().ok
    for path, block in blocks(project.built()).items():
        trails = [node for node in block["@graph"] if node["@type"] == "BreadcrumbList"]
        if path == "index.html":
            assert trails == []
            continue
        [trail] = trails
        steps = trail["itemListElement"]
        assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
        assert steps[0]["item"] == BASE
        assert steps[-1]["item"] == BASE + path.removesuffix("index.html")


def test_json_ld_of_lists_has_their_entries_in_order(project: Project) -> None:
    assert project.build().ok
    found = blocks(project.built())
    for path, ids in {
        "briefs/index.html": ["briefs/dam/"],
        "actors/index.html": ["actors/mayor/", "actors/town/"],
        "sources/index.html": ["sources/dam/", "sources/ledger/"],
    }.items():
        elements = found[path]["@graph"][0]["mainEntity"]["itemListElement"]
        assert [element["url"] for element in elements] == [BASE + id for id in ids]


def test_unlisted_pages_and_sites_without_base_url_have_no_json_ld(project: Project) -> None:
    assert project.build().ok
    assert "404.html" not in blocks(project.built())

    project.write({"content/site.yaml": "title: Water\n"})
    assert project.build().ok
    assert blocks(project.built()) == {}


def test_article_type_can_be_report(project: Project) -> None:
    project.write({"content/site.yaml": json.dumps({"title": "W", "base_url": BASE, "article_type": "Report"})})
    assert project.build().ok
    assert blocks(project.built())["briefs/dam/index.html"]["@graph"][0]["@type"] == "Report"
