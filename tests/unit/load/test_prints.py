import pytest
from msgspec.structs import replace

from briefgen.load.prints import prints
from briefgen.model.content import Actor, Assessment, Brief, Claim, Source
from briefgen.model.site import Body, Document, Reference

CLAIM = Claim(id="c", actor="putin", says="He said so.", quote="so", note="noted")
BRIEF = Brief(title="x", date="2025-12-03", claims=(CLAIM,))
WORDS = {
    "title": replace(BRIEF, title="y"),
    "lede": replace(BRIEF, lede="y"),
    "key points": replace(BRIEF, key_points=("y",)),
    "assessments": replace(BRIEF, assessments=(Assessment(says="y"),)),
    "what a claim says": replace(BRIEF, claims=(replace(CLAIM, says="y"),)),
    "a quote": replace(BRIEF, claims=(replace(CLAIM, quote=None),)),
    "a note": replace(BRIEF, claims=(replace(CLAIM, note="y"),)),
}
FACTS = {
    "date": replace(BRIEF, date="2025-12-04"),
    "editor": replace(BRIEF, editor="y"),
    "source": replace(BRIEF, source=Source(title="y")),
    "actors": replace(BRIEF, actors=("putin",)),
    "status": replace(BRIEF, status="draft"),
    "a claim's stance": replace(BRIEF, claims=(replace(CLAIM, stance="opposes"),)),
    "a claim's id": replace(BRIEF, claims=(replace(CLAIM, id="d"),)),
    "a claim more": replace(BRIEF, claims=(CLAIM, replace(CLAIM, id="d"))),
}


def document(brief: Brief, body: Body = Body("one")) -> Document[Brief]:  # noqa: B008 (frozen)
    return Document("x", "content/briefs/x.md", brief, body)


@pytest.mark.parametrize("what", WORDS)
def test_words_of_a_brief_are_no_facts(what: str) -> None:
    before, after = prints(document(BRIEF)), prints(document(WORDS[what]))

    assert (before.facts, before.text) == (after.facts, after.text)
    assert before.words != after.words


@pytest.mark.parametrize("what", FACTS)
def test_everything_else_is(what: str) -> None:
    assert prints(document(BRIEF)).facts != prints(document(FACTS[what])).facts


def test_a_text_stands_for_itself_with_what_it_refers_to() -> None:
    before = prints(document(BRIEF))

    for body in (Body("two"), Body("one", (Reference("entity", "putin"),)), Body("one", anchors=("head",)), Body()):
        after = prints(document(BRIEF, body))
        assert (before.facts, before.words) == (after.facts, after.words)
        assert before.text != after.text


def test_what_is_no_brief_has_facts_alone() -> None:
    actor = Document("putin", "content/actors/putin.md", Actor(name="Putin", kind="person"))

    found = prints(actor)

    assert found.facts != prints(replace(actor, data=replace(actor.data, name="V. Putin"))).facts
    assert (found.words, found.text) == ("", "")
