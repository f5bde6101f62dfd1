"""The table of references has every field that names something else, so that no use of it can forget one."""

from collections.abc import Iterator
from typing import Any, get_args

import pytest
from msgspec import Struct
from msgspec.structs import fields

from briefgen.model import checks, content
from briefgen.model.content import ClaimRef, Entry, Id, Name
from briefgen.model.references import WRITTEN_FIELDS

NAMING = (get_args(Id)[1], get_args(Name)[1], get_args(ClaimRef)[1])
"""What the annotations of ids, names and references to claims have in common."""

OWN = {"Answer.id", "Claim.id", "Dispute.id", "Source.id", "SourceFile.id"}  # what others refer to
OTHER = {
    "PublishedClaim.id": "claims are not renamed",
    "Claim.answer": "answers are listed in the theme",
    "Config.site_theme": "a folder of themes/, which is no content",
}
STRUCTS = [
    struct
    for struct in (vars(content) | vars(checks)).values()
    if isinstance(struct, type) and issubclass(struct, Entry) and struct is not Entry
]


def parts(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from parts(part)


def structs_in(annotation: Any) -> list[type[Struct]]:
    return [part for part in parts(annotation) if isinstance(part, type) and issubclass(part, Entry)]


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.__name__)
def test_every_field_with_an_id_or_a_name_is_in_the_table(struct: type[Struct]) -> None:
    known = {name for name, _ in WRITTEN_FIELDS.get(struct, ())}
    naming = {
        field.name
        for field in fields(struct)
        if field.name != "former_ids" and any(part in NAMING for part in parts(field.type) if part is not None)
    }
    names = {f"{struct.__name__}.{name}" for name in naming - known}

    assert names <= OWN | OTHER.keys()


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.__name__)
def test_every_field_with_structs_that_have_references_is_in_the_table(struct: type[Struct]) -> None:
    known = dict(WRITTEN_FIELDS.get(struct, ()))

    for field in fields(struct):
        for inner in structs_in(field.type):
            assert not WRITTEN_FIELDS.get(inner) or field.name in known, f"{struct.__name__}.{field.name}"
