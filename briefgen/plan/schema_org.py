"""Types of schema.org that a site has thousands of: structs take a fifth of the time of dicts."""

from typing import Any

from msgspec import Raw, Struct, field

Node = dict[str, Any]
"""Any other type."""


class _Thing(Struct, frozen=True, omit_defaults=True, rename="camel"):
    type: str = field(name="@type")
    id: str = field(name="@id")


class Article(_Thing, frozen=True):
    """What a brief says, with what it is based on."""

    headline: str
    abstract: str | None = None
    image: str | None = None
    date_published: str | None = None
    date_modified: str | None = None
    temporal_coverage: str | None = None
    expires: str | None = None
    creative_work_status: str | None = None
    in_language: str | None = None
    author: Node | Raw | None = None
    publisher: Raw | None = None
    is_based_on: "CitedSource | None" = None
    citation: "tuple[CitedSource, ...]" = ()
    about: tuple[Raw, ...] = ()
    mentions: tuple[Raw, ...] = ()
    correction: tuple[Node, ...] = ()


class CitedSource(_Thing, frozen=True):
    """What a source is, as far as it is known."""

    name: str | None = None
    headline: str | None = None
    alternate_name: str | None = None
    url: str | None = None
    author: Node | None = None
    publisher: Raw | None = None
    date_published: str | None = None
    in_language: str | None = None
    archived_at: str | None = None
    citation: "tuple[CitedSource, ...]" = ()


class ClaimNode(_Thing, frozen=True):
    """A statement by an actor."""

    text: str
    author: Node | Raw | None = None
    is_based_on: "Quotation | None" = None
    about: Raw | None = None
    date_created: str | None = None
    appearance: Node | None = None
    claim_interpreter: Raw | None = None
    review: tuple[Node, ...] = ()


class Quotation(Struct, frozen=True, omit_defaults=True, rename="camel"):
    """An exact quotation."""

    type: str = field(name="@type")
    text: str
    spoken_by_character: Raw
    is_based_on: Node | None = None
    in_language: str | None = None
    work_translation: Node | None = None
