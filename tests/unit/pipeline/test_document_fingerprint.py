import pytest
from msgspec.structs import replace

from briefgen.model.content import Actor, Assessment, Brief, Claim, Finding, Source
from briefgen.model.site import Body, Document
from briefgen.model.texts import Reference
from briefgen.pipeline.incremental.view_invalidation import document_fingerprint

FINDING = Finding(verdict="mixed", note="It is.", evidence=("log",))
CLAIM = Claim(id="c", actor="putin", says="He said so.", quote="so", note="noted", kind="fact", finding=FINDING)
BRIEF = Brief(title="x", date="2025-12-03", claims=(CLAIM,))
SUMMARIES = {
    "title": replace(BRIEF, title="y"),
    "lede": replace(BRIEF, lede="y"),
    "key points": replace(BRIEF, key_points=("y",)),
    "assessments": replace(BRIEF, assessments=(Assessment(says="y"),)),
    "what a claim says": replace(BRIEF, claims=(replace(CLAIM, says="y"),)),
    "a quote": replace(BRIEF, claims=(replace(CLAIM, quote=None),)),
    "a note": replace(BRIEF, claims=(replace(CLAIM, note="y"),)),
    "what was found": replace(BRIEF, claims=(replace(CLAIM, finding=replace(FINDING, note="y")),)),
}
STRUCTURES = {
    "date": replace(BRIEF, date="2025-12-04"),
    "editor": replace(BRIEF, editor="y"),
    "source": replace(BRIEF, source=Source(title="y")),
    "actors": replace(BRIEF, actors=("putin",)),
    "status": replace(BRIEF, status="draft"),
    "a claim's answer": replace(BRIEF, claims=(replace(CLAIM, answer="no"),)),
    "a claim's kind": replace(BRIEF, claims=(replace(CLAIM, kind="forecast"),)),
    "a verdict": replace(BRIEF, claims=(replace(CLAIM, finding=replace(FINDING, verdict="supported")),)),
    "evidence": replace(BRIEF, claims=(replace(CLAIM, finding=replace(FINDING, evidence=())),)),
    "a claim's id": replace(BRIEF, claims=(replace(CLAIM, id="d"),)),
    "a claim more": replace(BRIEF, claims=(CLAIM, replace(CLAIM, id="d"))),
}


def document(brief: Brief, body: Body = Body("one")) -> Document[Brief]:  # noqa: B008 (frozen)
    return Document("x", "content/briefs/x.md", brief, body)


@pytest.mark.parametrize("what", SUMMARIES)
def test_the_summary_of_a_brief_is_not_part_of_its_structure(what: str) -> None:
    before, after = document_fingerprint(document(BRIEF)), document_fingerprint(document(SUMMARIES[what]))

    assert (before.structure, before.body) == (after.structure, after.body)
    assert before.summary != after.summary


@pytest.mark.parametrize("what", STRUCTURES)
def test_every_other_key_of_a_brief_is_part_of_its_structure(what: str) -> None:
    assert document_fingerprint(document(BRIEF)).structure != document_fingerprint(document(STRUCTURES[what])).structure


def test_another_body_changes_only_the_fingerprint_of_the_body() -> None:
    before = document_fingerprint(document(BRIEF))

    for body in (Body("two"), Body("one", (Reference("entity", "putin"),)), Body("one", anchors=("head",)), Body()):
        after = document_fingerprint(document(BRIEF, body))
        assert (before.structure, before.summary) == (after.structure, after.summary)
        assert before.body != after.body


def test_metadata_of_an_actor_is_structure() -> None:
    actor = Document("putin", "content/actors/putin.md", Actor(name="Putin", kind="person"))

    found = document_fingerprint(actor)

    assert found.structure != document_fingerprint(replace(actor, data=replace(actor.data, name="V. Putin"))).structure
    assert (found.summary, found.body) == ("", "")
