"""The files of `data/`, read back by libraries that we did not write."""

import csv
import html
import json
import re
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import jsonschema
import listparser
import pytest
import rispy  # type: ignore[import-untyped] # it has no types
from bibtexparser.entrypoint import parse_string as parse_bibtex
from citeproc.source.json import CiteProcJSON  # type: ignore[import-untyped] # it has no types
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from briefgen.model.quotations import words_hash
from briefgen.render.bibliography import render_bibtex, render_csl, render_ris
from briefgen.render.data import render_csv
from briefgen.render.feeds import render_opml
from briefgen.views.formats import Bibliography, Reference, Subscription, Subscriptions, Table
from support.demo import demo_in
from support.project import Project
from support.strategies import SECRET, front_matter, projects

BASE = "https://desk.example/water/"
HOSTILE = '{\\"}% & $ # _ ~ ^ <b>\ttab\nline "quoted", =1+1 – ж'


def a_reference(**known: str) -> Reference:
    """Return a reference of which no more is known."""
    unknown = dict.fromkeys(Reference.__struct_fields__, "") | {"key": "a-b", "kind": "report"}
    return Reference(**(unknown | known))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    project = demo_in(tmp_path_factory.mktemp("demo"))
    assert project.build(base_url=BASE).ok
    return project.built()


def data(built: dict[str, bytes], name: str) -> list[dict[str, Any]]:
    """The entries of a JSON file."""
    found: list[dict[str, Any]] = json.loads(built[f"data/{name}.json"])[name]
    return found


NAMES = (
    "briefs", "claims", "positions", "relations", "sources", "actors", "themes", "publishers",
    "matrix", "disputes", "timeline", "changes", "corrections", "searches",
)  # fmt: skip
WITHOUT_IDS = ("positions", "relations", "matrix", "corrections", "searches")


def test_every_json_file_meets_the_published_schema(demo: dict[str, bytes]) -> None:
    schema = json.loads(demo["data/schema.json"])
    validator = jsonschema.Draft202012Validator(schema)
    validator.check_schema(schema)
    for name in NAMES:
        document = json.loads(demo[f"data/{name}.json"])
        assert list(validator.iter_errors(document)) == []
        if name in ("corrections", "searches"):  # the demo has none
            continue
        assert document[name]
        wrong = document | {name: [dict.fromkeys(document[name][0], 1)]}
        assert list(validator.iter_errors(wrong)) != []


def test_ids_lead_to_entries_and_addresses_to_pages(demo: dict[str, bytes]) -> None:
    ids = {name: {entry["id"] for entry in data(demo, name)} for name in NAMES if name not in WITHOUT_IDS}
    for claim in data(demo, "claims"):
        assert claim["actor"] in ids["actors"] if "actor" in claim else claim["publisher"] in ids["publishers"]
        assert claim.get("theme") in ids["themes"] | {None}
        assert claim.get("brief", claim["id"].partition("#")[0]) in ids["briefs"] | ids["sources"]
        assert claim["source"] in ids["sources"]
        assert set(claim.get("contradicts", ())) <= ids["claims"]
    for brief in data(demo, "briefs"):
        assert set(brief["claims"]) <= ids["claims"]
        assert set(brief["actors"]) <= ids["actors"]
    for position in data(demo, "positions"):
        groups = ("claims", "same_time", "earlier", "undated")
        assert {claim for group in groups for claim in position.get(group, ())} <= ids["claims"]
    for relation in data(demo, "relations"):
        assert {relation["claim"], relation["other"]} <= ids["claims"]
    for name in NAMES:
        for entry in data(demo, name):
            path, _, fragment = entry["url"].removeprefix(BASE).partition("#")
            page = demo[f"{path}index.html"].decode()
            assert not fragment or f'id="{fragment}"' in page


def test_unknown_values_are_left_out_of_data_files(demo: dict[str, bytes]) -> None:
    for path, content in demo.items():
        if path.startswith("data/") and path.endswith(".json") and path != "data/schema.json":
            assert b'"unknown"' not in content


def test_a_position_is_the_latest_claim_of_an_actor_on_a_theme(tmp_path: Path) -> None:
    def brief(date: str, answer: str) -> str:
        claim = {"id": "c", "actor": "mayor", "theme": "dam", "says": "S", "answer": answer}
        return front_matter({"title": date, "date": date, "claims": [claim]}, "Text.")

    project = Project(
        tmp_path,
        {
            "content/actors/mayor.md": front_matter({"name": "Mayor", "kind": "person"}),
            "content/themes/dam.md": front_matter({"name": "Dam", "question": "Is it safe?"}),
            "content/briefs/old.md": brief("2025-01-01", "yes"),
            "content/briefs/new.md": brief("2025-02-01", "no"),
        },
    )
    assert project.build().ok
    [position] = data(project.built(), "positions")
    assert position == {
        "actor": "mayor",
        "theme": "dam",
        "answers": ["no"],
        "claims": ["new#c"],
        "url": "briefs/new/#c",  # from the site's root, where its address is not known
        "date": "2025-02-01",
        "change": "changed",
        "since": "2025-02-01",
        "before": "yes",
        "earlier": ["old#c"],
    }


def test_pages_that_compare_link_the_same_as_files(tmp_path: Path) -> None:
    said = {"actor": "mayor", "theme": "dam", "says": "S", "answer": "yes"}
    correction = {"date": "2025-01-03", "was": "Two.", "now": "*Three*.", "why": "Miscounted."}
    search = {"for": "the log", "where": "the town hall", "date": "2025-01-02", "result": "Nothing *yet*."}
    dispute = {"id": "gate", "question": "Who closed it?", "kind": "fact", "claims": ["old#a", "old#b"]}
    brief = {
        "title": "Old",
        "date": "2025-01-01",
        "claims": [said | {"id": "a"}, said | {"id": "b", "actor": "council", "answer": "unclear"}],
        "corrections": [correction],
        "searches": [search],
    }
    project = Project(
        tmp_path,
        {
            "content/actors/mayor.md": front_matter({"name": "Mayor", "kind": "person"}),
            "content/actors/council.md": front_matter({"name": "Council", "kind": "group"}),
            "content/themes/dam.md": front_matter({"name": "Dam", "question": "Safe?", "disputes": [dispute]}),
            "content/briefs/old.md": front_matter(brief, "Text."),
        },
    )
    assert project.build().ok
    built = project.built()

    for page, names in {
        "matrix": ("matrix",), "disputes": ("disputes",), "timeline": ("timeline",), "changes": ("changes",),
        "corrections": ("corrections",), "coverage": ("coverage", "searches"),
    }.items():  # fmt: skip
        links = re.findall(r"data/([a-z]+\.(?:csv|json))", built[f"{page}/index.html"].decode())
        assert links == [f"{name}.{suffix}" for name in names for suffix in ("csv", "json")]
    url, day = "briefs/old/", "2025-01-01"
    assert data(built, "matrix") == [
        {"actor": "council", "theme": "dam", "words": "unclear", "url": f"{url}#b", "date": day},
        {
            "actor": "mayor", "theme": "dam", "answers": ["yes"], "words": "yes", "url": f"{url}#a", "date": day,
            "disputes": ["gate"],
        },
    ]  # fmt: skip
    assert data(built, "corrections") == [
        correction | {"kind": "correction", "brief": "old", "now": "Three.", "url": url}
    ]
    assert data(built, "searches") == [search | {"result": "Nothing yet.", "url": f"{url}#_searches"}]
    assert [(one["theme"], one["id"]) for one in data(built, "disputes")] == [("dam", "gate")]
    assert [(one["kind"], one["title"], one["url"]) for one in data(built, "changes")] == [
        ("correction", "Old", f"{url}#_corrections"),
        ("brief", "Old", url),
        ("dispute", "Who closed it?", "disputes/gate/"),
    ]
    assert [(one["lane"], one["kind"]) for one in data(built, "timeline")] == [
        ("desk", "correction"), ("said", "claim"), ("said", "claim"), ("desk", "brief"), ("desk", "dispute"),
    ]  # fmt: skip


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(files=projects())
def test_data_of_any_site_is_valid_and_has_nothing_unpublished(files: dict[str, Any]) -> None:
    with TemporaryDirectory() as folder:
        project = Project(Path(folder), files)
        if not project.build(drafts=True, future=True, expired=True).ok:
            return
        built = {path: content for path, content in project.built().items() if path.startswith("data/")}
        validator = jsonschema.Draft202012Validator(json.loads(built["data/schema.json"]))
        for name in NAMES:
            validator.validate(json.loads(built[f"data/{name}.json"]))
        assert not any(SECRET.encode() in content for content in built.values())


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=8) | st.sampled_from(
    ["=1+1", "+1", "-1", "@x", "\tx", "＝1", "＋1", "－1", "＠x"]
)


@given(st.lists(st.tuples(cells, cells)))
@example([("'=", "="), ("＝1", "＠x")])
def test_csv_tables_round_trip_and_contain_no_formulas(rows: list[tuple[str, str]]) -> None:
    text = render_csv(Table(("a", "b"), tuple(rows))).decode("utf-8-sig")
    [columns, *found] = csv.reader(StringIO(text, newline=""))

    assert columns == ["a", "b"]
    assert [tuple(re.sub(r"\A'(?='*[=+\-@＝＋－＠\t\r\n])", "", cell) for cell in row) for row in found] == rows
    assert not any(cell and cell[0] in "=+-@＝＋－＠\t\r\n" for row in found for cell in row)


def rows_of(content: bytes) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    return list(csv.DictReader(StringIO(content.decode("utf-8-sig"), newline="")))


def test_the_tables_of_the_demo_have_a_row_for_each_entry(demo: dict[str, bytes]) -> None:
    for name in (name for name in NAMES if f"data/{name}.csv" in demo and name != "disputes"):
        rows = rows_of(demo[f"data/{name}.csv"])
        assert [row["url"] for row in rows] == [entry["url"] for entry in data(demo, name)]
        assert len({len(row) for row in rows}) <= 1
    sides = [(one["id"], " ".join(side["claims"])) for one in data(demo, "disputes") for side in one["sides"]]
    assert [(row["id"], row["claims"]) for row in rows_of(demo["data/disputes.csv"])] == sides


def test_a_quote_has_its_check_under_names_that_are_those_of_no_judgement(tmp_path: Path) -> None:
    claims = [{"id": "c", "actor": "mayor", "says": "S", "quote": "Shut it", "credibility": "2", "kind": "fact"}]
    claims += [
        {"id": "d", "actor": "mayor", "says": "S", "quote": "Other words"},
        {"id": "e", "actor": "mayor", "says": "S"},
    ]
    check = {
        "words": words_hash("Shut it"), "result": "found", "how": "exact", "checked": "2025-03-02",
        "archive": {"result": "found", "date": "2025-03-03"}, "page": {"result": "absent", "date": "2025-03-04"},
    }  # fmt: skip
    copy = {"text": "a" * 64, "captured": "b" * 64, "retrieved": "2025-03-01", "extent": "whole"}
    project = Project(
        tmp_path,
        {
            "content/actors/mayor.md": front_matter({"name": "Mayor", "kind": "person"}),
            "content/briefs/b.md": front_matter(
                {"title": "B", "date": "2025-03-05", "source": {"title": "A", "id": "post"}, "claims": claims}, "Text."
            ),
            "content/checks.yaml": json.dumps({"sources": [{"id": "post", **copy, "quotes": [check]}]}),
        },
    )
    assert project.build().ok
    built = project.built()
    found = {
        "result": "found", "how": "exact", "checked": "2025-03-02",
        "in_archive": "found", "in_archive_checked": "2025-03-03", "on_page": "absent", "on_page_checked": "2025-03-04",
    }  # fmt: skip

    assert [claim.get("quote_check") for claim in data(built, "claims")] == [
        found,
        {"result": "unchecked", "reason": "changed words"},
        None,
    ]
    assert [source["copy"] for source in data(built, "sources")] == [
        {"extent": "whole", "text_sha256": "a" * 64, "sha256": "b" * 64, "retrieved": "2025-03-01"}
    ]
    row = rows_of(built["data/claims.csv"])[0]
    columns = {name.partition(".")[2]: cell for name, cell in row.items() if name.startswith("quote_check.") and cell}
    assert columns == found
    assert [name for name in row if name in found] == []


def test_a_source_with_another_address_has_no_copy(tmp_path: Path) -> None:
    record = {"id": "post", "text": "a" * 64, "address": "https://post.example/before"}
    source = json.dumps({"title": "A", "url": "https://post.example/now"})
    files = {"content/sources/post.yaml": source, "content/checks.yaml": json.dumps({"sources": [record]})}

    project = Project(tmp_path, files)
    project.build()

    assert "copy" not in data(project.built(), "sources")[0]


WHOLE = a_reference(
    title=HOSTILE, author=HOSTILE, publisher=HOSTILE, published="2025-12-03", retrieved="2026-01",
    url="https://post.example/a%20b?c={d}&e=f_g", archive="https://archive.example/x", language="en",
)  # fmt: skip
PLAIN = " ".join(HOSTILE.split())


def entries_of(content: bytes) -> list[dict[str, str]]:
    """The entries of a BibTeX file."""
    library = parse_bibtex(content.decode())
    assert library.failed_blocks == []
    return [dict(entry.items()) for entry in library.entries]


def untexed(text: str) -> str:
    names = {"textbackslash{}": "\\", "textasciitilde{}": "~", "textasciicircum{}": "^"}
    names |= {"textbraceleft{}": "{", "textbraceright{}": "}"}
    return re.sub(r"\\(text\w+\{\}|.)", lambda found: names.get(found[1], found[1]), text)


def test_bibtex_round_trips() -> None:
    [entry] = entries_of(render_bibtex(Bibliography((WHOLE,))))

    assert (entry["ENTRYTYPE"], entry["ID"]) == ("online", "a-b")
    assert untexed(entry["title"][1:-1]) == PLAIN
    assert untexed(entry["author"][1:-1]) == PLAIN
    assert entry["date"] == "2025-12-03"
    assert entry["url"] == "https://post.example/a%20b?c=%7Bd%7D&e=f_g"
    assert entry["note"] == "Archived at https://archive.example/x"


@given(st.lists(st.builds(a_reference, title=cells, author=cells, publisher=cells), max_size=4))
def test_any_title_keeps_its_bibliography_entry(references: list[Reference]) -> None:
    named = Bibliography(tuple(replace(one, key=f"k{number}") for number, one in enumerate(references)))
    keys = [one.key for one in named.references]

    assert [entry["ID"] for entry in entries_of(render_bibtex(named))] == keys
    assert [entry["id"] for entry in rispy.loads(render_ris(named).decode())] == keys
    assert [item["id"] for item in json.loads(render_csl(named))] == keys


def test_ris_round_trips() -> None:
    [entry] = rispy.loads(render_ris(Bibliography((WHOLE,))).decode())

    assert entry["type_of_reference"] == "NEWS"
    assert entry["title"] == PLAIN
    assert entry["authors"] == [PLAIN]
    assert entry["secondary_title"] == PLAIN
    assert entry["date"] == "2025/12/03"
    assert entry["urls"] == [WHOLE.url]


def test_csl_is_read_by_a_citation_processor() -> None:
    doubtful = replace(WHOLE, key="c", published="2025-12?", kind="official")
    items = json.loads(render_csl(Bibliography((WHOLE, doubtful, a_reference(key="e")))))
    found = CiteProcJSON(items)

    assert str(found["a-b"].title) == HOSTILE
    assert (found["a-b"].issued.year, found["a-b"].issued.month, found["a-b"].issued.day) == (2025, 12, 3)
    assert items[1]["issued"] == {"date-parts": [[2025, 12]], "circa": True}
    assert items[1]["type"] == "report"
    assert items[2] == {"id": "e", "type": "article-newspaper"}


def test_the_bibliographies_of_the_demo_agree_with_each_other(demo: dict[str, bytes]) -> None:
    for name in ("sources", "briefs"):
        keys = [entry["id"] for entry in data(demo, name)]
        assert [item["id"] for item in json.loads(demo[f"data/{name}.csl.json"])] == keys
        assert [entry["ID"] for entry in entries_of(demo[f"data/{name}.bib"])] == keys
        assert [entry["id"] for entry in rispy.loads(demo[f"data/{name}.ris"].decode())] == keys


def test_the_opml_file_lists_all_feeds(demo: dict[str, bytes]) -> None:
    found = listparser.parse(demo["data/feeds.opml"].decode())

    assert not found.bozo
    addresses = [feed.url for feed in found.feeds]
    assert all(address.removeprefix(BASE) in demo for address in addresses)
    atoms = {path for path in demo if path.endswith(("feed.xml", "corrections.xml"))}
    assert {address.removeprefix(BASE) for address in addresses} == atoms


def test_hostile_feed_names_round_trip_in_opml() -> None:
    listed = Subscription(HOSTILE, "https://a.example/?b&c", "https://a.example/")

    [feed] = listparser.parse(render_opml(Subscriptions(HOSTILE, ((HOSTILE, (listed,)),))).decode()).feeds
    assert feed.url == "https://a.example/?b&c"
    assert " ".join(feed.title.split()) == PLAIN


def test_a_site_without_base_url_has_no_opml_file(tmp_path: Path) -> None:
    project = demo_in(tmp_path)
    project.write({"content/site.yaml": "title: W\n"})
    assert project.build().ok
    assert "data/feeds.opml" not in project.built()
    assert b"feeds.opml" not in project.built()["data/index.html"]


def test_a_body_edit_changes_no_data(tmp_path: Path) -> None:
    project = demo_in(tmp_path)
    assert project.build().ok
    file = min((project.root / "content/briefs").iterdir())
    file.write_text(file.read_text("utf-8") + "\nA further word.\n", "utf-8")
    assert not any(path.startswith("data/") for path in project.build().written)


def test_a_title_that_was_not_printed_is_marked_in_every_format(demo: dict[str, bytes]) -> None:
    """A title that the desk made of an address, and a text that the publisher had from somebody else."""
    titled = {one["id"]: one["titling"] for one in data(demo, "sources") if "titling" in one}
    credited = {one["id"]: one["credit"] for one in data(demo, "sources") if "credit" in one}
    assert len(titled) > 10
    assert len(credited) > 1
    notes = {one["ID"]: untexed(one.get("note", "")) for one in entries_of(demo["data/sources.bib"])}
    citable = {one["id"]: one.get("note", "") for one in json.loads(demo["data/sources.csl.json"])}
    for found in (notes, citable):
        assert {id for id, note in found.items() if "title: " in note} == titled.keys()
        assert all(f"title: {titling}" in found[id] for id, titling in titled.items())
        assert all(f"text of {credit}" in found[id] for id, credit in credited.items())
    assert len(re.findall("^N1  - title: ", demo["data/sources.ris"].decode(), re.MULTILINE)) == len(titled)
    for id, titling in titled.items():
        page = demo[f"sources/{id}/index.html"].decode()
        assert f"[title: {titling}]" in html.unescape(page)
        linked = re.search(r'ld\+json">(.*?)</script>', page)
        assert linked is not None
        assert "headline" not in json.loads(linked[1])["@graph"][0]


def test_data_files_have_everything_that_pages_show_of_sources_publishers_and_claims(demo: dict[str, bytes]) -> None:
    sources, publishers, claims = (data(demo, name) for name in ("sources", "publishers", "claims"))

    assert {"reliability_reason", "dating", "summary", "interest"} <= {key for one in sources for key in one}
    assert any(one.get("reliability") for one in publishers)
    tables = {one["id"]: one for one in rows_of(demo["data/claims.csv"])}
    for one in claims:
        assert tables[one["id"]]["contradicts"].split() == one.get("contradicts", [])
        assert tables[one["id"]]["said"] == one.get("said", "")
        finding = one.get("content_finding", {})
        for key in ("verdict", "date", "note"):
            assert tables[one["id"]][f"content_finding.{key}"] == finding.get(key, "")
        assert tables[one["id"]]["content_finding.evidence"].split() == finding.get("evidence", [])
        assert tables[one["id"]]["report_credibility"] == str(one.get("report_credibility", ""))
    assert any("content_finding" in one for one in claims)


def test_a_credit_is_shown_as_the_publisher_that_it_leads_to(tmp_path: Path) -> None:
    project = Project(
        tmp_path,
        {
            "content/publishers/dpa.yaml": "name: Deutsche Presse-Agentur\naliases: [dpa]\n",
            "content/sources/herald.yaml": "title: A\npublisher: Herald\ncredit: DPA\n",
            "content/sources/mirror.yaml": "title: B\npublisher: Mirror\ncredit: Another agency\n",
        },
    )
    assert project.build().ok
    built = project.built()

    assert [source["credit"] for source in data(built, "sources")] == ["Deutsche Presse-Agentur", "Another agency"]
    assert b"text of Deutsche Presse-Agentur" in built["data/sources.bib"]
    assert b"(text: Deutsche Presse-Agentur)" in built["sources/index.html"]
    own = built["sources/herald/index.html"].decode()
    assert 'text by <a href="../../publishers/dpa/">Deutsche Presse-Agentur</a>' in own
    assert "text by Another agency, " in built["sources/mirror/index.html"].decode()
