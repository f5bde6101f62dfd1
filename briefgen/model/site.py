"""Everything that loading read, with all references resolved: the input of checks and of planning."""

from collections.abc import Mapping
from typing import Generic, TypeVar

from msgspec import Struct

from briefgen.model.checks import CopyInfo, PublishedBrief, SourceCheck
from briefgen.model.content import (
    Actor,
    Brief,
    Claim,
    Config,
    FreePage,
    Id,
    KnownLink,
    Publisher,
    Retraction,
    Source,
    SourceFile,
    Theme,
)
from briefgen.model.problem import Problem
from briefgen.model.texts import OutsideLink, Reference

T_co = TypeVar("T_co", covariant=True)


class Body(Struct, frozen=True, omit_defaults=True, gc=False):
    r"""A rendered Markdown text, kept apart from the metadata so that a site's bodies are never all in memory.

    `digest` names the HTML in the body store; it holds `\x00N\x00` in the place of reference N: for `entity` and
    `cite` the whole element, for `link` and `image` the address alone. `anchors` are the ids that the HTML defines.
    """

    digest: str = ""  # empty: there is no text
    references: tuple[Reference, ...] = ()
    anchors: tuple[str, ...] = ()
    outside: tuple[OutsideLink, ...] = ()


class Document(Struct, Generic[T_co], frozen=True, gc=False):
    """One content file: `id` is its name without suffix, `file` its path from the project's root with `/`.

    `has_marks` says whether any sentence in it has Markdown. Nearly all have none, and are passed over. `unwritten` is
    the problem of a stub, a file of an actor, theme, publisher or source that has no text but the sentence of briefgen.
    """

    id: Id
    file: str
    data: T_co
    body: Body = Body()
    has_marks: bool = False
    unwritten: Problem | None = None


class SourceRecord(Struct, frozen=True, gc=False):
    """A source with the place where it is written: a brief (`brief` is its id) or a file of its own.

    `publisher` is the id of a publisher of the site, None when unknown. `credit` is the id of the publisher whose text
    it carries; where that is no publisher of the site, another string, which is equal for equal names.
    """

    id: Id
    data: Source
    file: str
    brief: Id | None = None
    publisher: Id | None = None
    credit: str | None = None
    has_marks: bool = False  # as a document has it, and so the next
    unwritten: Problem | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that lead to it in its file: a brief's front matter, or a file of its own."""
        return ("source",) if self.brief else ()

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims that the source itself carries; those that a brief takes from it are in the brief."""
        return self.data.claims if isinstance(self.data, SourceFile) else ()


class StaticFile(Struct, frozen=True):
    """A file of `content/static/`: `path` is where it goes in the site, `file` its path from the project's root."""

    path: str
    file: str


class SiteOf(Struct, Generic[T_co], frozen=True, eq=False):
    """All content, with briefs of one type. Mappings are in listing order: briefs newest first, the others by id.

    Actor, theme, publisher and source names are ids that exist here; claim references are
    `brief-or-source#claim`. Publishers that have no file are made from the names that sources give: `file` is empty.
    """

    config: Config
    briefs: Mapping[Id, Document[T_co]]
    actors: dict[Id, Document[Actor]]
    themes: dict[Id, Document[Theme]]
    publishers: dict[Id, Document[Publisher]]
    sources: dict[Id, SourceRecord]
    pages: dict[Id, Document[FreePage]]
    statics: tuple[StaticFile, ...] = ()
    redirects: dict[str, str] = {}  # `briefs/old` → `briefs/new`, oldest first; folders are those of `content/`
    alias_addresses: dict[str, str] = {}  # `actors/usa` → `actors/united-states`
    retracted: dict[Id, Retraction | None] = {}  # what the publish filter leaves of retracted briefs
    links: dict[str, KnownLink] = {}  # by address, as `model.links.bare` writes it
    checks: dict[Id, SourceCheck] = {}  # by source; see `model.quotations.quote_status`
    published: dict[Id, PublishedBrief] = {}  # what briefs claimed when it was recorded; no page depends on it
    copies: dict[Id, CopyInfo] = {}  # private copies at hand, by the name of their folder
    marks: dict[Id, str] = {}  # briefs that only a preview shows: id → "draft", "scheduled" or "expired"


class Site(SiteOf[Brief], frozen=True, eq=False):
    """All content, with whole briefs."""
