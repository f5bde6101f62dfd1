"""What two claims are to each other is the same in every output, from whichever side it is read."""

import csv
import json
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from lxml import html

from briefgen.model.vocabulary import RELATION_WORDS, RELATIONS, REPORTED_AGAIN
from support.project import Project
from support.strategies import SECRET, front_matter, projects

INVERSE: dict[str, str] = {**RELATIONS, **{inverse: relation for relation, inverse in RELATIONS.items()}}
patient = settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])

Relation = tuple[str, str, str]


def built(files: dict[str, bytes]) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        project = Project(Path(folder), files)
        report = project.build()
        assert report.ok, report.problems
        return project.built()


def on_pages(output: dict[str, bytes]) -> Iterator[Relation]:
    """Yield the relations that the pages of briefs and sources show."""
    names = {words: name for name, words in RELATION_WORDS.items()} | {REPORTED_AGAIN: "corroborates"}
    for path, content in output.items():
        folder, _, id = path.removesuffix("/index.html").partition("/")
        if folder not in ("briefs", "sources") or not path.endswith("/index.html") or not id or "/" in id:
            continue
        for claim in html.document_fromstring(content.decode()).xpath("//*[@id][@class='claim']"):
            for related in claim.find_class("related"):
                relation = names[related.xpath("string(p)").lower()]
                for address in related.xpath("ul/li/a[1]/@href"):
                    page, _, other = address.partition("#")
                    owner = page.rstrip("/").rpartition("/")[2] or id
                    yield f"{id}#{claim.get('id')}", relation, f"{owner}#{other}"


def in_data(output: dict[str, bytes], name: str) -> Any:
    return json.loads(output[f"data/{name}.json"])[name]


def in_claims(output: dict[str, bytes]) -> Iterator[Relation]:
    for claim in in_data(output, "claims"):
        for relation in RELATION_WORDS:
            yield from ((claim["id"], relation, other) for other in claim.get(relation, ()))


@patient
@given(files=projects())
def test_relations_are_symmetric_and_the_same_in_all_outputs(files: dict[str, bytes]) -> None:
    output = built(files)
    listed = [(one["claim"], one["relation"], one["other"]) for one in in_data(output, "relations")]
    rows = csv.DictReader(StringIO(output["data/relations.csv"].decode("utf-8-sig")))

    assert {(other, INVERSE[relation], claim) for claim, relation, other in listed} == set(listed)
    assert len(set(listed)) == len(listed)
    assert [(row["claim"], row["relation"], row["other"]) for row in rows] == listed
    assert sorted(in_claims(output)) == sorted(listed)
    assert sorted(on_pages(output)) == sorted(listed)


@patient
@given(files=projects())
def test_no_relation_and_no_dispute_has_anything_of_an_unpublished_claim(files: dict[str, bytes]) -> None:
    claims = [{"id": SECRET, "actor": "mayor", "theme": "dam", "says": SECRET, "contradicts": ["open#it"]}]
    related = {relation: [f"hidden#{SECRET}"] for relation in RELATIONS if relation != "corroborates"}
    shown = [{"id": id, "actor": "mayor", "says": "So.", **related} for id in ("it", "too", "this")]
    sides = (["open#it", f"hidden#{SECRET}"], ["open#too"], [f"hidden#{SECRET}"])
    disputes: list[dict[str, Any]] = [
        {"id": "list", "claims": ["open#it", f"hidden#{SECRET}", "open#too"]},
        {"id": "sides", "sides": [{"label": f"Side {n}", "claims": refs} for n, refs in enumerate(sides[:2])]},
        {"id": "gone", "claims": ["open#it", f"hidden#{SECRET}"]},
        {
            "id": "one-side",
            "sides": [{"label": "A", "claims": ["open#it", "open#too"]}, {"label": SECRET, "claims": sides[2]}],
        },
    ]
    disputes = [{"question": "Which?", "kind": "fact", **dispute} for dispute in disputes]
    hidden = {"title": SECRET, "date": "2024-01-01", "status": "draft", "claims": claims}
    files["content/briefs/hidden.md"] = front_matter(hidden, SECRET).encode()
    files["content/briefs/open.md"] = front_matter(
        {"title": "Open", "date": "2024-01-01", "claims": shown}, "So."
    ).encode()
    files["content/themes/open.md"] = front_matter({"name": "Open", "disputes": disputes}, "So.").encode()
    files["content/site.yaml"] = b"title: A site"

    output = built(files)

    assert [path for path, data in output.items() if SECRET.encode() in data or b"hidden#" in data] == []
    assert {"disputes/list/index.html", "disputes/sides/index.html"} <= output.keys()
    assert not {"disputes/gone/index.html", "disputes/one-side/index.html"} & output.keys()
