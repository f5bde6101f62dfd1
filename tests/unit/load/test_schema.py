"""JSON Schemas of the content files."""

from typing import Any

import pytest
from jsonschema import Draft7Validator

from briefgen.load.fields import typed
from briefgen.load.references import resolve
from briefgen.load.schema import REFERENCES, schemas
from briefgen.load.schema_text import KEYS
from briefgen.model.content import Actor, Brief, Config, Publisher, Source, Theme
from briefgen.model.site import Document, Site


@pytest.fixture(scope="module")
def site() -> Site:
    documents: dict[str, list[Document[Any]]] = {
        "actor": [Document("putin", "a", Actor(name="Putin", kind="person"))],
        "theme": [Document("us-plan", "t", Theme(name="US plan"))],
        "publisher": [Document("tass", "p", Publisher(name="TASS"))],
        "source": [Document("s", "s", Source(title="x", publisher="Fortune Fwd"))],
    }
    return resolve(Config(title="x"), documents)[0]


def test_every_schema_is_one_and_says_which_dialect(site: Site) -> None:
    for made in (schemas(), schemas(site)):
        kinds = ["brief", "actor", "theme", "publisher", "source", "page", "links", "checks", "capture"]
        assert list(made) == ["site", *kinds]
        for schema in made.values():
            assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
            Draft7Validator.check_schema(schema)


def test_every_key_is_described_and_nothing_else() -> None:
    definitions: dict[str, Any] = {}
    for schema in schemas().values():
        definitions |= schema["$defs"]

    assert set(KEYS) == set(definitions)
    for name, definition in definitions.items():
        assert set(KEYS[name]) == set(definition["properties"]), name
        for key, value in definition["properties"].items():
            assert value["description"] == KEYS[name][key]
            assert value["description"].endswith((".", "…"))
            assert len(value["description"]) <= 120
    assert all(key in KEYS[name] for name, key in REFERENCES)


def test_the_schema_lists_words_in_their_own_order() -> None:
    brief = schemas()["brief"]["$defs"]

    assert brief["Brief"]["properties"]["status"]["enum"] == ["draft", "published", "needs-second-source", "retracted"]
    assert brief["Claim"]["properties"]["credibility"]["anyOf"][0]["enum"] == [1, 2, 3, 4, 5, 6]


def test_the_schema_offers_ids_of_the_site_and_allows_other_names(site: Site) -> None:
    made = schemas(site)["brief"]["$defs"]

    def offered(struct: str, key: str) -> Any:
        value = made[struct]["properties"][key]
        return value.get("items", value)["anyOf"][0]["enum"]

    assert offered("Brief", "actors") == ["putin"]
    assert offered("Brief", "themes") == ["us-plan"]
    assert offered("Claim", "for") == ["putin"]
    assert offered("Source", "publisher") == ["Fortune Fwd", "tass", "unknown"]
    assert offered("Source", "cites") == ["s"]
    valid = Draft7Validator(schemas(site)["brief"]).is_valid
    assert valid({"title": "x", "date": "2025-12-03", "actors": ["putin", "Somebody"]})
    assert not valid({"title": "x", "date": "2025-12-03", "actors": [""]})


def test_the_schema_accepts_the_same_files_as_the_loader() -> None:
    brief: dict[str, Any] = {
        "title": "x",
        "date": "2025-12-03",
        "source": {"title": "x", "published": "2025-12?", "kind": "rewrite", "reliability": "D"},
        "claims": [
            {"id": "a", "actor": "b", "says": "c", "for": "d", "finding": {"verdict": "mixed", "note": "n"}},
            {"id": "b", "actor": "b", "says": "c", "credibility": 2},
        ],
        "assessments": [{"says": "x", "likelihood": "very unlikely"}],
    }
    changes: list[dict[str, Any]] = [
        {},
        {"tags": []},
        {"date": "3.12.2025"},
        {"status": "live"},
        {"claims": [{"id": "A", "actor": "b", "says": "c"}]},
        {"source": {}},
        {"title": ""},
    ]
    validator = Draft7Validator(schemas()["brief"])

    for change in changes:
        accepted = typed(brief | change, Brief, "content/briefs/x.md")[0] is not None
        assert validator.is_valid(brief | change) == accepted == (not change)


@pytest.mark.parametrize(
    ("value", "fits"), [(2008, True), ("2008-03?", True), (208, False), (20080, False), ([], False)]
)
def test_a_year_alone_is_a_number_to_editors(value: object, fits: bool) -> None:
    made = schemas()
    actor = {"name": "x", "kind": "person", "roles": [{"title": "t", "from": value}]}
    source = {"title": "x", "published": value}

    assert Draft7Validator(made["actor"]).is_valid(actor) is fits
    assert Draft7Validator(made["source"]).is_valid(source) is fits
    assert made["source"]["$defs"]["SourceFile"]["properties"]["published"]["default"] == "unknown"
