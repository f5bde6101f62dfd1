"""The table of references, and the function that maps them."""

from typing import Any, get_args

import msgspec
import pytest

from briefgen.model import content
from briefgen.model.content import Actor, Brief, Claim, Entry, Finding, Flag, Role, Source
from briefgen.model.references import FIELDS, Everything, Kind, Mapper, Targets, Use
from briefgen.model.site import Body
from briefgen.model.texts import Reference

ALL: Targets = {kind: Everything() for kind in get_args(Kind)}
NONE: Targets = dict.fromkeys(get_args(Kind), ())
CLAIM = Claim(
    id="one",
    actor="mayor",
    says="So.",
    for_="town",
    theme="dam",
    contradicts=("gate#two",),
    confirmed_by=("log",),
    finding=Finding(verdict="mixed", note="It is.", evidence=("minutes",)),
)
BRIEF = Brief(
    title="Gate",
    date="2025-01-01",
    actors=("mayor",),
    themes=("dam",),
    source=Source(title="A text", cites=("log",), flags=(Flag(kind="wrong-fact", note="So.", evidence=("log",)),)),
    claims=(CLAIM,),
)


def _names_others(annotation: Any) -> bool:
    """Return whether a field of this type holds names of other entries."""
    arguments = get_args(annotation)
    return annotation in (content.Name, content.ClaimRef) or (
        any(argument in (content.Id, content.Name, content.ClaimRef) for argument in arguments)
    )


def test_every_key_that_names_another_entry_is_in_the_table() -> None:
    entries = [value for value in vars(content).values() if isinstance(value, type) and issubclass(value, Entry)]
    named = {
        (entry.__name__, field.name)
        for entry in entries
        for field in msgspec.structs.fields(entry)
        if _names_others(field.type) and field.name not in ("id", "former_ids")
    }

    table = {(struct.__name__, name) for struct, fields in FIELDS.items() for name, _ in fields}
    assert named
    assert named <= table


def uses(entry: Entry) -> list[Use]:
    found: list[Use] = []

    def collect(use: Use) -> str:
        found.append(use)
        return use.target

    assert Mapper("content/briefs/gate.md", NONE, collect).entry(entry) is entry
    return found


def test_every_reference_is_mapped_with_its_place_in_the_file() -> None:
    assert [(use.kind, use.target, use.keys) for use in uses(BRIEF)] == [
        ("actor", "mayor", ("actors", 0)),
        ("theme", "dam", ("themes", 0)),
        ("source", "log", ("source", "cites", 0)),
        ("source", "log", ("source", "flags", 0, "evidence", 0)),
        ("actor", "mayor", ("claims", 0, "actor")),
        ("actor", "town", ("claims", 0, "for")),
        ("theme", "dam", ("claims", 0, "theme")),
        ("claim", "gate#two", ("claims", 0, "contradicts", 0)),
        ("source", "log", ("claims", 0, "confirmed_by", 0)),
        ("source", "minutes", ("claims", 0, "finding", "evidence", 0)),
    ]


def test_targets_that_stay_are_not_passed_to_the_change() -> None:
    def fail(use: Use) -> str:
        raise AssertionError(use)

    assert Mapper("content/briefs/gate.md", ALL, fail).entry(BRIEF) is BRIEF


def test_an_entry_without_a_reference_that_it_requires_is_dropped() -> None:
    keep: Targets = {**ALL, "actor": ("mayor",)}
    stranger = msgspec.structs.replace(CLAIM, id="two", actor="nobody", for_=None)

    brief = Mapper("", keep, lambda _: None).entry(msgspec.structs.replace(BRIEF, claims=(CLAIM, stranger)))

    assert [claim.id for claim in brief.claims] == ["one"]
    assert brief.claims[0].for_ is None


def test_two_names_of_one_actor_become_one() -> None:
    brief = Brief(title="x", date="2025-01-01", actors=("Mayor", "The mayor"))

    assert Mapper("", NONE, lambda _: "mayor").entry(brief).actors == ("mayor",)


def test_a_role_names_the_actor_that_it_serves() -> None:
    actor = Actor(name="Mayor", kind="person", roles=(Role(title="Mayor", of="town"),))

    assert [use.target for use in uses(actor)] == ["town"]


@pytest.mark.parametrize(
    ("reference", "kind", "target"),
    [
        (Reference("entity", "actors/mayor"), "actor", "mayor"),
        (Reference("entity", "themes/dam"), "theme", "dam"),
        (Reference("cite", "sources/log"), "source", "log"),
        (Reference("link", "briefs/gate.md#one"), "link", "briefs/gate.md#one"),
        (Reference("entity", "AC/DC"), "name", "AC/DC"),
    ],
)
def test_references_in_bodies_have_a_kind(reference: Reference, kind: Kind, target: str) -> None:
    found: list[Use] = []
    body = Body("digest", (reference,))

    dropped = Mapper("content/pages/a.md", NONE, found.append).body(body)

    assert found == [Use(kind, target, "content/pages/a.md", (), reference)]
    assert [one.target for one in dropped.references] == [""]
    assert Mapper("content/pages/a.md", ALL, lambda _: None).body(body) is body


def test_a_new_target_of_a_reference_in_a_body_keeps_its_folder() -> None:
    body = Body("digest", (Reference("entity", "actors/mayor"),))

    assert Mapper("", NONE, lambda _: "lund").body(body).references[0].target == "actors/lund"
