"""The part of a site that any view may use freely, as types, and the one way to the rest: the texts of briefs.

A view that shows the title or the claims of a brief depends on these texts. To plan code, a brief has its structure
only, so reading a text by the way is a type error; `Summaries` returns the texts and records who read them.
"""

from collections.abc import Mapping
from typing import Protocol

from briefgen.kernel.dependencies import DependencyTracker
from briefgen.model.content import (
    Actor,
    Brief,
    Claim,
    Config,
    Correction,
    FormerIds,
    FreePage,
    Id,
    KnownLink,
    Outcome,
    Publisher,
    Retraction,
    Source,
    Theme,
)
from briefgen.model.site import Body, Document, SourceRecord, StaticFile


class ClaimStructure(Protocol):
    """A claim without its words: see `model.content.Claim`."""

    @property
    def id(self) -> Id: ...
    @property
    def actor(self) -> str: ...
    @property
    def for_(self) -> str | None: ...
    @property
    def role(self) -> str | None: ...
    @property
    def theme(self) -> str | None: ...
    @property
    def date(self) -> str | None: ...
    @property
    def stance(self) -> str: ...
    @property
    def credibility(self) -> int | None: ...
    @property
    def confirmed_by(self) -> tuple[Id, ...]: ...
    @property
    def disputes(self) -> tuple[str, ...]: ...
    @property
    def outcome(self) -> Outcome | None: ...


class BriefStructure(Protocol):
    """A brief without its summary: see `model.content.Brief`."""

    @property
    def date(self) -> str: ...
    @property
    def as_of(self) -> str | None: ...
    @property
    def expires(self) -> str | None: ...
    @property
    def status(self) -> str: ...
    @property
    def editor(self) -> str | None: ...
    @property
    def source(self) -> Source | None: ...
    @property
    def actors(self) -> tuple[str, ...]: ...
    @property
    def themes(self) -> tuple[str, ...]: ...
    @property
    def claims(self) -> tuple[ClaimStructure, ...]: ...
    @property
    def corrections(self) -> tuple[Correction, ...]: ...
    @property
    def retraction(self) -> Retraction | None: ...
    @property
    def former_ids(self) -> FormerIds: ...


class BriefDocument(Protocol):
    """The file of a brief without its summary: see `model.site.Document`."""

    @property
    def id(self) -> Id: ...
    @property
    def file(self) -> str: ...
    @property
    def data(self) -> BriefStructure: ...
    @property
    def body(self) -> Body: ...


class SiteStructure(Protocol):
    """A published site without the summaries of its briefs: see `model.site.Site`."""

    @property
    def config(self) -> Config: ...
    @property
    def briefs(self) -> Mapping[Id, BriefDocument]: ...
    @property
    def actors(self) -> dict[Id, Document[Actor]]: ...
    @property
    def themes(self) -> dict[Id, Document[Theme]]: ...
    @property
    def publishers(self) -> dict[Id, Document[Publisher]]: ...
    @property
    def sources(self) -> dict[Id, SourceRecord]: ...
    @property
    def pages(self) -> dict[Id, Document[FreePage]]: ...
    @property
    def statics(self) -> tuple[StaticFile, ...]: ...
    @property
    def redirects(self) -> dict[str, str]: ...
    @property
    def alias_addresses(self) -> dict[str, str]: ...
    @property
    def retracted(self) -> dict[Id, Retraction | None]: ...
    @property
    def links(self) -> dict[str, KnownLink]: ...
    @property
    def marks(self) -> dict[Id, str]: ...


class Summaries:
    """The texts of briefs. Each use is recorded as a dependency of the view that is being made."""

    def __init__(self, briefs: Mapping[Id, Document[Brief]], dependencies: DependencyTracker) -> None:
        self._briefs = briefs
        self._dependencies = dependencies
        self._claims: dict[Id, dict[str, Claim]] = {}

    def brief(self, id: Id) -> Brief:
        """Return a brief with its texts."""
        self._dependencies.record(id)
        return self._briefs[id].data

    def claim(self, brief: Id, claim: str) -> Claim:
        """Return a claim of a brief with its words."""
        self._dependencies.record(brief)
        claims = self._claims.get(brief)
        if claims is None:
            claims = self._claims[brief] = {each.id: each for each in self._briefs[brief].data.claims}
        return claims[claim]
